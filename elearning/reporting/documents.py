"""Everything that the report on the use of documents reads from the database. Nothing here writes.

`library` counts: each person once for a version, each visitor without an account once a day. Only numbers come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet, Sum
from wagtail.models import Page

from elearning.institutions.models import Institution
from library.models import DocumentPage, How, Usage, VersionPage

NOBODY_KNOWS = "bez konta lub bez instytucji"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, both included; None is without a bound."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """How often something was downloaded and filled in."""

    downloads: int = 0
    fill_ins: int = 0

    @property
    def total(self) -> int:
        return self.downloads + self.fill_ins

    def __add__(self, other: "Used") -> "Used":
        return Used(self.downloads + other.downloads, self.fill_ins + other.fill_ins)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list."""

    pk: int
    title: str
    live: bool
    used: Used


@dataclass(frozen=True, slots=True)
class Line:
    """How often one version was taken in one month from one kind of institution."""

    version: str
    month: date
    kind: str
    used: Used


@dataclass(frozen=True, slots=True)
class DocumentUse:
    """One document: its versions in order with their first days, and all that was counted in the period."""

    pk: int
    title: str
    versions: tuple[tuple[str, date, Used], ...]
    lines: tuple[Line, ...]

    @property
    def used(self) -> Used:
        return sum((line.used for line in self.lines), Used())


def documents(period: Period) -> list[DocumentRow]:
    """All documents by title, and their numbers. Two queries."""
    numbers: dict[str, Used] = {}
    for path, how, count in _counted(Usage.objects.all(), period, "version__path"):
        above = path[: -Page.steplen]
        numbers[above] = numbers.get(above, Used()) + _used(how, count)
    found = DocumentPage.objects.order_by("title", "pk").values_list("pk", "title", "live", "path")
    return [DocumentRow(pk, title, live, numbers.get(path, Used())) for pk, title, live, path in found]


def document(pk: int, period: Period) -> DocumentUse | None:
    """One document, with its numbers. Three queries."""
    page = DocumentPage.objects.filter(pk=pk).only("pk", "title", "path", "depth", "numchild").first()
    if page is None:
        return None
    versions = VersionPage.objects.child_of(page).order_by("number").values_list("pk", "title", "in_force_on")
    titles = {key: title for key, title, _day in versions}
    counted = _counted(Usage.objects.filter(version__in=titles), period, "version", "month", "institution_kind")
    lines = tuple(_line(titles[key], month, kind, rows) for (key, month, kind), rows in groupby(counted, _first_three))
    taken = {title: sum((line.used for line in lines if line.version == title), Used()) for title in titles.values()}
    return DocumentUse(pk, page.title, tuple((title, day, taken[title]) for _key, title, day in versions), lines)


def _counted(rows: QuerySet[Usage], period: Period, *by: str) -> QuerySet[Usage, Any]:
    """Sums of the period by these columns and by what was done, in that order."""
    if period.since:
        rows = rows.filter(month__gte=period.since.replace(day=1))
    if period.until:
        rows = rows.filter(month__lte=period.until)
    return rows.order_by(*by, "how").values_list(*by, "how").annotate(sum=Sum("count"))


def _first_three(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row[:3])


def _line(version: str, month: date, kind: str, rows: Any) -> Line:
    used = sum((_used(how, count) for *_key, how, count in rows), Used())
    label = Institution.Kind(kind).label if kind in Institution.Kind.values else kind or NOBODY_KNOWS
    return Line(version, month, str(label), used)


def _used(how: str, count: int) -> Used:
    return Used(downloads=count) if how == How.DOWNLOAD else Used(fill_ins=count)
