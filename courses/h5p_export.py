"""A quiz as a .h5p file that plays in every H5P host, with the library it needs inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from random import Random
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from django.db.models import prefetch_related_objects

from courses import drawing, exporting
from courses.exchange import Problem, h5p_params
from courses.exchange.h5p_params import Asked, Behaviour, Content
from courses.models import QuizPage
from h5p import build, content_types
from h5p.library import Library
from h5p.resolution import resolve

# As wide as a question gets on a screen, on the white that the content type has behind it. H5P knows no WebP.
RENDITION = "max-800x1600|format-jpeg|jpegquality-90|bgcolor-fff"

IN_THE_BROWSER = (
    "Wynik oblicza przeglądarka, a\xa0plik zawiera poprawne odpowiedzi. Kto zna się na plikach H5P, może je odczytać. "
    "Nie używaj go do egzaminu."
)
SHOWS_SCORE = {QuizPage.Review.SCORE, QuizPage.Review.ANSWERS, QuizPage.Review.FEEDBACK, QuizPage.Review.KEY}
SHOWS_FEEDBACK = {QuizPage.Review.FEEDBACK, QuizPage.Review.KEY}


@dataclass(frozen=True, slots=True)
class Export:
    """A quiz ready to be packed. `losses` are Polish sentences: what H5P cannot hold, to be said before."""

    title: str
    content: Content
    losses: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many questions are in it."""
        return len(self.content.params["questions"])

    def write(self, target: BinaryIO) -> None:
        """Write the package; the same quiz gives the same bytes."""
        pack(self.content, title=self.title, target=target)


def pack(content: Content, *, title: str, target: BinaryIO) -> None:
    """Write a content of our own type with its library as a .h5p file."""
    built = content_types.read_folder(content_types.FOLDER / h5p_params.LIBRARY.replace(" ", "-"))
    resolution = resolve(built.library.name, content.params, lambda name: _found(built, name))
    manifest = build.manifest_for(built.library, resolution, title=title, language="pl", defaultLanguage="pl")
    files = {path: partial(BytesIO, data) for path, data in content.files.items()}
    build.build(target, manifest, content.params, files, [built])


def prepare(quiz: QuizPage) -> Export:
    """The quiz as its questions stand in the bank now. At most nine queries, and one for each new size of an image.

    Of questions that are drawn there is one draw, the same each time. Raises `drawing.TooFewQuestions`.
    """
    picked = drawing.pick(quiz.questions, chance=Random(quiz.pk))  # noqa: S311 – no secret: the same in each file
    questions = [question for question, _points in picked]
    prefetch_related_objects(questions, "category", "tagged_items__tag")
    found = exporting.found(questions, rendition=RENDITION)
    asked = [
        Asked(found=one, points=points, sub_content_id=str(uuid5(NAMESPACE_URL, f"{quiz.translation_key}/{one.place}")))
        for one, (_question, points) in zip(found, picked, strict=True)
    ]
    content = h5p_params.content(asked, behaviour=_behaviour(quiz), intro=exporting.plain_links(quiz.intro))
    return Export(quiz.title, content, (*_losses(quiz, asked), *map(_left_out, content.problems)))


def _found(built: build.BuiltLibrary, name: object) -> Library | None:
    return built.library if name == built.library.name else None


def _behaviour(quiz: QuizPage) -> Behaviour:
    return Behaviour(
        retry=quiz.attempts_allowed != 1,
        solutions=quiz.review == QuizPage.Review.KEY,
        feedback=quiz.review in SHOWS_FEEDBACK,
        score=quiz.review in SHOWS_SCORE,
        shuffle_options=quiz.shuffle_options,
        shuffle_questions=quiz.shuffle_questions,
        pass_percentage=quiz.pass_mark,
    )


def _losses(quiz: QuizPage, asked: list[Asked]) -> Iterator[str]:
    """What the file does not do that the quiz does, in sentences."""
    yield IN_THE_BROWSER
    yield from _lost_rules(quiz)
    if any(line.block_type == "draw" for line in quiz.questions):
        yield "Pytania są w\xa0pliku wylosowane raz i\xa0dla wszystkich te same."
    if any(one.found.kind == "open_text" for one in asked):
        yield "Odpowiedzi opisowe nie dają w\xa0pliku punktów, bo nie ma tam osoby, która je oceni."


def _lost_rules(quiz: QuizPage) -> Iterator[str]:
    if quiz.time_limit:
        yield "W\xa0pliku nie ma limitu czasu."
    if quiz.opens_at or quiz.closes_at:
        yield "W\xa0pliku nie ma dat otwarcia i\xa0zamknięcia testu."
    if quiz.attempts_allowed or quiz.pause:
        yield "W\xa0pliku nie ma limitu podejść ani przerw między nimi. Plik można otworzyć jeszcze raz."
    if quiz.counts != QuizPage.Counts.BEST:
        yield "O\xa0tym, które podejście się liczy, decyduje platforma, na której plik będzie odtwarzany."
    if quiz.review_when == QuizPage.ReviewWhen.CLOSING:
        yield "W\xa0pliku wynik i\xa0wyjaśnienia widać od razu, a\xa0nie po zamknięciu testu."
    if quiz.pre_test_id:
        yield "W\xa0pliku nie ma porównania z\xa0testem wstępnym."


def _left_out(problem: Problem) -> str:
    return f"Pytania „{problem.place}” nie będzie w\xa0pliku. {problem.reason}"
