"""The command that loads the register."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from elearning.institutions.models import Institution, TerritorialUnit

pytestmark = pytest.mark.django_db


def load(file: Path | None = None) -> str:
    out = StringIO()
    call_command("load_teryt", *(["--file", str(file)] if file else []), stdout=out)
    return out.getvalue()


def test_loads_units_with_their_parents_and_types() -> None:
    assert "Województwa: 16, powiaty: 380" in load()
    gmina = TerritorialUnit.objects.get(pk="2007052")
    assert (gmina.name, gmina.commune_type, gmina.parent_id) == ("Piątnica", 2, "2007")
    assert gmina.parent is not None
    assert str(gmina.parent) == "powiat łomżyński"
    assert str(gmina.parent.parent) == "województwo podlaskie"
    assert gmina.suggestion.track == "rural"


def test_second_load_changes_nothing() -> None:
    load()
    assert "Dodano: 0, zmieniono: 0." in load()


def test_load_keeps_population_and_what_the_file_lacks(tmp_path: Path) -> None:
    load()
    TerritorialUnit.objects.filter(pk="1213011").update(population=37_000, name="Stara nazwa")
    Institution.objects.create(name="MOPS", kind="ops", unit_id="2007052")
    file = tmp_path / "terc.csv"
    file.write_text("12;małopolskie\n1213;oświęcimski\n1213011;Oświęcim\n", encoding="utf-8")
    report = load(file)
    assert "Dodano: 0, zmieniono: 1." in report
    assert "2007052" in report
    town = TerritorialUnit.objects.get(pk="1213011")
    assert (town.name, town.population) == ("Oświęcim", 37_000)
    assert TerritorialUnit.objects.filter(pk="2007052").exists()


def test_cost_does_not_grow_with_the_register(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(12):
        load()


@pytest.mark.parametrize(
    ("text", "message"),
    [("2007;łomżyński\n", "nie ma w pliku swojego"), ("ala;kot\n", "Wiersz 1"), ("2", "Wiersz 1")],
)
def test_bad_file_is_refused_whole(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "terc.csv"
    file.write_text("12;małopolskie\n" * (message != "Wiersz 1") + text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        load(file)
    assert not TerritorialUnit.objects.exists()


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nie można odczytać"):
        load(tmp_path / "nie-ma.csv")
