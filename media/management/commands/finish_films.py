"""Goes on with films that a worker left half-done."""

from typing import Any

from django.core.management.base import BaseCommand

from media import videos


class Command(BaseCommand):
    """Each step is claimed, so running it while a worker is at a film does no harm."""

    requires_system_checks = []
    help = "Zleca dokończenie wersji filmów, które przerwał zatrzymany serwer."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Filmy do dokończenia: {videos.resume()}.")
