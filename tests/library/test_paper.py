"""How a sheet lies on paper."""

import json

import pytest

from library import paper
from library.sheet import (
    ClauseHeading,
    Element,
    Heading,
    Line,
    ListItems,
    PageBreak,
    Paragraph,
    Run,
    Sheet,
    Signatures,
    Table,
)
from tests.library import samples

A: Line = (Run("A"),)
BLANK: Line = (Run("Data zawarcia", blank=True),)


def table(*rows: tuple[str, ...], head: tuple[str, ...] = ()) -> Table:
    return Table((), head, tuple(tuple((((Run(text),),) if text else ()) for text in row) for row in rows))


@pytest.mark.parametrize(
    ("elements", "levels"),
    [
        ((ClauseHeading(1, A), Paragraph((A,)), ClauseHeading(2, A)), [1, 0, 1]),
        ((Heading(A, 1), ClauseHeading(1, A), Heading(A, 2)), [1, 2, 2]),
        ((ClauseHeading(1, A), Heading(A, 2), Heading(A, 1)), [1, 2, 1]),
        ((Heading(A, 2), Heading(A, 2)), [1, 2]),
        ((), []),
    ],
)
def test_levels_have_no_gaps_and_clauses_stand_below_headings(elements: tuple[Element, ...], levels: list[int]) -> None:
    assert paper.levels(elements) == levels


@pytest.mark.parametrize(
    ("label", "hint"),
    [
        ("Data zawarcia:", "data zawarcia"),
        ("PESEL", "PESEL"),
        ("I etap", "I etap"),
        ("", ""),
        ("Ó", "Ó"),
        ("Lp.", "lp."),
    ],
)
def test_hints_begin_small_unless_they_are_abbreviations(label: str, hint: str) -> None:
    assert paper.hint(label) == hint


def test_widths_follow_what_is_written_and_fill_the_paper() -> None:
    found = paper.widths(table(("1.", "krótko", "zdanie " * 30), ("2.", "tak", ""), head=("Lp.", "Kto", "Co")))
    assert sum(found) == 100
    assert found[0] < found[1] < found[2]
    assert found[0] <= 8
    assert paper.widths(table(("a", "b"))) == [36, 64]


def test_a_column_to_sign_in_has_room_for_a_hand_beside_long_names() -> None:
    row = ("1", "Brzęczyszczykiewicz-Łękołodzka Władysława", "Powiatowe Centrum Pomocy Rodzinie w Łańcucie", "")
    assert paper.widths(table(*[row] * 200, head=("Lp.", "Kto", "Skąd", "Podpis")))[3] >= 24


@pytest.mark.parametrize("count", [1, 2, 5, 12, 40])
def test_any_number_of_columns_fits(count: int) -> None:
    found = paper.widths(table(("słowo " * 40,) * count, head=("Nagłówek",) * count))
    assert sum(found) == 100
    assert min(found) > 0


def test_rows_are_as_long_as_the_longest() -> None:
    assert [len(row) for row in paper.rows_of(table(("a",), ("a", "b", "c"), head=("A", "B")))] == [3, 3]
    assert paper.rows_of(table()) == ()


def test_what_is_only_a_place_to_fill_in_is_known() -> None:
    assert paper.is_place((BLANK,))
    assert paper.is_place(((Run(" "), *BLANK),))
    assert not paper.is_place(((Run("dnia "), *BLANK),))
    assert not paper.is_place((BLANK, BLANK))
    assert not paper.is_place(())


@pytest.mark.parametrize(("count", "rows"), [(1, [2]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 3]), (7, [3, 3, 3])])
def test_places_to_sign_share_rows(count: int, rows: list[int]) -> None:
    found = paper.side_by_side((A,) * count)
    assert [len(row) for row in found] == rows
    assert sum(place == A for row in found for place in row) == count


def test_a_text_stays_with_what_it_announces() -> None:
    announced, told = Paragraph(((Run("Strony ustalają: "),),)), Paragraph((A,))
    long = ListItems(((Run("zdanie " * 300),),), numbered=True)
    assert paper.stays((announced, told, PageBreak())) == [True, False, False]
    assert paper.stays((told, Signatures((A,)))) == [True, False]
    assert paper.stays((long, Signatures((A,)))) == [False, False]
    assert paper.stays((announced,)) == [False]


def test_data_are_json_and_leave_out_what_prints_nothing() -> None:
    data = paper.on_paper(samples.hostile_sheet(), level=2)
    assert json.loads(json.dumps(data)) == data
    assert data["level"] == 2
    assert [element["type"] for element in data["elements"]] == [
        *("paragraph", "list", "table", "table", "table", "table", "signatures"),
    ]
    assert paper.on_paper(Sheet("T", (Paragraph(()),)))["elements"] == []


def test_control_characters_and_halves_are_not_printed() -> None:
    assert paper.printable("a\x00b\x1f\x7f\x85\ud800\ufffe\tc\nd\xa0Ż😀") == "ab\tc\nd\xa0Ż😀"
