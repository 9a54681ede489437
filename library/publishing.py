"""What keeps a version from being published or changed, whichever way somebody tries: the form, a list, the clock.

A published version whose day has come never changes: people have it in their hands. A better text is another version.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, Revision

from library import stored
from library.marked import reading
from library.marked.faults import Refused
from library.marked.reading import Marked, Mistake
from library.problems import Problem, problems_of
from library.structure import Document

if TYPE_CHECKING:
    from library.models import VersionPage

NO_DAY = "Podaj dzień, od którego ta wersja obowiązuje."
NO_PARTS = "Napisz treść dokumentu."
NO_FILE = "Wybierz plik."
NO_FIELDS = "Ten plik nie ma pól do wypełnienia. Dodaj znaczniki w\xa0pliku albo wybierz „gotowy plik”."
NO_CHANGES = "Napisz, co się zmieniło i\xa0dlaczego. Dostaną to osoby, które mają poprzednią wersję."
NO_APPROVAL = "Podaj, kto zatwierdził tę wersję."
SETTLED = "Ta wersja już obowiązuje, więc nie można jej zmienić. Utwórz nową wersję."
PART = re.compile(r"Część (\d+)(?:, (punkt \d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a version would be published with.

    `current_on` is the day of the version in force now, None where there is none. `lacks` says at which field the
    content is missing and why; `problems` are those of a template that is written in the admin.
    """

    in_force_on: date | None
    changes: str
    approved_by: str
    is_first: bool
    current_on: date | None
    lacks: "Obstacle | None" = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a version cannot be published, and the field at which this is said; `place` is one inside the content."""

    field: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


class NotPublishable(PermissionDenied):
    """A version that may not be published as it is. `obstacles` say why."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(" ".join(map(str, obstacles)))
        self.obstacles = obstacles


def obstacles_to(offer: Offer) -> tuple[Obstacle, ...]:
    """What is in the way of publishing; nothing for a version that may go live."""
    found = []
    if offer.in_force_on is None:
        found.append(Obstacle("in_force_on", NO_DAY))
    elif offer.current_on is not None and offer.in_force_on < offer.current_on:
        text = f"Obecna wersja obowiązuje od {offer.current_on:%d.%m.%Y}. Podaj ten dzień albo późniejszy."
        found.append(Obstacle("in_force_on", text))
    if not offer.is_first and not offer.changes.strip():
        found.append(Obstacle("changes", NO_CHANGES))
    if not offer.is_first and not offer.approved_by.strip():
        found.append(Obstacle("approved_by", NO_APPROVAL))
    if offer.lacks is not None:
        found.append(offer.lacks)
    return (*found, *(_at_field(problem) for problem in offer.problems))


def obstacles_of(version: "VersionPage") -> tuple[Obstacle, ...]:
    """What is in the way of publishing this draft or revision. Five queries at most."""
    others = standing_beside(version, version.get_parent())
    return obstacles_to(
        Offer(
            in_force_on=version.in_force_on,
            changes=version.changes,
            approved_by=version.approved_by,
            is_first=others.is_first,
            current_on=others.current_on,
            lacks=lack_of(
                version.source,
                has_parts=bool(version.parts),
                has_file=version.file_id is not None,
                has_fields=bool(version.form_fields),
            ),
            problems=problems_in(version.source, version.document(), _marks_of(version)),
        )
    )


def problems_in(source: str, document: Document, marked: Marked | None) -> tuple[Problem, ...]:
    """What is wrong inside the content; nothing for one that is not there at all. `marked` is read from the file."""
    if source == "structured" and document.parts:
        return tuple(problems_of(document))
    if source == "marked" and marked is not None and document.fields:
        mistakes = (*marked.mistakes, *reading.against(marked, document.fields))
        return tuple(Problem(found.place, found.text) for found in mistakes)
    return ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other published versions of a document mean to one of them."""

    is_first: bool
    current_on: date | None


def standing_beside(version: "VersionPage", document: Page) -> Beside:
    """What the other published versions of that document mean to this one. One query."""
    pages = type(version).objects.live().child_of(document).exclude(pk=version.pk)
    found = list(pages.values_list("number", "in_force_on"))
    today = timezone.localdate()
    begun = [day for _number, day in found if day <= today]
    return Beside(all(number > version.number for number, _day in found), max(begun, default=None))


def lack_of(source: str, *, has_parts: bool, has_file: bool, has_fields: bool) -> Obstacle | None:
    """What a version of that source has no content without."""
    if source == "structured":
        return None if has_parts else Obstacle("parts", NO_PARTS)
    if not has_file:
        return Obstacle("upload", NO_FILE)
    return Obstacle("form_fields", NO_FIELDS) if source == "marked" and not has_fields else None


def is_settled(version: "VersionPage") -> bool:
    """Whether the version is published and its day has come, whatever a draft of it says. One query."""
    if version.pk is None:
        return False
    # A page that is created and published at once is „live” before it is published.
    published = type(version).objects.live().filter(first_published_at__isnull=False)
    return published.filter(pk=version.pk, in_force_on__lte=timezone.localdate()).exists()


def require_publishable(revision: Revision) -> None:
    """Raise `NotPublishable` where something is in the way.

    What was approved for a later day is published on it as it was approved.
    """
    version = revision.as_object()
    if is_settled(version):
        raise NotPublishable((Obstacle("", SETTLED),))
    if revision.approved_go_live_at is None and (found := obstacles_of(version)):
        raise NotPublishable(found)


def by_field(obstacles: Iterable[Obstacle]) -> dict[str, list[Obstacle]]:
    """The obstacles by their fields, in order."""
    found: dict[str, list[Obstacle]] = {}
    for obstacle in obstacles:
        found.setdefault(obstacle.field, []).append(obstacle)
    return found


def _at_field(problem: Problem) -> Obstacle:
    return Obstacle("parts" if PART.fullmatch(problem.place) else "form_fields", problem.text, problem.place)


def _marks_of(version: "VersionPage") -> Marked | None:
    """What the marked file of a version asks for. One query."""
    if version.source != "marked" or version.file is None:
        return None
    try:
        return reading.read(stored.content_of(version.file))
    except Refused as error:
        return Marked((), (Mistake(reading.WHOLE_FILE, str(error)),), (), {})
