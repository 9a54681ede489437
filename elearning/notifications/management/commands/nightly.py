"""What is done once a night. The worker asks every minute whether it is time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from elearning.notifications import nights


class Command(BaseCommand):
    """Repeated on one day, it does nothing."""

    requires_system_checks = []
    help = "Wykonuje polecenia z EVERY_NIGHT, których dziś jeszcze nikt nie wykonał. Można uruchamiać często."

    def handle(self, **options: Any) -> None:
        for command in nights.run_due(timezone.now()):
            self.stdout.write(f"Wykonano: {command}.")
