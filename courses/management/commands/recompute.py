"""Checks every enrolment against the completion rule as it stands today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.records import recording
from elearning.records.models import Enrolment


class Command(BaseCommand):
    """Completes what the rule says is complete and was not written down, for example after a rule was loosened.

    It never takes a completion away, so running it again changes nothing.
    """

    help = "Przelicza ukończenia. Z --dry-run tylko mówi, co by się zmieniło."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nic nie zmieniaj, tylko wypisz")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        checked = changed = 0
        for course in CoursePage.objects.live().order_by("path"):
            outline = outline_of(course)
            open_ones = Enrolment.objects.filter(course=course.pk, completed_at__isnull=True)
            for enrolment in open_ones.select_related("user").iterator(chunk_size=500):
                checked += 1
                if not recording.progress(enrolment, outline).is_complete:
                    continue
                changed += 1
                self.stdout.write(f"{outline.title}: zapis {enrolment.pk}")
                if not dry_run:
                    recording.catch_up(enrolment=enrolment, outline=outline)
        verb = "Do zmiany" if dry_run else "Zmieniono"
        self.stdout.write(f"Sprawdzono: {checked}. {verb}: {changed}.")
