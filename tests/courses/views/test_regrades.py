"""„Przelicz wyniki” in the admin: what changed, the preview, the log, and who may do what there."""

import copy
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from courses import papers, versions
from courses.models import CoursePage, Question, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import attempts
from elearning.records.models import Answer, Attempt, Regrade
from tests import make
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@dataclass
class Room:
    """A quiz with a single choice and a number; half of it passes."""

    course: CoursePage
    quiz: QuizPage
    question: Question

    @property
    def url(self) -> str:
        return f"/redakcja/przelicz/{self.quiz.pk}/"

    @property
    def preview(self) -> str:
        return f"{self.url}pytanie/{self.question.pk}/"

    def start(self, person: User) -> Attempt:
        enrolment = make.enrolment(person, self.course)
        outline = outline_of(self.course)
        make.complete(enrolment, outline, items=1)
        return attempts.start(
            enrolment=enrolment,
            outline=outline,
            item=outline.item(self.quiz.translation_key),
            draw=self.quiz.draw,
            rules=self.quiz.rules,
            now=timezone.now(),
        )

    def take(self, person: User, choice: str, number: str = "1") -> Attempt:
        """A submitted attempt with the option of that text, and a wrong number."""
        attempt = self.start(person)
        options = {row["text"]: row["id"] for row in attempt.questions[0]["data"]["options"]}
        came = {UUID(attempt.questions[0]["id"]): options[choice], UUID(attempt.questions[1]["id"]): number}
        return attempts.submit(
            Attempt.objects.filter(pk=attempt.pk),
            came=attempts.HandedIn(came),
            grade=papers.grade,
            merge=papers.merge,
            outline=outline_of(self.course),
            now=timezone.now(),
        )

    def change_key(self, right: str = "5") -> None:
        """As the editor does: another option is the right one, all of them stay."""
        raw = copy.deepcopy(list(self.question.content.raw_data))
        for option in raw[0]["value"]["options"]:
            option["value"]["correct"] = option["value"]["text"] == right
        self.save(raw)

    def drop_option(self) -> None:
        raw = copy.deepcopy(list(self.question.content.raw_data))
        del raw[0]["value"]["options"][0]
        self.save(raw)

    def save(self, raw: Any) -> None:
        self.question.content = json.dumps(raw)
        self.question.save()
        self.question.save_revision()


@pytest.fixture
def room(db: None) -> Room:
    course = make.course("Kurs", lessons=1)
    question = make.question("single_choice", SAMPLES["single_choice"], "Ile modeli")
    number = make.question("number", SAMPLES["number"], "Ile procent")
    return Room(course, make.quiz(course, "Test końcowy", questions=[question, number], pass_mark=50), question)


@pytest.fixture
def taken(room: Room, learner: User, colleague: User) -> list[Attempt]:
    """Anna chose what was right then, Ewa what will be right."""
    return [room.take(learner, "3"), room.take(colleague, "5")]


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def member_of(group: str) -> User:
    person = make.user("Renata", "Redaktorska")
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def editor(db: None) -> Client:
    return browser_of(member_of("Redakcja"))


def confirm(room: Room, browser: Client, reason: str = "Zły klucz") -> Any:
    plan = browser.get(room.preview).context["plan"]
    return browser.post(room.preview, {"reason": reason, "plan": plan.fingerprint}, follow=True)


def scores(*taken: Attempt) -> list[Decimal | None]:
    return [Attempt.objects.get(pk=attempt.pk).score for attempt in taken]


def test_it_works(room: Room, taken: list[Attempt], editor: Client) -> None:
    assert "Żadne pytanie nie zmieniło się" in editor.get(room.url).content.decode()
    room.change_key()
    assert scores(*taken) == [Decimal("0.5"), 0]
    assert room.preview in editor.get(room.url).content.decode()

    page = " ".join(editor.get(room.preview).content.decode().split())
    assert "Anna Żółć-Śćibor</th><td>1</td><td>50%</td><td>0%</td><td>zaliczone</td>" in page
    assert "<td>niezaliczone, ukończenie zostaje</td>" in page
    assert "Ewa Nowak</th><td>1</td><td>0%</td><td>50%</td><td>niezaliczone</td><td>zaliczone</td>" in page
    assert not Regrade.objects.exists()

    after = " ".join(confirm(room, editor).content.decode().split())

    assert scores(*taken) == [0, Decimal("0.5")]
    assert "Podejścia z nową wersją pytania: 2." in after
    for words in ("Renata Redaktorska", "Zły klucz", "Anna Żółć-Śćibor", "ukończenie zostało"):
        assert words in after
    for attempt in taken:
        attempt.enrolment.refresh_from_db()
        assert attempt.enrolment.completed_at is not None


