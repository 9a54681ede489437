"""The geometry of charts: nothing leaves the drawing, and what is drawn is what the numbers say."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms import charts
from elearning.cms.charts import LETTER, WIDTH, Bar, Chart, Row, Words

numbers = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
# Words of a usual length, of one long word, of none.
labels = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120)
rows = st.builds(Row, label=labels, number=numbers, value=st.text("0123456789 ,%zł", max_size=16))
SLACK = 0.05  # of rounding to hundredths


def drawn(kind: str, data: list[Row]) -> Chart:
    if kind == "share":
        return charts.share("c", title="T", description="D", parts=data[:5])
    make = charts.labelled_bars if kind == "bars" else charts.few_columns
    return make("c", title="T", description="D", rows=data)


def ends(words: Words) -> tuple[float, float]:
    width = len(words.text) * LETTER
    left = {"start": words.x, "middle": words.x - width / 2, "end": words.x - width}[words.anchor]
    return left, left + width


def bar(label: str, number: str) -> Row:
    return Row(label, Decimal(number), number)


@given(kind=st.sampled_from(["bars", "columns", "share"]), data=st.lists(rows, max_size=12))
def test_no_bar_leaves_the_drawing(kind: str, data: list[Row]) -> None:
    chart = drawn(kind, data)
    for box in chart.bars:
        assert box.x >= -SLACK
        assert box.x + box.width <= WIDTH + SLACK
        assert box.y >= -SLACK
        assert box.y + box.height <= chart.height + SLACK
        assert box.width >= 0
        assert box.height >= 0


@given(kind=st.sampled_from(["bars", "share"]), data=st.lists(rows, min_size=1, max_size=12))
def test_words_stay_inside_and_under_each_other(kind: str, data: list[Row]) -> None:
    chart = drawn(kind, data)
    for box in chart.bars:
        for words in (*box.marks, box.value):
            assert words is not None
            left, right = ends(words)
            assert left >= -SLACK
            assert right <= WIDTH + SLACK
            assert words.y <= chart.height
        baselines = [words.y for words in box.marks]
        assert baselines == sorted(set(baselines))


@given(data=st.lists(rows, min_size=2, max_size=12), kind=st.sampled_from(["bars", "columns"]))
def test_bars_are_as_long_as_their_numbers(kind: str, data: list[Row]) -> None:
    chart = drawn(kind, data)
    lengths = [box.width if kind == "bars" else box.height for box in chart.bars]
    most, longest = max(row.number for row in data), max(lengths)
    for row, length in zip(data, lengths, strict=True):
        assert length == pytest.approx(longest * float(row.number / most) if most else 0, abs=SLACK)


@given(data=st.lists(rows, min_size=2, max_size=10), kind=st.sampled_from(["bars", "columns"]))
def test_bars_do_not_overlap(kind: str, data: list[Row]) -> None:
    boxes = drawn(kind, data).bars
    for before, after in itertools.pairwise(boxes):
        if kind == "bars":
            assert after.marks[0].y - charts.LINE >= before.y + before.height
        else:
            assert after.x >= before.x + before.width


@given(parts=st.lists(rows, min_size=1, max_size=5), rest=st.none() | rows)
def test_the_parts_of_a_whole_stand_side_by_side_and_fill_it(parts: list[Row], rest: Row | None) -> None:
    boxes = charts.share("c", title="T", description="D", parts=parts, rest=rest).bars
    whole = sum(row.number for row in [*parts, *([rest] if rest else [])])
    for before, after in itertools.pairwise(boxes):
        assert after.x == pytest.approx(before.x + before.width, abs=SLACK)
    assert sum(box.width for box in boxes) == pytest.approx(WIDTH if whole else 0, abs=SLACK * 3)
    assert len({box.tone for box in boxes}) == len(boxes)


@given(parts=st.lists(rows, min_size=1, max_size=5))
def test_each_part_has_a_key_of_its_own_line(parts: list[Row]) -> None:
    boxes = charts.share("c", title="T", description="D", parts=parts).bars
    keys = [box.key for box in boxes if box.key]
    assert len(keys) == len(parts)
    for above, below in itertools.pairwise(keys):
        assert below.y >= above.y + above.height


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="6 parts"):
        charts.share("c", title="T", description="D", parts=[bar("a", "1")] * 6)


def test_a_chart_of_nothing_is_a_chart() -> None:
    for kind in ("bars", "columns", "share"):
        chart = drawn(kind, [])
        assert chart.bars == ()
        assert chart.height > 0


def test_the_sources_of_research_are_drawn_to_scale() -> None:
    """140 of 172 persons and families."""
    chart = charts.share("c", title="T", description="D", parts=[bar("z", "140")], rest=bar("inne", "32"))
    done, rest = chart.bars
    assert done.width == pytest.approx(WIDTH * 140 / 172, abs=0.01)
    assert (done.tone, rest.tone) == ("emphasis", "rest")
    assert isinstance(rest, Bar)
    assert rest.fill != done.fill


def test_long_labels_are_told_in_lines() -> None:
    label = "Gminno-Powiatowych Zespołów Kooperacji pracowało nad Modelem Kooperacji w gminach wiejskich"
    (box,) = charts.labelled_bars("c", title="T", description="D", rows=[bar(label, "40")]).bars
    assert len(box.marks) == 3
    assert " ".join(words.text for words in box.marks) == label
