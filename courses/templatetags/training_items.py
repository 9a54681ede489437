"""How a lesson shows a training that counts for the course."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from courses.models import TrainingPage
from courses.outline import block_item_id
from courses.trainings import access as training_access
from courses.trainings.date_spans import days_in_words
from courses.trainings.terms import schedule_of
from courses.visits import Visit
from elearning.accounts.models import User
from elearning.records.models import Registration

register = template.Library()


@register.inclusion_tag("courses/training_item.html", takes_context=True)
def training_block(context: Context, value: Any) -> dict[str, Any]:
    """A training in a lesson, known by the id of the block that the page shows just now. Up to three queries."""
    key = getattr(context.get("block"), "id", None) or "podglad"
    chosen = value.get("training")
    return {
        "anchor": f"szkolenie-{key}",
        "title": value.get("title"),
        "description": value.get("description"),
        "required": value.get("required"),
        "is_announced": not chosen,
        **(_shown(context, key, chosen.specific) if chosen else {}),
    }


def _shown(context: Context, key: str, page: TrainingPage) -> dict[str, Any]:
    user = context["request"].user
    if not training_access.may_open(user, page):
        return {}
    visit: Visit | None = context.get("visit")
    wanted = block_item_id(context["page"], key) if visit else None
    item = next((item for item in visit.outline.items if item.id == wanted), None) if visit else None
    return {
        "training": page,
        "days": days_in_words(day.date for day in schedule_of(page).days),
        "is_over": page.ends_at is not None and page.ends_at <= timezone.now(),
        "state": visit.state(item.id) if visit and item and visit.is_enrolled else None,
        "registration": _own(user, page),
    }


def _own(user: Any, page: TrainingPage) -> Registration | None:
    if not isinstance(user, User):
        return None
    return Registration.objects.open().of_person(user).filter(training=page.pk).first()
