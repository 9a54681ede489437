"""Tells those who have a document that a new version has taken effect."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from library import notices


class Command(BaseCommand):
    """Every minute, because people are told soon after a version takes effect: one query where there is none."""

    requires_system_checks = []
    help = "Ogłasza nowe wersje dokumentów, które zaczęły obowiązywać. Każdą osobę powiadamia raz."

    def handle(self, **options: Any) -> None:
        count = notices.announce_due(timezone.localdate())
        self.stdout.write(f"Nowe wiadomości: {count}.")
