"""How a lesson shows a film: with the learner's state and what is left, or as a preview for editors."""

from typing import Any

from django import template
from django.template.context import Context

from courses import films
from courses.outline import block_item_id
from courses.visits import Visit
from elearning.records.outline import Item

register = template.Library()


@register.inclusion_tag("courses/film.html", takes_context=True)
def film_block(context: Context, value: Any) -> dict[str, Any]:
    """A film in a lesson, known by the id of the block that the page shows just now. Up to eight queries."""
    visit: Visit | None = context.get("visit")
    key = getattr(context.get("block"), "id", None) or "podglad"
    return {
        "anchor": f"film-{key}",
        "title": value.get("title"),
        "description": value.get("description"),
        "required": value.get("required"),
        "is_announced": not value.get("film"),
        **_shown(context, visit, key, value.get("film")),
    }


def _shown(context: Context, visit: Visit | None, key: str, film: Any) -> dict[str, Any]:
    if film is None:
        return {}
    user = context["request"].user
    item = _item(visit, context, key)
    if item is None or visit is None:
        return {"film_player": films.shown(film.pk, user)}
    return {
        "film_player": films.player(item, visit.outline, user),
        "state": visit.state(item.id),
        "csrf_token": context.get("csrf_token"),
    }


def _item(visit: Visit | None, context: Context, key: str) -> Item | None:
    if visit is None:
        return None
    wanted = block_item_id(context["page"], key)
    return next((item for item in visit.outline.items if item.id == wanted), None)
