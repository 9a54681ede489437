"""What keeps a film from being published, whichever way somebody tries: the form, a list, moderation, the clock."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from media.grace import CaptionState, caption_state

if TYPE_CHECKING:
    from media.models import FilmPage

CAPTIONS = {
    CaptionState.MISSING: (
        "Dodaj napisy. Bez napisów można opublikować tylko nagranie wydarzenia na żywo: "
        "wtedy podaj dzień wydarzenia, a film poczeka na nie 14\xa0dni."
    ),
    CaptionState.OVERDUE: (
        "Dodaj napisy. W\xa0dniu publikacji mija już więcej niż 14\xa0dni od wydarzenia, "
        "więc nagranie nie może dłużej na nie czekać."
    ),
}
NO_SOURCE = "Wybierz plik filmu albo podaj adres w\xa0serwisie z\xa0filmami."
TWO_SOURCES = "Zostaw plik filmu albo adres w\xa0serwisie z\xa0filmami, nie oba."
NO_MINUTES = "Podaj, ile minut trwa film."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a film would be published with."""

    has_video: bool
    has_address: bool
    minutes: int | None
    has_captions: bool
    recorded_live_on: date | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a film cannot be published, and the field at which this is said; `tracks` are the captions."""

    field: str
    text: str


class NotPublishable(PermissionDenied):
    """A film that may not be published as it is. `obstacles` say why."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(" ".join(obstacle.text for obstacle in obstacles))
        self.obstacles = obstacles


def obstacles_to(offer: Offer, day: date) -> tuple[Obstacle, ...]:
    """What is in the way of publishing on that day; nothing for a film that may go live."""
    found = []
    if offer.has_video and offer.has_address:
        found.append(Obstacle("external_url", TWO_SOURCES))
    if not offer.has_video and not offer.has_address:
        found.append(Obstacle("video", NO_SOURCE))
    if offer.has_address and not offer.minutes:
        found.append(Obstacle("external_minutes", NO_MINUTES))
    state = caption_state(has_captions=offer.has_captions, recorded_live_on=offer.recorded_live_on, today=day)
    if not state.may_publish:
        found.append(Obstacle("tracks", CAPTIONS[state]))
    return tuple(found)


def offer_of(film: "FilmPage") -> Offer:
    """What a film has now, a draft or a revision that nobody has saved included. One query, none for a revision."""
    return Offer(
        has_video=film.video_id is not None,
        has_address=bool(film.external_url),
        minutes=film.external_minutes,
        has_captions=film.has_captions,
        recorded_live_on=film.recorded_live_on,
    )


def obstacles_of(film: "FilmPage") -> tuple[Obstacle, ...]:
    """What is in the way of publishing this film on the day it would go live: today, or the day it is set to."""
    return obstacles_to(offer_of(film), publication_day(film))


def publication_day(film: "FilmPage") -> date:
    """Today, or the later day that the editor has chosen."""
    return max(timezone.localdate(), timezone.localdate(film.go_live_at)) if film.go_live_at else timezone.localdate()


def require_publishable(film: "FilmPage") -> None:
    """Raise `NotPublishable` where something is in the way."""
    if found := obstacles_of(film):
        raise NotPublishable(found)
