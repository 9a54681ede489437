"""A training as an item of a course: done by taking part."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import CoursePage, TrainingPage
from courses.outline import outline_of
from courses.trainings import items as training_items
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance, recording
from elearning.records.models import Result
from elearning.records.outline import ItemKind, Status
from elearning.records.presence import Presence, Source
from tests import make, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> TrainingPage:
    return trainings.training("Szkolenie Z1", on=timezone.localdate() - timedelta(days=3))


@pytest.fixture
def course(page: TrainingPage) -> CoursePage:
    made = make.course("Kurs K1", lessons=0)
    value = {"title": "Trzy dni na żywo", "description": "", "training": page, "required": True}
    make.lesson(made, body=[("paragraph", "<p>Przed szkoleniem.</p>"), ("training", value)])
    return made


def takes_part(page: TrainingPage, *, blocks: int = 4, **fields: object) -> None:
    training, registration = training_of(page), trainings.registered(page, **fields)  # type: ignore[arg-type]
    ids = [block.id for block in training.schedule.blocks][:blocks]
    voice = attendance.Voice(source=Source.TRAINER, by=make.user())
    attendance.mark(registration, training, ids, Presence.PRESENT, voice)


def done(user: User) -> list[str]:
    found = Result.objects.filter(enrolment__user=user, kind=ItemKind.TRAINING, status=Status.COMPLETED)
    return list(found.values_list("title", flat=True))


def test_the_outline_knows_it(course: CoursePage, page: TrainingPage) -> None:
    lesson, item = outline_of(course).items
    assert (item.kind, item.training_id, item.within, item.required) == (ItemKind.TRAINING, page.pk, lesson.id, True)


def test_whoever_took_part_has_done_it_once(course: CoursePage, page: TrainingPage, learner: User) -> None:
    enrolment = recording.enrol(user=learner, outline=outline_of(course))
    takes_part(page, user=learner)
    assert training_items.credit(page, timezone.now()) == 1
    assert training_items.credit(page, timezone.now()) == 0
    assert done(learner) == ["Trzy dni na żywo"]
    assert recording.progress(enrolment, outline_of(course)).is_complete is False


def test_a_registration_without_an_account_counts_by_its_address(
    course: CoursePage, page: TrainingPage, learner: User
) -> None:
    recording.enrol(user=learner, outline=outline_of(course))
    takes_part(page, email=learner.email.upper())
    call_command("credit_trainings")
    assert done(learner) == ["Trzy dni na żywo"]


def test_too_few_hours_do_not_count(course: CoursePage, page: TrainingPage, learner: User) -> None:
    recording.enrol(user=learner, outline=outline_of(course))
    takes_part(page, blocks=3, user=learner)
    assert training_items.credit(page, timezone.now()) == 0
    assert done(learner) == []


def test_whoever_enrols_later_has_it_at_once(
    course: CoursePage, page: TrainingPage, learner: User, client: Client
) -> None:
    takes_part(page, user=learner)
    client.force_login(learner)
    assert client.post(reverse("courses:enrol", args=[course.slug])).status_code == 302
    assert done(learner) == ["Trzy dni na żywo"]


def test_a_lesson_shows_the_training_and_the_registration(
    course: CoursePage, page: TrainingPage, learner: User, client: Client
) -> None:
    recording.enrol(user=learner, outline=outline_of(course))
    trainings.registered(page, user=learner)
    client.force_login(learner)
    text = client.get(outline_of(course).items[0].url).content.decode()
    assert "Trzy dni na żywo" in text
    assert "Twoje zgłoszenie: przyjęte" in text
    assert f"/szkolenia/{page.slug}/" in text
    training_items.credit(page, timezone.now())


def test_the_desk_credits_a_training_without_certificates(
    course: CoursePage, page: TrainingPage, learner: User, administrator: User, client: Client, settings: object
) -> None:
    settings.STAFF_SECOND_FACTOR = False  # type: ignore[attr-defined]
    page.gives_certificates = False
    page = make.publish(page)
    recording.enrol(user=learner, outline=outline_of(course))
    takes_part(page, user=learner)
    client.force_login(administrator)
    client.post(f"/redakcja/szkolenia/{page.pk}/zaswiadczenia/")
    assert done(learner) == ["Trzy dni na żywo"]


def test_a_place_without_a_training_is_no_item() -> None:
    course = make.course("Kurs", lessons=0)
    make.lesson(course, body=[("training", {"title": "Kiedyś", "description": "", "training": None, "required": True})])
    assert [item.kind for item in outline_of(course).items] == [ItemKind.LESSON]
