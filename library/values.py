"""What a person typed into the fields of a template, read as people in Poland write it. Pure; nothing is kept.

Typed values come as text (`Typed`): a text for most fields, a tuple of choices for `choices`, "" or "on" for a
checkbox, and one mapping a row for `rows`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from .structure import Field, FieldKind

Typed = Mapping[str, "str | Sequence[str] | Sequence[Mapping[str, str]]"]
Simple = str | date | Decimal | bool | tuple[str, ...] | None
Row = Mapping[str, Simple]
Values = Mapping[str, "Simple | tuple[Row, ...]"]

NBSP = "\xa0"
LONGEST_TEXT, LONGEST_LONG_TEXT = 500, 10_000  # characters
LARGEST_NUMBER = Decimal(10) ** 12
MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_LAST_PRINTED = 0xFFFF  # pictures and emoji come after it
_DAY_FIRST = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_NUMBER = re.compile(r"-?\d+(,\d+)?")
# Signs that change the direction or the look of the text around them, and what cannot be printed at all.
_HIDDEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c")

REQUIRED = "Wypełnij to pole."
REQUIRED_CHECK = "Zaznacz to pole."
REQUIRED_CHOICE = "Wybierz jedną z\xa0możliwości."
UNKNOWN_CHOICE = "Wybierz jedną z\xa0podanych możliwości."
NO_DATE = "Podaj datę, na przykład 7.10.2026."
NO_SUCH_DAY = "Takiego dnia nie ma w\xa0kalendarzu. Sprawdź dzień i\xa0miesiąc."
NO_NUMBER = "Podaj liczbę, na przykład 12 albo 12,5."
NO_AMOUNT = "Podaj kwotę, na przykład 1250 albo 1250,50."
HIDDEN_SIGN = "W\xa0tekście jest niewidoczny znak, którego nie można wydrukować. Wpisz ten tekst jeszcze raz."
_MISSING = {FieldKind.CHOICE: REQUIRED_CHOICE, FieldKind.CHECKBOX: REQUIRED_CHECK}


class Invalid(ValueError):
    """A value that cannot be what its field asks for; the text says in Polish what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a field; in a row, `row` counts from 0 and `column` names it."""

    field: str
    text: str
    row: int | None = None
    column: str = ""


class Faults(ValueError):
    """All that is wrong with what was typed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.text}" for fault in faults))
        self.faults = tuple(faults)


def read(fields: Sequence[Field], typed: Typed) -> Values:
    """The values of all fields. Names that are no fields are passed over. Raises `Faults`."""
    values: dict[str, Simple | tuple[Row, ...]] = {}
    faults: list[Fault] = []
    for field in fields:
        given = typed.get(field.name, "")
        try:
            if field.kind is FieldKind.ROWS:
                values[field.name] = _rows(field, given, faults)
            else:
                values[field.name] = parse(field, given)
        except Invalid as error:
            faults.append(Fault(field.name, str(error)))
    if faults:
        raise Faults(faults)
    return values


def parse(field: Field, given: object) -> Simple:
    """One value, not of `rows`. None or "" for a field that was left empty. Raises `Invalid`."""
    if field.kind is FieldKind.CHOICES:
        return _choices(field, given)
    text = cleaned(given if isinstance(given, str) else "")
    if field.required and not text:
        raise Invalid(_MISSING.get(field.kind, REQUIRED))
    if field.kind is FieldKind.CHECKBOX:
        return bool(text)
    if not text:
        return "" if field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE} else None
    match field.kind:
        case FieldKind.DATE:
            return parse_date(text)
        case FieldKind.NUMBER | FieldKind.AMOUNT:
            return _bounded(field, parse_number(field, text))
        case FieldKind.CHOICE:
            return _choice(field, text)
        case _:
            return _text(field, text)


