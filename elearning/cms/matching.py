"""Which model is for which gmina: what somebody typed turned into an answer, a choice, or help."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from elearning.cms import place, track_pages
from elearning.cms.models.participation import Participation
from elearning.institutions import finding, names, teryt
from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track

# Gminy in Poland on 1 January 2020 (Statistics Poland), the day of the register that comes with the program.
ALL_COMMUNES = 2477
# What somebody who knows it says of a town whose number of inhabitants the register does not have.
LARGE, SMALL = "ponad", "do"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several gminy of a name, and the address of its answer."""

    name: str
    where: str
    url: str


def answer(data: QueryDict) -> dict[str, Any]:
    """The context of the page for what the address holds: the typed name, and the code of the one that was chosen.

    `typed` is shown in the field; `unit` is the gmina, else `choices` are several, else `near` may have been meant.
    """
    typed = _clean(data.get("gmina", ""))
    chosen = _clean(data.get("kod", ""))
    found = finding.find(chosen if names.CODE.fullmatch(chosen) else typed)
    context: dict[str, Any] = {"typed": typed, "is_asked": found.is_asked, "unit": None, "choices": [], "near": []}
    if len(found.units) == 1:
        return {**context, **_of(found.units[0], data.get("mieszkancy", ""), typed)}
    if found.units:
        return {**context, "choices": [_choice(unit, typed) for unit in found.units], "more": found.more}
    near = [{"name": name, "url": f"?{urlencode({'gmina': name})}"} for name in found.near]
    return {**context, "near": near, **_help()}


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()[: names.LONGEST]


def _of(unit: TerritorialUnit, inhabitants: str, typed: str) -> dict[str, Any]:
    """The answer for one gmina. Six queries."""
    suggestion = _suggestion(unit, inhabitants)
    links = track_pages.by_track()
    address = {"gmina": typed, "kod": unit.code}
    return {
        "unit": unit,
        "name": place.name_of(unit),
        "county": place.county_of(unit),
        "province": place.province_of(unit),
        "suggestion": suggestion,
        "track_name": Track(suggestion.track).label if suggestion.track else "",
        "track": links.get(suggestion.track or ""),
        "all_tracks": list(links.values()),
        "asks_inhabitants": suggestion.track is None and unit.population is None and inhabitants != SMALL,
        "large_url": f"?{urlencode({**address, 'mieszkancy': LARGE})}",
        "small_url": f"?{urlencode({**address, 'mieszkancy': SMALL})}",
        "entries": list(Participation.objects.filter(unit=unit).order_by("phase", "track")),
        "neighbours": place.neighbours(unit),
    }


def _suggestion(unit: TerritorialUnit, inhabitants: str) -> teryt.Suggestion:
    """By the register; where that has no number of inhabitants, by what the reader says of the town."""
    population = unit.population
    if population is None:
        population = {LARGE: teryt.CITY_MODEL_FROM + 1, SMALL: teryt.CITY_MODEL_FROM}.get(inhabitants)
    return teryt.suggest_track(unit.code, population=population)


def _choice(unit: TerritorialUnit, typed: str) -> Choice:
    county, province = place.county_of(unit), place.province_of(unit)
    parts = [unit.get_commune_type_display(), *(str(above) for above in (county, province) if above)]
    return Choice(name=unit.name, where=", ".join(parts), url=f"?{urlencode({'gmina': typed, 'kod': unit.code})}")


def _help() -> dict[str, Any]:
    """For those whose gmina is not found: how much of the register is here, and the models themselves. Four queries."""
    known = TerritorialUnit.objects.filter(kind=TerritorialUnit.Kind.COMMUNE).count()
    return {"known": known, "all_communes": ALL_COMMUNES, "is_partial": known < ALL_COMMUNES, "tracks": _tracks()}


def _tracks() -> list[dict[str, Any]]:
    """The models with the type of gmina that each is for, and the page of each."""
    links = track_pages.by_track()
    kinds = {
        Track.RURAL: "gmina wiejska",
        Track.URBAN_RURAL: "gmina miejsko-wiejska",
        Track.URBAN: "miasto powyżej 20\xa0tys. mieszkańców",
    }
    return [{"kind": kind, "label": track.label, "links": links.get(track)} for track, kind in kinds.items()]
