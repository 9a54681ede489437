"""Tells those registered for a training that it is moved or called off.

Each of them once, whatever number of workers run and wherever one of them dies: a message's key is used once, and how
far a change was told is kept in the training's book, written together with the messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from elearning.notifications import outbox

from . import calendar_files
from .announced import Announced, announced, announced_from, changes_of_days
from .calendar_site import calendar_site
from .models import Registration, TrainingBook
from .places import OPEN, Standing
from .schedule import Day, Mode, Schedule
from .training import JOIN_BEFORE, Training
from .training_words import days_in_words, where_in_words

FOLDER = "records/messages"
# Messages written in one transaction: a third of a second of work, in which SQLite lets nobody else write.
CHUNK = 50
UNCONFIRMED = frozenset({Standing.UNCONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a book keeps of the announcements of its training.

    While a change is being told, `before` is what people knew until then, and `reached` the last registration that was
    told. `materials` are the ids of those that people know of.
    """

    now: Announced | None = None
    before: Announced | None = None
    reached: int = 0
    materials: tuple[str, ...] = ()

    @classmethod
    def of(cls, book: TrainingBook) -> "State":
        kept = book.announced
        return cls(
            now=announced_from(kept),
            before=announced_from(kept.get("before", {})),
            reached=kept.get("reached", 0),
            materials=tuple(kept.get("materials", ())),
        )

    def knowing(self, materials: Iterable[str]) -> "State":
        """The same once people know of these materials too."""
        return replace(self, materials=tuple(sorted({*self.materials, *materials})))

    def as_json(self) -> dict[str, Any]:
        telling = {"before": self.before.as_json(), "reached": self.reached} if self.before else {}
        now = self.now.as_json() if self.now else {}
        return {**now, **telling, "materials": list(self.materials)}


def has_news(book: TrainingBook, training: Training) -> bool:
    """Whether `announce` has something to do. No query. What changes while called off is told when it comes back."""
    state = State.of(book)
    if state.before is not None or state.now is None:
        return True
    return state.now != announced(training) and not (state.now.is_called_off and training.is_called_off)


def announce(training: Training, now: datetime) -> int:
    """Tell what has changed since people were told last; how many messages this call wrote.

    Of a move everybody is told who has a place or waits for one, of a training called off also who did not confirm the
    address yet. A training seen for the first time is only taken down, and so is what changes after its end. Nothing
    is done where nobody ever registered. Two queries for no news, four and those of the messages for each `CHUNK`.
    """
    count = 0
    while (written := _announce_some(training, now)) is not None:
        count += written
    return count


def _announce_some(training: Training, now: datetime) -> int | None:
    """Write the next messages; how many, None where there are no more."""
    with transaction.atomic():
        book = TrainingBook.objects.select_for_update().filter(page_id=training.page_id).first()
        if book is None or not has_news(book, training):
            return None
        state = State.of(book)
        if state.before is not None:
            return _tell_some(book, state, training, now)
        if not _is_published(training):
            return None
        return _take_down(book, state, announced(training), now)


def _is_published(training: Training) -> bool:
    """Whether it is what its page says now: another worker may have read it later and told what came after."""
    return Page.objects.filter(pk=training.page_id, live=True, live_revision=training.revision_id).exists()


def _take_down(book: TrainingBook, state: State, news: Announced, now: datetime) -> int:
    """Keep what is to be told from now on. A change counts in calendars, whoever is told of it."""
    known = state.now
    if known is not None:
        book.sequence += 1
        book.announced_at = now
    is_quiet = known is None or (known.is_over(now) and news.is_over(now))
    keep(book, replace(state, now=news, before=None if is_quiet else known, reached=0))
    return 0


def keep(book: TrainingBook, state: State) -> None:
    """Save what its announcements have come to; the row has to be locked."""
    book.announced = state.as_json()
    book.save(update_fields=["announced", "announced_at", "sequence"])


