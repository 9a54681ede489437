"""What Wagtail's previews show of films: the same as the views, which have no part in a preview."""

from typing import Any

from django import template
from django.http import QueryDict

from media import library
from media.views import films
from media.views.library import library_context

register = template.Library()


@register.simple_tag(takes_context=True)
def show_film(context: dict[str, Any]) -> str:
    """Put what the page of a film shows into the template."""
    context.update(films.page_context(context["request"], context["page"]))
    return ""


@register.simple_tag(takes_context=True)
def show_library(context: dict[str, Any]) -> str:
    """The same for the list of films, without filters."""
    request = context["request"]
    context.update(library_context(context["page"], library.films_for(request.user), QueryDict()))
    return ""
