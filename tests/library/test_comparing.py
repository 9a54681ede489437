"""What differs between two versions of a text. No database."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.comparing import Change, Paragraph, compare, counts_of, readable, stretches_of

LINES = st.lists(st.text(alphabet="ab ż\xa0", max_size=12), max_size=8)


def changes(old: list[str], new: list[str]) -> list[Change]:
    return [paragraph.change for paragraph in compare(old, new)]


def marked(words: object) -> list[str]:
    return [piece.text for piece in words if piece.is_marked]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        (["a"], ["a"], [Change.KEPT]),
        (["Dnia 7\xa0maja  b.r."], ["Dnia 7 maja b.r."], [Change.KEPT]),
        ([], ["Nowe"], [Change.ADDED]),
        (["Stare"], [], [Change.REMOVED]),
        (["Zespół spotyka się co miesiąc."], ["Zespół spotyka się co tydzień."], [Change.CHANGED]),
        (["Strony podpisują umowę."], ["Lider zwołuje zespół."], [Change.ADDED, Change.REMOVED]),
        (["a", "Stary punkt", "b"], ["a", "b", "Coś całkiem innego"], [Change.KEPT, Change.REMOVED, Change.KEPT, "+"]),
    ],
)
def test_paragraphs_stay_go_come_or_change(old: list[str], new: list[str], expected: list[object]) -> None:
    assert changes(old, new) == [Change.ADDED if change == "+" else change for change in expected]


def test_changed_words_are_marked_on_both_sides() -> None:
    (found,) = compare(["Wypowiedzenie trwa 14 dni."], ["Wypowiedzenie trwa 30 dni roboczych."])
    assert marked(found.old) == ["14 dni"]
    assert marked(found.new) == ["30 dni roboczych"]


def test_words_that_stand_together_are_marked_together() -> None:
    (found,) = compare(["Lider zwołuje zespół raz w miesiącu."], ["Lider zwołuje zespół co dwa tygodnie."])
    assert marked(found.old) == ["raz w miesiącu"]
    assert marked(found.new) == ["co dwa tygodnie"]


def test_a_paragraph_put_in_between_leaves_its_neighbours() -> None:
    old = ["§ 1. Strony", "Strony działają razem.", "§ 2. Czas"]
    new = ["§ 1. Strony", "Strony działają razem.", "Każda strona ma zadania.", "§ 2. Czas"]
    assert changes(old, new) == [Change.KEPT, Change.KEPT, Change.ADDED, Change.KEPT]


def test_the_summary_counts_paragraphs() -> None:
    counts = counts_of(compare(["jeden dwa trzy", "stare"], ["jeden dwa cztery", "zupełnie nowe słowa"]))
    assert (counts.changed, counts.added, counts.removed) == (1, 1, 1)
    assert not counts_of(compare(["a"], ["a"]))


def test_what_did_not_change_is_folded_away_from_changes() -> None:
    old = [f"Akapit {number}" for number in range(10)]
    new = [*old[:5], "Coś nowego", *old[5:]]
    found = stretches_of(compare(old, new))
    assert [(len(stretch.paragraphs), stretch.folded) for stretch in found] == [(4, True), (3, False), (4, True)]
    assert stretches_of(()) == ()


def test_rows_left_for_a_pen_say_nothing() -> None:
    assert readable(["Lp. | Nazwa", "1. |", " | | ", "–", "2. | GOPS", "§ 3."]) == ["Lp. | Nazwa", "2. | GOPS"]


@given(LINES, LINES)
def test_both_texts_are_there_whole(old: list[str], new: list[str]) -> None:
    """Whatever is marked, each side reads as its version; of unchanged paragraphs the spaces are the new ones."""
    found = compare(old, new)
    assert _side(found, new=False) == [line.split() for line in old]
    assert _side(found, new=True) == [line.split() for line in new]


def _side(found: tuple[Paragraph, ...], *, new: bool) -> list[list[str]]:
    without = Change.REMOVED if new else Change.ADDED
    sides = (paragraph.new if new else paragraph.old for paragraph in found if paragraph.change is not without)
    return ["".join(piece.text for piece in side).split() for side in sides]


def test_two_long_texts_are_compared_in_a_moment() -> None:
    old = [f"Punkt {number} mówi o rzeczy {number * 7} i osobie {number % 13}." for number in range(800)]
    new = [f"Ustęp {number} dotyczy sprawy {number * 11} oraz strony {number % 17}." for number in range(800)]
    begun = time.process_time()
    compare(old, new)
    compare(["słowo inne " * 5000], ["inne słowo " * 5000])
    assert time.process_time() - begun < 3
