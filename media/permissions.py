"""Who may do what with uploaded videos.

A video belongs to a collection of Wagtail, and rights to add, change, delete and choose it are given for collections:
editors of one region do not touch what belongs to another.
"""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from media.models import Video

policy = CollectionPermissionPolicy(Video)
ANY = ["add", "change", "delete", "choose"]


def may_open(user: Any) -> bool:
    """Whether the pages about videos are for this person at all."""
    return _is_admitted(user) and policy.user_has_any_permission(user, ANY)


def may_add(user: Any) -> bool:
    """Whether there is a collection to which this person may add."""
    return _is_admitted(user) and policy.user_has_permission(user, "add")


def may(user: Any, action: str, video: Video) -> bool:
    """Whether this person may `change`, `delete` or `choose` this video."""
    return _is_admitted(user) and policy.user_has_permission_for_instance(user, action, video)


def may_see(user: Any, video: Video) -> bool:
    """Whether this person may look at a video and at what is made of it."""
    return _is_admitted(user) and policy.user_has_any_permission_for_instance(user, ANY, video)


def seen_by(user: Any) -> QuerySet[Video]:
    """The videos that this person may look at."""
    return _videos(user, ANY)


def chosen_by(user: Any) -> QuerySet[Video]:
    """The videos that this person may put into films."""
    return _videos(user, ["choose"])


def collections_for(user: Any, action: str) -> QuerySet[Collection]:
    """The collections in which this person may `add`, `change`, `delete` or `choose` videos."""
    found: QuerySet[Collection] = policy.collections_user_has_permission_for(user, action)
    return found if _is_admitted(user) else found.none()


def _is_admitted(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def _videos(user: Any, actions: list[str]) -> QuerySet[Video]:
    if not _is_admitted(user):
        return Video.objects.none()
    found: QuerySet[Video] = policy.instances_user_has_any_permission_for(user, actions)
    return found
