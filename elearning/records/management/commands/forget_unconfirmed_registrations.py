"""Deletes registrations for trainings from addresses that nobody confirmed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from elearning.records import registration_forgetting


class Command(BaseCommand):
    """They are personal data without a purpose. Repeating it changes nothing."""

    requires_system_checks = []
    help = "Usuwa zgłoszenia na szkolenia, których adresu nikt nie potwierdził w ciągu 7 dni."

    def handle(self, **options: Any) -> None:
        count = registration_forgetting.forget_unconfirmed(timezone.now())
        self.stdout.write(f"Usunięte zgłoszenia: {count}.")
