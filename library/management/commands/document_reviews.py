"""Reminds of documents that are past the day of their review."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from library import reviews


class Command(BaseCommand):
    """Writes each letter once, so running it again, or after missed nights, does no harm."""

    requires_system_checks = []
    help = "Przypomina o dokumentach, których termin przeglądu minął."

    def handle(self, **options: Any) -> None:
        count = reviews.remind(timezone.localdate())
        self.stdout.write(f"Nowe wiadomości: {count}.")
