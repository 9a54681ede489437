"""Generated courses: as many items as the largest real ones have, with the texts and questions of the demo."""

from itertools import cycle, islice
from typing import Any

from wagtail.models import Page

from courses.demo import bank, contents, signs
from courses.demo import pages as demo_pages
from courses.demo.files import COURSES, Table, modules
from courses.demo.streams import Shelves, stream
from courses.models import CatalogueIndexPage, CoursePage, LessonPage, ModulePage, Question, QuizPage
from elearning.institutions.models import Track

SLUG = "symulacja"
MODULES = 8
LESSONS_PER_MODULE = 4  # and a quiz: 40 items
QUESTIONS_PER_QUIZ = 10


def build(count: int) -> list[CoursePage]:
    """The demo's pages and the first `count` generated courses, those of an earlier run among them."""
    shelves, questions = Shelves(bank.figures(), contents.contents()), bank.questions()
    demo_pages.build(shelves, questions, signs.project())
    catalogue = CatalogueIndexPage.objects.get()
    return [_course(catalogue, number, shelves, list(questions.values())) for number in range(1, count + 1)]


def _course(catalogue: Page, number: int, shelves: Shelves, questions: list[Question]) -> CoursePage:
    slug = f"{SLUG}-{number}"
    if existing := CoursePage.objects.filter(slug=slug).first():
        return existing
    course = _add(
        catalogue,
        CoursePage(
            title=f"Kurs symulowany {number}",
            slug=slug,
            lead="Kurs do pomiarów. Teksty i pytania powtarzają się.",
            track=Track.values[number % len(Track.values)],
            aim="<p>Sprawdzenie, jak platforma działa pod obciążeniem.</p>",
            hours=8,
            organiser=demo_pages.ORGANISER,
            place="Rzeszów",
        ),
    )
    lessons = cycle(lesson for folder in COURSES for module in modules(folder) for lesson in module["lesson"])
    asked = cycle(questions)
    for position in range(1, MODULES + 1):
        module = _add(course, ModulePage(title=f"{position}. Moduł", slug=f"modul-{position}"))
        for step, texts in enumerate(islice(lessons, LESSONS_PER_MODULE), start=1):
            _add(module, _lesson(f"lekcja-{step}", texts, shelves))
        _add(module, _quiz(list(islice(asked, QUESTIONS_PER_QUIZ))))
    return CoursePage.objects.get(pk=course.pk)


def _lesson(slug: str, texts: Table, shelves: Shelves) -> LessonPage:
    """A lesson of the demo without its H5P, so that a course has the same number of items whatever the demo holds."""
    body = [block for block in texts["body"] if block["type"] != "h5p"]
    return LessonPage(
        title=texts["title"],
        slug=slug,
        lead=texts["summary"],
        minutes=texts["minutes"],
        is_sample=True,
        body=stream(body, shelves),
    )


def _quiz(questions: list[Question]) -> QuizPage:
    chosen = [("question", {"question": question, "points": 1}) for question in questions]
    return QuizPage(title="Sprawdź, co wiesz", slug="test", minutes=2 * len(chosen), questions=chosen)


def _add(parent: Page, page: Any) -> Any:
    """The page, made and published below its parent, which is read anew because it counts its children."""
    made = Page.objects.get(pk=parent.pk).add_child(instance=page)
    made.save_revision().publish()
    return made
