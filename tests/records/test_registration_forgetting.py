"""Registrations that nobody confirmed are deleted, and nothing else is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from elearning.accounts.models import User
from elearning.records.models import AcceptedClause, Invitation, Registration, RegistrationMove
from elearning.records.places import Standing
from tests import trainings

pytestmark = pytest.mark.django_db


def unconfirmed(age: timedelta, standing: Standing = Standing.UNCONFIRMED) -> Registration:
    made = trainings.registered(trainings.training(), standing=standing)
    Registration.objects.filter(pk=made.pk).update(registered_at=timezone.now() - age)
    RegistrationMove.objects.create(registration=made, to_standing=standing, reason="registered", at=timezone.now())
    AcceptedClause.objects.create(registration=made, key=uuid4(), version=1, given_at=timezone.now())
    return made


def test_after_seven_days_nothing_is_left_of_them(administrator: User) -> None:
    late, early = unconfirmed(timedelta(days=7, minutes=1)), unconfirmed(timedelta(days=6))
    confirmed = unconfirmed(timedelta(days=70), Standing.CANCELLED)
    invited = Invitation.objects.create(
        training_id=late.training_id,
        email=late.email,
        invited_at=timezone.now(),
        invited_by=administrator,
        registration=late,
    )

    for _ in range(2):
        call_command("forget_unconfirmed_registrations", verbosity=0)

    assert set(Registration.objects.all()) == {early, confirmed}
    assert RegistrationMove.objects.count() == AcceptedClause.objects.count() == 2
    invited.refresh_from_db()
    assert invited.registration is None
