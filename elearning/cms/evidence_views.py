"""What one may take away from pages of evidence: the data and the picture of a chart, and all figures."""

from collections.abc import Iterator
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.fields import StreamField
from wagtail.models import Page

from . import chart_pictures, plots
from .blocks.chart import read
from .delivery import deliver_bytes
from .models import BasePage, Datum
from .plots import Plot
from .restrictions import is_restricted
from .tables import Cell, csv_lines, table_file

Kind = Literal["csv", "png"]
HEAD: list[Cell] = ["Liczba", "Co oznacza", "Źródło", "Adres źródła", "Czego dotyczy data", "Uwaga o metodzie"]


@require_safe
def chart_file(request: HttpRequest, page: int, key: str, kind: Kind) -> HttpResponseBase:
    """A chart of a published page, as CSV or PNG. 404 for a page that is closed, or gives no charts away."""
    found = get_object_or_404(Page.objects.live(), pk=page)
    if is_restricted(request.user, found):
        raise Http404
    plot = _plot(found.specific, key)
    if kind == "png":
        content, content_type = chart_pictures.png(plot), "image/png"
    else:
        content, content_type = b"".join(csv_lines(plots.exported(plot))), "text/csv; charset=utf-8"
    return deliver_bytes(request, content, content_type=content_type, filename=f"{plot.key}.{kind}", attachment=True)


@require_safe
def figures_file(request: HttpRequest) -> HttpResponseBase:
    """All figures with their sources, as CSV. One query."""
    figures = Datum.objects.order_by("pk").values_list("value", "label", "source", "source_url", "date", "note")
    rows: list[list[Cell]] = [list(row) for row in figures]
    return table_file(iter([HEAD, *rows]), "csv", "liczby-z-danych", "Liczby")


def _plot(page: Page, key: str) -> Plot:
    if isinstance(page, BasePage) and page.gives_charts:
        for plot in plots_of(page):
            if plot.lines and plot.key == key:
                return plot
    raise Http404


def plots_of(page: Page) -> Iterator[Plot]:
    """The charts in the streams of a page."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                if block.block_type == "chart":
                    yield read(block.value)
