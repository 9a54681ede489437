"""What stands behind films: how many people watched them. A film that somebody watched is not deleted."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from wagtail.models import Page

from media.models import Watch


@dataclass(frozen=True, slots=True)
class Viewing:
    """How many people watched some films, how many films these are, and for how many minutes, rounded down."""

    people: int = 0
    films: int = 0
    minutes: int = 0

    def __bool__(self) -> bool:
        return bool(self.people)


def viewing_of(page: Page) -> Viewing:
    """What was watched of a film, or of all films below a page. One query."""
    found = Watch.objects.filter(film__path__startswith=page.path).aggregate(
        people=Count("user", distinct=True), films=Count("film", distinct=True), milliseconds=Sum("watched")
    )
    return Viewing(found["people"], found["films"], (found["milliseconds"] or 0) // 60_000)
