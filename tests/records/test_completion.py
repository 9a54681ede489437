"""The rule of completion, as a table."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.completion import evaluate
from elearning.records.outline import Item, ItemKind, Module, Outcome, Outline, Prerequisite, Status

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)


def item(number: int, **fields: object) -> Item:
    defaults: dict[str, object] = {
        "id": UUID(int=number),
        "page_id": number,
        "kind": ItemKind.LESSON,
        "title": f"L{number}",
        "url": f"/kursy/k1/m1/l{number}/",
    }
    return Item(**(defaults | fields))  # type: ignore[arg-type]


def quiz(number: int, **fields: object) -> Item:
    return item(number, kind=ItemKind.QUIZ, title=f"T{number}", pass_mark=Decimal("0.7"), **fields)


def outline(*items: Item, **fields: object) -> Outline:
    module = Module(page_id=1, title="M1", items=items)
    return Outline(course_id=1, title="K1", url="/kursy/k1/", modules=(module,), **fields)  # type: ignore[arg-type]


def done(number: int, score: str | None = None) -> Outcome:
    return Outcome(UUID(int=number), Status.COMPLETED, NOW, Decimal(score) if score else None)


def begun(number: int, score: str) -> Outcome:
    return Outcome(UUID(int=number), Status.IN_PROGRESS, NOW, Decimal(score))


def test_it_works() -> None:
    progress = evaluate(outline(item(1), quiz(2)), [done(1), done(2, "0.8")])
    assert progress.is_complete
    assert (progress.done, progress.required, progress.percent) == (2, 2, 100)
    assert progress.score == Decimal("0.8")
    assert progress.next is None
    assert progress.unmet == ()


def test_a_passed_quiz_alone_does_not_complete_a_course_with_lessons() -> None:
    progress = evaluate(outline(item(1), quiz(2)), [done(2, "1")])
    assert not progress.is_complete
    assert [condition.text for condition in progress.unmet] == ["Ukończ lekcję „L1”."]
    assert progress.unmet[0].url == "/kursy/k1/m1/l1/"


def test_a_failed_quiz_says_mark_and_score() -> None:
    progress = evaluate(outline(quiz(1)), [begun(1, "0.699")])
    assert progress.unmet[0].text == "Zalicz test „T1”. Próg zaliczenia: 70%. Twój wynik: 69%."


def test_an_empty_lesson_never_counts_as_done() -> None:
    progress = evaluate(outline(item(1, is_empty=True)), [done(1)])
    assert not progress.is_complete
    assert progress.done == 0
    assert "nie ma jeszcze treści" in progress.unmet[0].text
    assert progress.next is None


def test_a_course_without_required_items_is_never_complete() -> None:
    assert not evaluate(outline(), []).is_complete
    assert not evaluate(outline(item(1, required=False)), [done(1)]).is_complete


def test_optional_items_are_offered_last() -> None:
    progress = evaluate(outline(item(1, required=False), item(2)), [])
    assert progress.next is not None
    assert progress.next.title == "L2"
    after = evaluate(outline(item(1, required=False), item(2)), [done(2)])
    assert after.is_complete
    assert after.next is not None
    assert after.next.title == "L1"


def test_in_order_the_first_missing_item_blocks_what_follows() -> None:
    progress = evaluate(outline(item(1), item(2), quiz(3), sequential=True), [done(1)])
    assert [state.is_open for state in progress.states] == [True, True, False]
    blocked_by = progress.states[2].blocked_by
    assert isinstance(blocked_by, Item)
    assert blocked_by.title == "L2"


def test_what_was_completed_stays_open_when_something_is_put_before_it() -> None:
    progress = evaluate(outline(item(9), item(1), sequential=True), [done(1)])
    assert progress.state(UUID(int=1)).is_open


def test_a_missing_prerequisite_blocks_all_and_is_named_first() -> None:
    course = outline(item(1), prerequisites=(Prerequisite(7, "Podstawy", "/kursy/podstawy/"),))
    progress = evaluate(course, [done(1)])
    assert not progress.is_complete
    assert progress.unmet[0].text == "Ukończ wcześniej kurs „Podstawy”."
    assert evaluate(course, [done(1)], completed_courses={7}).is_complete


def test_a_lesson_added_later_is_new_content_and_reopens_nothing() -> None:
    progress = evaluate(outline(item(1), item(2)), [done(1)], already_completed=True)
    assert progress.is_complete
    assert progress.percent == 100
    assert [new.title for new in progress.new_items] == ["L2"]
    assert progress.unmet == ()


@pytest.mark.parametrize(("finished", "percent"), [(0, 0), (1, 33), (2, 66), (3, 100)])
def test_percent_is_rounded_down(finished: int, percent: int) -> None:
    course = outline(item(1), item(2), item(3))
    assert evaluate(course, [done(number) for number in range(1, finished + 1)]).percent == percent


@given(st.sets(st.integers(1, 12)), st.integers(1, 12), st.booleans())
def test_one_more_completed_item_never_makes_progress_worse(finished: set[int], more: int, in_order: bool) -> None:
    course = outline(*(item(number, required=number % 3 != 0) for number in range(1, 13)), sequential=in_order)
    before = evaluate(course, [done(number) for number in finished])
    after = evaluate(course, [done(number) for number in finished | {more}])
    assert after.done >= before.done
    assert after.percent >= before.percent
    assert after.is_complete or not before.is_complete
    assert (after.percent == 100) == after.is_complete
    assert bool(after.unmet) != after.is_complete
