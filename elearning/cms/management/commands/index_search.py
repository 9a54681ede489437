"""Tells the search of pages that were published or withdrawn since it last ran."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from elearning.cms.search import indexing


class Command(BaseCommand):
    """The worker runs it every minute: it costs a few queries where nothing was published."""

    help = "Wczytuje do wyszukiwarki strony opublikowane od ostatniego razu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="wczytaj wszystkie strony od nowa")

    def handle(self, **options: Any) -> None:
        number = indexing.renew(everything=options["all"])
        if options["verbosity"] > 1:
            self.stdout.write(f"Wczytane strony: {number}")
