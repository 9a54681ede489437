"""What Wagtail's previews show of documents: the same as the views, which have no part in a preview."""

from typing import Any

from django import template
from django.http import QueryDict

from library import shelf
from library.models import DocumentPage
from library.views import documents
from library.views.library import library_context
from library.visits import visit_of, with_draft

register = template.Library()


@register.simple_tag(takes_context=True)
def show_shelf(context: dict[str, Any]) -> str:
    """Put what the list of documents shows into the template, without filters."""
    user = context["request"].user
    context.update(library_context(context["page"], shelf.documents_for(user), QueryDict()))
    return ""


@register.simple_tag(takes_context=True)
def show_document(context: dict[str, Any]) -> str:
    """The same for the page of a document."""
    user, page = context["request"].user, context["page"]
    context.update(documents.page_context(user, visit_of(user, page), is_preview=True))
    return ""


@register.simple_tag(takes_context=True)
def show_version(context: dict[str, Any]) -> str:
    """The same for a version, as it is written so far."""
    user, version = context["request"].user, context["page"]
    document = DocumentPage.objects.get(path=version.path[: -version.steplen])
    found = with_draft(visit_of(user, document), version)
    context.update(documents.version_context(user, found, version, is_preview=True))
    return ""
