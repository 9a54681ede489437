"""Gives free places of trainings to those who wait, and ends offers that nobody confirmed in time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.trainings import settling


class Command(BaseCommand):
    """Run every minute by `tick`; repeating it changes nothing."""

    requires_system_checks = []
    help = "Przenosi osoby z list rezerwowych na wolne miejsca i kończy propozycje miejsc, których termin minął."

    def handle(self, **options: Any) -> None:
        count = settling.settle_all(now=timezone.now())
        if count:
            self.stdout.write(f"Zmienione zgłoszenia: {count}.")
