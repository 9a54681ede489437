"""H5P activities of a course as their player meets them."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F
from django.urls import reverse

from elearning.records.outline import Item, Outline
from h5p.django import playing
from h5p.django.models import ContentVersion
from h5p.django.results import Activity
from h5p.policies import CompletionPolicy

# What a player needs of a version and its content; the rest is large.
PLAYED = ContentVersion.objects.select_related("content").only("number", "content__title", "content__live_version")


def live_version(content_id: int) -> ContentVersion | None:
    """The version of a content that plays now; None where it has none. One query."""
    return PLAYED.filter(content=content_id, content__live_version=F("pk")).first()


def activity_of(item: Item, version: ContentVersion) -> Activity:
    """An item of the course with the version that plays there. Raises `ValueError` for an item of another kind."""
    if item.activity is None:
        raise ValueError(item.kind)
    return Activity(
        key=item.id,
        content_version=version.pk,
        title=item.title,
        policy=CompletionPolicy(item.activity.policy),
        pass_mark=item.pass_mark or Decimal(0),
        minimum_seconds=item.activity.minimum_seconds,
    )


def player(item: Item, outline: Outline, user: AbstractBaseUser, *, newest: bool = False) -> dict[str, Any] | None:
    """What `h5p/player.html` shows of an activity to a learner. Up to five queries. None for a content gone."""
    version = live_version(item.activity.content_id) if item.activity else None
    if version is None:
        return None
    return playing.player_context(
        version,
        activity=activity_of(item, version),
        user=user,
        save_url=reverse("courses:activity", args=[outline.url.split("/")[2], item.id]),
        newest=newest,
    )


def preview(content_id: int) -> dict[str, Any] | None:
    """The same for an editor who looks at a page that is not published: nothing is kept. Two queries."""
    version = live_version(content_id)
    return playing.player_context(version, is_preview=True) if version else None
