"""Names of places as people type them. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.institutions.management.commands.load_teryt import DATA
from elearning.institutions.names import LONGEST, MOST_NEAR, Wanted, fold, key, near, wanted
from elearning.institutions.teryt import Kind, read

with DATA.open(encoding="utf-8") as lines:
    UNITS = list(read(lines))
COMMUNES = [unit.name for unit in UNITS if unit.code.kind == Kind.COMMUNE]
COUNTIES = {unit.code.text: unit.name for unit in UNITS if unit.code.kind == Kind.COUNTY}
WITH_COUNTY = [
    (unit.name, COUNTIES[unit.code.parent])
    for unit in UNITS
    if unit.code.kind == Kind.COMMUNE and not unit.code.is_city_county
]
PREFIXES = [
    "gmina",
    "gm.",
    "Gmina",
    "GM",
    "gmina wiejska",
    "gmina miejska",
    "miasto",
    "m.",
    "Miasto i Gmina",
    "w gminie",
]
PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Piątnica", Wanted("piatnica")),
        ("  gm. PIATNICA ", Wanted("piatnica")),
        ("Gmina wiejska Łomża", Wanted("lomza")),
        ("Łomża (gmina wiejska)", Wanted("lomza")),
        ("Łomża (miasto na prawach powiatu)", Wanted("lomza")),
        ("m.st. Warszawa", Wanted("warszawa")),
        ("Miasto i Gmina Pisz", Wanted("pisz")),
        ("Kobylin–Borzymy", Wanted("kobylin borzymy")),
        ("Łomża, pow. łomżyński, woj. podlaskie", Wanted("lomza", "lomzynski", "podlaskie")),
        ("Łomża powiat łomżyński", Wanted("lomza", "lomzynski")),
        ("powiat łomżyński", Wanted(county="lomzynski")),
        ("województwo podlaskie", Wanted(province="podlaskie")),
        ("2007052", Wanted(code="2007052")),
        ("gmina", Wanted("gmina")),
        ("Nowe Miasto", Wanted("nowe miasto")),
        ("Powidz", Wanted("powidz")),
        ("Wojnicz", Wanted("wojnicz")),
        ("", Wanted()),
        ("%'\"<\\", Wanted()),
        ("🙂", Wanted()),
        ("'; DROP TABLE gminy; --", Wanted("drop table gminy")),
    ],
)
def test_what_was_typed_is_read(typed: str, expected: Wanted) -> None:
    assert wanted(typed) == expected


@given(st.sampled_from(COMMUNES), st.sampled_from(["", *PREFIXES]), st.sampled_from([str, str.upper, str.lower]))
def test_name_is_read_alike_however_it_is_typed(name: str, prefix: str, case: type[str]) -> None:
    typed = case(f"{prefix} {name.translate(PLAIN)} ")
    assert wanted(typed) == Wanted(key(name))


@given(st.sampled_from(WITH_COUNTY), st.sampled_from([", powiat ", " pow. ", " (powiat "]))
def test_powiat_is_read_beside_the_name(place: tuple[str, str], between: str) -> None:
    name, county = place
    asked = wanted(f"{name}{between}{county}")
    assert asked.name == key(name)
    assert key(county).startswith(asked.county_start)


@given(st.text(max_size=2 * LONGEST))
def test_any_text_is_read(typed: str) -> None:
    asked = wanted(typed)
    for part in (asked.name, asked.county, asked.province, asked.code):
        assert part == key(part)
    if asked.county:
        assert asked.county_start


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text)


@given(st.sampled_from([name for name in COMMUNES if len(name) > 3]), st.data())
def test_a_slip_is_told(name: str, data: st.DataObject) -> None:
    right = key(name)
    place = data.draw(st.integers(0, len(right) - 1))
    letter = data.draw(st.sampled_from("aeghkmprtw"))
    slips = {
        "left out": right[:place] + right[place + 1 :],
        "added": right[:place] + letter + right[place:],
        "changed": right[:place] + letter + right[place + 1 :],
        "swapped": right[:place] + right[place : place + 2][::-1] + right[place + 2 :],
    }
    typed = data.draw(st.sampled_from(sorted(slips.values())))
    found = near(typed, [right, "wies za siodma gora i rzeka"])
    assert found == [right]


@given(st.text(max_size=LONGEST), st.lists(st.text(max_size=30), max_size=30))
def test_near_names_are_some_of_the_names(typed: str, others: list[str]) -> None:
    found = near(typed, others)
    assert len(found) <= MOST_NEAR
    assert set(found) <= set(others)
    assert near(typed, [typed, *others])[0] == typed


def test_what_is_far_is_not_near() -> None:
    assert near("piatnica", ["lomza", "pisz", "kolno"]) == []
    assert near("", []) == []
