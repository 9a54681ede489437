"""THE rule: when is a course completed, and what is missing. Nothing else in the project decides this.

Pure: values in, values out. Only `recording` (to write) and the records' views (to read) import it.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal
from uuid import UUID

from .outline import (
    Condition,
    Item,
    ItemKind,
    ItemState,
    Outcome,
    Outline,
    Prerequisite,
    Progress,
    Status,
)

# Shares are kept with four decimal places: 0.6999 never becomes 70 %.
SHARE = Decimal("0.0001")

NAMES = {
    ItemKind.LESSON: "Lekcja",
    ItemKind.QUIZ: "Test",
    ItemKind.ACTIVITY: "Aktywność",
    ItemKind.FILM: "Film",
    ItemKind.TRAINING: "Szkolenie",
}
TO_COMPLETE = {
    ItemKind.LESSON: "Ukończ lekcję",
    ItemKind.QUIZ: "Ukończ test",
    ItemKind.ACTIVITY: "Ukończ aktywność",
    ItemKind.FILM: "Obejrzyj film",
    ItemKind.TRAINING: "Weź udział w\xa0szkoleniu",
}
TO_PASS = {ItemKind.LESSON: "Zalicz lekcję", ItemKind.QUIZ: "Zalicz test", ItemKind.ACTIVITY: "Zalicz aktywność"}


def evaluate(
    outline: Outline,
    outcomes: Iterable[Outcome],
    *,
    completed_courses: Collection[int] = (),
    already_completed: bool = False,
) -> Progress:
    """Where a person with these outcomes stands in this course.

    `completed_courses` are the page ids of courses the person has completed, for prerequisites. With
    `already_completed` the enrolment was completed before: it stays so, and what is missing today is new content.
    """
    by_item = {outcome.item_id: outcome for outcome in outcomes}
    lacking = [course for course in outline.prerequisites if course.course_id not in completed_courses]
    states = _states(outline, by_item, lacking)
    required = [state for state in states if state.item.required]
    missing = [state for state in required if not state.is_completed]
    met = bool(required) and not missing and not lacking
    is_complete = already_completed or met
    done = len(required) - len(missing)
    return Progress(
        states=states,
        done=done,
        required=len(required),
        percent=100 if is_complete else _percent(done, len(required)),
        is_complete=is_complete,
        unmet=() if is_complete else _unmet(lacking, missing, has_required=bool(required)),
        next=_next(states),
        new_items=tuple(state.item for state in missing) if already_completed else (),
        score=_score(states),
        by_item={state.item.id: state for state in states},
    )


def _states(outline: Outline, outcomes: dict[UUID, Outcome], lacking: list[Prerequisite]) -> tuple[ItemState, ...]:
    states: list[ItemState] = []
    first_open: Item | None = None
    opened_with: dict[UUID, Item | Prerequisite | None] = {}
    for item in outline.items:
        outcome = outcomes.get(item.id)
        # An empty lesson or a quiz without questions never counts as done, whatever was recorded.
        status = Status.NOT_STARTED if outcome is None or item.is_empty else outcome.status
        blocked_by = lacking[0] if lacking else opened_with.get(item.within or item.id, first_open)
        opened_with[item.id] = blocked_by
        states.append(
            ItemState(
                item=item,
                status=status,
                score=outcome.score if outcome else None,
                at=outcome.at if outcome else None,
                blocked_by=blocked_by,
            )
        )
        if outline.sequential and first_open is None and item.required and status is not Status.COMPLETED:
            first_open = item
    return tuple(states)


def _percent(done: int, required: int) -> int:
    """The share done, rounded down, so that 100 is never shown while something is missing."""
    return min(99, 100 * done // required) if required else 0


def _unmet(lacking: list[Prerequisite], missing: list[ItemState], *, has_required: bool) -> tuple[Condition, ...]:
    conditions = [Condition(f"Ukończ wcześniej kurs „{course.title}”.", course.url) for course in lacking]
    if not has_required:
        conditions.append(Condition("Kurs nie ma jeszcze wymaganych elementów. Redakcja je uzupełnia.", ""))
    return (*conditions, *(_condition(state) for state in missing))


def _condition(state: ItemState) -> Condition:
    item = state.item
    if item.is_empty:
        return Condition(f"{NAMES[item.kind]} „{item.title}” nie ma jeszcze treści. Redakcja ją uzupełnia.", state.url)
    if item.pass_mark is None:
        return Condition(f"{TO_COMPLETE[item.kind]} „{item.title}”.", state.url)
    mark = f" Próg zaliczenia: {percent(item.pass_mark)}%."
    score = f" Twój wynik: {percent(state.score)}%." if state.score is not None else ""
    return Condition(f"{TO_PASS[item.kind]} „{item.title}”.{mark}{score}", state.url)


def _next(states: tuple[ItemState, ...]) -> Item | None:
    """What is begun or open and not done: required items first, then the optional ones."""
    todo = [state for state in states if not state.is_completed and state.is_open and not state.item.is_empty]
    required = [state for state in todo if state.item.required]
    return next((state.item for state in (*required, *todo)), None)


def _score(states: tuple[ItemState, ...]) -> Decimal | None:
    """The mean score of the required quizzes that were completed; None where there are none."""
    scores = [
        state.score
        for state in states
        if state.item.required and state.is_completed and state.item.kind is ItemKind.QUIZ and state.score is not None
    ]
    return sum(scores, Decimal(0)) / len(scores) if scores else None


def percent(share: Decimal | None) -> int:
    """A share of 0..1 as a whole percentage, rounded down: 69.9 % never reads as a passed 70 %."""
    return int((share or Decimal(0)) * 100)
