"""What a TERC code says, the Model of Cooperation it suggests, and the two formats of the register."""

import pytest

from elearning.institutions import teryt
from elearning.institutions.management.commands.load_teryt import DATA
from elearning.institutions.teryt import BadCode, CommuneType, Kind, parse, read, suggest_track

# Codes of gminy named in the projects' materials.
RURAL = ["0603072", "0609082", "0609142", "0610012", "0610062", "2007022", "2007052", "0618112", "2005092", "2006032"]
URBAN_RURAL = ["0410013", "0410033", "0407033", "0407063", "0416063", "2815073", "2815083", "2808043", "2816033"]
TOWNS = ["1201011", "1205011", "1211011", "1213011", "1217011", "1019011"]

OFFICIAL = """\
\ufeffWOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
20;;;;PODLASKIE;województwo;2026-01-01
20;07;;;łomżyński;powiat;2026-01-01
20;07;05;2;Piątnica;gmina wiejska;2026-01-01
20;07;06;3;Nowogród;gmina miejsko-wiejska;2026-01-01
20;07;06;4;Nowogród;miasto;2026-01-01
20;07;06;5;Nowogród;obszar wiejski;2026-01-01
"""


def register() -> list[teryt.Unit]:
    with DATA.open(encoding="utf-8") as lines:
        return list(read(lines))


def test_code_of_a_gmina_names_its_powiat_and_type() -> None:
    code = parse("2007052")
    assert (code.kind, code.commune_type, code.parent) == (Kind.COMMUNE, CommuneType.RURAL, "2007")
    assert parse(code.parent).kind == Kind.COUNTY
    assert parse(parse(code.parent).parent).kind == Kind.VOIVODESHIP
    assert parse("20").parent == ""


@pytest.mark.parametrize(
    "text", ["", "2", "03", "34", "00", "200", "2000", "20070", "2007002", "2007054", "2007058", "20 7052", "٢٠", "abc"]
)
def test_what_is_no_whole_unit_is_refused(text: str) -> None:
    with pytest.raises(BadCode, match="Kod"):
        parse(text)


@pytest.mark.parametrize(("codes", "track"), [(RURAL, "rural"), (URBAN_RURAL, "urban_rural")])
def test_type_of_gmina_suggests_the_track(codes: list[str], track: str) -> None:
    assert {suggest_track(code).track for code in codes} == {track}


@pytest.mark.parametrize(
    ("code", "population", "track"),
    [
        ("1213011", None, None),
        ("1213011", 20_000, None),
        ("1213011", 20_001, "urban"),
        ("2062011", None, "urban"),
        ("2007", None, None),
        ("20", None, None),
    ],
)
def test_towns_need_more_than_twenty_thousand_people(code: str, population: int | None, track: str | None) -> None:
    suggestion = suggest_track(code, population=population)
    assert suggestion.track == track
    assert suggestion.reason.endswith(".")


def test_same_name_is_two_units() -> None:
    names = {unit.code.text: unit.name for unit in register()}
    assert names["2007022"] == names["2062011"] == "Łomża"
    assert suggest_track("2007022").track != suggest_track("2062011").track


def test_register_has_all_voivodeships_and_powiaty() -> None:
    units = register()
    count = {kind: sum(unit.code.kind == kind for unit in units) for kind in Kind}
    assert count[Kind.VOIVODESHIP] == 16
    assert count[Kind.COUNTY] == 380
    assert sum(unit.code.kind == Kind.COUNTY and unit.code.is_city_county for unit in units) == 66


def test_register_is_whole_in_itself() -> None:
    units = register()
    codes = [unit.code.text for unit in units]
    assert len(codes) == len(set(codes))
    assert {unit.code.parent for unit in units} - {""} <= set(codes)
    assert all(unit.name == unit.name.strip() and unit.name for unit in units)
    assert set(RURAL + URBAN_RURAL + TOWNS) <= set(codes)


def test_official_file_is_read_without_parts_of_gminy() -> None:
    units = [(unit.code.text, unit.name) for unit in read(OFFICIAL.splitlines())]
    assert units == [("20", "podlaskie"), ("2007", "łomżyński"), ("2007052", "Piątnica"), ("2007063", "Nowogród")]


@pytest.mark.parametrize("line", ["200;x", "2007", "20;07;05;;Piątnica"])
def test_bad_line_is_named(line: str) -> None:
    header = "WOJ;POW;GMI;RODZ;NAZWA\n" if line.count(";") > 1 else "# spis\n"
    with pytest.raises(BadCode, match="Wiersz 2"):
        list(read((header + line).splitlines()))
