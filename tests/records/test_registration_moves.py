"""What becomes of registrations: cancelled, offered, accepted, decided about, settled by the clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage, TrainingQuota
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import announcing
from elearning.records import registration as registering
from elearning.records.models import Registration, RegistrationMove
from elearning.records.places import Standing
from elearning.records.registration import Reason, Refusal, Refused
from elearning.records.training import Training
from tests import make, trainings

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Warsztat", capacity=1)


@pytest.fixture
def training(page: TrainingPage) -> Training:
    return training_of(page)


def standings(*registrations: Registration) -> list[str]:
    for one in registrations:
        one.refresh_from_db()
    return [one.standing for one in registrations]


def queue(page: TrainingPage, *given: Standing, **fields: Any) -> list[Registration]:
    """Registrations that stand so, in the order of their numbers."""
    return [trainings.registered(page, standing=standing, **fields) for standing in given]


def last_move(registration: Registration) -> tuple[str, str, str, User | None]:
    move = RegistrationMove.objects.filter(registration=registration).latest("pk")
    return move.to_standing, move.reason, move.note, move.by


def asking_in(training: Training, **rules: Any) -> Training:
    return replace(training, admission=replace(training.admission, **rules))


# --- Cancelling -------------------------------------------------------------------------------------------------------
def test_a_cancelled_place_goes_to_the_next_at_once(page: TrainingPage, training: Training) -> None:
    first, second, third = queue(page, Standing.ADMITTED, Standing.RESERVED, Standing.RESERVED)
    registering.cancel(training, first)
    assert standings(first, second, third) == [Standing.CANCELLED, Standing.ADMITTED, Standing.RESERVED]
    assert last_move(first) == (Standing.CANCELLED, Reason.BY_PERSON, "", None)
    assert last_move(second) == (Standing.ADMITTED, Reason.FREE_PLACE, "", None)
    assert Message.objects.count() == 2


def test_cancelling_again_changes_nothing(page: TrainingPage, training: Training) -> None:
    first, second = queue(page, Standing.ADMITTED, Standing.RESERVED)
    for _ in range(2):
        registering.cancel(training, first)
    assert standings(first, second) == [Standing.CANCELLED, Standing.ADMITTED]
    assert Message.objects.count() == 2


def test_the_organiser_cancels_with_a_note(page: TrainingPage, training: Training, administrator: User) -> None:
    (first,) = queue(page, Standing.RESERVED)
    registering.cancel(training, first, by=administrator, note="Zgłoszenie powtórzone.")
    assert last_move(first) == (Standing.CANCELLED, Reason.BY_ORGANISER, "Zgłoszenie powtórzone.", administrator)


def test_who_cancels_signed_in_is_no_organiser(page: TrainingPage, training: Training, learner: User) -> None:
    mine = trainings.registered(page, user=learner)
    registering.cancel(training, mine, by=learner)
    assert last_move(mine) == (Standing.CANCELLED, Reason.BY_PERSON, "", None)


def test_nobody_cancels_what_is_over(page: TrainingPage, training: Training) -> None:
    mine, lapsed = queue(page, Standing.ADMITTED, Standing.LAPSED)
    for registration, now, reason in [
        (mine, training.schedule.ends_at, Refusal.PAST),
        (lapsed, timezone.now(), Refusal.ENDED),
    ]:
        with pytest.raises(Refused) as refused:
            registering.cancel(training, registration, now=now)
        assert refused.value.reason is reason
    assert standings(mine, lapsed) == [Standing.ADMITTED, Standing.LAPSED]
    assert not Message.objects.exists()


def test_nobody_is_promoted_once_the_training_has_begun(page: TrainingPage, training: Training) -> None:
    first, second = queue(page, Standing.ADMITTED, Standing.RESERVED)
    registering.cancel(training, first, now=training.schedule.starts_at)
    assert standings(first, second) == [Standing.CANCELLED, Standing.RESERVED]


# --- Offers -----------------------------------------------------------------------------------------------------------
def offered(page: TrainingPage, training: Training) -> tuple[Training, Registration, Registration, datetime]:
    """One to whom a place was just offered until tomorrow, one behind, and when."""
    now = timezone.now()
    offering = asking_in(training, offer_lasts=DAY)
    _first, second, third = queue(page, Standing.CANCELLED, Standing.RESERVED, Standing.RESERVED)
    assert registering.settle(offering, now) == 1
    second.refresh_from_db()
    assert (second.standing, second.offered_until) == (Standing.OFFERED, now + DAY)
    return offering, second, third, now


def test_an_accepted_offer_is_a_place(page: TrainingPage, training: Training) -> None:
    offering, second, third, now = offered(page, training)
    for _ in range(2):
        registering.accept(offering, second, now=now + DAY - timedelta(seconds=1))
    assert standings(second, third) == [Standing.ADMITTED, Standing.RESERVED]
    assert second.offered_until is None
    assert Message.objects.count() == 2


def test_an_offer_in_vain_goes_to_the_next(page: TrainingPage, training: Training) -> None:
    offering, second, third, now = offered(page, training)
    with pytest.raises(Refused) as refused:
        registering.accept(offering, second, now=now + DAY)
    assert refused.value.reason is Refusal.OFFER_LAPSED
    assert registering.settle(offering, now + DAY) == 2
    assert standings(second, third) == [Standing.LAPSED, Standing.OFFERED]
    assert third.offered_until == now + 2 * DAY
    assert registering.settle(offering, now + DAY) == 0
    assert Message.objects.count() == 3
    with pytest.raises(Refused) as refused:
        registering.accept(offering, second, now=now + DAY)
    assert refused.value.reason is Refusal.OFFER_LAPSED


def test_an_offer_ends_with_the_beginning_of_the_training(page: TrainingPage, training: Training) -> None:
    starts_at = training.schedule.starts_at
    assert starts_at is not None
    (second,) = queue(page, Standing.RESERVED)
    registering.settle(asking_in(training, offer_lasts=DAY), starts_at - timedelta(hours=2))
    second.refresh_from_db()
    assert second.offered_until == starts_at


def test_there_is_nothing_to_accept_without_an_offer(page: TrainingPage, training: Training) -> None:
    (waiting,) = queue(page, Standing.RESERVED)
    with pytest.raises(Refused) as refused:
        registering.accept(training, waiting)
    assert refused.value.reason is Refusal.NOT_OFFERED


# --- Decisions --------------------------------------------------------------------------------------------------------
def test_approving_gives_places_in_order_and_then_the_reserve_list(
    page: TrainingPage, training: Training, administrator: User
) -> None:
    first, second = queue(page, Standing.PENDING, Standing.PENDING)
    decided = registering.decide(training, [second, first], to=Standing.ADMITTED, by=administrator, note="Witamy!")
    assert [one.registration for one in decided] == [second, first]
    assert not any(one.refused for one in decided)
    assert standings(first, second) == [Standing.ADMITTED, Standing.RESERVED]
    assert last_move(second) == (Standing.RESERVED, Reason.APPROVED, "Witamy!", administrator)
    assert Message.objects.count() == 2


def test_rejecting_is_final_and_says_why(page: TrainingPage, training: Training, administrator: User) -> None:
    (first,) = queue(page, Standing.PENDING)
    for _ in range(2):
        registering.decide(training, [first], to=Standing.REJECTED, by=administrator, note="Tylko dla PCPR.")
    assert last_move(first) == (Standing.REJECTED, Reason.REJECTED, "Tylko dla PCPR.", administrator)
    assert Message.objects.count() == 1
    (again,) = registering.decide(training, [first], to=Standing.ADMITTED, by=administrator)
    assert again.refused
    assert again.refused.reason is Refusal.NOT_WAITING


def test_promotion_by_hand_passes_others_but_never_the_capacity(
    page: TrainingPage, training: Training, administrator: User
) -> None:
    by_hand = asking_in(training, automatic=False)
    _gone, second, third = queue(page, Standing.CANCELLED, Standing.RESERVED, Standing.RESERVED)
    (taken,) = registering.decide(by_hand, [third], to=Standing.ADMITTED, by=administrator)
    assert taken.refused is None
    (refused,) = registering.decide(by_hand, [second], to=Standing.ADMITTED, by=administrator)
    assert refused.refused
    assert refused.refused.text == "Wszystkie miejsca są zajęte: 1 z\xa01."
    assert standings(second, third) == [Standing.RESERVED, Standing.ADMITTED]
    assert last_move(third) == (Standing.ADMITTED, Reason.PROMOTED, "", administrator)


def test_promotion_by_hand_keeps_quotas(page: TrainingPage, learner: User, administrator: User) -> None:
    TrainingQuota.objects.create(training=page, institution=learner.institution, places=1)
    training = asking_in(training_of(page), capacity=5, automatic=False)
    of_a = {"institution": learner.institution}
    first, second = queue(page, Standing.RESERVED, Standing.RESERVED, **of_a)
    decided = registering.decide(training, [first, second], to=Standing.ADMITTED, by=administrator)
    assert decided[0].refused is None
    assert decided[1].refused
    assert decided[1].refused.text == "Wszystkie miejsca tej instytucji są zajęte: 1 z\xa01."
    assert standings(first, second) == [Standing.ADMITTED, Standing.RESERVED]


def test_the_organiser_offers_where_places_are_offered_and_confirms_for_the_person(
    page: TrainingPage, training: Training, administrator: User
) -> None:
    offering = asking_in(training, automatic=False, offer_lasts=DAY)
    (waiting,) = queue(page, Standing.RESERVED)
    registering.decide(offering, [waiting], to=Standing.ADMITTED, by=administrator)
    assert standings(waiting) == [Standing.OFFERED]
    registering.decide(offering, [waiting], to=Standing.ADMITTED, by=administrator)
    assert standings(waiting) == [Standing.ADMITTED]


def test_many_are_decided_about_and_each_has_its_result(
    page: TrainingPage, training: Training, administrator: User
) -> None:
    wide = asking_in(training, capacity=60)
    many = queue(page, *[Standing.PENDING] * 70, Standing.CANCELLED)
    decided = registering.decide(wide, many, to=Standing.ADMITTED, by=administrator)
    assert standings(*many) == [Standing.ADMITTED] * 60 + [Standing.RESERVED] * 10 + [Standing.CANCELLED]
    assert [one.registration for one in decided if one.refused] == many[-1:]
    assert Message.objects.count() == 70


def test_cancelling_many_promotes_others(page: TrainingPage, training: Training, administrator: User) -> None:
    first, second, third = queue(page, Standing.ADMITTED, Standing.RESERVED, Standing.RESERVED)
    registering.decide(training, [first], to=Standing.CANCELLED, by=administrator)
    assert standings(first, second, third) == [Standing.CANCELLED, Standing.ADMITTED, Standing.RESERVED]


def test_nobody_decides_that_somebody_is_late(page: TrainingPage, training: Training, administrator: User) -> None:
    with pytest.raises(ValueError, match="lapsed"):
        registering.decide(training, queue(page, Standing.PENDING), to=Standing.LAPSED, by=administrator)


def test_what_was_cancelled_meanwhile_is_not_approved(
    page: TrainingPage, training: Training, administrator: User
) -> None:
    (stale,) = queue(page, Standing.PENDING)
    registering.cancel(training, Registration.objects.get())
    (decided,) = registering.decide(training, [stale], to=Standing.ADMITTED, by=administrator)
    assert decided.refused
    assert standings(stale) == [Standing.CANCELLED]


# --- By the clock -----------------------------------------------------------------------------------------------------
def test_a_larger_room_takes_in_those_who_wait(page: TrainingPage, training: Training) -> None:
    waiting = queue(page, Standing.ADMITTED, *[Standing.RESERVED] * 3)
    assert registering.settle(asking_in(training, capacity=3), timezone.now()) == 2
    assert standings(*waiting) == [*[Standing.ADMITTED] * 3, Standing.RESERVED]


def test_a_smaller_room_takes_nobodys_place(page: TrainingPage, training: Training) -> None:
    have = queue(page, *[Standing.ADMITTED] * 3)
    assert registering.settle(training, timezone.now()) == 0
    assert standings(*have) == [Standing.ADMITTED] * 3


def test_who_registers_after_an_offer_lapsed_stands_behind_those_who_waited(
    page: TrainingPage, training: Training
) -> None:
    offering, second, third, now = offered(page, training)
    late = trainings.registered(page, standing=Standing.UNCONFIRMED)
    registering.confirm(offering, late, now=now + DAY)
    assert standings(second, third, late) == [Standing.LAPSED, Standing.OFFERED, Standing.RESERVED]


def test_nothing_moves_in_a_training_that_was_called_off(page: TrainingPage, training: Training) -> None:
    first, second = queue(page, Standing.ADMITTED, Standing.RESERVED)
    called_off = replace(training, is_called_off=True)
    registering.cancel(called_off, first)
    assert registering.settle(called_off, timezone.now()) == 0
    assert standings(second) == [Standing.RESERVED]


def test_a_group_at_its_quota_lets_others_pass(page: TrainingPage, learner: User, stranger: User) -> None:
    TrainingQuota.objects.create(training=page, institution=learner.institution, places=1)
    training = asking_in(training_of(page), capacity=3)
    trainings.registered(page, institution=learner.institution)
    of_a = trainings.registered(page, standing=Standing.RESERVED, institution=learner.institution)
    of_b = trainings.registered(page, standing=Standing.RESERVED, institution=stranger.institution)
    assert registering.settle(training, timezone.now()) == 1
    assert standings(of_a, of_b) == [Standing.RESERVED, Standing.ADMITTED]


def test_what_the_first_person_reads_is_what_changes_are_told_against(page: TrainingPage, learner: User) -> None:
    """Also where no worker ran between the first registration and the change."""
    training = training_of(page)
    mine = trainings.registered(page, user=learner, standing=Standing.UNCONFIRMED)
    registering.confirm(training, mine)
    page.venue = "Inna sala"
    page.save_revision().publish()
    announcing.announce(training_of(TrainingPage.objects.get(pk=page.pk)), timezone.now())
    assert Message.objects.filter(recipient=learner.email).count() == 2


# --- Reading ----------------------------------------------------------------------------------------------------------
def test_figures_of_many_trainings_take_one_query(
    page: TrainingPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    other, empty = trainings.training("Inne"), trainings.training("Puste")
    queue(page, Standing.ADMITTED, Standing.OFFERED, Standing.RESERVED, Standing.RESERVED, Standing.UNCONFIRMED)
    queue(other, Standing.CANCELLED, Standing.PENDING)
    with django_assert_max_num_queries(1):
        found = registering.numbers([page.pk, other.pk, empty.pk])
    assert (found[page.pk].taken, found[page.pk].reserved, found[page.pk].total) == (2, 2, 4)
    assert (found[page.pk].unconfirmed, found[page.pk].free(3), found[page.pk].free(1)) == (1, 1, 0)
    assert (found[other.pk].cancelled, found[other.pk].pending, found[other.pk].taken) == (1, 1, 0)
    assert found[empty.pk] == registering.Numbers()


def test_free_places_count_offered_ones_as_taken(page: TrainingPage, training: Training) -> None:
    queue(page, Standing.ADMITTED, Standing.OFFERED, Standing.RESERVED)
    assert registering.free_places(asking_in(training, capacity=3)) == 1
    assert registering.free_places(training) == 0
    assert registering.free_places(asking_in(training, capacity=None)) is None


def test_positions_follow_the_points_where_they_count(page: TrainingPage, training: Training) -> None:
    admitted, low, high = (
        trainings.registered(page),
        trainings.registered(page, standing=Standing.RESERVED, points=1),
        trainings.registered(page, standing=Standing.RESERVED, points=2),
    )
    assert [registering.position(training, one) for one in (admitted, low, high)] == [None, 1, 2]
    by_points = asking_in(training, by_points=True)
    assert registering.positions(by_points) == {high.pk: 1, low.pk: 2}


def test_own_registrations_are_those_of_the_account_and_of_its_address(page: TrainingPage, learner: User) -> None:
    by_address = trainings.registered(page, email=learner.email.upper(), standing=Standing.CANCELLED)
    mine = trainings.registered(page, user=learner)
    trainings.registered(page, user=make.user())
    assert list(registering.own(learner)) == [mine, by_address]
    assert registering.find(mine.token) == mine
    assert registering.find(page.translation_key) is None
