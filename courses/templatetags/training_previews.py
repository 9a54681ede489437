"""What Wagtail's previews show of trainings: the same as the views, which have no part in a preview."""

from typing import Any

from django import template
from django.http import QueryDict
from django.utils import timezone

from courses.views.trainings.listing import list_context
from courses.views.trainings.pages import page_context

register = template.Library()


@register.simple_tag(takes_context=True)
def show_trainings(context: dict[str, Any]) -> str:
    """Put what the list of trainings shows into the template, without filters."""
    context.update(list_context(context["page"], QueryDict(), timezone.now()))
    return ""


@register.simple_tag(takes_context=True)
def show_training(context: dict[str, Any]) -> str:
    """The same for the page of a training."""
    context.update(page_context(context["request"].user, context["page"], timezone.now()))
    return ""