def test_the_learner_then_reads_the_new_key(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.change_key()
    result = f"{room.quiz.get_url()}-/podejscie/1/wynik/"
    learner = browser_of(taken[0].enrolment.user)
    assert "50%" in learner.get(result).content.decode()
    confirm(room, editor)
    page = learner.get(result).content.decode()
    assert "Niezaliczone" in page
    assert "<p>5</p>" in page


def test_a_question_added_to_the_quiz_touches_no_old_attempt(room: Room, taken: list[Attempt]) -> None:
    before = [*Attempt.objects.values(), *Answer.objects.values()]
    added = make.question("true_false", SAMPLES["true_false"], "Nowe pytanie")
    room.quiz.questions.append(("question", {"question": added, "points": 5}))
    room.quiz = make.publish(room.quiz)

    assert [*Attempt.objects.values(), *Answer.objects.values()] == before
    page = browser_of(taken[0].enrolment.user).get(f"{room.quiz.get_url()}-/podejscie/1/wynik/").content.decode()
    assert "50%" in page
    assert len(room.start(make.user()).questions) == 3


def test_a_changed_key_touches_no_open_attempt(room: Room, taken: list[Attempt], editor: Client) -> None:
    opened = room.start(make.user("Jan", "Lis"))
    room.change_key()
    assert "Podejścia w\xa0toku" in editor.get(room.preview).content.decode().replace("&nbsp;", "\xa0")
    confirm(room, editor)
    before = opened.questions
    opened.refresh_from_db()
    assert opened.questions == before


def test_answers_that_cannot_be_read_are_named_and_left(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.drop_option()
    page = editor.get(room.preview).content.decode()
    assert "Nie da się przeliczyć" in page
    assert "Anna Żółć-Śćibor, podejście 1" in page
    assert "Potwierdzenie" not in page
    assert scores(*taken) == [Decimal("0.5"), 0]


def test_a_corrected_spelling_changes_nobodys_result(room: Room, taken: list[Attempt], editor: Client) -> None:
    raw = copy.deepcopy(list(room.question.content.raw_data))
    raw[0]["value"]["text"] = "<p>Ile modeli opisuje Księga?</p>"
    room.save(raw)
    page = editor.get(room.preview).content.decode()
    assert "Żaden wynik się nie zmieni." in page
    confirm(room, editor)
    assert scores(*taken) == [Decimal("0.5"), 0]
    assert "Ile modeli opisuje" in Attempt.objects.get(pk=taken[0].pk).questions[0]["data"]["text"]


def test_a_reason_is_asked_for(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.change_key()
    assert "Podaj powód." in confirm(room, editor, reason=" ").content.decode()
    assert scores(*taken) == [Decimal("0.5"), 0]


def test_what_changed_since_the_preview_is_shown_first(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.change_key()
    seen = editor.get(room.preview).context["plan"].fingerprint
    room.change_key(right="2")

    page = editor.post(room.preview, {"reason": "Zły klucz", "plan": seen}).content.decode()

    assert "Od czasu podglądu coś się zmieniło" in page
    assert "Zły klucz" in page
    assert scores(*taken) == [Decimal("0.5"), 0]


def test_a_double_click_regrades_once(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.change_key()
    plan = editor.get(room.preview).context["plan"]
    for _ in range(2):
        editor.post(room.preview, {"reason": "Zły klucz", "plan": plan.fingerprint})
    assert Regrade.objects.count() == 1
    assert scores(*taken) == [0, Decimal("0.5")]


def test_a_withdrawn_quiz_waits(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.change_key()
    room.quiz.unpublish()
    assert "wycofany z" in editor.get(room.url).content.decode()
    assert editor.get(room.preview).status_code == 302


def test_administrators_regrade(room: Room, taken: list[Attempt], administrator: User) -> None:
    room.change_key()
    confirm(room, browser_of(administrator))
    assert Regrade.objects.get().made_by == administrator


def test_coordinators_read_the_log(room: Room, taken: list[Attempt], editor: Client) -> None:
    room.change_key()
    fingerprint = editor.get(room.preview).context["plan"].fingerprint
    coordinator = browser_of(member_of("Koordynacja"))
    page = coordinator.get(room.url).content.decode()
    assert "Ile modeli" in page
    assert room.preview not in page
    assert coordinator.get(room.preview).status_code in {302, 403}
    coordinator.post(room.preview, {"reason": "Zły klucz", "plan": fingerprint})
    assert not Regrade.objects.exists()
    confirm(room, editor)
    assert "Zły klucz" in coordinator.get(room.url).content.decode()


@pytest.mark.parametrize("who", ["learner", "colleague", "stranger", "Prowadzący"])
def test_others_see_and_do_nothing(room: Room, taken: list[Attempt], editor: Client, who: str, request: Any) -> None:
    room.change_key()
    fingerprint = editor.get(room.preview).context["plan"].fingerprint
    client = browser_of(member_of(who) if who == "Prowadzący" else request.getfixturevalue(who))
    for path in (room.url, room.preview):
        refused = client.get(path)
        assert refused.status_code in {302, 403}
        assert "Ile modeli" not in refused.content.decode()
    client.post(room.preview, {"reason": "Zły klucz", "plan": fingerprint})
    assert not Regrade.objects.exists()


def test_a_visitor_logs_in_first(room: Room, client: Client) -> None:
    assert client.get(room.url).status_code == 302


def test_the_quiz_has_the_button_and_other_pages_do_not(room: Room, editor: Client) -> None:
    assert room.url in editor.get(f"/redakcja/pages/{room.quiz.pk}/edit/").content.decode()
    lesson = room.course.get_descendants().get(title="Lekcja 1")
    assert "/redakcja/przelicz/" not in editor.get(f"/redakcja/pages/{lesson.pk}/edit/").content.decode()


def test_questions_graded_by_a_person_are_not_regraded(room: Room, learner: User) -> None:
    text = make.question("open_text", SAMPLES["open_text"], "Opis")
    room.quiz.questions.append(("question", {"question": text, "points": 1}))
    room.quiz = make.publish(room.quiz)
    room.take(learner, "3")
    text.save_revision()
    assert versions.newer_questions(room.quiz.pk) == []


def asked(kind: str, **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "data": {**SAMPLES[kind], **changes}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (asked("number"), asked("number", answer="7"), True),
        (asked("number"), asked("true_false"), False),
        (asked("gaps"), asked("gaps", text="<p>PZK to Partnerski {{Zespoł}} {{X}}.</p>"), True),
        (asked("gaps"), asked("gaps", text="<p>PZK to {{Partnerski}} {{Zespół}} {{Kooperacji}}.</p>"), False),
        (asked("ordering"), asked("ordering", items=["ocena", "program", "diagnoza", "porozumienie"]), True),
        (asked("ordering"), asked("ordering", items=["ocena", "program", "diagnoza"]), False),
        (asked("matching"), asked("matching", extra=["CUS", "PUP"]), False),
        (asked("short_text"), asked("short_text", ignore_diacritics=False), True),
        (asked("open_text"), asked("open_text"), False),
        (asked("number"), asked("number", answer="nie liczba"), False),
    ],
)
def test_which_answers_can_be_read(old: dict[str, Any], new: dict[str, Any], expected: bool) -> None:
    assert versions.reads(old, new) is expected


def test_query_budgets(room: Room, taken: list[Attempt], editor: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        room.take(make.user("Jan", f"Lis {number}"), "5")
    room.change_key()
    editor.get(room.preview)
    with django_assert_max_num_queries(25):
        editor.get(room.preview)
    confirm(room, editor)
    with django_assert_max_num_queries(20):
        editor.get(room.url)
