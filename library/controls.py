"""The web form of a template as a page shows it: its groups, and for each field a control with what was typed. Pure.

What every control needs beside its field: an id, what its buttons send, and the words that belong to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from library.forms import NEW_KEY, Place, RowAction, RowChange, TypedRow, TypedValues, cell_name, input_name, rows_of
from library.structure import Field, FieldKind, Prefill
from library.values import NBSP, Fault, shown

# More choices than these are a list that unfolds.
MOST_RADIOS = 7
FORMATS = {FieldKind.DATE: f"np.{NBSP}7.10.2026", FieldKind.AMOUNT: f"zł, np.{NBSP}1250,50"}
SHORT = frozenset({FieldKind.DATE, FieldKind.NUMBER, FieldKind.AMOUNT})


@dataclass(frozen=True, slots=True)
class Option:
    """A choice and the number by which it is sent."""

    number: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One input, or the inputs of one choice. `kind` says how it looks: input, textarea, select, radios, checks, check.

    `format` is how to write what is asked for, `own` that the value comes from the person's institution.
    """

    kind: str
    field: Field
    id: str
    value: str = ""
    options: tuple[Option, ...] = ()
    format: str = ""
    limits: str = ""
    inputmode: str = ""
    error: str = ""
    own: bool = False
    focused: bool = False

    @property
    def described_by(self) -> str:
        """The ids of the texts that belong to the input."""
        texts = {
            "opis": bool(self.field.help or self.limits),
            "dane": self.own,
            "blad": bool(self.error),
        }
        return " ".join(f"{self.id}-{name}" for name, is_there in texts.items() if is_there)

    @property
    def is_short(self) -> bool:
        return self.field.kind in SHORT

    @property
    def nothing_chosen(self) -> bool:
        return not any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its controls; `number` counts from 1. The buttons' values are what they send."""

    key: str
    number: int
    total: int
    controls: tuple[Control, ...]
    remove: str
    up: str
    down: str
    focused: str = ""  # the action whose button takes the focus

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.total


@dataclass(frozen=True, slots=True)
class RowsControl:
    """The rows of a field. `blank` is the row that browsers copy."""

    field: Field
    id: str
    rows: tuple[Row, ...]
    blank: Row
    add: str
    error: str = ""
    focused: bool = False  # the button that adds a row takes the focus
    kind: str = "rows"

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= self.field.most

    @property
    def described_by(self) -> str:
        texts = {"opis": bool(self.field.help), "blad": bool(self.error)}
        return " ".join(f"{self.id}-{name}" for name, is_there in texts.items() if is_there)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; the fields without a group have none."""

    number: int
    title: str
    controls: tuple[Control | RowsControl, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What was typed, and what belongs to it: faults, what is known of the institution, the row that changed."""

    typed: TypedValues
    faults: Sequence[Fault] = ()
    known: Mapping[Prefill, str] = field(default_factory=dict)
    change: RowChange | None = None

    def error_at(self, name: str, row: int | None = None, column: str = "") -> str:
        found = (fault for fault in self.faults if (fault.field, fault.row, fault.column) == (name, row, column))
        return " ".join(fault.text for fault in found)

    def is_own(self, asked: Field, value: str) -> bool:
        return bool(value) and self.known.get(asked.prefill) == value


def groups_of(fields: Sequence[Field], showing: Showing) -> list[Group]:
    """The form, each group once, where its first field stands."""
    titles = dict.fromkeys(asked.group for asked in fields)
    return [
        Group(number, title, tuple(_control(asked, showing) for asked in fields if asked.group == title))
        for number, title in enumerate(titles, 1)
    ]


def errors_of(fields: Sequence[Field], faults: Sequence[Fault]) -> Iterator[dict[str, str]]:
    """The faults as the error summary lists them: each leads to its control."""
    by_name = {asked.name: asked for asked in fields}
    for fault in faults:
        asked = by_name[fault.field]
        column = next((column for column in asked.columns if column.name == fault.column), None)
        place = Place(asked, column, fault.row)
        yield {"text": f"{place.label} – {fault.text}", "href": f"#{place.id}-pole"}


