"""The map of the register: voivodeships as tiles of a grid, where each lies as it does in the country. Pure.

Tiles of one size show a small voivodeship as well as a large one, need no outlines from elsewhere, and are as large as
a finger on a phone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TILE, GAP = 80, 4
COLUMNS, ROWS = 4, 5
WIDTH, HEIGHT = COLUMNS * TILE, ROWS * TILE
LINE = 15  # from one line of a name to the next
# From how many units on a tile is darker; the number itself stands in each tile.
SHADES = (1, 4, 8)

# TERC code: name, the same in lines that fit a tile, column and row.
TILES: dict[str, tuple[str, tuple[str, ...], int, int]] = {
    "02": ("dolnośląskie", ("dolno-", "śląskie"), 0, 3),
    "04": ("kujawsko-pomorskie", ("kujawsko-", "pomorskie"), 1, 1),
    "06": ("lubelskie", ("lubelskie",), 3, 2),
    "08": ("lubuskie", ("lubuskie",), 0, 2),
    "10": ("łódzkie", ("łódzkie",), 2, 2),
    "12": ("małopolskie", ("mało-", "polskie"), 2, 4),
    "14": ("mazowieckie", ("mazo-", "wieckie"), 2, 1),
    "16": ("opolskie", ("opolskie",), 1, 3),
    "18": ("podkarpackie", ("pod-", "karpackie"), 3, 3),
    "20": ("podlaskie", ("podlaskie",), 3, 1),
    "22": ("pomorskie", ("pomorskie",), 1, 0),
    "24": ("śląskie", ("śląskie",), 1, 4),
    "26": ("świętokrzyskie", ("święto-", "krzyskie"), 2, 3),
    "28": ("warmińsko-mazurskie", ("warmińsko-", "mazurskie"), 2, 0),
    "30": ("wielkopolskie", ("wielko-", "polskie"), 1, 2),
    "32": ("zachodniopomorskie", ("zachodnio-", "pomorskie"), 0, 1),
}
NAMES = {code: name for code, (name, _, _, _) in TILES.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words in a tile, by the middle of its baseline."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One voivodeship: a square, its name, how many units took part. `shade` is 0 for none, up to 3 for many."""

    code: str
    name: str
    communes: int
    counties: int
    x: int
    y: int
    size: int
    shade: int
    lines: tuple[Words, ...]
    number: Words
    is_chosen: bool

    @property
    def total(self) -> int:
        return self.communes + self.counties

    @property
    def words(self) -> str:
        """What is written in the tile: whoever speaks to the computer says what they see."""
        return " ".join([*(line.text for line in self.lines), self.number.text])


def tiles(counts: Mapping[str, tuple[int, int]], *, chosen: str = "") -> list[Tile]:
    """All sixteen, by name; `counts` are gminy and powiaty by the code of the voivodeship."""
    made = [_tile(code, counts.get(code, (0, 0)), is_chosen=code == chosen) for code in TILES]
    return sorted(made, key=lambda tile: (tile.y, tile.x))


def _tile(code: str, count: tuple[int, int], *, is_chosen: bool) -> Tile:
    name, lines, column, row = TILES[code]
    x, y = column * TILE + GAP // 2, row * TILE + GAP // 2
    size = TILE - GAP
    middle = x + size // 2
    communes, counties = count
    return Tile(
        code=code,
        name=name,
        communes=communes,
        counties=counties,
        x=x,
        y=y,
        size=size,
        shade=sum(communes + counties >= least for least in SHADES),
        lines=tuple(Words(text, middle, y + 19 + LINE * number) for number, text in enumerate(lines)),
        number=Words(str(communes + counties), middle, y + size - 12),
        is_chosen=is_chosen,
    )
