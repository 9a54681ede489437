"""Films that are published without captions: how long the law still lets them, and who is told.

Recordings of live events may wait 14 days (`media.grace`). What the public sees counts, so a draft with captions
does not help until it is published.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural, polish_date
from elearning.notifications import outbox
from media.grace import GRACE_DAYS, CaptionState, caption_state, days_left

if TYPE_CHECKING:
    from media.models import FilmPage

EDITORS = "Redakcja"
NBSP = "\xa0"
# The states in which the editors are written to, and as what.
LETTERS = {
    CaptionState.REMINDED: "due",
    CaptionState.LAST_DAY: "due",
    CaptionState.OVERDUE: "overdue",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where a film stands with its captions. `left` is in days and negative after the last one, `last` that day.

    Both are None for a film that is no recording of a live event and so had no time at all.
    """

    film: "FilmPage"
    state: CaptionState
    left: int | None
    last: date | None

    @property
    def is_late(self) -> bool:
        return not self.state.may_publish

    @property
    def words(self) -> str:
        """„Zostały 4 dni”."""
        if self.left is None:
            return "Film nie ma napisów, a\xa0powinien je mieć od publikacji"
        if self.left == 0:
            return "Dziś mija termin"
        count = abs(self.left)
        if self.left > 0:
            verb = plural(count, "Został,Zostały,Zostało")
            return f"{verb} {count}{NBSP}{plural(count, 'dzień,dni,dni')}"
        return f"Po terminie od {count}{NBSP}{plural(count, 'dnia,dni,dni')}"

    @property
    def last_day(self) -> str:
        """„15 listopada 2026 r.”, empty where there is none."""
        return polish_date(self.last)


def deadline_of(film: "FilmPage", today: date) -> Deadline | None:
    """Where a film stands as the editor has it before them; None where it has captions or is a mere draft without."""
    state = caption_state(has_captions=film.has_captions, recorded_live_on=film.recorded_live_on, today=today)
    if state is CaptionState.PRESENT or (state is CaptionState.MISSING and not film.live):
        return None
    return _deadline(film, state, today)


def waiting_films(films: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the films that the public sees without captions, the longest overdue first."""
    # By name: the page's form needs this module while the models are still being made.
    tracks = apps.get_model("media", "TextTrack").objects
    captions = tracks.filter(film=OuterRef("pk"), kind="captions").exclude(vtt="")
    return films.filter(~Exists(captions), live=True).order_by("recorded_live_on", "title")


def deadlines_of(films: QuerySet[Any], today: date) -> list[Deadline]:
    """Where each of those films stands; films that never had time first. One query."""
    found = []
    for film in waiting_films(films):
        state = caption_state(has_captions=False, recorded_live_on=film.recorded_live_on, today=today)
        found.append(_deadline(film, state, today))
    return sorted(found, key=lambda deadline: (deadline.left is not None, deadline.left or 0))


def remind(today: date) -> int:
    """Write the letters that are due by that day and were not written yet; how many.

    One on day 10 and one on day 15, each once to each person for a film and a day of the event: nights that were
    missed are made up for, with the number of days that is true today.
    """
    films = apps.get_model("media", "FilmPage").objects.exclude(recorded_live_on=None).select_related("owner")
    due = [deadline for deadline in deadlines_of(films, today) if deadline.state in LETTERS]
    if not due:
        return 0
    editors = list(User.objects.filter(is_active=True, groups__name=EDITORS).distinct())
    return sum(_write(deadline, person) for deadline in due for person in _readers(deadline.film, editors))


def _deadline(film: "FilmPage", state: CaptionState, today: date) -> Deadline:
    day = film.recorded_live_on
    if day is None or day > today:
        return Deadline(film, state, None, None)
    return Deadline(film, state, days_left(recorded_live_on=day, today=today), day + timedelta(days=GRACE_DAYS))


def _readers(film: "FilmPage", editors: list[User]) -> list[User]:
    """Whoever can do something about a film: its owner, and the editors who may edit it."""
    people = {person.pk: person for person in editors if film.permissions_for_user(person).can_edit()}
    if film.owner is not None and film.owner.is_active:
        people.setdefault(film.owner.pk, film.owner)
    return list(people.values())


def _write(deadline: Deadline, person: User) -> bool:
    film, kind = deadline.film, LETTERS[deadline.state]
    return outbox.queue(
        key=f"captions-{kind}:{film.pk}:{film.recorded_live_on:%Y-%m-%d}:{person.pk}",
        template=f"media/messages/captions_{kind}",
        user=person,
        context={"film": film, "deadline": deadline},
    )
