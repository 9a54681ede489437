"""Builds the demo site."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses.demo import bank, contents, pages, people, registrations, signs, trainings
from courses.demo.streams import Shelves
from elearning.institutions.models import TerritorialUnit


class Command(BaseCommand):
    help = "Buduje stronę przykładową: kursy, pytania, osoby. Powtórzone, niczego nie dodaje ani nie zmienia."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="tylko wypisz konta przykładowe")

    def handle(self, *, logins: bool, **options: Any) -> None:
        if not logins:
            self.build()
        for role, email in people.logins():
            self.stdout.write(f"  {role:<20} {email:<24} hasło: {people.PASSWORD}")

    def build(self) -> None:
        if not TerritorialUnit.objects.exists():
            call_command("load_teryt", verbosity=0)
        with transaction.atomic(), disable_reference_index_auto_update():
            project = signs.project()
            home = pages.build(Shelves(bank.figures(), contents.contents()), bank.questions(), project)
            people.build()
            registrations.build(trainings.build(home, project))
        call_command("rebuild_references_index", verbosity=0, stdout=self.stdout)
