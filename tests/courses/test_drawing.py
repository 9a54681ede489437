"""Which questions an attempt asks: chosen and drawn, none twice, and what a large bank or a large quiz costs."""

import gzip
import re
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses import drawing
from courses.models import Question, QuestionCategory, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Attempt
from tests import make
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db

BANK, DRAWN = 2000, 40
LIMIT = 150_000  # bytes of a first view, as they are sent
# The seven kinds that are answered by a choice or a word, as a mixed quiz has them.
KINDS = ("single_choice", "multiple_choice", "true_false", "number", "gaps", "matching", "ordering")


def shelf(name: str, count: int, kind: str = "number") -> QuestionCategory:
    """A category of that many questions."""
    category = make.category(name)
    sample = make.question(kind, SAMPLES[kind], f"{name} 0")
    sample.category = category
    sample.save()
    Question.objects.bulk_create(
        Question(category=category, title=f"{name} {number}", kind=kind, content=sample.content)
        for number in range(1, count)
    )
    return category


def quiz_of(*lines: tuple[str, Any, int], **fields: Any) -> QuizPage:
    """A quiz of these lines: („question”, the question, points) or („draw”, the category, count)."""
    page = make.quiz(make.course(lessons=1), **fields)
    page.questions = [
        (kind, {"question": what, "points": number})
        if kind == "question"
        else (kind, {"category": what, "count": number, "points": 2})
        for kind, what, number in lines
    ]
    published: QuizPage = make.publish(page)
    return published


def asked(page: QuizPage, seed: int = 1) -> list[int]:
    return [question.question for question in drawing.draw(page.questions, chance=Random(seed))]


def test_it_works() -> None:
    law, chosen = shelf("Prawo", 9), make.question("number", SAMPLES["number"], "Wybrane")
    page = quiz_of(("question", chosen, 5), ("draw", law, 3))

    found = drawing.draw(page.questions, chance=Random(1))

    assert page.size == 4
    assert found[0].question == chosen.pk
    assert [question.points for question in found] == [5, 2, 2, 2]
    assert all(question.title.startswith("Prawo") for question in found[1:])
    assert found[1].data["answer"] == "86.34"


def test_each_attempt_draws_anew() -> None:
    page = quiz_of(("draw", shelf("Prawo", 30), 5))

    assert len({tuple(asked(page, seed)) for seed in range(10)}) > 5


def test_every_question_of_a_category_is_drawn_sometimes() -> None:
    page = quiz_of(("draw", shelf("Prawo", 5), 2))

    assert {number for seed in range(60) for number in asked(page, seed)} == set(
        Question.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_question_comes_twice_in_an_attempt(seed: int) -> None:
    law = shelf("Prawo", 9)
    chosen = list(Question.objects.filter(category=law)[3:5])
    page = quiz_of(("draw", law, 3), ("question", chosen[0], 1), ("draw", law, 4), ("question", chosen[1], 1))

    found = asked(page, seed)

    assert len(found) == 9 == len(set(found))


def test_a_question_chosen_twice_is_asked_once() -> None:
    chosen = make.question("number", SAMPLES["number"])
    page = quiz_of(("question", chosen, 1), ("question", chosen, 3))

    assert asked(page) == [chosen.pk]
    assert page.size == 1


def test_two_draws_share_what_a_category_has() -> None:
    law = shelf("Prawo", 6)
    page = quiz_of(("draw", law, 4), ("draw", law, 3))

    with pytest.raises(drawing.TooFewQuestions, match="„Prawo” ma za mało pytań do losowania: 2, a potrzeba 3"):
        drawing.draw(page.questions, chance=Random(1))


def test_chosen_questions_are_not_there_to_be_drawn() -> None:
    law = shelf("Prawo", 3)
    page = quiz_of(("question", Question.objects.filter(category=law).first(), 1), ("draw", law, 3))

    with pytest.raises(drawing.TooFewQuestions) as caught:
        drawing.draw(page.questions, chance=Random(1))
    assert (caught.value.category, caught.value.wanted, caught.value.found) == ("Prawo", 3, 2)


def test_a_category_that_is_gone_has_no_questions() -> None:
    law = shelf("Prawo", 3)
    page = quiz_of(("draw", law, 3))
    Question.objects.all().delete()
    law.delete()

    with pytest.raises(drawing.TooFewQuestions, match="usunięta"):
        drawing.draw(QuizPage.objects.get().questions, chance=Random(1))
    assert page.pk


def editor_form(page: QuizPage, **fields: Any) -> Any:
    """The editor's form of a quiz with these values besides its own, and the errors of those fields alone."""
    form_class = page.get_edit_handler().get_form_class()
    data = {name: str(getattr(page, name)) for name in ("pass_mark", "counts", "pause", "review", "review_when")}
    form = form_class(instance=page, data={**data, **fields})
    form.is_valid()
    return form


def stream(*lines: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """The lines of a stream as the editor's page sends them."""
    fields: dict[str, Any] = {"questions-count": len(lines)}
    for number, (kind, value) in enumerate(lines):
        fields |= {
            f"questions-{number}-type": kind,
            f"questions-{number}-order": number,
            f"questions-{number}-deleted": "",
            f"questions-{number}-id": "",
            **{f"questions-{number}-value-{name}": part for name, part in value.items()},
        }
    return fields


@pytest.mark.parametrize(("count", "said"), [(3, None), (4, "ma za mało pytań do losowania: 3, a potrzeba 4")])
def test_the_editor_is_told_of_a_draw_that_cannot_be_made(site: object, count: int, said: str | None) -> None:
    law = shelf("Prawo", 3)
    page = make.quiz(make.course(lessons=1))

    form = editor_form(page, **stream(("draw", {"category": law.pk, "count": count, "points": 1})))

    errors = " ".join(map(str, form.errors.get("questions", [])))
    assert (said in errors) if said else errors == ""


@pytest.mark.parametrize(("second", "said"), [(1, None), (0, "jest wybrane 2 razy")])
def test_the_editor_is_told_of_a_question_chosen_twice(site: object, second: int, said: str | None) -> None:
    shelf("Prawo", 2)
    numbers = list(Question.objects.order_by("pk").values_list("pk", flat=True))
    page = make.quiz(make.course(lessons=1))
    chosen = [("question", {"question": numbers[index], "points": 1}) for index in (0, second)]

    form = editor_form(page, **stream(*chosen))

    errors = " ".join(map(str, form.errors.get("questions", [])))
    assert (said in errors) if said else errors == ""


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"opens_at": "2026-11-16 12:00", "closes_at": "2026-11-16 12:00"}, "closes_at", "zamykać później"),
        ({"review_when": "closing"}, "review_when", "Podaj datę „otwarty do”"),
    ],
)
def test_the_editor_is_told_of_settings_that_contradict(
    site: object, fields: dict[str, str], field: str, said: str
) -> None:
    form = editor_form(make.quiz(make.course(lessons=1)), **stream(), **fields)

    assert said in " ".join(form.errors[field])