def _control(asked: Field, showing: Showing) -> Control | RowsControl:
    if asked.kind is FieldKind.ROWS:
        return _rows(asked, showing)
    value = showing.typed.get(asked.name, "")
    control = _input(asked, input_name(asked), value, in_row=False)
    own = isinstance(value, str) and showing.is_own(asked, value)
    return replace(control, error=showing.error_at(asked.name), own=own)


def _input(asked: Field, name: str, value: object, *, in_row: bool) -> Control:
    chosen = value if isinstance(value, tuple) else (value,)
    return Control(
        kind=_kind(asked, in_row=in_row),
        field=asked,
        id=name,
        value=value if isinstance(value, str) else "",
        options=tuple(Option(number, text, text in chosen) for number, text in enumerate(asked.choices, 1)),
        format=FORMATS.get(asked.kind, asked.unit),
        limits=_limits(asked),
        inputmode=_inputmode(asked),
    )


def _kind(asked: Field, *, in_row: bool) -> str:
    match asked.kind:
        case FieldKind.LONG_TEXT:
            return "textarea"
        case FieldKind.CHECKBOX:
            return "check"
        case FieldKind.CHOICES:
            return "checks"
        case FieldKind.CHOICE:
            return "select" if in_row or len(asked.choices) > MOST_RADIOS else "radios"
        case _:
            return "input"


def _limits(asked: Field) -> str:
    """The bounds of a number in words."""
    low = "" if asked.minimum is None else shown(asked, asked.minimum)
    high = "" if asked.maximum is None else shown(asked, asked.maximum)
    if low and high:
        return f"Od {low} do {high}."
    return f"Najmniej {low}." if low else f"Najwięcej {high}." if high else ""


def _inputmode(asked: Field) -> str:
    """Which keys a telephone shows. Those for numbers lack the minus, and the point of a date."""
    if asked.kind not in {FieldKind.NUMBER, FieldKind.AMOUNT} or (asked.minimum or 0) < 0:
        return ""
    return "decimal" if asked.kind is FieldKind.AMOUNT or asked.decimals else "numeric"


def _rows(asked: Field, showing: Showing) -> RowsControl:
    rows, change = rows_of(showing.typed, asked), showing.change
    changed = change if change and change.field == asked else None
    total = len(rows)
    return RowsControl(
        asked,
        input_name(asked),
        tuple(_row(asked, number, total, row, showing) for number, row in enumerate(rows)),
        _blank(asked),
        str(RowChange(RowAction.ADD, asked)),
        showing.error_at(asked.name),
        focused=bool(changed and changed.row >= total),
    )


def _row(asked: Field, number: int, total: int, row: TypedRow, showing: Showing) -> Row:
    """A row that counts from 0. After a change, its first input or the button that was pressed takes the focus."""
    change = showing.change
    changed = change.action if change and change.field == asked and change.row == number else None
    controls = []
    for place, column in enumerate(asked.columns):
        value = row.get(column.name, "")
        control = _input(column, cell_name(asked, number, column), value, in_row=True)
        controls.append(
            replace(
                control,
                error=showing.error_at(asked.name, number, column.name),
                own=number == 0 and showing.is_own(column, value),
                focused=place == 0 and changed in {RowAction.ADD, RowAction.REMOVE},
            )
        )
    return _framed(asked, str(number), number, total, tuple(controls), focused=changed or "")


def _blank(asked: Field) -> Row:
    controls = (_input(column, cell_name(asked, NEW_KEY, column), "", in_row=True) for column in asked.columns)
    return _framed(asked, NEW_KEY, 0, 1, tuple(controls))


def _framed(
    asked: Field, key: str, number: int, total: int, controls: tuple[Control, ...], *, focused: str = ""
) -> Row:
    remove, up, down = (
        str(RowChange(action, asked, number)) for action in (RowAction.REMOVE, RowAction.UP, RowAction.DOWN)
    )
    return Row(key, number + 1, total, controls, remove, up, down, focused)
