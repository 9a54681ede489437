"""A list of people to invite, as it is typed or saved by a spreadsheet: a person in each line. Pure.

„imię nazwisko; e-mail; instytucja”, or only the address. Columns are parted by semicolons, tabs or commas.
"""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from elearning.cms.words import fold

# Longer lists are no list of people whom somebody knows.
MOST_LINES = 2_000
LONGEST_NAME, LONGEST_EMAIL = 200, 254


class TooLong(ValueError):
    """The list has more lines than anybody invites; nothing of it is read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list. `fault` says why nobody is invited by it, `note` what is left out of it."""

    number: int
    name: str
    email: str
    institution: str
    institution_id: int | None = None
    fault: str = ""
    note: str = ""


def decoded(raw: bytes) -> str:
    """The text of a file as Polish spreadsheets write it: UTF-8 with its mark or without, else Windows-1250."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1250", errors="replace")


def lines_of(text: str, institutions: Mapping[str, int], invited: Collection[str]) -> list[Line]:
    """The people of the list. `institutions` are those of the register by their folded names; `invited` addresses.

    A head is left out. Raises `TooLong`.
    """
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    if len(rows) > MOST_LINES:
        raise TooLong(len(rows))
    if rows and "@" not in rows[0][1] and "mail" in rows[0][1].lower():
        rows = rows[1:]
    return list(_checked(rows, institutions, {address.lower() for address in invited}))


def _checked(
    rows: Sequence[tuple[int, str]], institutions: Mapping[str, int], invited: Collection[str]
) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for number, row in rows:
        name, email, institution = _cells(row)
        fault = _fault(name, email) or (f"Ten adres jest już w\xa0wierszu {seen[email]}." if email in seen else "")
        if not fault and email in invited:
            fault = "Ten adres ma już zaproszenie."
        seen.setdefault(email, number)
        key = institutions.get(fold(institution)) if institution else None
        is_unknown = bool(institution) and key is None
        note = "Tej instytucji nie ma w\xa0rejestrze. Zaprosimy bez niej." if is_unknown and not fault else ""
        yield Line(number, name, email, institution, key, fault, note)


def _cells(row: str) -> tuple[str, str, str]:
    """The name, the address and the institution of a line; the address is the first cell with „@”."""
    delimiter = next((sign for sign in ";\t" if sign in row), ",")
    cells = [" ".join(cell.split()) for cell in next(csv.reader([row], delimiter=delimiter), [])]
    place = next((place for place, cell in enumerate(cells) if "@" in cell), min(1, len(cells) - 1))
    return " ".join(cells[:place]).strip(), cells[place].lower(), " ".join(cells[place + 1 :]).strip()


def _fault(name: str, email: str) -> str:
    if len(name) > LONGEST_NAME:
        return "Imię i\xa0nazwisko są za długie."
    try:
        validate_email(email)
    except ValidationError:
        return "Popraw adres e-mail, na przykład ola@example.org."
    return "Adres e-mail jest za długi." if len(email) > LONGEST_EMAIL else ""
