"""The trainer’s list: what it shows, what it keeps, two trainers at once, ticks saved one by one, and who gets it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.attendance import Voice
from elearning.records.models import AttendanceMark, Registration
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from tests import make, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def trainer(db: None) -> User:
    return trainings.member("Prowadzący")


@pytest.fixture
def page(trainer: User) -> TrainingPage:
    page = trainings.training("Szkolenie Z1", on=date(2027, 5, 11))
    page.staff = [trainer]
    return make.publish(page)


@pytest.fixture
def person(page: TrainingPage) -> Registration:
    return trainings.registered(page, first_name="Łucja", last_name="Żak", institution_name="PCPR w\xa0Łańcucie")


@pytest.fixture
def phone(client: Client, trainer: User) -> Client:
    client.force_login(trainer)
    return client


def url(page: TrainingPage, block: int | None = None) -> str:
    day = training_of(page).schedule.days[0]
    part = f"?blok={day.blocks[block].id}" if block is not None else ""
    return f"/szkolenia/{page.slug}/-/lista/{day.id}/{part}"


def answers(value: str, *people: Registration, was: str = "", seen: int = 0) -> dict[str, str]:
    """What the form sends of these people."""
    return {
        name: str(sent)
        for person in people
        for name, sent in (
            (f"r{person.pk}", value),
            (f"r{person.pk}-was", was),
            (f"r{person.pk}-seen", seen),
        )
    }


def say(person: Registration, page: TrainingPage, presence: Presence, voice: Voice) -> None:
    training = training_of(page)
    attendance.mark(person, training, [block.id for block in training.schedule.days[0].blocks], presence, voice)


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode()).replace("&nbsp;", " ").replace("\xa0", " ")


def test_the_list_is_in_the_order_of_the_alphabet(phone: Client, page: TrainingPage, person: Registration) -> None:
    for last in ("Zych", "Ćwik", "Cal"):
        trainings.registered(page, last_name=last)
    trainings.registered(page, last_name="Rezerwowa", standing=Standing.RESERVED)
    told = text(phone.get(url(page)))
    order = [told.index(f"<strong>{last} ") for last in ("Cal", "Ćwik", "Zych", "Żak")]
    assert order == sorted(order)
    assert "Rezerwowa" not in told
    assert "PCPR w Łańcucie" in told


def test_a_whole_day_is_kept_by_its_author_and_said_again_adds_nothing(
    phone: Client, page: TrainingPage, person: Registration, trainer: User
) -> None:
    response = phone.post(url(page), answers("present", person), follow=True)
    assert "1 osoba." in text(response)
    assert "Ty, " in text(response)
    marks = AttendanceMark.objects.values_list("source", "presence", "by")
    assert list(marks) == [(Source.TRAINER, Presence.PRESENT, trainer.pk)] * 2
    phone.post(url(page), answers("present", person))
    assert "Nic się nie różni" in text(phone.post(url(page), {}, follow=True))
    assert AttendanceMark.objects.count() == 2


def test_one_block_is_kept_alone(phone: Client, page: TrainingPage, person: Registration) -> None:
    phone.post(url(page, 1), answers("late", person))
    assert AttendanceMark.objects.get().topic == "Po południu"
    assert "13:00–16:00: Ty" in text(phone.get(url(page)))


def test_what_was_not_touched_is_not_written(phone: Client, page: TrainingPage, person: Registration) -> None:
    phone.post(url(page), answers("present", person, was="present"))
    assert not AttendanceMark.objects.exists()


def test_a_scan_shows_up_and_what_differs_from_it_is_shown(
    phone: Client, page: TrainingPage, person: Registration
) -> None:
    say(person, page, Presence.PRESENT, Voice(source=Source.QR, by=None))
    told = text(phone.get(url(page)))
    assert "kod QR" in told
    assert f'id="r{person.pk}-present" name="r{person.pk}" value="present" checked' in told
    seen = AttendanceMark.objects.latest("pk").pk
    told = text(phone.post(url(page), answers("absent", person, was="present", seen=seen), follow=True))
    assert "rozbieżności: 1" in told
    assert AttendanceMark.objects.filter(source=Source.QR, presence=Presence.PRESENT).count() == 2
    assert attendance.presences_of(person).popitem()[1].is_conflict


def test_what_another_trainer_said_meanwhile_is_shown_first(
    phone: Client, page: TrainingPage, person: Registration, administrator: User
) -> None:
    other = trainings.registered(page, last_name="Cal")
    say(person, page, Presence.ABSENT, Voice(source=Source.TRAINER, by=administrator))
    told = text(phone.post(url(page), answers("present", person, other)))
    assert "Części zaznaczeń nie zapisano" in told
    assert "Od otwarcia listy zapisano coś innego" in told
    assert f'id="r{person.pk}-present" name="r{person.pk}" value="present" checked' in told
    mine = AttendanceMark.objects.filter(presence=Presence.PRESENT)
    assert set(mine.values_list("registration", flat=True)) == {other.pk}
    seen = AttendanceMark.objects.filter(registration=person).latest("pk").pk
    phone.post(url(page), answers("present", person, seen=seen))
    assert mine.filter(registration=person).count() == 2
    assert attendance.presences_of(person).popitem()[1].is_conflict


def test_what_another_trainer_said_alike_is_no_trouble(
    phone: Client, page: TrainingPage, person: Registration, administrator: User
) -> None:
    say(person, page, Presence.PRESENT, Voice(source=Source.TRAINER, by=administrator))
    assert phone.post(url(page), answers("present", person)).status_code == 302
    assert AttendanceMark.objects.count() == 2


def test_those_without_a_word_are_kept_at_once(phone: Client, page: TrainingPage, person: Registration) -> None:
    scanned, excused = trainings.registered(page), trainings.registered(page)
    say(scanned, page, Presence.PRESENT, Voice(source=Source.QR, by=None))
    phone.post(url(page), {**answers("excused", excused), **answers("", person, scanned), "rest": "absent"})
    found = set(AttendanceMark.objects.values_list("registration", "presence"))
    assert found == {(scanned.pk, "present"), (excused.pk, "excused"), (person.pk, "absent")}


def test_a_tick_is_saved_at_once(phone: Client, page: TrainingPage, person: Registration, trainer: User) -> None:
    tick = {"question": str(person.pk), "person": str(trainer.pk), **answers("present", person)}
    answer = phone.post(url(page), tick).json()
    assert answer["was"] == "present"
    assert "error" not in answer
    assert phone.post(url(page), tick | answers("absent", person)).json()["was"] == "absent"
    assert AttendanceMark.objects.count() == 4


def test_a_late_tick_does_not_write_over_a_scan(
    phone: Client, page: TrainingPage, person: Registration, trainer: User
) -> None:
    say(person, page, Presence.PRESENT, Voice(source=Source.QR, by=None))
    tick = {"question": str(person.pk), "person": str(trainer.pk)}
    response = phone.post(url(page), tick | answers("absent", person))
    assert response.status_code == 409
    assert "kod QR" in response.json()["error"]
    assert not AttendanceMark.objects.filter(source=Source.TRAINER).exists()
    assert phone.post(url(page), tick | answers("absent", person, seen=response.json()["seen"])).status_code == 200


def test_a_tick_of_a_page_of_somebody_else_is_refused(
    client: Client, page: TrainingPage, person: Registration, trainer: User, learner: User
) -> None:
    tick = {"question": str(person.pk), "person": str(learner.pk), **answers("present", person)}
    assert client.post(url(page), tick).status_code == 401
    client.force_login(trainer)
    assert client.post(url(page), tick).json()["other_person"]
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("sent", ["", "there", "present\0"])
def test_a_tick_that_says_nothing_is_refused(
    phone: Client, page: TrainingPage, person: Registration, sent: str
) -> None:
    assert phone.post(url(page), {"question": "1", **answers(sent, person)}).status_code == 400
    foreign = trainings.registered(trainings.training("Inne"))
    assert phone.post(url(page), {"question": "1", **answers("present", foreign)}).status_code == 400
    phone.post(url(page), answers("present", foreign))
    assert not AttendanceMark.objects.exists()


def test_whoever_lost_the_place_meanwhile_is_told(phone: Client, page: TrainingPage, person: Registration) -> None:
    Registration.objects.filter(pk=person.pk).update(standing=Standing.CANCELLED)
    assert "nie ma już miejsca" in text(phone.post(url(page), answers("present", person)))
    assert not AttendanceMark.objects.exists()


def test_an_empty_list_and_one_called_off_say_so(phone: Client, page: TrainingPage) -> None:
    assert "Nikt nie ma jeszcze miejsca" in text(phone.get(url(page)))
    trainings.registered(page)
    page.called_off = True
    make.publish(page)
    told = text(phone.get(url(page)))
    assert "jest odwołane" in told
    assert "<fieldset" not in told


def test_a_name_with_signs_of_markup_is_only_a_name(phone: Client, page: TrainingPage) -> None:
    trainings.registered(page, last_name="<script>alert(1)</script>")
    assert "<script>alert" not in text(phone.get(url(page)))


def test_who_gets_it(client: Client, page: TrainingPage, trainer: User, learner: User, administrator: User) -> None:
    assert client.get(url(page)).status_code == 302
    people = {
        learner: False,
        make.user(): False,
        trainings.member("Prowadzący"): False,
        trainings.editor_of(trainings.training("Inne")): False,
        trainings.member("Koordynacja"): False,
        trainer: True,
        trainings.editor_of(page): True,
        administrator: True,
    }
    person = trainings.registered(page)
    for somebody, may in people.items():
        client.force_login(somebody)
        assert (client.get(url(page)).status_code == 200) is may, somebody
        if not may:
            assert client.post(url(page), answers("present", person)).status_code == 403
    assert not AttendanceMark.objects.exists()


def test_a_day_and_a_block_that_are_not_there_are_not_found(phone: Client, page: TrainingPage) -> None:
    assert phone.get(f"/szkolenia/{page.slug}/-/lista/{page.translation_key}/").status_code == 404
    assert phone.get(f"{url(page)}?blok={page.translation_key}").status_code == 404
    assert phone.get(f"{url(page)}?blok=x").status_code == 404


def test_a_longer_list_takes_no_more_queries(
    phone: Client, page: TrainingPage, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        person = trainings.registered(page, institution=make.institution(f"PCPR {number}"))
        say(person, page, Presence.PRESENT, Voice(source=Source.TRAINER, by=administrator))
    with django_assert_max_num_queries(18):
        phone.get(url(page))
