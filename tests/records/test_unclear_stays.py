"""Stays of which nobody could tell whose they are: the queue, and what people decide."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import unclear_stays
from elearning.records.models import MeetingStay, Registration
from elearning.records.unclear_stays import Group, Settled, Settlement
from tests import trainings
from tests.records.test_attendance_import import page, read_in, row, said, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> TrainingPage:
    return page()


def queue(where: TrainingPage) -> tuple[Group, ...]:
    return unclear_stays.waiting(where.pk)


def settle(where: TrainingPage, group: Group, person: Registration | None, by: User) -> Settled:
    decision = Settlement(group.keys, person.pk if person else None)
    return unclear_stays.settle(training_of(where), [decision], by=by)


def test_stays_of_one_name_and_address_are_one_question(here: TrainingPage, administrator: User) -> None:
    iga = trainings.registered(here, "iga@example.org", first_name="Iga", last_name="Bąk")
    rows = [
        row("Iga", "", "9:00", "10:00"),
        row("iga ", "", "9:50", "10:30"),
        row("Obcy", "x@example.org", "9:00", "10:00"),
    ]
    read_in(here, table(*rows), administrator)
    first, second = queue(here)
    assert (first.name, first.minutes, first.candidates, len(first.times)) == ("Iga", 90, (iga,), 1)
    assert [reason.replace("\xa0", " ") for reason in second.reasons] == [
        "Nikt nie zapisał się z adresem x@example.org."
    ]
    assert unclear_stays.number_waiting(here.pk) == 2


def test_what_a_person_decides_is_kept_and_gives_presence(
    here: TrainingPage, administrator: User, colleague: User
) -> None:
    iga = trainings.registered(here, "iga@example.org", first_name="Iga", last_name="Bąk")
    rows = [row("Iga", "", "9:40", "10:30"), row("Iga Bąk", "iga@example.org", "9:00", "9:40")]
    report = read_in(here, table(*rows), administrator)
    assert said(iga) == []
    (group,) = queue(here)
    before = timezone.now()
    assert settle(here, group, iga, colleague) == Settled(1)
    stay = MeetingStay.objects.get(pk=group.key)
    assert (stay.registration, stay.settled_by) == (iga, colleague)
    assert stay.settled_at >= before
    assert said(iga)[-1] == ("Diagnoza", "present", 90)
    mark = iga.marks.last()
    assert (mark.by, mark.report) == (colleague, report)
    assert queue(here) == ()
    assert unclear_stays.settled(here.pk, 10) == [stay]


def test_nobody_of_ours_gives_no_presence(here: TrainingPage, administrator: User) -> None:
    jan = trainings.registered(here, "jan@example.org", first_name="Jan")
    read_in(here, table(row("Jan", "", "9:00", "12:30")), administrator)
    (group,) = queue(here)
    settle(here, group, None, administrator)
    stay = MeetingStay.objects.get()
    assert (stay.registration, stay.settled_by) == (None, administrator)
    assert said(jan) == []
    assert queue(here) == ()


def test_of_two_who_settle_the_same_the_second_is_told_and_changes_nothing(
    here: TrainingPage, administrator: User, colleague: User
) -> None:
    jan, ewa = (trainings.registered(here, first_name=name) for name in ("Jan", "Ewa"))
    read_in(here, table(row("Ktoś", "", "9:00", "12:30"), row("Inny", "", "9:00", "12:30")), administrator)
    first, second = queue(here)
    settle(here, first, jan, administrator)
    both = [Settlement(first.keys, ewa.pk), Settlement(second.keys, ewa.pk)]
    answer = unclear_stays.settle(training_of(here), both, by=colleague)
    assert answer.kept == 1
    assert [(stay.registration, stay.settled_by) for stay in answer.taken] == [(jan, administrator)]
    assert (jan.stays.count(), ewa.stays.count()) == (1, 1)


def test_stays_read_in_after_the_page_was_opened_are_left_to_wait(here: TrainingPage, administrator: User) -> None:
    jan = trainings.registered(here, first_name="Jan")
    read_in(here, table(row("Ktoś", "", "9:00", "10:30")), administrator)
    (group,) = queue(here)
    read_in(here, table(row("Ktoś", "", "11:00", "12:30")), administrator)
    settle(here, group, jan, administrator)
    (rest,) = queue(here)
    assert (rest.minutes, rest.earlier, rest.candidates) == (90, jan, (jan,))
    assert said(jan) == [("Diagnoza", "present", 90)]
    settle(here, rest, jan, administrator)
    assert said(jan)[1:] == [("Plan", "present", 90)]


def test_a_day_without_a_report_gets_no_mark_from_another_days_stay(administrator: User) -> None:
    days = [trainings.day(date(2026, 10, 6)), trainings.day(date(2026, 10, 7))]
    here = page(days=days)
    jan = trainings.registered(here, first_name="Jan")
    read_in(here, table(row("Ktoś", "", "9:00", "12:00"), row("Inny", "", "9:00", "12:00")), administrator)
    settle(here, queue(here)[0], jan, administrator)
    assert [mark.day for mark in jan.marks.all()] == [date(2026, 10, 6)]


def test_nobody_of_another_training_can_be_chosen(here: TrainingPage, administrator: User) -> None:
    stranger = trainings.registered(page())
    read_in(here, table(row("Ktoś", "", "9:00", "12:30")), administrator)
    (group,) = queue(here)
    with pytest.raises(Registration.DoesNotExist):
        settle(here, group, stranger, administrator)
    assert len(queue(here)) == 1
    elsewhere: Any = Settlement(group.keys, None)
    answer = unclear_stays.settle(
        training_of(TrainingPage.objects.get(pk=stranger.training_id)), [elsewhere], by=administrator
    )
    assert answer == Settled(0)
    assert len(queue(here)) == 1


def test_the_queue_takes_three_queries(
    here: TrainingPage, administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        trainings.registered(here, first_name="Jan", last_name=f"Nowak {number}")
    read_in(here, table(*(row(f"Jan z pokoju {number}", "", "9:00", "12:30") for number in range(40))), administrator)
    with django_assert_max_num_queries(3):
        groups = queue(here)
        assert all(group.candidates[0].institution_label == "" for group in groups)
    assert len(groups) == 40
    with django_assert_max_num_queries(14):
        decisions = [Settlement(group.keys, group.candidates[0].pk) for group in groups]
        assert unclear_stays.settle(training_of(here), decisions, by=administrator).kept == 40
