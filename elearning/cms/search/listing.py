"""What was found, as it is filtered, counted and shown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.models import Page

from elearning.cms.models.base import BasePage, page_path
from elearning.cms.models.search import SearchEntry
from elearning.institutions.tracks import Track

from . import excerpts
from .excerpts import Piece
from .finding import Hit
from .kinds import KINDS
from .query import Query

ON_A_PAGE = 10
BELOW_HOME = 3  # the depth at which the way to a page begins
YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Choice:
    """By what somebody filters: a kind, a model of cooperation, a year; empty for all."""

    kind: str = ""
    track: str = ""
    year: str = ""

    def takes(self, hit: Hit) -> bool:
        return (
            self.kind in ("", hit.kind)
            and (not self.track or self.track in hit.tracks.split())
            and self.year in ("", str(hit.year or ""))
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One link of a filter, with how many pages there are behind it."""

    label: str
    query: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter; without options where there is nothing to choose."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A page as the list of what was found shows it."""

    kind: str
    title: tuple[Piece, ...]
    url: str
    way: str
    excerpt: tuple[Piece, ...]
    date: date | None


def read(asked: Mapping[str, str]) -> Choice:
    """The filters of an address; what cannot be one is left out."""
    kind, track, year = (asked.get(name, "") for name in ("rodzaj", "model", "rok"))
    return Choice(
        kind if kind in KINDS else "",
        track if track in Track.values else "",
        year if YEAR.fullmatch(year) else "",
    )


def address(query: Query, choice: Choice) -> str:
    """The query of the address under which this is found."""
    parts = {"q": query.text, "rodzaj": choice.kind, "model": choice.track, "rok": choice.year}
    return urlencode({name: value for name, value in parts.items() if value})


def facets(hits: Iterable[Hit], query: Query, choice: Choice) -> tuple[Facet, ...]:
    """The filters of what was found, each counted under the others that are chosen."""
    found = list(hits)
    years = sorted({str(hit.year) for hit in found if hit.year}, reverse=True)
    labels = {
        "kind": {"": "Wszystko", **{key: kind.many for key, kind in KINDS.items()}},
        "track": {"": "Wszystkie modele", **dict(Track.choices)},
        "year": {"": "Wszystkie lata", **{year: year for year in years}},
    }
    titles = {"kind": "Rodzaj", "track": "Model kooperacji", "year": "Rok"}
    return tuple(Facet(title, _options(name, labels[name], found, query, choice)) for name, title in titles.items())


def _options(
    name: str, labels: Mapping[str, str], hits: Iterable[Hit], query: Query, choice: Choice
) -> tuple[Option, ...]:
    """One link for each value that some page has; none where there is nothing to choose."""
    others = replace(choice, **{name: ""})
    taken = [hit for hit in hits if others.takes(hit)]
    numbers = Counter(value for hit in taken for value in _values(hit)[name])
    chosen = getattr(choice, name)
    offered = [value for value in labels if not value or numbers[value] or value == chosen]
    if len(offered) < 3 and not chosen:
        return ()
    return tuple(
        Option(
            label=labels[value],
            query=address(query, replace(others, **{name: value})),
            number=numbers[value] if value else len(taken),
            is_chosen=value == chosen,
        )
        for value in offered
    )


def _values(hit: Hit) -> dict[str, list[str]]:
    return {"kind": [hit.kind], "track": hit.tracks.split(), "year": [str(hit.year)] if hit.year else []}


def listed(hits: Iterable[Hit], choice: Choice, number: str | None) -> ListPage[Hit]:
    """One page of those that the filters let through; a wrong number gives the nearest page."""
    return Paginator([hit for hit in hits if choice.takes(hit)], ON_A_PAGE).get_page(number)


def results(hits: Iterable[Hit], query: Query, entries: QuerySet[SearchEntry]) -> list[Result]:
    """These pages as they are shown. Two queries, and some for each page that gathers its text from other rows."""
    keys = [hit.entry for hit in hits]
    found = entries.select_related("page").in_bulk(keys)
    shown = [found[key] for key in keys if key in found]
    ways = _ways([entry.page for entry in shown])
    stems = frozenset(query.stems)
    return [
        Result(
            kind=KINDS[entry.kind].one,
            title=excerpts.marked(entry.title, stems),
            url=page_path(entry.page),
            way=ways[entry.page.path],
            excerpt=excerpts.excerpt(_text(entry), stems),
            date=entry.date,
        )
        for entry in shown
    ]


def _text(entry: SearchEntry) -> str:
    """What a page says now: what it gathers from other rows may have gone since it was read."""
    model = entry.page.specific_class
    if model is not None and issubclass(model, BasePage) and model.search_gathers:
        return str(entry.page.specific.search_text())
    return entry.text


def _ways(pages: list[Page]) -> dict[str, str]:
    """The titles above each page, by its path: „Kursy › Kooperacja w miastach”. One query."""
    step = Page.steplen
    above = {page.path: [page.path[:end] for end in range(BELOW_HOME * step, len(page.path), step)] for page in pages}
    wanted = {path for paths in above.values() for path in paths}
    titles = dict(Page.objects.live().filter(path__in=wanted).values_list("path", "title")) if wanted else {}
    return {path: " › ".join(titles[one] for one in paths if one in titles) for path, paths in above.items()}
