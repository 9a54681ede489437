"""The register of gminy and powiaty: what it is filtered by, its list, its map and its file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.http import QueryDict
from django.utils.http import urlencode

from elearning.cms import place_map
from elearning.cms.alphabet import alphabetical
from elearning.cms.models.participation import Participation
from elearning.cms.tables import Cell
from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track

ON_A_PAGE = 50
NO_PHASE = "nieznany"
COMMUNE, COUNTY = Q(unit__kind=TerritorialUnit.Kind.COMMUNE), Q(unit__kind=TerritorialUnit.Kind.COUNTY)
# For a narrow column; the whole names stand in the filter.
SHORT: dict[str, str] = {
    Track.RURAL: "gminy wiejskie",
    Track.URBAN_RURAL: "gminy miejsko-wiejskie",
    Track.URBAN: "miasta",
}
HEAD: list[Cell] = [
    *("Kod TERC", "Nazwa", "Rodzaj", "Powiat", "Województwo", "Model", "Etap", "Od roku", "Do roku"),
    *("Źródło", "Adres źródła", "Lista w\xa0źródle"),
]


class Filters(forms.Form):
    """What the register is filtered by; all of it stands in the address. An unknown choice filters nothing."""

    model = forms.ChoiceField(label="Model kooperacji", required=False)
    wojewodztwo = forms.ChoiceField(label="Województwo", required=False)
    etap = forms.ChoiceField(label="Etap", required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._offer("model", [("", "Wszystkie modele"), *Track.choices])
        self._offer("wojewodztwo", [("", "Wszystkie województwa"), *place_map.NAMES.items()])
        phases = [*Participation.Phase.choices, (NO_PHASE, "źródło go nie podaje")]
        self._offer("etap", [("", "Wszystkie etapy"), *phases])
        self.is_valid()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def chosen(self, name: str) -> str:
        """A valid choice, or nothing."""
        return str(self.cleaned_data.get(name, ""))

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen(name) for name in self.fields)

    def query(self, **instead: str) -> str:
        """What is chosen as the query of an address, with something else in the place of some of it."""
        values = {name: instead.get(name, self.chosen(name)) for name in self.fields}
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def without_place(self) -> Q:
        """The condition of all that is chosen, but for the voivodeship."""
        condition = Q()
        if track := self.chosen("model"):
            condition &= Q(track=track)
        if phase := self.chosen("etap"):
            condition &= Q(phase="" if phase == NO_PHASE else phase)
        return condition

    @property
    def condition(self) -> Q:
        """The condition of all that is chosen."""
        code = self.chosen("wojewodztwo")
        return self.without_place & Q(unit__code__startswith=code) if code else self.without_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where entries of the list come from, under the number by which they name it."""

    number: int
    name: str
    url: str
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: an entry and its source."""

    entry: Participation
    source: Source

    @property
    def model(self) -> str:
        return SHORT[self.entry.track]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many gminy and how many powiaty took part, each once."""

    communes: int
    counties: int

    @property
    def total(self) -> int:
        return self.communes + self.counties


def entries() -> QuerySet[Participation]:
    """All of the register in the order of its list, with units and what they belong to."""
    return Participation.objects.select_related("unit__parent__parent").order_by(
        "unit__search_name", "unit_id", "track", "phase"
    )


def listing(data: QueryDict, address: str) -> dict[str, Any]:
    """The context of the page of the register. Four queries, however much is in it."""
    filters = Filters(data)
    found = entries().filter(filters.condition)
    page = Paginator(found, ON_A_PAGE).get_page(data.get("strona"))
    lines = _lines(page)
    by_province = _counted_by_province(filters)
    code = filters.chosen("wojewodztwo")
    drawn = place_map.tiles({code: (c.communes, c.counties) for code, c in by_province.items()}, chosen=code)
    items = {tile.code: {"tile": tile, "url": _address(address, filters, tile)} for tile in drawn}
    shown = [count for province, count in by_province.items() if code in {"", province}]
    return {
        "form": filters,
        "is_filtered": filters.is_filtered,
        "page_obj": page,
        "lines": lines,
        "sources": dict.fromkeys(line.source for line in lines),
        "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=1),
        "query": filters.query(),
        "counted": Counted(sum(count.communes for count in shown), sum(count.counties for count in shown)),
        "cut_off": found.filter(list_is_complete=False).exists(),
        "map": {"width": place_map.WIDTH, "height": place_map.HEIGHT},
        "tiles": [items[tile.code] for tile in drawn],
        "by_name": [items[code] for code in sorted(items, key=lambda code: alphabetical(place_map.NAMES[code]))],
        "address": address,
    }


def rows(filters: Filters) -> Iterator[list[Cell]]:
    """The register as a table, with its head. One query."""
    yield HEAD
    for entry in entries().filter(filters.condition).iterator(chunk_size=500):
        yield _row(entry)


def _lines(entries: Iterable[Participation]) -> list[Line]:
    """The entries with their sources, numbered in the order in which they come."""
    sources: dict[tuple[str, str, bool], Source] = {}
    made = []
    for entry in entries:
        key = (entry.source, entry.source_url, entry.list_is_complete)
        if key not in sources:
            name, url, is_complete = key
            sources[key] = Source(number=len(sources) + 1, name=name, url=url, is_complete=is_complete)
        made.append(Line(entry, sources[key]))
    return made


def _row(entry: Participation) -> list[Cell]:
    unit = entry.unit
    is_commune = unit.kind == TerritorialUnit.Kind.COMMUNE
    county, province = (unit.parent, unit.parent and unit.parent.parent) if is_commune else (unit, unit.parent)
    return [
        unit.code,
        unit.name,
        unit.get_commune_type_display() if is_commune else "powiat",
        county.name if county else "",
        province.name if province else "",
        entry.get_track_display(),
        entry.get_phase_display(),
        entry.first_year or "",
        entry.last_year or entry.first_year or "",
        entry.source,
        entry.source_url,
        "pełna" if entry.list_is_complete else "niepełna",
    ]


def _counted_by_province(filters: Filters) -> dict[str, Counted]:
    """Units by the code of their voivodeship, whichever of these is chosen. One query."""
    counted = (
        Participation.objects.filter(filters.without_place)
        .order_by()
        .annotate(province=Left("unit_id", 2))
        .values_list("province")
        .annotate(
            communes=Count("unit_id", filter=COMMUNE, distinct=True),
            counties=Count("unit_id", filter=COUNTY, distinct=True),
        )
    )
    return {province: Counted(communes, counties) for province, communes, counties in counted}


def _address(address: str, filters: Filters, tile: place_map.Tile) -> str:
    """Where a tile leads: to its own voivodeship, or back to all of them; nowhere where nobody took part."""
    if not tile.total:
        return ""
    query = filters.query(wojewodztwo="" if tile.is_chosen else tile.code)
    return f"{address}?{query}" if query else address
