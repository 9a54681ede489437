"""A course with films in its lessons, and what their player sends."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.outline import Item, ItemKind
from media import viewing
from media.models import FilmPage
from tests import make
from tests.media import films

TEXT = ("paragraph", "<p>Przeczytaj.</p>")
MINUTE = 60_000  # ms


def film(**fields: Any) -> FilmPage:
    """A published film of ten minutes."""
    return films.film(**{"live": True, "video": films.video(duration=10 * MINUTE), **fields})


def block(of: FilmPage | None, *, title: str = "Film o zespole", **value: Any) -> tuple[str, dict[str, Any]]:
    """The block of a lesson in which that film is watched."""
    return "film", {"title": title, "description": "", "film": of, "required": True, "share": 90, **value}


def lesson(course: CoursePage, *blocks: Any, title: str = "Lekcja z filmem", **fields: Any) -> LessonPage:
    return make.lesson(course, title, body=[TEXT, *blocks], **fields)


def films_of(course: CoursePage) -> list[Item]:
    return [item for item in outline_of(course).items if item.kind is ItemKind.FILM]


def token(of: FilmPage, user: User, *, minutes_ago: float = 30) -> str:
    """Of a page that was opened some time ago."""
    then = timezone.now() - timedelta(minutes=minutes_ago)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(viewing.timezone, "now", lambda: then)
        return viewing.open_session(of.pk, user.pk)


def send(client: Client, item: Item, sent: str, *parts: Sequence[float], position: float = 0) -> Any:
    """What the player posts for a film in a lesson; parts and position in minutes."""
    played = [[int(start * MINUTE), int(end * MINUTE)] for start, end in parts]
    body = json.dumps({"token": sent, "played": played, "position": int(position * MINUTE)})
    course = item.url.split("/")[2]
    return client.post(f"/kursy/{course}/-/film/{item.id}/", body, content_type="application/json")
