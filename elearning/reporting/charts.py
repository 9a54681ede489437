"""Charts as plain numbers: where each bar of an SVG stands. Pure; templates draw them.

A chart is 320 units wide, so that its letters have their own size on a phone of 320 px and are larger elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
# Columns: room for counts above and for marks below.
COLUMNS_TOP, COLUMNS_HEIGHT, COLUMNS_BOTTOM = 20, 130, 40
COLUMN_GAP = 4
# Bars: room for the mark on the left and for the count on the right.
BAR_LEFT, BAR_RIGHT, BAR_HEIGHT, BAR_STEP = 28, 76, 18, 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, with the places of its mark and its count. `emphasis` marks the right answers."""

    x: float
    y: float
    width: float
    height: float
    mark: str
    mark_x: float
    mark_y: float
    value: str
    value_x: float
    value_y: float
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its size in units, and its words for those who do not see it."""

    id: str
    title: str
    description: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    baseline: float = 0
    caption: str = ""


def columns(
    chart_id: str, *, title: str, description: str, marks: Sequence[str], counts: Sequence[int], caption: str
) -> Chart:
    """A histogram: a column for each count, the highest as high as there is room; `caption` names the axis."""
    most, step = max(counts, default=0) or 1, WIDTH / max(1, len(counts))
    floor = COLUMNS_TOP + COLUMNS_HEIGHT
    bars = []
    for number, (mark, count) in enumerate(zip(marks, counts, strict=True)):
        height, centre = COLUMNS_HEIGHT * count / most, (number + 0.5) * step
        bars.append(
            Bar(
                x=round(number * step + COLUMN_GAP / 2, 2),
                y=round(floor - height, 2),
                width=round(step - COLUMN_GAP, 2),
                height=round(height, 2),
                mark=mark,
                mark_x=round(centre, 2),
                mark_y=floor + 16,
                value=str(count) if count else "",
                value_x=round(centre, 2),
                value_y=round(floor - height - 4, 2),
            )
        )
    return Chart(chart_id, title, description, WIDTH, floor + COLUMNS_BOTTOM, tuple(bars), floor, caption)


def bars(
    chart_id: str,
    *,
    title: str,
    description: str,
    rows: Sequence[tuple[str, float, str, bool]],
) -> Chart:
    """Horizontal bars from mark, share of 0..1, words at the end, and whether to emphasise."""
    room = WIDTH - BAR_LEFT - BAR_RIGHT
    made = []
    for number, (mark, share, value, emphasis) in enumerate(rows):
        y, width = number * BAR_STEP + (BAR_STEP - BAR_HEIGHT) / 2, round(room * share, 2)
        made.append(
            Bar(
                x=BAR_LEFT,
                y=y,
                width=width,
                height=BAR_HEIGHT,
                mark=mark,
                mark_x=BAR_LEFT - 8,
                mark_y=y + BAR_HEIGHT - 4,
                value=value,
                value_x=BAR_LEFT + width + 6,
                value_y=y + BAR_HEIGHT - 4,
                emphasis=emphasis,
            )
        )
    return Chart(chart_id, title, description, WIDTH, max(1, len(made)) * BAR_STEP, tuple(made))
