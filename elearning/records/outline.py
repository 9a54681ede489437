"""The shape of a course and of what a person did in it, as plain values.

Content builds an `Outline`, records give `Outcome`s, and `completion.evaluate` turns both into `Progress`.
Pure: no Django, no database, no clock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class ItemKind(StrEnum):
    """What a learner does in one step of a course."""

    LESSON = "lesson"
    QUIZ = "quiz"
    ACTIVITY = "activity"
    FILM = "film"
    TRAINING = "training"


class Status(StrEnum):
    """How far one item is; the words of the glossary."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class ActivityTerms:
    """Which interactive content an activity plays, and what completes it besides the pass mark.

    `policy` is a value of `h5p.policies.CompletionPolicy`, `content_id` the number of an `h5p` content.
    """

    content_id: int
    policy: str
    minimum_seconds: int = 0


@dataclass(frozen=True, slots=True)
class FilmTerms:
    """Which film is watched, and how much of it completes the item: a share of 0..1."""

    film_id: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One step of a course. `id` survives moving and renaming.

    `pass_mark` is a share of 0..1, for quizzes and for activities that ask for a score. `training_id` is the page of a
    training. `within` is the lesson on whose
    page the step is done: it opens together with that lesson, not after it.
    """

    id: UUID
    page_id: int
    kind: ItemKind
    title: str
    url: str
    minutes: int = 0
    required: bool = True
    is_empty: bool = False
    pass_mark: Decimal | None = None
    revision_id: int | None = None
    within: UUID | None = None
    activity: ActivityTerms | None = None
    film: FilmTerms | None = None
    training_id: int | None = None

    @property
    def page_url(self) -> str:
        """The address of its page, without the place on it."""
        return self.url.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Module:
    """A named group of items, in the order of the pages."""

    page_id: int
    title: str
    items: tuple[Item, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Another course that has to be completed before this one is opened."""

    course_id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CertificateTerms:
    """What a certificate of this course states besides the person, as it stands when the outline is built.

    `hours` are teaching hours of 45 minutes; `logo_strip` is the name of the file in the default storage.
    """

    programme: tuple[str, ...] = ()
    hours: int = 0
    form: str = ""
    organiser: str = ""
    place: str = ""
    signatory_name: str = ""
    signatory_function: str = ""
    project_name: str = ""
    funding_text: str = ""
    logo_strip: str = ""
    logo_strip_alt: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A course as its rules see it. `sequential` opens an item only after all required ones before it."""

    course_id: int
    title: str
    url: str
    modules: tuple[Module, ...]
    sequential: bool = False
    prerequisites: tuple[Prerequisite, ...] = ()
    certificate: CertificateTerms | None = None
    revision_id: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in the order in which they are taken."""
        return tuple(item for module in self.modules for item in module.items)

    @property
    def steps(self) -> tuple[Item, ...]:
        """The items that have a page of their own."""
        return tuple(item for item in self.items if item.within is None)

    def item(self, item_id: UUID) -> Item:
        """The item of that id. Raises `UnknownItem`."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise UnknownItem(item_id)


class UnknownItem(LookupError):
    """The item is not, or no longer, part of the course."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person achieved in one item. `score` is a share of 0..1; lessons have none."""

    item_id: UUID
    status: Status
    at: datetime
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item as a learner meets it. `blocked_by` names what has to be done before it opens."""

    item: Item
    status: Status = Status.NOT_STARTED
    score: Decimal | None = None
    at: datetime | None = None
    blocked_by: Item | Prerequisite | None = None

    @property
    def is_completed(self) -> bool:
        return self.status is Status.COMPLETED

    @property
    def url(self) -> str:
        """Where it is done; a page that does not open yet has no places on it."""
        return self.item.url if self.is_open else self.item.page_url

    @property
    def is_open(self) -> bool:
        """Completed items stay open, whatever came before them later."""
        return self.is_completed or self.blocked_by is None


@dataclass(frozen=True, slots=True)
class Condition:
    """One unmet condition of completion, in words, with the place where it can be met."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person stands in a course.

    `percent` is 0..100, rounded down, and 100 only when nothing is missing. `next` is what „Kontynuuj” opens.
    `new_items` are required items that were added after the person had completed the course.
    """

    states: tuple[ItemState, ...]
    done: int
    required: int
    percent: int
    is_complete: bool
    unmet: tuple[Condition, ...] = ()
    next: Item | None = None
    new_items: tuple[Item, ...] = ()
    score: Decimal | None = None
    by_item: dict[UUID, ItemState] = field(default_factory=dict, compare=False)

    def state(self, item_id: UUID) -> ItemState:
        """The state of one item. Raises `UnknownItem`."""
        try:
            return self.by_item[item_id]
        except KeyError:
            raise UnknownItem(item_id) from None
