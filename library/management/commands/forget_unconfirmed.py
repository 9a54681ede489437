"""Deletes addresses that somebody left for notices of changes and nobody confirmed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from library import subscriptions


class Command(BaseCommand):
    """They are personal data without a purpose."""

    requires_system_checks = []
    help = "Usuwa adresy do powiadomień o zmianach dokumentów, których nikt nie potwierdził w ciągu 7 dni."

    def handle(self, **options: Any) -> None:
        count = subscriptions.forget_unconfirmed(timezone.now())
        self.stdout.write(f"Usunięte adresy: {count}.")
