"""Charts as plain numbers: where each bar and each word of a drawing stands. Pure; one template draws them.

A drawing is 320 units wide, so that its letters have their own size on a phone of 320 px and are larger elsewhere.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 320
# Of a line of words in type of 16 units: its height, and the usual width of a letter, with some room to be safe.
LINE, LETTER = 19, 8.2
# Room below the last line, for the tails of letters.
TAIL = 5
# Columns: room for values above and for marks below.
COLUMNS_TOP, COLUMNS_HEIGHT, COLUMNS_BOTTOM = 22, 130, 40
COLUMN_GAP = 4
# Bars: room for the mark on the left and for the value on the right.
BAR_LEFT, BAR_RIGHT, BAR_HEIGHT, BAR_STEP = 28, 76, 18, 28
# Bars below their own words, with a gap to the next row; the least room that a bar keeps beside its value.
LABELLED_HEIGHT, LABELLED_GAP, LEAST_BAR, VALUE_GAP = 24, 14, 80, 6
# A whole in parts: the height of the bar, the squares that name its parts below, and the gap between two of them.
WHOLE_HEIGHT, KEY, KEY_GAP = 44, 16, 10
# The parts of a whole in their order; what is left of the whole is told apart from all of them.
TONES = ("emphasis", "second", "third", "fourth", "fifth")
REST = "rest"
MOST_PARTS = len(TONES)
# What a drawing looks like by itself, as in the file of a picture; in a page the stylesheet has the last word.
FILLS = {
    "plain": "#0052a5",
    "emphasis": "#0052a5",
    "second": "#66707d",
    "third": "#7fb0e6",
    "fourth": "#1b1b1b",
    "fifth": "#b8860b",
    "rest": "#e4e8ee",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the data: what it is, its number (0 or more), and the number in words."""

    label: str
    number: Decimal
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words. `anchor` says which end of them stands at `x`: start, middle or end; `y` is their baseline."""

    text: str
    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar(Box):
    """A rectangle with its mark, its value, and the square that stands for it where its words are elsewhere."""

    marks: tuple[Words, ...] = ()
    value: Words | None = None
    tone: str = "plain"
    key: Box | None = None

    @property
    def fill(self) -> str:
        return FILLS[self.tone]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its size in units, and its words for those who do not see it."""

    id: str
    title: str
    description: str
    height: float
    bars: tuple[Bar, ...]
    baseline: float | None = None
    caption: Words | None = None
    width: int = WIDTH


def columns(
    chart_id: str, *, title: str, description: str, marks: Sequence[str], counts: Sequence[int], caption: str
) -> Chart:
    """A histogram: a column for each count, the highest as high as there is room; `caption` names the axis."""
    rows = [Row(mark, Decimal(count), str(count) if count else "") for mark, count in zip(marks, counts, strict=True)]
    floor = COLUMNS_TOP + COLUMNS_HEIGHT
    bars = _standing(rows, [(row.label,) if row.label else () for row in rows])
    height = floor + COLUMNS_BOTTOM
    return Chart(chart_id, title, description, height, bars, floor, Words(caption, 2, height - 6))


def few_columns(chart_id: str, *, title: str, description: str, rows: Sequence[Row]) -> Chart:
    """A column for each row, its label below in as many lines as it takes."""
    step = WIDTH / max(1, len(rows))
    marks = [_lines(row.label, step - COLUMN_GAP) for row in rows]
    most = max((len(lines) for lines in marks), default=0)
    floor = COLUMNS_TOP + COLUMNS_HEIGHT
    return Chart(chart_id, title, description, floor + 8 + most * LINE, _standing(rows, marks), floor)


def bars(
    chart_id: str,
    *,
    title: str,
    description: str,
    rows: Sequence[tuple[str, float, str, bool]],
) -> Chart:
    """Horizontal bars from a short mark, a share of 0..1, words at the end, and whether to emphasise."""
    room = WIDTH - BAR_LEFT - BAR_RIGHT
    made = []
    for number, (mark, share, value, emphasis) in enumerate(rows):
        y, width = number * BAR_STEP + (BAR_STEP - BAR_HEIGHT) / 2, round(room * share, 2)
        foot = y + BAR_HEIGHT - 4
        made.append(
            Bar(
                x=BAR_LEFT,
                y=y,
                width=width,
                height=BAR_HEIGHT,
                marks=(Words(mark, BAR_LEFT - 8, foot, "end"),),
                value=Words(value, round(BAR_LEFT + width + VALUE_GAP, 2), foot),
                tone="emphasis" if emphasis else "plain",
            )
        )
    return Chart(chart_id, title, description, max(1, len(made)) * BAR_STEP, tuple(made))


