"""„Pobierz jako H5P”: who gets it, what is said before, and a package that any H5P host can read."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow
from pytest_django import DjangoAssertNumQueries
from wagtail.images import get_image_model

from courses import drawing, h5p_export
from courses.demo.h5p import question_sets
from courses.demo.sources import NAMES
from courses.models import CoursePage, QuizPage
from courses.questions import KINDS
from h5p.archive import Archive
from h5p.package import Package, read
from tests import make
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db

BUTTON = "Pobierz jako H5P"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def course() -> CoursePage:
    make.site()
    return make.course()


@pytest.fixture
def quiz(course: CoursePage) -> QuizPage:
    """A quiz with a question of every kind."""
    questions = [make.question(kind, SAMPLES[kind], title=kind) for kind in KINDS]
    return make.quiz(course, "Test wiedzy", questions=questions, slug="test-wiedzy")


def member_of(group: str, email: str = "") -> Client:
    person = make.user("Tomasz", "Wójcik", email=email)
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


def url(quiz: QuizPage) -> str:
    return f"/redakcja/test-h5p/{quiz.pk}/"


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def packaged(quiz: QuizPage) -> tuple[Package, bytes]:
    target = io.BytesIO()
    h5p_export.prepare(quiz).write(target)
    with Archive(io.BytesIO(target.getvalue())) as archive:
        return read(archive), target.getvalue()


def image(name: str, size: tuple[int, int] = (1600, 400)) -> Any:
    file = io.BytesIO()
    Pillow.new("RGB", size, "navy").save(file, name.rpartition(".")[2].upper())
    return get_image_model().objects.create(title=name, file=ImageFile(file, name=name))


def test_it_works(quiz: QuizPage) -> None:
    client = member_of("Redakcja")
    page = client.get(url(quiz)).content.decode()
    assert "Liczba pytań w&nbsp;pliku: 9." in page
    assert "plik zawiera poprawne odpowiedzi" in page
    assert "Odpowiedzi opisowe nie dają" in page
    assert "limitu czasu" not in page

    answer = client.post(url(quiz))
    assert answer["Content-Disposition"] == 'attachment; filename="test-wiedzy.h5p"'
    with Archive(io.BytesIO(content(answer))) as archive:
        package = read(archive)
    assert str(package.main_library) == "H5P.AccessibleQuestionSet 1.0"
    assert (package.missing, package.warnings) == ((), ())
    assert package.manifest is not None
    assert (package.manifest.title, package.manifest.language) == ("Test wiedzy", "pl")
    assert [question["kind"] for question in package.params["questions"]] == list(KINDS)
    assert package.params["l10n"]["check"] == "Sprawdź odpowiedzi"


@pytest.mark.parametrize("group", ["Autorki i autorzy", "Prowadzący", "Koordynacja"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_staff_are_sent_away(quiz: QuizPage, group: str, method: str) -> None:
    """The admin takes those back to its first page whom a view refuses."""
    answer = getattr(member_of(group), method)(url(quiz))
    assert (answer.status_code, answer.url) == (302, "/redakcja/")


def test_learners_and_strangers_are_kept_out(quiz: QuizPage) -> None:
    client = Client()
    assert client.post(url(quiz)).status_code == 302
    client.force_login(make.user("Maria", "Uczestniczka"))
    assert client.post(url(quiz)).status_code in {302, 403}


def test_the_button_is_there_for_editors_only(quiz: QuizPage) -> None:
    edit = f"/redakcja/pages/{quiz.pk}/edit/"
    assert url(quiz) in member_of("Redakcja").get(edit).content.decode()
    listing = f"/redakcja/pages/{quiz.get_parent().pk}/"
    assert BUTTON not in member_of("Autorki i autorzy").get(listing).content.decode()


def test_a_page_that_is_no_quiz_is_not_found(quiz: QuizPage) -> None:
    assert member_of("Redakcja").get(f"/redakcja/test-h5p/{quiz.get_parent().pk}/").status_code == 404


def test_what_h5p_cannot_hold_is_said_before(course: CoursePage) -> None:
    questions = [make.question("true_false", SAMPLES["true_false"])]
    before = make.quiz(course, "Wstępny", questions=questions)
    strict = make.quiz(
        course,
        questions=questions,
        time_limit=20,
        attempts_allowed=2,
        pause=60,
        closes_at=timezone.now() + timedelta(days=7),
        review_when="closing",
        counts="last",
        pre_test=before,
    )
    page = member_of("Redakcja").get(url(strict)).content.decode()
    for words in ("limitu czasu", "dat otwarcia", "limitu podejść", "które podejście", "od razu", "testem wstępnym"):
        assert words in page


def test_rules_that_h5p_knows_go_into_the_file(course: CoursePage) -> None:
    questions = [make.question("true_false", SAMPLES["true_false"])]
    quiz = make.quiz(course, questions=questions, pass_mark=80, review="feedback", attempts_allowed=1)
    assert packaged(quiz)[0].params["behaviour"] == {
        "enableRetry": False,
        "enableSolutionsButton": False,
        "showFeedback": True,
        "showScore": True,
        "shuffleOptions": True,
        "shuffleQuestions": False,
        "passPercentage": 80,
    }


def test_same_quiz_gives_same_bytes_and_new_questions_others(quiz: QuizPage) -> None:
    package, first = packaged(quiz)
    assert packaged(quiz)[1] == first
    names = [question["subContentId"] for question in package.params["questions"]]
    assert len(set(names)) == len(KINDS)


def test_images_are_in_the_file_in_formats_that_h5p_knows(course: CoursePage) -> None:
    chart, arrow = image("wykres.webp"), image("strzalka.png", (40, 40))
    embedded = f'<embed alt="Wykres &quot;A&quot;" embedtype="image" format="fullwidth" id="{chart.pk}"/>'
    data = {
        "text": f"<p>Co pokazuje wykres?</p>{embedded}",
        "options": [
            {
                "text": "wzrost",
                "correct": True,
                "image": {"image": arrow.pk, "alt_text": "W górę", "decorative": False},
                "feedback": f"<p>Tak.</p>{embedded}",
            },
            {"text": "spadek", "correct": False, "feedback": ""},
        ],
    }
    quiz = make.quiz(course, questions=[make.question("single_choice", data)])
    package, _bytes = packaged(quiz)
    [question] = package.params["questions"]
    [picture] = question["pictures"]
    assert picture["alt"] == "Wykres &quot;A&quot;"
    assert question["text"].endswith("[image:1]") or "[image:1]</p>" in question["text"]
    assert "[image:1]" in question["options"][0]["feedback"]
    assert question["options"][0]["alt"] == "W górę"
    named = {picture["image"]["path"], question["options"][0]["image"]["path"]}
    assert set(package.content_files) == named
    assert {path.rpartition(".")[2] for path in named} == {"jpg"}
    assert all(file.size for file in package.content_files.values())


def test_links_lead_to_the_site_and_marks_are_those_of_h5p(course: CoursePage, settings: Any) -> None:
    settings.BASE_URL = "https://kooperacja.example.org"
    text = f'<p><b>Zobacz</b> <a linktype="page" id="{course.pk}">kurs</a> &amp; wróć.</p>'
    quiz = make.quiz(course, questions=[make.question("true_false", {"text": text, "answer": True})], intro=text)
    params = packaged(quiz)[0].params
    address = f"https://kooperacja.example.org{course.url}"
    assert params["questions"][0]["text"] == (
        f'<p><strong>Zobacz</strong> <a href="{address}">kurs</a> &amp; wróć.</p>'
    )
    assert address in params["intro"]


def test_plain_texts_are_escaped_as_h5p_keeps_them(course: CoursePage) -> None:
    data = {
        "text": "<p>Co?</p>",
        "options": [{"text": "a < b & c", "correct": True}, {"text": "nic", "correct": False}],
    }
    quiz = make.quiz(course, questions=[make.question("single_choice", data)])
    assert packaged(quiz)[0].params["questions"][0]["options"][0]["text"] == "a &lt; b &amp; c"


def drawing_quiz(course: CoursePage, count: int) -> QuizPage:
    for number in range(4):
        make.question("true_false", {"text": f"<p>Zdanie {number}.</p>", "answer": True}, title=f"Zdanie {number}")
    quiz = make.quiz(course)
    quiz.questions = [("draw", {"category": make.category(), "count": count, "points": 2})]
    return make.publish(quiz)


def test_drawn_questions_are_drawn_once(course: CoursePage) -> None:
    quiz = drawing_quiz(course, 2)
    package, first = packaged(quiz)
    assert [question["points"] for question in package.params["questions"]] == [2, 2]
    assert packaged(quiz)[1] == first
    assert "wylosowane raz" in member_of("Redakcja").get(url(quiz)).content.decode()


def test_a_quiz_that_cannot_be_asked_is_explained(course: CoursePage) -> None:
    quiz = drawing_quiz(course, 9)
    with pytest.raises(drawing.TooFewQuestions):
        h5p_export.prepare(quiz)
    page = member_of("Redakcja").post(url(quiz)).content.decode()
    assert "ma za mało pytań do losowania" in page
    empty = make.quiz(course)
    assert "nie ma jeszcze pytań" in member_of("Redakcja", "druga@example.org").post(url(empty)).content.decode()


def test_a_draft_is_taken_where_nothing_is_published(quiz: QuizPage) -> None:
    quiz.title = "Nowy tytuł"
    quiz.save_revision()
    client = member_of("Redakcja")
    assert "Nowy tytuł" not in client.get(url(quiz)).content.decode()
    quiz.unpublish()
    page = client.get(url(quiz)).content.decode()
    assert "Nowy tytuł" in page
    assert "z&nbsp;wersji roboczej" in page


def test_contents_of_the_demo_are_valid_packages_with_known_sources() -> None:
    sets = list(question_sets())
    assert [one.key for one in sets] == ["po-co-kooperacja", "praca-z-rodzina"]
    for one in sets:
        with Archive(io.BytesIO(one.package)) as archive:
            package = read(archive)
        assert len(package.params["questions"]) >= 4
        assert one.content.problems == []
        assert set(one.sources.split(", ")) <= {*NAMES, "treść przykładowa"}


def test_query_budget(quiz: QuizPage, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    fresh = QuizPage.objects.get(pk=quiz.pk)
    with django_assert_max_num_queries(9):
        h5p_export.prepare(fresh)
