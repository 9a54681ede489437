"""Who may see and do what with a training. Everything about trainings asks here."""

from django.contrib.auth.models import PermissionsMixin
from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.cms.restrictions import Person


def may_open(user: Person, page: TrainingPage) -> bool:
    """Whether its page is open to this person: published, or theirs to organise. No query for a published one."""
    return page.live or may_organise(user, page)


def may_organise(user: Person, page: TrainingPage) -> bool:
    """Whether this person decides about registrations, presence and certificates: who may edit its page."""
    return user.is_authenticated and user.is_active and bool(page.permissions_for_user(user).can_edit())


def may_look(user: Person, page: TrainingPage) -> bool:
    """Whether this person sees its desk without changing anything: organisers, and coordinators."""
    return may_organise(user, page) or _coordinates(user)


def may_check_in(user: Person, page: TrainingPage) -> bool:
    """Whether this person says who was there: organisers, and the trainers named on the page. One query."""
    if not user.is_authenticated or not user.is_active:
        return False
    return may_organise(user, page) or page.staff.filter(pk=user.pk).exists()


def organised(user: User) -> QuerySet[TrainingPage]:
    """The trainings whose desk this person sees."""
    if _coordinates(user):
        return TrainingPage.objects.all()
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return TrainingPage.objects.filter(pk__in=editable.values("pk"))


def _coordinates(user: Person) -> bool:
    return isinstance(user, PermissionsMixin) and user.is_active and user.has_perm("records.view_registration")
