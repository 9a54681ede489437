"""Who may do what with contents and libraries.

A content belongs to a collection of Wagtail, and rights to add, change, delete and choose it are given for collections,
so that editors of one region do not touch what belongs to another. Libraries belong to the whole site.
"""

from typing import Any, TypeAlias

from django.db.models import QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from h5p.django.models import Content

# Somebody logged in or not, of whatever model AUTH_USER_MODEL names.
Person: TypeAlias = Any

policy = CollectionPermissionPolicy(Content)


def may_open(user: Person) -> bool:
    """Whether the pages about contents are for this person at all."""
    return _is_admitted(user) and policy.user_has_any_permission(user, ["add", "change", "delete", "choose"])


def may_add(user: Person) -> bool:
    """Whether there is a collection to which this person may add."""
    return _is_admitted(user) and policy.user_has_permission(user, "add")


def may(user: Person, action: str, content: Content) -> bool:
    """Whether this person may `change`, `delete` or `choose` this content."""
    return _is_admitted(user) and policy.user_has_permission_for_instance(user, action, content)


def may_see(user: Person, content: Content) -> bool:
    """Whether this person may look at a content and its preview."""
    actions = ["add", "change", "delete", "choose"]
    return _is_admitted(user) and policy.user_has_any_permission_for_instance(user, actions, content)


def seen_by(user: Person) -> QuerySet[Content]:
    """The contents that this person may look at."""
    return _contents(user, ["add", "change", "delete", "choose"])


def chosen_by(user: Person) -> QuerySet[Content]:
    """The contents that this person may put on pages."""
    return _contents(user, ["choose"])


def collections_for(user: Person, action: str) -> QuerySet[Collection]:
    """The collections in which this person may `add`, `change`, `delete` or `choose` contents."""
    found: QuerySet[Collection] = policy.collections_user_has_permission_for(user, action)
    return found if _is_admitted(user) else found.none()


def may_see_libraries(user: Person) -> bool:
    """Whoever decides about libraries, and whoever uploads contents that need them."""
    return may_trust(user) or may_add(user)


def may_trust(user: Person) -> bool:
    """Administrators decide which libraries learners get, and update and remove libraries."""
    return _is_admitted(user) and bool(user.has_perm("h5p.trust_library"))


def _is_admitted(user: Person) -> bool:
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def _contents(user: Person, actions: list[str]) -> QuerySet[Content]:
    if not _is_admitted(user):
        return Content.objects.none()
    found: QuerySet[Content] = policy.instances_user_has_any_permission_for(user, actions)
    return found
