"""A course with H5P in it: activities in lessons and on pages of their own, and what their player sends."""

from typing import Any
from uuid import uuid4

from django.test import Client

from courses.models import ActivityPage, CoursePage, LessonPage, ModulePage
from courses.outline import outline_of
from elearning.records.outline import Item, ItemKind
from h5p.django.models import Content, Library
from tests import make
from tests.h5p.django import make as h5p_make

TEXT = ("text", "<p>Przeczytaj.</p>")


def content(**fields: Any) -> Content:
    """A small content that plays: a card with a button."""
    return h5p_make.version(Library.objects.first() or h5p_make.library(), **fields).content


def block(of: Content | None = None, *, title: str = "Karta", **value: Any) -> tuple[str, dict[str, Any]]:
    """The block of a lesson in which that content is done."""
    rules = {"required": True, "policy": "passed", "pass_mark": 70, "minutes": 1}
    return "h5p", {"title": title, "content": of or content(), **rules, **value}


def lesson(course: CoursePage, *blocks: Any, title: str = "Lekcja z aktywnością", **fields: Any) -> LessonPage:
    return make.lesson(course, title, body=[TEXT, *(blocks or [block()])], **fields)


def page(course: CoursePage, title: str = "Ćwiczenie", **fields: Any) -> ActivityPage:
    module = ModulePage.objects.child_of(course).get()
    values = {"content": fields.pop("content", None) or content(), "policy": "passed", **fields}
    return make.publish(module.add_child(instance=ActivityPage(title=title, **values)))


def activities_of(course: CoursePage) -> list[Item]:
    return [item for item in outline_of(course).items if item.kind is ItemKind.ACTIVITY]


def statement(raw: float = 3, highest: float = 4, verb: str = "answered", **more: Any) -> dict[str, Any]:
    """What a content reports of the whole."""
    score = {"raw": raw, "max": highest, "min": 0, "scaled": raw / highest}
    return {
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": "http://example.org/h5p", "definition": {}},
        "result": {"score": score, "duration": "PT5S", "completion": True, "success": raw == highest},
        **more,
    }


def send(client: Client, user_id: int, item: Item, *items: dict[str, Any], version: int | None = None) -> Any:
    """What the player posts for an activity; each item with a key of its own, all in one attempt."""
    assert item.activity is not None
    live = Content.objects.get(pk=item.activity.content_id).live_version_id
    attempt = str(uuid4())
    body = {
        "person": str(user_id),
        "version": version or live,
        "items": [{"key": str(uuid4()), "attempt": attempt, **one} for one in items],
    }
    course = item.url.split("/")[2]
    return client.post(f"/kursy/{course}/-/aktywnosc/{item.id}/", body, content_type="application/json")
