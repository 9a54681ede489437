"""What is known of one gmina or powiat: its model, its part in the projects, and who took part nearby."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from elearning.cms import track_pages
from elearning.cms.models.participation import Participation
from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track

MOST_NEARBY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Gminy and powiaty that took part, in the same powiat and elsewhere in the voivodeship.

    `more` says that the voivodeship has others beside these.
    """

    county: tuple[TerritorialUnit, ...] = ()
    province: tuple[TerritorialUnit, ...] = ()
    more: bool = False


def context(unit: TerritorialUnit) -> dict[str, Any]:
    """The context of a unit's page. Six queries at most; the unit comes with its parents."""
    entries = list(Participation.objects.filter(unit=unit).order_by("phase", "track"))
    suggestion = unit.suggestion
    tracks = [entry.track for entry in entries]
    track = suggestion.track or (tracks[0] if tracks else None)
    return {
        "unit": unit,
        "name": name_of(unit),
        "is_commune": unit.kind == TerritorialUnit.Kind.COMMUNE,
        "county": county_of(unit),
        "province": province_of(unit),
        "entries": entries,
        "suggestion": suggestion,
        "track": track_pages.by_track().get(track) if track else None,
        "track_name": Track(track).label if track else "",
        "track_value": track or "",
        "neighbours": neighbours(unit),
    }


def name_of(unit: TerritorialUnit) -> str:
    """The heading of a unit's page: „Gmina wiejska Piątnica”, „Powiat łomżyński”, „Miasto Łomża”."""
    if unit.kind == TerritorialUnit.Kind.COMMUNE:
        kind = "miasto" if unit.commune_type == TerritorialUnit.CommuneType.URBAN else unit.get_commune_type_display()
        return f"{kind.capitalize()} {unit.name}"
    if unit.name[:1].isupper():
        return f"Miasto {unit.name} na prawach powiatu"
    return f"Powiat {unit.name}"


def county_of(unit: TerritorialUnit) -> TerritorialUnit | None:
    """The powiat that a gmina lies in; none for a city with powiat rights, which is both."""
    if unit.kind != TerritorialUnit.Kind.COMMUNE or unit.parent is None or unit.parent.name == unit.name:
        return None
    return unit.parent


def province_of(unit: TerritorialUnit) -> TerritorialUnit | None:
    if unit.kind == TerritorialUnit.Kind.COMMUNE:
        return unit.parent.parent if unit.parent else None
    return unit.parent


def neighbours(unit: TerritorialUnit) -> Neighbours:
    """Who else took part, from the same powiat and from the rest of the voivodeship. Two queries."""
    here = _took_part().exclude(pk=unit.pk)
    county = tuple(here.filter(code__startswith=unit.code[:4]).order_by("-kind", "search_name", "code"))
    elsewhere = here.filter(code__startswith=unit.code[:2], kind=TerritorialUnit.Kind.COMMUNE)
    found = tuple(_elsewhere(elsewhere, county)[: MOST_NEARBY + 1])
    return Neighbours(county=county, province=found[:MOST_NEARBY], more=len(found) > MOST_NEARBY)


def _took_part() -> QuerySet[TerritorialUnit]:
    return TerritorialUnit.objects.filter(pk__in=Participation.objects.order_by().values("unit")).select_related(
        "parent__parent"
    )


def _elsewhere(units: QuerySet[TerritorialUnit], county: Iterable[TerritorialUnit]) -> QuerySet[TerritorialUnit]:
    return units.exclude(pk__in=[unit.pk for unit in county]).order_by("search_name", "code")
