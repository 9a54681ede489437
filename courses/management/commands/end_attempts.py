"""Ends attempts at quizzes whose time is up, so that a result does not wait for a browser that never came back."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses import timeouts


class Command(BaseCommand):
    """Run every minute by `tick`; repeating it changes nothing."""

    requires_system_checks = []
    help = "Kończy podejścia do testów, których czas minął. Ocenia je z zapisanych odpowiedzi."

    def handle(self, **options: Any) -> None:
        ended = timeouts.end_all(now=timezone.now())
        if ended:
            self.stdout.write(f"Zakończone podejścia: {ended}.")
