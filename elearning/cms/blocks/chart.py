"""A chart: drawn on the server, with its data as a table and as files."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from elearning.cms import charts, plots, quantities
from elearning.cms.plots import Kind, Line, Plot
from elearning.cms.quantities import Quantity
from elearning.cms.templatetags.polish import tidy

from .fields import FieldsBlock

MOST_ROWS = 12
Faults = dict[str, ValidationError]


def kinds() -> list[tuple[str, str]]:
    return [
        (Kind.BARS, "słupki poziome (porównanie)"),
        (Kind.SHARE, "części całości"),
        (Kind.COLUMNS, "słupki pionowe (kolejne lata lub etapy)"),
    ]


class ChartRowBlock(FieldsBlock):
    """One line of data: a figure of the register, or what somebody typed."""

    datum = SnippetChooserBlock("cms.Datum", required=False)
    label = blocks.CharBlock(required=False, max_length=160)
    number = blocks.DecimalBlock(required=False, min_value=0, max_digits=14, decimal_places=4)

    class Meta:
        icon = "order"
        label = "Wiersz"
        labels = {"datum": "Liczba z danych (wybierz ją albo wpisz niżej)", "label": "Nazwa", "number": "Liczba"}
        hints = {
            "label": "Bez niej przy liczbie ze zbioru widać to, co ona oznacza.",
            "number": "Zostaw puste, gdy wybierasz liczbę ze zbioru.",
        }
        label_format = "{label}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if faults := self._faults(cleaned):
            raise StructBlockValidationError(block_errors=faults)
        return cleaned

    def _faults(self, value: Any) -> Faults:
        if value["datum"] is not None:
            if value["number"] is not None:
                return {"number": ValidationError("Wybierz liczbę ze zbioru albo wpisz własną, nie obie.")}
            if quantities.read(value["datum"].value) is None:
                return {"datum": ValidationError("Tej wartości nie da się narysować: nie jest jedną liczbą.")}
            return {}
        faults: Faults = {}
        if not value["label"]:
            faults["label"] = ValidationError("Nazwij ten wiersz.")
        if value["number"] is None:
            faults["number"] = ValidationError("Wpisz liczbę albo wybierz ją ze zbioru.")
        return faults


class ChartBlock(FieldsBlock):
    """Numbers as a drawing, for those who see it; in words and as a table for everybody."""

    title = blocks.CharBlock(max_length=160)
    description = blocks.TextBlock(required=False, max_length=400)
    kind = blocks.ChoiceBlock(kinds, default=Kind.BARS)
    rows = blocks.ListBlock(ChartRowBlock(), min_num=1, max_num=MOST_ROWS)
    unit = blocks.CharBlock(required=False, max_length=20)
    whole = SnippetChooserBlock("cms.Datum", required=False)
    whole_number = blocks.DecimalBlock(required=False, min_value=0, max_digits=14, decimal_places=4)
    rest = blocks.CharBlock(required=False, max_length=160)
    source = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "order"
        label = "Wykres"
        labels = {
            "title": "Tytuł",
            "description": "Co pokazuje wykres",
            "kind": "Rodzaj",
            "rows": "Dane",
            "unit": "Jednostka wpisanych liczb",
            "whole": "Całość: liczba z danych (tylko dla części całości; dla procentów to 100%)",
            "whole_number": "Całość: wpisana liczba",
            "rest": "Nazwa pozostałej części",
            "source": "Źródło wpisanych liczb",
        }
        hints = {
            "description": "Jednym lub dwoma zdaniami: co z\xa0wykresu wynika. Liczby opiszemy sami.",
            "unit": "Na przykład % albo osób. Liczby ze zbioru mają własną jednostkę.",
            "whole_number": "Gdy nie wybierasz jej ze zbioru.",
            "rest": "Na przykład „pozostałe rodziny objęte testem”. Policzymy ją sami.",
        }
        label_format = "{title}"
        template = "blocks/chart.html"
        description = "Wykres z\xa0tabelą danych i\xa0plikami CSV oraz PNG do pobrania."
        preview_value = {
            "title": "Spotkania zespołu w\xa0kolejnych latach",
            "description": "Zespół spotyka się coraz częściej.",
            "kind": Kind.BARS,
            "rows": [
                {"datum": None, "label": "2019", "number": Decimal(8)},
                {"datum": None, "label": "2020", "number": Decimal(11)},
            ],
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if faults := _faults(cleaned):
            raise StructBlockValidationError(block_errors=faults)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """With the drawing, its table, and the addresses of its files where the page gives them away."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        plot = read(value)
        if not plot.lines:
            return {**context, "chart": None}
        head, *rows = plots.table(plot)
        return {
            **context,
            "chart": plots.drawing(plot),
            "plot": plot,
            "head": head,
            "rows": rows,
            "files_of": _page_with_files(parent_context or {}),
        }


def read(value: Any) -> Plot:
    """What a chart's block says. A line whose figure was deleted, or became words, is left out."""
    whole = value.get("whole")
    quantity = quantities.read(whole.value) if whole is not None else None
    return Plot(
        kind=Kind(value["kind"]),
        title=value["title"],
        description=value.get("description") or "",
        lines=tuple(filter(None, (_line(row, value.get("unit") or "") for row in value["rows"]))),
        whole=quantity.number if quantity else value.get("whole_number"),
        rest=tidy(value.get("rest") or "Pozostałe"),
        source=value.get("source") or "",
    )


def _line(row: Any, unit: str) -> Line | None:
    datum = row["datum"]
    if datum is None:
        return Line(tidy(row["label"]), Quantity(row["number"], unit)) if row["number"] is not None else None
    quantity = quantities.read(datum.value)
    return Line(tidy(row["label"] or datum.label), quantity, datum.source, datum.date) if quantity else None


def _faults(value: Any) -> Faults:
    plot = read(value)
    different = [n for n, line in enumerate(plot.lines) if line.quantity.unit != plot.unit]
    if different:
        words = f"Ta liczba ma inną jednostkę niż pierwsza („{plot.unit or 'bez jednostki'}”)."
        fault = StructBlockValidationError(block_errors={"datum": ValidationError(words)})
        return {"rows": ListBlockValidationError(block_errors=dict.fromkeys(different, fault))}
    return _faults_of_parts(value, plot) if plot.kind is Kind.SHARE else {}


def _faults_of_parts(value: Any, plot: Plot) -> Faults:
    if value.get("whole") is not None and value.get("whole_number") is not None:
        return {"whole_number": ValidationError("Wybierz całość ze zbioru albo wpisz ją, nie obie.")}
    if value.get("whole") is not None and quantities.read(value.get("whole").value) is None:
        return {"whole": ValidationError("Ta wartość nie jest jedną liczbą.")}
    if len(plot.lines) > charts.MOST_PARTS:
        return {"kind": ValidationError(f"Całość dzielimy najwyżej na {charts.MOST_PARTS} części. Wybierz słupki.")}
    if plot.total > plot.of:
        return {"whole" if value.get("whole") else "whole_number": ValidationError("Części są większe niż całość.")}
    if plot.remainder and not value.get("rest"):
        return {"rest": ValidationError("Części nie wypełniają całości. Nazwij to, co zostaje.")}
    return {}


def _page_with_files(context: dict[str, Any]) -> int | None:
    """The page whose charts may be taken as files: a published one that says so, and not while it is previewed."""
    page, request = context.get("page"), context.get("request")
    if page is None or not getattr(page, "gives_charts", False) or getattr(request, "is_preview", False):
        return None
    return page.pk if page.live else None