def test_a_quiz_is_not_its_own_pre_test(site: object) -> None:
    page = make.quiz(make.course(lessons=1))

    form = editor_form(page, pre_test=page.pk, **stream())

    assert "swoim własnym testem" in " ".join(form.errors["pre_test"])


def sit(client: Client, learner: User, page: QuizPage) -> str:
    """Enrol the learner; the quiz's address, its course kept in memory as after the first visitor."""
    course = page.get_parent().get_parent().specific
    make.enrolment(learner, course)
    url = outline_of(course).item(page.translation_key).url
    client.get(url)
    return url


def test_a_start_that_cannot_draw_says_so_and_starts_nothing(as_learner: Client, learner: User) -> None:
    law = shelf("Prawo", 3)
    url = sit(as_learner, learner, quiz_of(("draw", law, 3)))
    Question.objects.first().delete()  # type: ignore[union-attr]

    answer = as_learner.post(f"{url}-/podejscie/", follow=True)

    assert "Ten test nie ma jeszcze wszystkich pytań" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_a_start_with_forty_of_two_thousand_takes_few_queries(
    as_learner: Client, learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = sit(as_learner, learner, quiz_of(("draw", shelf("Prawo", BANK), DRAWN)))

    with django_assert_max_num_queries(25):
        as_learner.post(f"{url}-/podejscie/")

    assert len(Attempt.objects.get().questions) == DRAWN


@pytest.fixture
def forty(as_learner: Client, learner: User) -> str:
    """The address of an attempt with forty questions of seven kinds, some of them answered."""
    questions = [make.question(kind, SAMPLES[kind], f"{kind} {n}") for n in range(6) for kind in KINDS][:DRAWN]
    url = sit(as_learner, learner, quiz_of(*(("question", question, 1) for question in questions)))
    attempt_url = as_learner.post(f"{url}-/podejscie/")["Location"]
    for row in Attempt.objects.get().questions:
        if row["kind"] == "number":
            as_learner.post(f"{attempt_url}odpowiedz/", {"question": row["id"], f"q-{row['id']}": "1"})
    return str(attempt_url)


def test_a_page_of_forty_questions_takes_few_queries(
    as_learner: Client, forty: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_learner.get(forty)

    with django_assert_max_num_queries(18):
        page = as_learner.get(forty)

    assert page.content.count(b"<fieldset") == DRAWN


def test_a_page_of_forty_questions_is_light(as_learner: Client, forty: str) -> None:
    """Everything of a first view, compressed as it is sent; the browser that measures it is `run.py bench weight`."""
    page = as_learner.get(forty).content
    files = linked(page.decode())

    total = len(gzip.compress(page)) + sum(map(sent, files))

    assert any(name.endswith(".woff2") for name in files)
    assert any("quiz-attempt" in name for name in files)
    assert total <= LIMIT, total


def linked(page: str) -> set[str]:
    """The static files that a page loads, with those that their styles and modules name in turn."""
    found: set[str] = set()
    new = {unquote(name) for name in re.findall(r'(?:href|src)="/static/([^"#?]+)"', page)}
    while new:
        found |= new
        new = {name for file in new for name in named_by(file)} - found
    return found


def named_by(name: str) -> set[str]:
    """What a style sheet or a module loads besides itself."""
    if not name.endswith((".css", ".js")):
        return set()
    folder, text = Path("/") / Path(name).parent, path_of(name).read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    names = re.findall(r'(?:url\(\s*"?|from "|import "|import\(")([^")]+)', text)
    return {unquote(str((folder / one).resolve())[1:]) for one in names if not one.startswith(("data:", "#"))}


def path_of(name: str) -> Path:
    found = finders.find(name)
    assert found, name
    return Path(found)


def sent(name: str) -> int:
    """Bytes of a file on the wire: compressed, but for what is so already."""
    content = path_of(name).read_bytes()
    return len(content) if name.endswith((".woff2", ".png", ".webp")) else len(gzip.compress(content))
