"""The versions of a document as its editors see them, drafts included."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wagtail.models import Page

from library.timeline import Dated, State, timeline

if TYPE_CHECKING:
    from library.models import VersionPage


@dataclass(frozen=True, slots=True)
class Row:
    """A version in the list. `state` is None for a draft; `is_settled` says that it no longer changes."""

    version: "VersionPage"
    state: State | None
    words: str

    @property
    def is_settled(self) -> bool:
        return self.state in {State.CURRENT, State.ARCHIVED}

    @property
    def has_paper(self) -> bool:
        return self.version.is_filled_in

    @property
    def has_pdf(self) -> bool:
        return bool(self.version.source == "structured")


def versions_of(document: Page, today: date) -> list[Row]:
    """The versions, newest first. Two queries."""
    pages = sorted(Page.objects.child_of(document).specific(), key=lambda page: page.number, reverse=True)
    dated = {page.pk: Dated(page.pk, page.number, page.in_force_on) for page in pages if page.live}
    order = timeline(list(dated.values()), today)
    rows = []
    for page in pages:
        state = order.state_of(dated[page.pk]) if page.pk in dated else None
        rows.append(Row(page, state, _words(state, page)))
    return rows


def _words(state: State | None, page: "VersionPage") -> str:
    day = f"{page.in_force_on:%d.%m.%Y}"
    match state:
        case State.CURRENT:
            return f"obowiązuje od {day}"
        case State.UPCOMING:
            return f"od {day}"
        case State.ARCHIVED:
            return f"archiwalna, od {day}"
        case _:
            return "projekt"
