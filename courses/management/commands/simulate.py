"""Fills a site with generated courses, people and what they did."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses.outline import outline_of
from courses.simulation import pages, papers, people
from elearning.records import simulation
from elearning.records.models import Answer, Attempt, Enrolment, Result


class Command(BaseCommand):
    """Repeated, it keeps what is there and adds what larger numbers ask for. The same numbers give the same data."""

    help = "Wypełnia stronę wygenerowanymi kursami, osobami i ich wynikami, do pomiarów."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, default=200, help="ile osób, domyślnie 200")
        parser.add_argument("--courses", type=int, default=1, help="ile kursów po 40 elementów, domyślnie 1")
        parser.add_argument("--force", action="store_true", help="także tam, gdzie są konta prawdziwych osób")

    def handle(self, *, learners: int, courses: int, force: bool, **options: Any) -> None:
        if learners < 1 or courses < 1:
            raise CommandError("Podaj co najmniej jedną osobę i jeden kurs.")
        if not force and (real := people.strangers()):
            raise CommandError(f"Na tej stronie są konta innych osób ({real}). Aby mimo to kontynuować, dodaj --force.")
        began = monotonic()
        with disable_reference_index_auto_update():
            built = pages.build(courses)
        everyone = people.build(learners)
        for course in built:
            outline = outline_of(course)
            simulation.write(people=everyone, outline=outline, papers=papers.of(course), now=timezone.now())
        rows = {
            model._meta.verbose_name_plural: model.objects.count() for model in (Enrolment, Result, Attempt, Answer)
        }
        counted = ", ".join(f"{name}: {number}" for name, number in rows.items())
        self.stdout.write(f"Osoby: {len(everyone)}, kursy: {len(built)}, {counted} ({monotonic() - began:.0f} s).")
