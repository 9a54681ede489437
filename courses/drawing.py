"""Which questions an attempt asks: the chosen ones and those drawn from categories, frozen as they stand now."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from courses import question_images
from courses.models.questions import Question
from elearning.records.attempt_rules import FrozenQuestion


class TooFewQuestions(ValueError):
    """A category has fewer questions than a draw wants. `wanted` and `found` count those that no other line takes."""

    def __init__(self, category: str, *, wanted: int, found: int) -> None:
        super().__init__(f"Kategoria „{category}” ma za mało pytań do losowania: {found}, a potrzeba {wanted}.")
        self.category, self.wanted, self.found = category, wanted, found


def size(questions: Iterable[Any]) -> int:
    """How many questions a quiz's stream asks; those that are no longer in the bank do not count."""
    return sum(child.value["count"] if child.block_type == "draw" else 1 for child in _lines(questions))


def draw(questions: Iterable[Any], *, chance: Random, shuffle: bool = False) -> list[FrozenQuestion]:
    """The questions of a quiz's stream, each once, in the order of its lines, or `shuffle`d, as they stand now.

    At most four queries, and two for images. Chosen questions that are no longer in the bank are left out. Raises
    `TooFewQuestions`.
    """
    asked = pick(questions, chance=chance)
    if shuffle:
        chance.shuffle(asked)
    return freeze_all(asked)


def pick(questions: Iterable[Any], *, chance: Random) -> list[tuple[Question, int]]:
    """The same questions, each with its points, as they are in the bank. At most four queries."""
    lines = _lines(questions)
    picked = _picked([line for line in lines if line.block_type == "draw"], taken=set(_chosen(lines)), chance=chance)
    found = Question.objects.in_bulk([number for numbers in picked.values() for number in numbers])
    asked: list[tuple[Question, int]] = []
    for line in lines:
        points = line.value["points"]
        if line.block_type == "draw":
            asked += [(found[number], points) for number in picked[line.id]]
        else:
            asked.append((line.value["question"], points))
    return asked


def freeze(question: Question, points: int) -> FrozenQuestion:
    """A question of the bank as it stands now, its images copied. At most two queries."""
    return freeze_all([(question, points)])[0]


def freeze_all(asked: Sequence[tuple[Question, int]]) -> list[FrozenQuestion]:
    """These questions of the bank, each with its points, as they stand now. Two queries where one has images."""
    frozen = question_images.frozen([(question.kind, question.data) for question, _points in asked])
    return [
        FrozenQuestion(
            question=question.pk,
            revision=question.latest_revision_id,
            title=question.title,
            kind=question.kind,
            points=points,
            data=data,
        )
        for (question, points), data in zip(asked, frozen, strict=True)
    ]


def _lines(questions: Iterable[Any]) -> list[Any]:
    """The lines that ask something: no question that is gone from the bank, and none a second time."""
    lines: dict[tuple[str, object], Any] = {}
    for child in questions:
        if child.block_type == "draw":
            lines["draw", child.id] = child
        elif child.value["question"] is not None:
            lines.setdefault(("question", child.value["question"].pk), child)
    return list(lines.values())


def _chosen(lines: Iterable[Any]) -> Iterator[int]:
    return (line.value["question"].pk for line in lines if line.block_type != "draw")


def _picked(draws: Iterable[Any], *, taken: set[int], chance: Random) -> dict[str, list[int]]:
    """The questions' numbers for each draw, by the line's id; no question twice."""
    draws = list(draws)
    shelves: dict[int, list[int]] = {}
    wanted = {line.value["category"].pk for line in draws if line.value["category"] is not None}
    rows = Question.objects.filter(category__in=wanted).order_by("pk").values_list("category", "pk") if wanted else ()
    for category, number in rows:
        shelves.setdefault(category, []).append(number)
    picked: dict[str, list[int]] = {}
    for line in draws:
        category, count = line.value["category"], line.value["count"]
        free = [number for number in shelves.get(getattr(category, "pk", 0), []) if number not in taken]
        if len(free) < count:
            raise TooFewQuestions(str(category or "usunięta"), wanted=count, found=len(free))
        picked[line.id] = chance.sample(free, count)
        taken.update(picked[line.id])
    return picked
