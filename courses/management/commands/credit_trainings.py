"""Records trainings that are items of courses for everybody who took part in them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.models import CoursePage, TrainingPage
from courses.outline import outlines_of
from courses.trainings import items as training_items


class Command(BaseCommand):
    """What the organiser's desk does at once, for presence that was told later. Running it again changes nothing."""

    help = "Zalicza udział w szkoleniach w kursach, których są elementami."

    def handle(self, *args: Any, **options: Any) -> None:
        items = [item for outline in outlines_of(CoursePage.objects.live()).values() for item in outline.items]
        wanted = {item.training_id for item in items if item.training_id}
        now = timezone.now()
        pages = TrainingPage.objects.filter(pk__in=wanted, ends_at__lte=now)
        credited = sum(training_items.credit(page, now) for page in pages.order_by("pk"))
        self.stdout.write(f"Zaliczono: {credited}.")
