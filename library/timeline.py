"""Which version of a document is in force on a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """What a version is to readers on a day."""

    UPCOMING = "upcoming"
    CURRENT = "current"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Dated:
    """A published version: `number` counts the versions of its document, `key` finds it again."""

    key: int
    number: int
    in_force_on: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """The published versions of one document on a day, newest first."""

    versions: tuple[Dated, ...]
    today: date

    @property
    def current(self) -> Dated | None:
        """The version in force: of those whose day has come the latest, of two of one day the higher number."""
        return next((version for version in self.versions if version.in_force_on <= self.today), None)

    @property
    def upcoming(self) -> Dated | None:
        """The version that takes effect next."""
        later = [version for version in self.versions if version.in_force_on > self.today]
        return later[-1] if later else None

    def state_of(self, version: Dated) -> State:
        if version.in_force_on > self.today:
            return State.UPCOMING
        return State.CURRENT if version == self.current else State.ARCHIVED

    def before(self, version: Dated) -> Dated | None:
        """The version that this one replaced or will replace."""
        place = self.versions.index(version)
        return self.versions[place + 1] if place + 1 < len(self.versions) else None


def timeline(versions: Sequence[Dated], today: date) -> Timeline:
    """The versions in the order of their days."""
    ordered = sorted(versions, key=lambda version: (version.in_force_on, version.number), reverse=True)
    return Timeline(tuple(ordered), today)


def is_due_for_review(review_on: date | None, today: date) -> bool:
    """Whether the day has passed by which somebody was to check the document again."""
    return review_on is not None and review_on < today
