"""Registering for a training: who may, what is written down, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage, TrainingQuota
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import registration as registering
from elearning.records.models import AcceptedClause, Invitation, Registration, RegistrationMove, TrainingBook
from elearning.records.places import Standing
from elearning.records.registration import Applicant, Reason, Refusal, Refused
from elearning.records.training import Clause, Criterion, Training
from tests import trainings

pytestmark = pytest.mark.django_db
CLAUSE = Clause(uuid4(), "RODO", "Zgadzam się.", 2)


def applicant(email: str = "ola@example.org", **fields: Any) -> Applicant:
    return Applicant(**{"first_name": "Ola", "last_name": "Żak", "email": email, **fields})


def of(person: User, **fields: Any) -> Applicant:
    """The application of somebody who is signed in."""
    known = {"first_name": person.first_name, "last_name": person.last_name, "institution_id": person.institution_id}
    return applicant(person.email, user=person, **{**known, **fields})


def said() -> list[str]:
    """The messages by their subjects, in order."""
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Warsztat", capacity=1)


@pytest.fixture
def training(page: TrainingPage) -> Training:
    return training_of(page)


def test_it_works(training: Training) -> None:
    made, is_new = registering.register(training, applicant("  Ola@Example.org", function="kierownik"))

    assert is_new
    assert (made.standing, made.number, made.user, made.email) == (Standing.UNCONFIRMED, None, None, "ola@example.org")
    registering.confirm(training, made)
    made.refresh_from_db()
    assert (made.standing, made.number) == (Standing.ADMITTED, 1)
    assert made.confirmed_at is not None
    assert (made.training_title, made.function) == ("Warsztat", "kierownik")
    assert TrainingBook.objects.get().last_number == 1
    moves = RegistrationMove.objects.values_list("from_standing", "to_standing", "reason")
    assert list(moves) == [
        ("", Standing.UNCONFIRMED, Reason.REGISTERED),
        (Standing.UNCONFIRMED, Standing.ADMITTED, Reason.ADDRESS_CONFIRMED),
    ]
    assert said() == ["Potwierdź zgłoszenie na „Warsztat”", "Masz miejsce: „Warsztat”"]


def test_the_owner_of_an_account_has_a_place_at_once(training: Training, learner: User) -> None:
    made = registering.register(training, of(learner)).registration
    assert (made.standing, made.number, made.user) == (Standing.ADMITTED, 1, learner)
    assert said() == ["Masz miejsce: „Warsztat”"]


def test_another_address_than_that_of_the_account_has_to_be_confirmed(training: Training, learner: User) -> None:
    made = registering.register(training, replace(of(learner), email="inna@example.org")).registration
    assert made.standing == Standing.UNCONFIRMED


def test_an_address_of_the_account_that_nobody_confirmed_has_to_be(training: Training, learner: User) -> None:
    learner.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    assert registering.register(training, of(learner)).registration.standing == Standing.UNCONFIRMED


def test_who_opened_the_link_of_an_invitation_has_confirmed_the_address(training: Training, learner: User) -> None:
    invited = invitation(training, learner)
    made = registering.register(training, applicant("OLA@example.org", invitation=invited)).registration
    assert made.standing == Standing.ADMITTED
    other = registering.register(training, applicant("jan@example.org", invitation=invited)).registration
    assert other.standing == Standing.UNCONFIRMED


@pytest.mark.parametrize("spelling", ["ola@example.org", "OLA@Example.org", " Ola@example.org "])
def test_the_same_address_again_changes_nothing(training: Training, spelling: str) -> None:
    first = registering.register(training, applicant()).registration
    registering.confirm(training, first)
    before = Message.objects.count()

    again, is_new = registering.register(training, applicant(spelling, first_name="Ktoś"))

    assert (again, is_new, again.first_name) == (first, False, "Ola")
    assert (Registration.objects.count(), Message.objects.count()) == (1, before)


def test_an_unconfirmed_registration_is_not_repeated_either(training: Training) -> None:
    first = registering.register(training, applicant()).registration
    assert registering.register(training, applicant()) == (first, False)
    assert len(said()) == 1


def test_who_lost_the_letter_gets_another_by_asking_on_another_day(training: Training) -> None:
    first = registering.register(training, applicant()).registration
    later = timezone.now() + timedelta(days=1)
    for _ in range(2):
        assert registering.register(training, applicant("OLA@example.org"), now=later) == (first, False)
    assert said() == ["Potwierdź zgłoszenie na „Warsztat”"] * 2
    assert all(str(first.token) in body for body in Message.objects.values_list("body", flat=True))
    registering.confirm(training, first, now=later)
    registering.register(training, applicant(), now=later + timedelta(days=1))
    assert len(said()) == 3


def test_a_person_has_one_registration_with_whatever_address(training: Training, learner: User) -> None:
    first = registering.register(training, of(learner)).registration
    assert registering.register(training, replace(of(learner), email="inna@example.org")) == (first, False)


def test_the_owner_of_an_address_is_not_bound_by_what_others_typed(training: Training, learner: User) -> None:
    claimed = registering.register(training, applicant(learner.email, first_name="Ktoś", clauses=())).registration
    registering.register(training, replace(of(learner), email="inna@example.org"))

    made, is_new = registering.register(training, of(learner))

    assert (is_new, made.standing, made.first_name) == (True, Standing.ADMITTED, learner.first_name)
    assert list(Registration.objects.all()) == [made]
    with pytest.raises(Refused) as refused:
        registering.confirm(training, claimed)
    assert refused.value.reason is Refusal.GONE


def test_confirming_again_changes_nothing(training: Training) -> None:
    made = registering.register(training, applicant()).registration
    for _ in range(3):
        registering.confirm(training, made)
    assert (made.number, RegistrationMove.objects.count(), len(said())) == (1, 2, 2)


def test_order_is_that_of_confirmed_addresses(training: Training) -> None:
    first, second = (registering.register(training, applicant(f"{who}@example.org")).registration for who in "ab")
    registering.confirm(training, second)
    registering.confirm(training, first)
    assert (second.standing, first.standing) == (Standing.ADMITTED, Standing.RESERVED)
    assert registering.position(training, first) == 1


def test_who_cancelled_comes_to_the_end_of_the_queue(training: Training, learner: User, colleague: User) -> None:
    first = registering.register(training, of(learner)).registration
    second = registering.register(training, of(colleague)).registration
    registering.cancel(training, first)
    again = registering.register(training, of(learner)).registration

    second.refresh_from_db()
    assert (again.number, again.standing, second.standing) == (3, Standing.RESERVED, Standing.ADMITTED)
    assert first.pk != again.pk


def test_who_decides_first_is_the_organiser(training: Training, learner: User) -> None:
    rules = replace(training, admission=replace(training.admission, approval=True))
    assert registering.register(rules, of(learner)).registration.standing == Standing.PENDING
    assert said() == ["Mamy Twoje zgłoszenie na „Warsztat”"]


# --- What is refused --------------------------------------------------------------------------------------------------
def refused(training: Training, who: Applicant, **options: Any) -> tuple[Refusal, str]:
    with pytest.raises(Refused) as found:
        registering.register(training, who, **options)
    assert not Registration.objects.exists()
    assert not Message.objects.exists()
    return found.value.reason, found.value.text


def test_before_and_after_the_window(training: Training) -> None:
    now = timezone.now()
    early = replace(training, opens_at=now + timedelta(days=1))
    reason, text = refused(early, applicant())
    assert reason is Refusal.NOT_YET
    assert text.startswith("Zapisy zaczną się ")
    assert refused(replace(training, closes_at=now), applicant())[0] is Refusal.CLOSED
    assert refused(training, applicant(), now=training.schedule.starts_at)[0] is Refusal.CLOSED
    assert refused(training, applicant(), now=training.schedule.ends_at)[0] is Refusal.PAST
    assert refused(replace(training, is_called_off=True), applicant())[0] is Refusal.CALLED_OFF


def test_without_an_account_where_one_is_needed(training: Training) -> None:
    assert refused(replace(training, needs_account=True), applicant())[0] is Refusal.NEEDS_ACCOUNT


def test_without_a_required_text_in_its_version_of_now(training: Training) -> None:
    asking = replace(training, clauses=(CLAUSE,))
    assert refused(asking, applicant()) == (Refusal.MISSING_CLAUSE, "Zaznacz wymagane zgody: RODO.")
    assert refused(asking, applicant(clauses=(replace(CLAUSE, version=1),)))[0] is Refusal.MISSING_CLAUSE


def test_an_accepted_text_is_kept_whole(training: Training) -> None:
    optional = Clause(uuid4(), "Zdjęcia", "Zgadzam się na zdjęcia.", 1, required=False)
    asking = replace(training, clauses=(CLAUSE, optional))
    made = registering.register(asking, applicant(clauses=(replace(CLAUSE, text="inny"),))).registration
    kept = AcceptedClause.objects.get(registration=made)
    assert (kept.key, kept.title, kept.version, kept.text) == (CLAUSE.key, "RODO", 2, "Zgadzam się.")


def invitation(training: Training, by: User, email: str = "ola@example.org") -> Invitation:
    return Invitation.objects.create(
        training_id=training.page_id, email=email, invited_at=timezone.now(), invited_by=by
    )


def test_only_who_is_invited(training: Training, administrator: User) -> None:
    closed = replace(training, by_invitation=True)
    assert refused(closed, applicant("obca@example.org"))[0] is Refusal.BY_INVITATION
    invited = invitation(training, administrator, "OLA@example.org")
    assert refused(closed, applicant("obca@example.org", invitation=invited))[0] is Refusal.BY_INVITATION

    made = registering.register(closed, applicant()).registration

    invited.refresh_from_db()
    assert invited.registration == made


def test_an_institution_with_places_set_aside_is_invited(page: TrainingPage, learner: User, stranger: User) -> None:
    TrainingQuota.objects.create(training=page, institution=learner.institution, places=1)
    closed = replace(training_of(page), by_invitation=True)
    assert refused(closed, of(stranger))[0] is Refusal.BY_INVITATION
    assert registering.register(closed, of(learner)).registration.standing == Standing.ADMITTED


def test_points_are_those_of_the_training_not_those_that_were_sent(training: Training) -> None:
    known = Criterion(uuid4(), "Pracuję w PCPR", 5)
    asking = replace(training, criteria=(known, Criterion(uuid4(), "Inne", 3)))
    sent = [{"id": str(known.id), "text": "?", "points": 99}, {"id": str(uuid4()), "text": "?", "points": 99}]
    made = registering.register(asking, applicant(criteria=sent)).registration
    assert made.points == 5
    assert made.criteria == [{"id": str(known.id), "text": "Pracuję w PCPR", "points": 5}]


def test_a_registration_is_confirmed_after_the_window_but_not_after_the_training(training: Training) -> None:
    made = registering.register(training, applicant()).registration
    with pytest.raises(Refused) as refused:
        registering.confirm(training, made, now=training.schedule.ends_at)
    assert refused.value.reason is Refusal.PAST
    registering.confirm(replace(training, closes_at=timezone.now()), made)
    assert made.standing == Standing.ADMITTED


def test_a_registration_of_another_training_is_an_error(training: Training) -> None:
    made = trainings.registered(trainings.training("Inne"))
    with pytest.raises(ValueError, match="another training"):
        registering.confirm(training, made)


def test_registering_takes_few_queries(
    training: Training, learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(22 if connection.vendor == "sqlite" else 24):
        registering.register(training, of(learner))
