"""The question bank as a whole: where questions are used, and changes to many of them at once."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from courses.models import Question, QuestionCategory, QuizPage
from elearning.accounts.models import User


@dataclass(frozen=True, slots=True)
class Draw:
    """That a quiz draws from a category: how many questions it wants in all, and how many there are to draw from."""

    quiz: QuizPage
    category: QuestionCategory
    wanted: int
    found: int

    @property
    def is_short(self) -> bool:
        """Whether no attempt at the quiz could be started."""
        return self.found < self.wanted


@dataclass(frozen=True, slots=True)
class Use:
    """That a quiz may ask a question: chosen by its editor, or drawn. `course` is the title of the quiz's course."""

    quiz: QuizPage
    course: str
    draw: Draw | None = None


def asking(question: Question) -> list[QuizPage]:
    """The quizzes for which the question was chosen. Two queries."""
    return _quizzes([question])


def drawing_from(categories: Iterable[QuestionCategory], *, without: Container[int] = ()) -> list[Draw]:
    """The draws from these categories, as they would be without the questions of these numbers. Three queries.

    A question that was chosen for a quiz is not drawn in it too.
    """
    shelves = {category.pk: category for category in categories}
    quizzes = _quizzes(list(shelves.values()))
    if not quizzes:
        return []
    rows = Question.objects.filter(category__in=shelves).values_list("category", "pk")
    kept = [(category, number) for category, number in rows if number not in without]
    draws = []
    for quiz in quizzes:
        wanted, chosen = _lines(quiz)
        for pk in wanted.keys() & shelves.keys():
            found = sum(category == pk and number not in chosen for category, number in kept)
            draws.append(Draw(quiz, shelves[pk], wanted[pk], found))
    return draws


def uses(question: Question) -> list[Use]:
    """The quizzes that ask the question or may draw it. Six queries."""
    found: list[tuple[QuizPage, Draw | None]] = [(quiz, None) for quiz in asking(question)]
    found += [(draw.quiz, draw) for draw in drawing_from([question.category])]
    paths = {_course_path(quiz) for quiz, _draw in found}
    titles = dict(Page.objects.filter(path__in=paths).values_list("path", "title"))
    return [Use(quiz, titles[_course_path(quiz)], draw) for quiz, draw in found]


@transaction.atomic
def move(questions: Iterable[Question], category: QuestionCategory, *, user: User) -> int:
    """Put questions into a category, each change a revision of its own. How many were moved: not those there before."""
    moved = [question for question in questions if question.category_id != category.pk]
    for question in moved:
        question.category = category
        _keep(question, user)
    return len(moved)


@transaction.atomic
def tag(questions: Iterable[Question], names: Sequence[str], *, user: User) -> int:
    """Add tags to questions, each change a revision of its own. How many were changed: not those that had them all."""
    changed = 0
    for question in questions:
        missing = set(names) - {str(tag) for tag in question.tags.all()}
        if missing:
            question.tags.add(*missing)
            _keep(question, user)
            changed += 1
    return changed


def _keep(question: Question, user: User) -> None:
    """As the edit page does; what stands in the question was checked when it was written."""
    question.save()
    question.save_revision(user=user, log_action=True, clean=False)


def _course_path(quiz: QuizPage) -> str:
    """The path of the course, two steps above the quiz: between them is the module."""
    return str(quiz.path[: -2 * quiz.steplen])


def _quizzes(targets: Sequence[Model]) -> list[QuizPage]:
    """The quizzes that name these questions or categories, read from Wagtail's index of references."""
    if not targets:
        return []
    pages = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(targets[0]),
        to_object_id__in=[str(target.pk) for target in targets],
    ).values_list("object_id", flat=True)
    return list(QuizPage.objects.filter(pk__in={int(page) for page in pages}).order_by("title", "pk"))


def _lines(quiz: QuizPage) -> tuple[dict[int, int], set[int]]:
    """How many questions a quiz draws, by category, and the questions it asks anyway. No query."""
    wanted: dict[int, int] = {}
    chosen: set[int] = set()
    for line in quiz.questions.raw_data:
        value: dict[str, Any] = line["value"]
        if line["type"] == "draw":
            wanted[value["category"]] = wanted.get(value["category"], 0) + value["count"]
        else:
            chosen.add(value["question"])
    return wanted, chosen
