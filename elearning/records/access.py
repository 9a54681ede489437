"""Who of the staff may decide about attempts. Permissions come with the groups, in migrations of `courses`."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin

Person = AbstractBaseUser | AnonymousUser


def may_mark(person: Person) -> bool:
    """Editors, trainers and administrators mark answers."""
    return _has(person, "records.add_mark")


def may_see_marks(person: Person) -> bool:
    """Those who mark, and coordinators, see the queue, the answers and their marks."""
    return may_mark(person) or _has(person, "records.view_mark")


def may_extend(person: Person) -> bool:
    """Editors and administrators give one person more time, attempts or days."""
    return _has(person, "records.add_extension")


def may_see_extensions(person: Person) -> bool:
    """Those who give them, and coordinators."""
    return may_extend(person) or _has(person, "records.view_extension")


def may_regrade(person: Person) -> bool:
    """Editors and administrators have results worked out anew."""
    return _has(person, "records.add_regrade")


def may_see_regrades(person: Person) -> bool:
    """Those who make them, and coordinators."""
    return may_regrade(person) or _has(person, "records.view_regrade")


def _has(person: Person, permission: str) -> bool:
    return isinstance(person, PermissionsMixin) and person.has_perm(permission)