def cleaned(text: str) -> str:
    """Text in one form of Unicode, with plain line breaks and no blanks around. Raises `Invalid` for hidden signs."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for sign in text:
        if sign in _HIDDEN or (unicodedata.category(sign) in _UNPRINTABLE and sign not in "\n\t"):
            raise Invalid(HIDDEN_SIGN)
        if ord(sign) > _LAST_PRINTED or unicodedata.category(sign) == "So":
            raise Invalid(f"Znaku „{sign}” nie można wydrukować. Usuń go.")
    return text


def parse_date(text: str) -> date:
    """A day as „7.10.2026”, „7 października 2026 r.” or what a date field of a browser sends. Raises `Invalid`."""
    text = " ".join(text.lower().removesuffix("r.").split())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _IN_WORDS.fullmatch(text)) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS.index(found[2]) + 1, int(found[3])
    else:
        raise Invalid(NO_DATE)
    if not 1900 <= year <= 2200:
        raise Invalid(NO_DATE)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Invalid(NO_SUCH_DAY) from error


def parse_number(field: Field, text: str) -> Decimal:
    """A number as „1 250,50”, with „zł” or the field's unit where somebody typed it. Raises `Invalid`."""
    wrong = NO_AMOUNT if field.kind is FieldKind.AMOUNT else NO_NUMBER
    text = text.removesuffix("zł" if field.kind is FieldKind.AMOUNT else field.unit or "\0")
    # A point before one or two digits at the end is what a keypad gives for the comma.
    text = re.sub(r"\.(?=\d{1,2}$)", ",", "".join(text.split()))
    if not _NUMBER.fullmatch(text):
        raise Invalid(wrong)
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise Invalid(wrong) from error
    places = 2 if field.kind is FieldKind.AMOUNT else field.decimals
    if -int(number.as_tuple().exponent) > places:
        raise Invalid(f"Podaj najwyżej {places} cyfry po przecinku." if places else "Podaj liczbę całkowitą.")
    return number


def shown(field: Field, value: Simple) -> str:
    """A value as it is printed: „7 października 2026 r.”, „1 250,50 zł”, „tak”."""
    match value:
        case None:
            return ""
        case bool():
            return "tak" if value else "nie"
        case date():
            return f"{value.day}\xa0{MONTHS[value.month - 1]} {value.year}\xa0r."
        case Decimal():
            unit = "zł" if field.kind is FieldKind.AMOUNT else field.unit
            number = f"{value:,.2f}" if field.kind is FieldKind.AMOUNT else f"{value:,}"
            return f"{number.replace(',', ' ').replace('.', ',').replace(' ', NBSP)}{NBSP + unit if unit else ''}"
        case tuple():
            return ", ".join(value)
        case _:
            return value


def _rows(field: Field, given: object, faults: list[Fault]) -> tuple[Row, ...]:
    rows = [row for row in given if isinstance(row, Mapping)] if isinstance(given, Sequence) else []
    if len(rows) > field.most:
        raise Invalid(f"Najwięcej wierszy: {field.most}. Usuń część wierszy.")
    filled = [(number, row) for number, row in enumerate(rows) if any(str(value).strip() for value in row.values())]
    if field.required and len(filled) < max(field.least, 1):
        raise Invalid(f"Najmniej wierszy: {max(field.least, 1)}. Wypełnij brakujące.")
    return tuple(_row(field, number, row, faults) for number, row in filled)


def _row(field: Field, number: int, row: Mapping[str, object], faults: list[Fault]) -> Row:
    values: dict[str, Simple] = {}
    for column in field.columns:
        try:
            values[column.name] = parse(column, row.get(column.name, ""))
        except Invalid as error:
            faults.append(Fault(field.name, str(error), row=number, column=column.name))
    return values


def _text(field: Field, text: str) -> str:
    most = LONGEST_LONG_TEXT if field.kind is FieldKind.LONG_TEXT else LONGEST_TEXT
    if len(text) > most:
        raise Invalid(f"Ten tekst jest za długi. Zmieść się w\xa0{most} znakach, teraz jest ich {len(text)}.")
    return text if field.kind is FieldKind.LONG_TEXT else " ".join(text.split())


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        raise Invalid(UNKNOWN_CHOICE)
    return text


def _choices(field: Field, given: object) -> tuple[str, ...]:
    chosen = [given] if isinstance(given, str) and given else given if isinstance(given, Sequence) else []
    if any(choice not in field.choices for choice in chosen):
        raise Invalid(UNKNOWN_CHOICE)
    if field.required and not chosen:
        raise Invalid("Zaznacz co najmniej jedną możliwość.")
    return tuple(choice for choice in field.choices if choice in chosen)


def _bounded(field: Field, number: Decimal) -> Decimal:
    low, high = field.minimum, field.maximum
    if low is not None and number < low:
        raise Invalid(f"Podaj liczbę nie mniejszą niż {shown(field, low)}.")
    if high is not None and number > high:
        raise Invalid(f"Podaj liczbę nie większą niż {shown(field, high)}.")
    if abs(number) > LARGEST_NUMBER:
        raise Invalid("Ta liczba jest za duża.")
    return number