def _tell_some(book: TrainingBook, state: State, training: Training, now: datetime) -> int:
    """Tell the next registrations of the change that the book holds, which may be older than the training."""
    before, after = state.before, state.now
    if before is None or after is None:
        raise ValueError("There is no change to tell.")
    news = News(training=training, before=before, after=after, sequence=book.sequence, now=now)
    concerned = Registration.objects.filter(
        training=training.page_id,
        pk__gt=state.reached,
        standing__in=news.concerned,
        registered_at__lte=book.announced_at,
    )
    some = list(concerned.select_related("user").order_by("pk")[:CHUNK])
    written = sum(news.tell(registration) for registration in some)
    is_done = len(some) < CHUNK
    keep(book, replace(state, before=None) if is_done else replace(state, reached=some[-1].pk))
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A change to tell."""

    training: Training
    before: Announced
    after: Announced
    sequence: int
    now: datetime

    @property
    def is_called_off(self) -> bool:
        return self.after.is_called_off

    @property
    def concerned(self) -> list[Standing]:
        return sorted(OPEN if self.is_called_off else OPEN - UNCONFIRMED)

    @property
    def subject(self) -> Training:
        """The training as it is told now, which is not yet what a still newer change makes of it."""
        return self.after.applied_to(self.training)

    def tell(self, registration: Registration) -> bool:
        kind = "called-off" if self.is_called_off else "moved"
        method = self._method(registration)
        return outbox.queue(
            key=f"training-{kind}:{self.training.page_id}:{self.sequence}:{registration.pk}",
            template=f"{FOLDER}/training_called_off" if self.is_called_off else f"{FOLDER}/training_moved",
            user=registration.user,
            recipient=registration.email,
            context={**facts(self.subject, registration), **self._differences(), "calendar": method or ""},
            calendar=self._calendar(registration, method) if method else "",
        )

    def _differences(self) -> dict[str, Any]:
        """What the message says besides the facts; each pair is what was and what is, empty where nothing changed."""
        before, after = self.before, self.after
        old, new = where_in_words(_schedule(before)), where_in_words(_schedule(after))
        return {
            "changes": [
                (_in_words(change.before), _in_words(change.after))
                for change in changes_of_days(before.days, after.days)
            ],
            "old_title": before.title if before.title != after.title else "",
            "old_where": old if old != new else "",
            "where_changed": old != new,
            "is_back": before.is_called_off,
        }

    def _method(self, registration: Registration) -> calendar_files.Method | None:
        """What those with a place have in their calendars follows; a training without days leaves them."""
        if registration.standing != Standing.ADMITTED or not (self.before.days or self.after.days):
            return None
        return "CANCEL" if self.is_called_off or not self.after.days else "REQUEST"

    def _calendar(self, registration: Registration, method: calendar_files.Method) -> str:
        last_known = self.after if self.after.days else self.before
        return calendar_files.event(
            last_known.applied_to(self.training),
            site=calendar_site(),
            sequence=self.sequence,
            stamp=self.now,
            method=method,
            attendee=registration,
        )


def facts(training: Training, registration: Registration) -> dict[str, Any]:
    """What every message about a training may say to somebody registered."""
    return {
        "training": training,
        "registration": registration,
        "url": settings.BASE_URL + training.registration_url(registration.token),
        "training_url": settings.BASE_URL + training.url,
        "days": days_in_words(training.schedule),
        "where": where_in_words(training.schedule),
        "is_admitted": registration.standing == Standing.ADMITTED,
        "is_online": training.schedule.mode is not Mode.ON_SITE,
        "join_minutes": int(JOIN_BEFORE.total_seconds() // 60),
    }


def _schedule(told: Announced) -> Schedule:
    return Schedule(title=told.title, url="", days=told.days, mode=told.mode, place=told.place)


def _in_words(day: Day | None) -> str:
    return days_in_words(Schedule(title="", url="", days=(day,)))[0] if day else ""
