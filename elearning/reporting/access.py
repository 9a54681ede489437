"""Who may read statistics and take attempts away: the staff who may look into what learners do."""

from django.contrib.auth.models import AbstractUser, AnonymousUser


def may_read_statistics(user: AbstractUser | AnonymousUser) -> bool:
    """Editors, coordinators and trainers by the permission of their groups, administrators always."""
    return user.has_perm("records.view_enrolment")
