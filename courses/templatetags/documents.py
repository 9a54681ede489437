"""How a lesson shows a document of the library."""

from typing import Any

from django import template
from django.template.context import Context

from courses import documents

register = template.Library()


@register.inclusion_tag("courses/document.html", takes_context=True)
def document_block(context: Context, value: Any) -> dict[str, Any]:
    """A document with its links. Up to three queries; none for the place of one that is announced."""
    chosen = value.get("document")
    key = getattr(context.get("block"), "id", None) or "podglad"
    return {
        "anchor": f"dokument-{key}",
        "title": value.get("title"),
        "description": value.get("description"),
        "is_announced": not chosen,
        "document": documents.shown(chosen.specific, context["request"].user) if chosen else None,
    }
