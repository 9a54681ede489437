"""Documents that somebody was to check again by a day that has passed, and who is reminded of it."""

from datetime import date

from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from elearning.accounts.models import User
from elearning.notifications import outbox
from library import access
from library.models import DocumentPage

EDITORS = "Redakcja"


def overdue(today: date) -> QuerySet[DocumentPage]:
    """Published documents past the day of their review, the longest overdue first.

    As `timeline.is_due_for_review` says it of one document.
    """
    return DocumentPage.objects.live().filter(review_on__lt=today).order_by("review_on", "title")


def due_for_review(user: User, today: date) -> QuerySet[DocumentPage]:
    """Those of the overdue documents that this person may edit."""
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return overdue(today).filter(pk__in=own.values("pk"))


def remind(today: date) -> int:
    """Write to the owners and editors of overdue documents, once to each for a document and a day; how many letters.

    Nights that were missed are made up for.
    """
    documents = list(overdue(today).select_related("owner"))
    if not documents:
        return 0
    editors = list(User.objects.filter(is_active=True, groups__name=EDITORS).distinct())
    return sum(_write(document, person) for document in documents for person in _readers(document, editors))


def _readers(document: DocumentPage, editors: list[User]) -> list[User]:
    """Whoever can do something about a document: its owner, and the editors who may edit it."""
    people = {person.pk: person for person in editors if access.may_edit(person, document)}
    if document.owner is not None and document.owner.is_active:
        people.setdefault(document.owner.pk, document.owner)
    return list(people.values())


def _write(document: DocumentPage, person: User) -> bool:
    return outbox.queue(
        key=f"document-review:{document.pk}:{document.review_on:%Y-%m-%d}:{person.pk}",
        template="library/mail/review_due",
        user=person,
        context={"document": document},
    )
