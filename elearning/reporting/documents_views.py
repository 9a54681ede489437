"""The use of documents in the admin: the list, one document, and tables to take away."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from elearning.cms.tables import table_file

from . import documents, documents_tables
from .documents import DocumentUse, Period
from .views import for_readers, paged

PER_PAGE = 50


class PeriodForm(forms.Form):
    """Whole months. Nothing chosen means all of them."""

    od = forms.DateField(
        label="Od miesiąca", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    do = forms.DateField(
        label="Do miesiąca", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        since, until = found.get("od"), found.get("do")
        if since and until and since > until:
            raise ValidationError("Data „od” musi być wcześniejsza niż „do”.")
        return found

    @property
    def period(self) -> Period:
        """What was chosen; everything where it is wrong."""
        found = self.cleaned_data if self.is_valid() else {}
        return Period(found.get("od"), found.get("do"))

    @property
    def query(self) -> str:
        """What was chosen, to be kept in addresses."""
        found = self.cleaned_data if self.is_valid() else {}
        return "&".join(f"{name}={day:%Y-%m-%d}" for name, day in found.items() if day)


@for_readers
def listing(request: HttpRequest) -> HttpResponse:
    """Every document: how often it was downloaded and filled in."""
    form = PeriodForm(request.GET)
    page = paged(documents.documents(form.period), PER_PAGE, request)
    context = {"page_obj": page, "form": form, "query": form.query, "header_title": "Użycie dokumentów"}
    return render(request, "reporting/documents.html", context)


@for_readers
def document(request: HttpRequest, document: int) -> HttpResponse:
    """One document: by version, by month and by kind of institution."""
    form = PeriodForm(request.GET)
    found = _document(document, form.period)
    months = documents_tables.months(found)
    context = {
        "use": found,
        "months": months,
        "kinds": documents_tables.kinds(found),
        "chart": documents_tables.chart(months) if months else None,
        "form": form,
        "query": form.query,
        "header_title": f"Użycie dokumentu „{found.title}”",
    }
    return render(request, "reporting/document.html", context)


@for_readers
def export_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of documents as a file."""
    rows = documents.documents(_period(request))
    return table_file(documents_tables.document_table(rows), kind, "dokumenty", "Dokumenty")


@for_readers
def export_document(request: HttpRequest, document: int, kind: str) -> HttpResponseBase:
    """All that was counted of a document, as a file."""
    found = _document(document, _period(request))
    return table_file(documents_tables.use_table(found), kind, f"dokument-{document}", "Użycie")


def _document(pk: int, period: Period) -> DocumentUse:
    found = documents.document(pk, period)
    if found is None:
        raise Http404("Nie ma takiego dokumentu.")
    return found


def _period(request: HttpRequest) -> Period:
    """The period; a wrong one must not end in a file about another. Raises `BadRequest`."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Popraw okres: data jest błędna.")
    return form.period
