"""Builders of documents and their versions."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from elearning.cms.models import HomePage
from library.models import DocumentIndexPage, DocumentPage, VersionPage
from tests import make

FIELDS = [
    {"type": "text", "value": {"name": "miejsce", "label": "Miejsce zawarcia", "required": True, "group": "Zawarcie"}},
    {"type": "date", "value": {"name": "data", "label": "Data zawarcia", "group": "Zawarcie"}},
    {"type": "amount", "value": {"name": "kwota", "label": "Kwota wkładu", "group": "Warunki"}},
    {"type": "checkbox", "value": {"name": "poufne", "label": "Dane poufne", "group": "Warunki"}},
    {
        "type": "rows",
        "value": {
            "name": "strony",
            "label": "Strony",
            "group": "Strony",
            "columns": [
                {"type": "text", "value": {"name": "nazwa", "label": "Nazwa", "required": True, "prefill": "name"}},
                {"type": "text", "value": {"name": "funkcja", "label": "Funkcja"}},
            ],
            "least": 1,
            "most": 20,
        },
    },
]
PARTS: list[dict[str, Any]] = [
    {"type": "paragraph", "value": {"text": "Zawarte w\xa0**{{ miejsce }}** dnia {{ data }}."}},
    {
        "type": "clause",
        "value": {
            "title": "Strony",
            "parts": [
                {"type": "rows_table", "value": {"field": "strony", "caption": "Strony", "numbered": True}},
                {
                    "type": "conditional",
                    "value": {
                        "field": "kwota",
                        "parts": [{"type": "paragraph", "value": {"text": "Wkład wynosi {{ kwota }}."}}],
                    },
                },
                {
                    "type": "conditional",
                    "value": {
                        "field": "poufne",
                        "parts": [{"type": "paragraph", "value": {"text": "Dane są poufne."}}],
                    },
                },
            ],
        },
    },
    {"type": "signatures", "value": {"places": "{{ nazwa }}", "field": "strony"}},
]


def index() -> DocumentIndexPage:
    """The library at /dokumenty/."""
    make.site()
    existing = DocumentIndexPage.objects.first()
    if existing is not None:
        return existing
    page = HomePage.objects.get().add_child(instance=DocumentIndexPage(title="Dokumenty", slug="dokumenty"))
    return make.publish(page)


def document(title: str = "Porozumienie", *, live: bool = True, **fields: Any) -> DocumentPage:
    """A published document without versions."""
    parent = Page.objects.get(pk=index().pk)
    page = parent.add_child(instance=DocumentPage(title=title, **fields))
    if live:
        return make.publish(page)
    DocumentPage.objects.filter(pk=page.pk).update(live=False)
    return DocumentPage.objects.get(pk=page.pk)


def version(page: DocumentPage, *, days: int = -30, live: bool = True, **fields: Any) -> VersionPage:
    """The next version of a document, in force that many days from today. Later ones say what changed, and who says."""
    number = VersionPage.objects.child_of(page).count() + 1
    if number > 1:
        fields.setdefault("changes", "Nowa podstawa prawna.")
        fields.setdefault("approved_by", "Zespół projektu")
    fields.setdefault("in_force_on", timezone.localdate() + timedelta(days=days))
    fields.setdefault("form_fields", FIELDS)
    fields.setdefault("parts", PARTS)
    child = Page.objects.get(pk=page.pk).add_child(
        instance=VersionPage(title=f"Wersja {number}", slug=f"wersja-{number}", number=number, live=False, **fields)
    )
    return make.publish(child) if live else VersionPage.objects.get(pk=child.pk)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
