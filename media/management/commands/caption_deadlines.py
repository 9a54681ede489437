"""Reminds of films that are published without captions."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from media import deadlines


class Command(BaseCommand):
    """Writes each letter once, so running it again, or after missed nights, does no harm."""

    help = "Przypomina o nagraniach bez napisów: dziesiątego dnia po wydarzeniu i dzień po terminie."

    def handle(self, **options: Any) -> None:
        count = deadlines.remind(timezone.localdate())
        self.stdout.write(f"Nowe wiadomości: {count}.")
