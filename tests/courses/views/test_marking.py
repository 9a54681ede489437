"""„Do oceny” in the admin: the queue, the page of one answer, and who may do what there."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from courses import papers
from courses.models import CoursePage, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import attempts
from elearning.records.models import Answer, Attempt, Mark
from tests import make
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db

LIST = "/redakcja/do-oceny/"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@dataclass
class Room:
    """A quiz with one open text and one number."""

    course: CoursePage
    quiz: QuizPage

    def answered(self, person: User, text: str = "Zaproszę gminę i powiat.") -> Answer:
        """The answer that waits, of an attempt that was just submitted."""
        enrolment = make.enrolment(person, self.course)
        outline = outline_of(self.course)
        make.complete(enrolment, outline, items=1)
        attempt = attempts.start(
            enrolment=enrolment,
            outline=outline,
            item=outline.item(self.quiz.translation_key),
            draw=self.quiz.draw,
            rules=self.quiz.rules,
            now=timezone.now(),
        )
        came = {UUID(attempt.questions[0]["id"]): text, UUID(attempt.questions[1]["id"]): "86,34"}
        attempts.submit(
            Attempt.objects.filter(pk=attempt.pk),
            came=attempts.HandedIn(came),
            grade=papers.grade,
            merge=papers.merge,
            outline=outline,
            now=timezone.now(),
        )
        return Answer.objects.get(attempt=attempt, question=UUID(attempt.questions[0]["id"]))


@pytest.fixture
def room(db: None) -> Room:
    course = make.course("Kurs o zespołach", lessons=1)
    questions = [
        make.question("open_text", SAMPLES["open_text"], "Kogo zaprosisz"),
        make.question("number", SAMPLES["number"], "Ile procent"),
    ]
    return Room(course, make.quiz(course, "Test końcowy", questions=questions, pass_mark=50))


@pytest.fixture
def answer(room: Room, learner: User) -> Answer:
    return room.answered(learner)


def page_of(answer: Answer) -> str:
    return f"{LIST}ocen/{answer.pk}/"


def member_of(group: str, first_name: str = "Tomasz") -> User:
    person = make.user(first_name, "Wójcik")
    person.groups.add(Group.objects.get(name=group))
    return person


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def trainer(db: None) -> Client:
    return browser_of(member_of("Prowadzący"))


def points(first: object, second: object, **more: str) -> dict[str, str]:
    return {"kryterium-0": str(first), "kryterium-1": str(second), "comment": "", "seen": "", **more}


def test_it_works(answer: Answer, trainer: Client) -> None:
    page = trainer.get(LIST).content.decode()
    for words in ("Kogo zaprosisz", "Test końcowy", "Kurs o zespołach", "Anna Żółć-Śćibor", page_of(answer)):
        assert words in page
    assert "Ile procent" not in page

    page = trainer.get(page_of(answer)).content.decode()
    for words in (
        "Opisz, kogo zaprosisz do zespołu.",
        "liczą się trzy instytucje",
        "Zaproszę gminę i powiat.",
        "Wymienia instytucje (od 0 do 3)",
        "Uzasadnia wybór (od 0 do 2)",
        "Poproś o drugą opinię",
        "Liczba słów: 4.",
    ):
        assert words in page

    after = trainer.post(page_of(answer), points(3, 1, comment="Jasno"), follow=True)

    assert after.redirect_chain == [(LIST, 302)]
    assert "Podejście ma wynik: 90%" in after.content.decode()
    assert Mark.objects.get().points == [3, 1]
    answer.attempt.refresh_from_db()
    assert answer.attempt.passed


def test_the_learner_reads_the_comment(answer: Answer, trainer: Client, as_learner: Client, room: Room) -> None:
    url = room.quiz.get_url() + "-/podejscie/1/wynik/"
    assert "czeka na ocenę" in as_learner.get(url).content.decode()
    trainer.post(page_of(answer), points(3, 1, comment="Jasno i krótko"))
    page = as_learner.get(url).content.decode()
    assert "Jasno i krótko" in page
    assert "90%" in page


@pytest.mark.parametrize("wrong", ["4", "-1", "", "dużo", "1,5"])
def test_wrong_points_are_an_error_at_the_field_and_nothing_typed_is_lost(
    answer: Answer, trainer: Client, wrong: str
) -> None:
    page = trainer.post(page_of(answer), points(wrong, 2, comment="Dobry początek")).content.decode()
    assert "Wpisz liczbę całkowitą od 0 do 3." in page
    assert "Wpisz liczbę całkowitą od 0 do 2." not in page
    assert "Dobry początek" in page
    assert re.search(r'name="kryterium-1"[^>]*value="2"|value="2"[^>]*name="kryterium-1"', page)
    assert not Mark.objects.exists()


def test_saving_leads_to_the_next_that_waits_longest(room: Room, answer: Answer, trainer: Client) -> None:
    second = room.answered(make.user("Ewa", "Nowak"))
    third = room.answered(make.user("Jan", "Kowalski"))
    Attempt.objects.filter(pk=third.attempt_id).update(submitted_at=answer.attempt.submitted_at)

    after = trainer.post(page_of(answer), points(3, 1, next="1"))
    assert after["Location"] == page_of(third)
    after = trainer.post(page_of(third), points(3, 1, next="1"))
    assert after["Location"] == page_of(second)
    after = trainer.post(page_of(second), points(3, 1, next="1"), follow=True)
    assert "nic już na Ciebie nie czeka" in after.content.decode()


def test_the_next_is_the_next_of_the_filtered_list(room: Room, answer: Answer, trainer: Client) -> None:
    room.answered(make.user("Ewa", "Nowak"))
    other = make.course("Inny kurs", lessons=1)
    make.quiz(other, "Inny test")
    filters = f"?course={other.pk}"

    after = trainer.post(page_of(answer) + filters, points(3, 1, next="1"))

    assert after["Location"] == LIST + filters


def test_a_second_opinion_waits_for_another_person(answer: Answer, trainer: Client) -> None:
    trainer.post(page_of(answer), points(0, 0, second_opinion="on"))
    newest = Mark.objects.get()
    refused = trainer.post(page_of(answer), points(3, 2, seen=str(newest.pk))).content.decode()
    assert "O drugą opinię prosisz Ty" in refused

    other = browser_of(member_of("Redakcja", "Renata"))
    assert "prosi Tomasz Wójcik" in other.get(LIST).content.decode()
    page = other.get(page_of(answer)).content.decode()
    assert "z prośbą o drugą opinię" in page
    other.post(page_of(answer), points(3, 2, seen=str(newest.pk)))

    answer.refresh_from_db()
    assert answer.score == 1


def test_who_has_not_seen_the_newest_mark_is_told(answer: Answer, trainer: Client) -> None:
    browser_of(member_of("Redakcja", "Renata")).post(page_of(answer), points(3, 2, comment="Pełna"))

    page = trainer.post(page_of(answer), points(0, 0)).content.decode()

    assert "Tę odpowiedź ocenia też Renata Wójcik" in page
    assert "Pełna" in page
    assert f'name="seen" value="{Mark.objects.get().pk}"' in page
    trainer.post(page_of(answer), points(0, 0, seen=str(Mark.objects.get().pk)))
    assert Mark.objects.count() == 2


def test_a_marked_answer_is_found_and_corrected(answer: Answer, trainer: Client) -> None:
    trainer.post(page_of(answer), points(0, 1, comment="Za mało"))
    assert "Kogo zaprosisz" not in trainer.get(LIST).content.decode()
    assert "Kogo zaprosisz" in trainer.get(LIST, {"state": "marked"}).content.decode()
    page = trainer.get(page_of(answer)).content.decode()
    assert "Poproś o drugą opinię" not in page
    assert "Za mało" in page

    trainer.post(page_of(answer), points(3, 2, seen=str(Mark.objects.get().pk)))

    answer.attempt.refresh_from_db()
    assert answer.attempt.score == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [({"opinion": "asked"}, False), ({"opinion": "first"}, True), ({"q": "Żółć"}, True), ({"q": "nowak"}, False)],
)
def test_the_list_is_filtered(answer: Answer, trainer: Client, query: dict[str, str], shown: bool) -> None:
    assert ("Kogo zaprosisz" in trainer.get(LIST, query).content.decode()) is shown


def test_the_list_is_filtered_by_course_and_quiz(answer: Answer, room: Room, trainer: Client) -> None:
    other = make.course("Inny kurs", lessons=1)
    other_quiz = make.quiz(other, "Inny test")
    assert page_of(answer) in trainer.get(LIST, {"course": room.course.pk, "quiz": room.quiz.pk}).content.decode()
    assert page_of(answer) not in trainer.get(LIST, {"course": other.pk}).content.decode()
    assert page_of(answer) not in trainer.get(LIST, {"quiz": other_quiz.pk}).content.decode()


def test_the_menu_says_how_many_wait_for_this_person(answer: Answer, room: Room, trainer: Client) -> None:
    room.answered(make.user("Ewa", "Nowak"))
    assert "Do oceny (2)" in trainer.get("/redakcja/").content.decode()
    trainer.post(page_of(answer), points(0, 0, second_opinion="on"))
    assert "Do oceny (1)" in trainer.get("/redakcja/").content.decode()


@pytest.mark.parametrize("group", ["Redakcja", "Prowadzący"])
def test_editors_and_trainers_mark(answer: Answer, group: str) -> None:
    browser_of(member_of(group)).post(page_of(answer), points(3, 2))
    assert Mark.objects.exists()


def test_administrators_mark(answer: Answer, administrator: User) -> None:
    browser_of(administrator).post(page_of(answer), points(3, 2))
    assert Mark.objects.exists()


def test_coordinators_read(answer: Answer) -> None:
    coordinator = browser_of(member_of("Koordynacja"))
    assert page_of(answer) in coordinator.get(LIST).content.decode()
    page = coordinator.get(page_of(answer)).content.decode()
    assert "Zaproszę gminę i powiat." in page
    assert "Zapisz i przejdź" not in page
    coordinator.post(page_of(answer), points(3, 2))
    assert not Mark.objects.exists()


@pytest.mark.parametrize("who", ["learner", "colleague", "stranger", "Autorki i autorzy"])
def test_others_see_and_do_nothing(answer: Answer, who: str, request: Any) -> None:
    person = member_of(who) if who.startswith("Autorki") else request.getfixturevalue(who)
    client = browser_of(person)
    for path in (LIST, page_of(answer)):
        refused = client.get(path)
        assert refused.status_code in {302, 403}
        assert "Zaproszę gminę" not in refused.content.decode()
    client.post(page_of(answer), points(3, 2))
    assert not Mark.objects.exists()
    assert "Do oceny" not in client.get("/redakcja/").content.decode()


def test_a_visitor_logs_in_first(answer: Answer, client: Client) -> None:
    assert client.get(page_of(answer)).status_code == 302
    assert client.post(page_of(answer), points(3, 2)).status_code == 302
    assert not Mark.objects.exists()


def test_nobody_marks_an_answer_of_ones_own(room: Room) -> None:
    person = member_of("Prowadzący")
    answer = room.answered(person)
    assert "To Twoja odpowiedź" in browser_of(person).post(page_of(answer), points(3, 2)).content.decode()


def test_what_no_person_grades_has_no_page(answer: Answer, room: Room, trainer: Client) -> None:
    number = answer.attempt.answers.exclude(pk=answer.pk).get()
    assert trainer.get(page_of(number)).status_code == 404
    empty = room.answered(make.user("Ewa", "Nowak"), text="")
    assert trainer.get(page_of(empty)).status_code == 404
    assert trainer.get(f"{LIST}ocen/999999/").status_code == 404


def test_a_withdrawn_quiz_is_not_marked_but_kept(answer: Answer, room: Room, trainer: Client) -> None:
    room.quiz.unpublish()
    page = trainer.post(page_of(answer), points(3, 2)).content.decode()
    assert "wycofany z publikacji" in page
    assert not Mark.objects.exists()


def test_the_list_takes_no_more_queries_for_more_rows(
    answer: Answer, room: Room, trainer: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        trainer.post(page_of(room.answered(make.user("Ewa", f"Nowak {number}"))), points(0, 0, second_opinion="on"))
    trainer.get(LIST)
    with django_assert_max_num_queries(25):
        page = trainer.get(LIST)
    assert page.content.decode().count("ocen/") >= 7


def test_the_page_of_an_answer_has_its_budget(
    answer: Answer, trainer: Client, django_assert_max_num_queries: Any
) -> None:
    trainer.post(page_of(answer), points(0, 0, second_opinion="on"))
    trainer.get(page_of(answer))
    with django_assert_max_num_queries(16):
        trainer.get(page_of(answer))
