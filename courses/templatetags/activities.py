"""How templates show an H5P activity: with the learner's state and results, or as a preview for editors."""

from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context

from courses import activities
from courses.outline import block_item_id
from courses.visits import Visit
from courses.wording import whole_percent
from elearning.records.outline import Item
from h5p.django.playing import NEWEST

register = template.Library()


@register.inclusion_tag("courses/activity.html", takes_context=True)
def activity_block(context: Context, value: Any) -> dict[str, Any]:
    """An activity in a lesson, known by the id of the block that the page shows just now. Up to five queries."""
    visit: Visit | None = context.get("visit")
    key = getattr(context.get("block"), "id", None) or "podglad"
    item = _item(visit, block_item_id(context["page"], key)) if visit else None
    content = value.get("content")
    return _shown(context, item, content.pk if content else None) | {
        "anchor": f"aktywnosc-{key}",
        "title": value.get("title"),
        "required": value.get("required"),
    }


@register.inclusion_tag("courses/activity.html", takes_context=True)
def activity_page(context: Context, page: Any) -> dict[str, Any]:
    """The activity of a page of its own, whose heading is the page's. Up to five queries."""
    return _shown(context, context.get("item"), page.content_id) | {"required": page.required}


def _item(visit: Visit, wanted: UUID) -> Item | None:
    return next((item for item in visit.outline.items if item.id == wanted), None)


def _shown(context: Context, item: Item | None, content_id: int | None) -> dict[str, Any]:
    visit, request = context.get("visit"), context["request"]
    if item is None or visit is None:
        return {"h5p": activities.preview(content_id) if content_id else None}
    wants_newest = request.GET.get(NEWEST) == str(item.id)
    return {
        "h5p": activities.player(item, visit.outline, request.user, newest=wants_newest),
        "state": visit.state(item.id),
        "pass_percent": whole_percent(item.pass_mark) if item.pass_mark else None,
        "csrf_token": context.get("csrf_token"),
    }
