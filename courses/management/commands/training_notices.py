"""Tells those registered for trainings what has changed, what comes soon and what stays."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.trainings.notices import tell_due


class Command(BaseCommand):
    """Every minute, because whoever would come to the old place is told in time. Any number of workers may run it."""

    requires_system_checks = []
    help = "Zawiadamia zapisanych o zmianach, odwołaniach i materiałach, przypomina o szkoleniach. Każdą osobę raz."

    def handle(self, **options: Any) -> None:
        count = tell_due(timezone.now())
        self.stdout.write(f"Nowe wiadomości: {count}.")
