"""What is read from an attendance report."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tool(StrEnum):
    """What wrote a report."""

    TEAMS = "teams"
    ZOOM = "zoom"
    WEBEX = "webex"
    CLICKMEETING = "clickmeeting"
    TABLE = "table"  # a plain table, typed by hand or kept by us


TITLES = {
    Tool.TEAMS: "Microsoft Teams",
    Tool.ZOOM: "Zoom",
    Tool.WEBEX: "Webex",
    Tool.CLICKMEETING: "ClickMeeting",
    Tool.TABLE: "tabela",
}


@dataclass(frozen=True, slots=True)
class Stay:
    """That somebody was in the meeting from one moment to another, as a line of the file says; the first line is 1.

    Both moments are aware. A person who joins again has another stay. `name` and `email` are as typed in the tool and
    may be empty, never both; whatever they hold, also `=1+1`, is text.
    """

    line: int
    name: str
    email: str
    joined: datetime
    left: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line of a file gave no stay, as a sentence after „Wiersz 14:”."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"Wiersz {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Report:
    """The stays of a file in its order, and the lines that could not be read.

    `starts_at` and `ends_at` are those of the meeting, where the file tells them.
    """

    tool: Tool
    encoding: str
    stays: tuple[Stay, ...]
    faults: tuple[Fault, ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class Unreadable(ValueError):
    """A file that is no attendance report we know; its text says in Polish what it is and what to do."""
