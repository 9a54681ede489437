"""Finding a gmina by what somebody typed."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from . import names
from .models import TerritorialUnit

MOST_FOUND = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Gminy that fit what was typed, by name, with powiat and województwo; `more` says that there are others.

    Where none fits, `near` are names that may have been meant. `is_asked` is false where nothing could be looked for.
    """

    units: tuple[TerritorialUnit, ...] = ()
    more: bool = False
    near: tuple[str, ...] = ()
    is_asked: bool = True


def communes() -> QuerySet[TerritorialUnit]:
    """All gminy, each with its powiat and województwo."""
    return TerritorialUnit.objects.filter(kind=TerritorialUnit.Kind.COMMUNE).select_related("parent__parent")


def find(typed: str) -> Found:
    """The gminy of that name; else those in whose name a word begins like that, and those of the powiat called so.

    One query where the name is right, three at most.
    """
    asked = names.wanted(typed)
    if asked.code:
        return _found(communes().filter(pk=asked.code))
    if asked == names.Wanted():
        return Found(is_asked=False)
    there = _within(asked)
    if not asked.name:
        return _found(there)
    if (exact := _found(there.filter(search_name=asked.name))).units:
        return exact
    like = Q(search_name__startswith=asked.name) | Q(search_name__contains=f" {asked.name}")
    found = _found(there.filter(like | Q(parent__search_name=asked.name)))
    return found if found.units else Found(near=_near(asked.name))


def _within(asked: names.Wanted) -> QuerySet[TerritorialUnit]:
    units = communes()
    if asked.county:
        units = units.filter(parent__search_name__startswith=asked.county_start)
    if asked.province:
        units = units.filter(parent__parent__search_name__startswith=asked.province_start)
    return units


def _found(units: QuerySet[TerritorialUnit]) -> Found:
    found = tuple(units.order_by("search_name", "code")[: MOST_FOUND + 1])
    return Found(units=found[:MOST_FOUND], more=len(found) > MOST_FOUND)


def _near(name: str) -> tuple[str, ...]:
    """Names, as they are written, that this one may be a slip of. One query for all names."""
    known = dict(
        TerritorialUnit.objects.filter(kind=TerritorialUnit.Kind.COMMUNE).order_by().values_list("search_name", "name")
    )
    return tuple(known[key] for key in names.near(name, known))