def labelled_bars(chart_id: str, *, title: str, description: str, rows: Sequence[Row]) -> Chart:
    """Horizontal bars, each below the words that name it, its value behind it."""
    most = max((row.number for row in rows), default=Decimal(0)) or Decimal(1)
    room = WIDTH - VALUE_GAP - max((_width(row.value) for row in rows), default=0)
    made, y = [], 0.0
    for row in rows:
        lines = _lines(row.label, WIDTH)
        top = y + len(lines) * LINE + 4
        width = round(max(LEAST_BAR, room) * float(row.number / most), 2)
        made.append(
            Bar(
                x=0,
                y=top,
                width=width,
                height=LABELLED_HEIGHT,
                marks=_below(lines, x=0, y=y),
                value=Words(row.value, round(width + VALUE_GAP, 2), top + LABELLED_HEIGHT - 7),
            )
        )
        y = top + LABELLED_HEIGHT + LABELLED_GAP
    return Chart(chart_id, title, description, max(LINE, y - LABELLED_GAP), tuple(made))


def share(chart_id: str, *, title: str, description: str, parts: Sequence[Row], rest: Row | None = None) -> Chart:
    """One bar that is the whole, cut into its parts; below, a line for each with a square of its colour.

    The whole is the sum of all rows. `rest` is what the parts leave of it. Raises `ValueError` for too many parts.
    """
    if len(parts) > MOST_PARTS:
        raise ValueError(f"{len(parts)} parts")
    rows = [*zip(parts, TONES, strict=False), *([(rest, REST)] if rest else [])]
    whole = sum((row.number for row, _tone in rows), Decimal(0)) or Decimal(1)
    made, before, y = [], Decimal(0), WHOLE_HEIGHT + KEY_GAP + 4.0
    for row, tone in rows:
        left, right = (round(float(end / whole) * WIDTH, 2) for end in (before, before + row.number))
        lines = _lines(row.label, WIDTH - KEY - 8 - _width(row.value) - VALUE_GAP)
        made.append(
            Bar(
                x=left,
                y=0,
                width=round(right - left, 2),
                height=WHOLE_HEIGHT,
                marks=_below(lines, x=KEY + 8, y=y),
                value=Words(row.value, WIDTH, y + LINE - 2, "end"),
                tone=tone,
                key=Box(0, y + 2, KEY, KEY),
            )
        )
        before, y = before + row.number, y + len(lines) * LINE + KEY_GAP
    return Chart(chart_id, title, description, max(WHOLE_HEIGHT, y - KEY_GAP + TAIL), tuple(made))


def _standing(rows: Sequence[Row], marks: Sequence[Sequence[str]]) -> tuple[Bar, ...]:
    """Columns on the floor, with their values above and their marks below."""
    most, step = max((row.number for row in rows), default=Decimal(0)) or Decimal(1), WIDTH / max(1, len(rows))
    floor = COLUMNS_TOP + COLUMNS_HEIGHT
    made = []
    for number, (row, lines) in enumerate(zip(rows, marks, strict=True)):
        height, centre = round(COLUMNS_HEIGHT * float(row.number / most), 2), round((number + 0.5) * step, 2)
        made.append(
            Bar(
                x=round(number * step + COLUMN_GAP / 2, 2),
                y=round(floor - height, 2),
                width=round(step - COLUMN_GAP, 2),
                height=height,
                marks=tuple(Words(line, centre, floor + 18 + LINE * at, "middle") for at, line in enumerate(lines)),
                value=Words(row.value, centre, round(floor - height - 4, 2), "middle") if row.value else None,
            )
        )
    return tuple(made)


def _below(lines: Sequence[str], *, x: float, y: float) -> tuple[Words, ...]:
    """Lines of words under each other, the top of the first at `y`."""
    return tuple(Words(line, x, y + LINE * (number + 1) - 2) for number, line in enumerate(lines))


def _lines(text: str, room: float) -> list[str]:
    """The text in lines that fit into the room; a word that is longer is cut."""
    return textwrap.wrap(text, width=max(4, int(room / LETTER))) or [""]


def _width(text: str) -> float:
    return len(text) * LETTER
