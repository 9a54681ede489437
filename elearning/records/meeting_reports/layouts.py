"""The headings by which the reports of each tool are known, and where in a line their facts stand.

Where the facts come from:
- Teams: support.microsoft.com, "Manage meeting attendance reports in Microsoft Teams", and learn.microsoft.com,
  "Meeting attendance report": UTF-16LE with a mark, tabs, three numbered parts; the second has a line a person with
  the first and the last moment, the third a line a stay. The Polish words are those of published exports.
- Zoom: support.zoom.com, "Accessing meeting and webinar history reports" (KB0082659), and published exports: lines
  about the meeting on top if asked for; without times if every person was asked for once only; lines of their own for
  the time in the waiting room.
- Webex: help.webex.com, "Webex Meetings CSV file import and export" (UTF-16LE, tabs) and the help of attendance
  reports of meetings and webinars; times are written as formulas.
- ClickMeeting: its help documents no columns. The Polish headings are those an organiser told us; whatever else it may
  write is refused with the names of its columns, never guessed.
- Table: a plain table that people type: imię i nazwisko; e-mail; od; do, and „data” where the times have no date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .base import Tool


class Column(StrEnum):
    """What a column tells."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    EMAIL = "email"
    JOINED = "joined"
    LEFT = "left"
    DURATION = "duration"
    DAY = "day"
    WAITING = "waiting"


COLUMN_NAMES = {
    Column.NAME: "imienia i\xa0nazwiska ani adresu e-mail",
    Column.JOINED: "godziny wejścia",
    Column.LEFT: "godziny wyjścia",
}
# Times of the first joining and the last leaving say nothing of what was between.
FIRST = frozenset({"first join", "first join time", "pierwsze dołączenie"})
STARTS = frozenset(
    {
        *("start time", "meeting start time", "event start time", "actual start time"),
        *("godzina rozpoczęcia", "czas rozpoczęcia", "godzina rozpoczęcia spotkania"),
    }
)
ENDS = frozenset(
    {
        *("end time", "meeting end time", "event end time", "actual end time"),
        *("godzina zakończenia", "czas zakończenia", "godzina zakończenia spotkania"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The headings of a tool in small letters. A line that has one of `marks` is one of this tool."""

    tool: Tool
    marks: frozenset[str]
    columns: dict[Column, tuple[str, ...]]


LAYOUTS = (
    Layout(
        tool=Tool.ZOOM,
        marks=frozenset({"name (original name)", "user email", "user name (original name)", "duration (minutes)"}),
        columns={
            Column.NAME: ("name (original name)", "user name (original name)", "user name", "name"),
            Column.EMAIL: ("user email", "email"),
            Column.JOINED: ("join time",),
            Column.LEFT: ("leave time",),
            Column.DURATION: ("duration (minutes)", "time in session (minutes)"),
            Column.WAITING: ("in waiting room",),
        },
    ),
    Layout(
        tool=Tool.WEBEX,
        marks=frozenset({"display name", "attendee email", "attendance duration"}),
        columns={
            Column.NAME: ("display name", "name", "attendee name"),
            Column.EMAIL: ("attendee email", "email address", "email"),
            Column.JOINED: ("join time",),
            Column.LEFT: ("leave time",),
            Column.DURATION: ("attendance duration", "duration"),
        },
    ),
    Layout(
        tool=Tool.CLICKMEETING,
        marks=frozenset({"wejście", "data wejścia", "czas wejścia", "godzina wejścia"}),
        columns={
            Column.NAME: ("imię i nazwisko", "nick", "uczestnik"),
            Column.GIVEN: ("imię",),
            Column.FAMILY: ("nazwisko",),
            Column.EMAIL: ("e-mail", "email", "adres e-mail"),
            Column.JOINED: ("wejście", "data wejścia", "czas wejścia", "godzina wejścia"),
            Column.LEFT: ("wyjście", "data wyjścia", "czas wyjścia", "godzina wyjścia"),
            Column.DURATION: ("czas trwania", "czas obecności"),
            Column.DAY: ("data",),
        },
    ),
    Layout(
        tool=Tool.TEAMS,
        marks=frozenset(
            {
                *("first join", "first join time", "in-meeting duration", "participant id (upn)", "role", "full name"),
                *("pierwsze dołączenie", "czas udziału w spotkaniu", "identyfikator uczestnika (upn)", "rola"),
                *("godzina dołączenia", "czas dołączenia"),
            }
        ),
        columns={
            Column.NAME: ("name", "full name", "imię i nazwisko", "nazwa", "pełna nazwa"),
            Column.EMAIL: (
                *("email", "e-mail", "adres e-mail", "adres email", "participant id (upn)"),
                "identyfikator uczestnika (upn)",
            ),
            Column.JOINED: (
                *("first join", "first join time", "join time", "pierwsze dołączenie", "godzina dołączenia"),
                "czas dołączenia",
            ),
            Column.LEFT: (
                *("last leave", "last leave time", "leave time", "ostatnie wyjście", "ostatnie opuszczenie"),
                *("godzina opuszczenia", "godzina wyjścia", "czas opuszczenia", "czas wyjścia"),
            ),
            Column.DURATION: ("in-meeting duration", "duration", "czas udziału w spotkaniu", "czas trwania"),
        },
    ),
    Layout(
        tool=Tool.TABLE,
        marks=frozenset({"od", "godzina od"}),
        columns={
            Column.NAME: ("imię i nazwisko", "nazwisko i imię", "uczestnik"),
            Column.GIVEN: ("imię",),
            Column.FAMILY: ("nazwisko",),
            Column.EMAIL: ("e-mail", "email", "adres e-mail"),
            Column.JOINED: ("od", "godzina od"),
            Column.LEFT: ("do", "godzina do"),
            Column.DAY: ("data", "dzień"),
        },
    ),
)
JOINED = frozenset(heading for layout in LAYOUTS for heading in layout.columns[Column.JOINED])


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of headings: what wrote it, and the places of each column, the one to trust first."""

    tool: Tool
    places: dict[Column, tuple[int, ...]]
    is_first_and_last: bool  # a line a person, not a line a stay

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody can do without and is not there, in words."""
        who = (Column.NAME, Column.EMAIL, Column.FAMILY)
        found = [COLUMN_NAMES[Column.NAME]] if not any(column in self.places for column in who) else []
        found += [COLUMN_NAMES[column] for column in (Column.JOINED, Column.LEFT) if column not in self.places]
        return tuple(found)


def heading_of(cells: Sequence[str]) -> Heading | None:
    """What a line is if it has headings we know; columns may still be `missing`."""
    headings = [cell.casefold() for cell in cells]
    if len(headings) < 2:
        return None
    known = set(headings)
    layout = next((layout for layout in LAYOUTS if layout.marks & known), None)
    if layout is None:
        return None
    places = {
        column: tuple(headings.index(name) for name in names if name in known)
        for column, names in layout.columns.items()
        if known.intersection(names)
    }
    return Heading(layout.tool, places, bool(FIRST & known))
