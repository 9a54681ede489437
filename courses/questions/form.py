"""What an editor fills in for one kind of question, as plain data: the blocks of the bank are built from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Rows of one question: more do not fit a screen, and bound what a form may send.
MAX_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in. `label` and `help` are read by editors; rewording them changes nothing that is stored."""

    label: str
    help: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText(Field):
    """Text with bold, lists, links and images."""

    icon: str = "pilcrow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Field):
    """One line of plain text."""

    max_length: int
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Field):
    """A whole number within bounds."""

    least: int
    most: int
    default: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Field):
    """Yes or no; no unless it is ticked."""

    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Field):
    """An image with its alternative text, which is required unless the image is marked as decoration."""

    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Several things that make one row."""

    label: str
    icon: str
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Field):
    """A list whose rows keep their ids for ever: lines, or groups of things."""

    of: Line | Group
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All that is filled in for one kind.

    `label` names the kind within a sentence. `icon` is one of Wagtail's. `description` and `preview`, a right question
    as its data, are shown where an editor picks a kind. `fields` are in the order of the screen.
    """

    label: str
    icon: str
    description: str
    fields: Mapping[str, Field]
    preview: Mapping[str, Any] = field(default_factory=dict)


TEXT = RichText(label="Treść pytania", icon="help")
FEEDBACK = RichText(
    label="Wyjaśnienie",
    icon="info-circle",
    help="Zobaczą je wszyscy po podejściu, jeżeli test pokazuje klucz. Napisz, skąd wiadomo, że tak jest.",
    required=False,
)
