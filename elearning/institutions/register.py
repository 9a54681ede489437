"""Brings the register of territorial units up to date."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from .models import TerritorialUnit
from .teryt import BadCode, Kind, Unit

BATCH = 500


@dataclass
class Loaded:
    """What a load did. `missing` are codes in the database that the file does not have; they stay."""

    total: dict[str, int] = field(default_factory=dict)
    created: int = 0
    changed: int = 0
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def load(units: Iterable[Unit]) -> Loaded:
    """Add new units and correct changed ones; nothing is deleted, because institutions may point at it.

    Repeated with the same units it changes nothing. About ten queries for the whole register. Raises `BadCode` where a
    unit has no parent.
    """
    wanted = {unit.code.text: _row(unit) for unit in units}
    present = TerritorialUnit.objects.in_bulk()
    _require_parents(wanted, present)
    new = [row for code, row in wanted.items() if code not in present]
    changed = [row for code, row in wanted.items() if code in present and _differs(present[code], row)]
    # Parents first: the database checks that a parent exists.
    for kind in Kind:
        TerritorialUnit.objects.bulk_create([row for row in new if row.kind == kind], batch_size=BATCH)
    TerritorialUnit.objects.bulk_update(changed, ["name"], batch_size=BATCH)
    return Loaded(
        total={kind: sum(row.kind == kind for row in wanted.values()) for kind in Kind},
        created=len(new),
        changed=len(changed),
        missing=sorted(present.keys() - wanted.keys()),
    )


def _row(unit: Unit) -> TerritorialUnit:
    code = unit.code
    return TerritorialUnit(
        code=code.text,
        name=unit.name,
        kind=code.kind.value,
        commune_type=code.commune_type.value if code.commune_type else None,
        parent_id=code.parent or None,
    )


def _require_parents(wanted: dict[str, TerritorialUnit], present: dict[str, TerritorialUnit]) -> None:
    known = wanted.keys() | present.keys()
    for code, row in wanted.items():
        if row.parent_id and row.parent_id not in known:
            raise BadCode(f"Jednostka „{code}” nie ma w pliku swojego województwa lub powiatu.")


def _differs(present: TerritorialUnit, row: TerritorialUnit) -> bool:
    """Only the name can differ: everything else is in the code."""
    return present.name != row.name
