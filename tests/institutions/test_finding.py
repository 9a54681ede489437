"""Gminy by what somebody typed, among those of the register."""

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from elearning.institutions.finding import MOST_FOUND, Found, find
from elearning.institutions.models import TerritorialUnit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    call_command("load_teryt", verbosity=0)


def codes(found: Found) -> list[str]:
    return [unit.code for unit in found.units]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Piątnica", ["2007052"]),
        ("gm. piatnica", ["2007052"]),
        ("ŁOMŻA", ["2007022", "2062011"]),
        ("Łomża, powiat łomżyński", ["2007022"]),
        ("Łomża w powiecie łomżyńskim", ["2007022"]),
        ("2062011", ["2062011"]),
        ("Tomaszow", ["0618112"]),
        ("nad Notecią", ["0410033"]),
        ("Borzymy", ["2013052"]),
        ("powiat łomżyński", ["2007022", "2007052"]),
        ("łomżyński", ["2007022", "2007052"]),
        ("Łomża woj. śląskie", []),
        ("9999999", []),
    ],
)
def test_gminy_are_found(typed: str, expected: list[str]) -> None:
    assert codes(find(typed)) == expected


def test_powiat_and_wojewodztwo_come_along(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        commune = find("Piątnica").units[0]
        assert str(commune.parent) == "powiat łomżyński"
        assert str(commune.parent.parent) == "województwo podlaskie"


@pytest.mark.parametrize(("typed", "name"), [("Piontnica", "Piątnica"), ("Cycuw", "Cyców"), ("w Piątnicy", "Piątnica")])
def test_a_slip_is_offered_a_correction(typed: str, name: str) -> None:
    found = find(typed)
    assert found.units == ()
    assert found.near[0] == name


@pytest.mark.parametrize("typed", ["", " ", "%'\"<\\", "🙂", "…"])
def test_nothing_to_look_for_finds_nothing(typed: str) -> None:
    assert find(typed) == Found(is_asked=False)


@pytest.mark.parametrize("typed", ["x" * 500, "' OR 1=1; --", "\0", "%", "_", "(" * 500, "pow " * 200])
def test_hostile_text_finds_nothing(typed: str) -> None:
    assert codes(find(typed)) == []


def test_a_renamed_gmina_is_found_by_its_new_name() -> None:
    commune = TerritorialUnit.objects.get(pk="2007052")
    commune.name = "Żółte Błoto"
    commune.save()
    assert codes(find("zolte bloto")) == ["2007052"]


def test_long_list_is_cut_and_says_so(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [
        TerritorialUnit(
            code=f"2007{number:02}2", name=f"Wola {number}", kind="commune", commune_type=2, parent_id="2007"
        )
        for number in range(10, 60)
    ]
    for row in rows:
        row.save()
    found = find("wola")
    assert (len(found.units), found.more) == (MOST_FOUND, True)
    with django_assert_max_num_queries(4):
        find("Nie ma takiej")
