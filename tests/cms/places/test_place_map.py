"""The map of voivodeships. No database."""

from hypothesis import given
from hypothesis import strategies as st

from elearning.cms.place_map import HEIGHT, NAMES, SHADES, TILES, WIDTH, tiles
from elearning.institutions.management.commands.load_teryt import DATA
from elearning.institutions.teryt import Kind, read

COUNTS = st.dictionaries(st.sampled_from(sorted(TILES)), st.tuples(st.integers(0, 400), st.integers(0, 40)))


def test_every_voivodeship_of_the_register_has_its_own_place() -> None:
    with DATA.open(encoding="utf-8") as lines:
        register = {unit.code.text: unit.name for unit in read(lines) if unit.code.kind == Kind.VOIVODESHIP}
    assert register == NAMES
    assert len({(column, row) for _, _, column, row in TILES.values()}) == len(TILES)


def test_lines_of_a_name_make_the_name() -> None:
    for name, lines, _, _ in TILES.values():
        assert "".join(lines).replace("-", "") == name.replace("-", "")
        assert max(map(len, lines)) <= 10


@given(COUNTS)
def test_map_says_what_was_counted(counts: dict[str, tuple[int, int]]) -> None:
    drawn = tiles(counts)
    assert {tile.code: (tile.communes, tile.counties) for tile in drawn} == {
        code: counts.get(code, (0, 0)) for code in TILES
    }
    assert all(tile.number.text == str(tile.total) for tile in drawn)
    assert all((tile.shade == 0) == (tile.total == 0) for tile in drawn)


@given(COUNTS, st.sampled_from(["", "18", "99"]))
def test_tiles_lie_within_the_map_beside_each_other(counts: dict[str, tuple[int, int]], chosen: str) -> None:
    drawn = tiles(counts, chosen=chosen)
    assert [tile.code for tile in drawn if tile.is_chosen] == [code for code in TILES if code == chosen]
    for tile in drawn:
        assert 0 <= tile.x <= WIDTH - tile.size
        assert 0 <= tile.y <= HEIGHT - tile.size
        assert tile.size >= 70
        for words in (*tile.lines, tile.number):
            assert tile.y < words.y < tile.y + tile.size
        assert tile.lines[-1].y < tile.number.y - 15


def test_more_units_are_never_lighter() -> None:
    shades = [next(tile for tile in tiles({"18": (number, 0)}) if tile.code == "18").shade for number in range(12)]
    assert shades == sorted(shades)
    assert shades[-1] == len(SHADES)


def test_map_reads_from_the_north_west() -> None:
    assert [tile.name for tile in tiles({})][:3] == ["pomorskie", "warmińsko-mazurskie", "zachodniopomorskie"]
