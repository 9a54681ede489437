"""Trainings on pages of the site that know nothing of courses."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils import timezone

from courses.models import TrainingPage
from courses.trainings import shelf
from courses.trainings.date_spans import days_in_words
from courses.trainings.terms import schedule_of

ON_HOME = 3

register = template.Library()


@dataclass(frozen=True, slots=True)
class Coming:
    """A training as the component `card` takes it; `facts` are when and where."""

    title: str
    url: str
    kind: str
    facts: tuple[str, ...]


@register.simple_tag
def coming_trainings() -> list[Coming]:
    """The next trainings that take place. One query."""
    open_to_come = shelf.published().filter(called_off=False, starts_at__isnull=False)
    return [_coming(page) for page in shelf.coming(open_to_come, timezone.now())[:ON_HOME]]


def _coming(page: TrainingPage) -> Coming:
    when = days_in_words(day.date for day in schedule_of(page).days)
    return Coming(
        title=page.title,
        url=reverse("trainings:training", args=[page.slug]),
        kind=page.get_kind_display(),
        facts=tuple(filter(None, (when, shelf.where_in_words(page)))),
    )
