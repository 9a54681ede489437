"""Reads the marks in a Word file: which fields they ask for, what is wrong with them and where. Executes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from library.structure import Field, FieldKind

from . import guessing, texts
from .faults import BadMark
from .grammar import LOOP, ONLY_INDEX, Kind, Mark, Use, parse
from .nesting import Nesting
from .package import contents
from .texts import Found, Part, Text

MOST_MARKS = 3_000
MOST_MISTAKES = 100

BROKEN = "Znacznik „{text}” nie kończy się w\xa0tym akapicie. Zapisz cały znacznik w\xa0jednym akapicie."
STRAY = "Koniec znacznika bez początku. Zapisz cały znacznik w\xa0jednym akapicie."
TORN = "Znacznik zaczyna się w\xa0odsyłaczu lub polu, a\xa0kończy poza nim. Wpisz go od nowa jednym ciągiem."
OUTSIDE_TABLE = "Litery tr działają tylko w\xa0wierszu tabeli. Poza tabelą użyj {%p … %}."
TAKES_PARAGRAPH = "Akapit z\xa0tym znacznikiem znika z\xa0dokumentu. Przenieś resztę jego tekstu do innego akapitu."
TAKES_ROW = "Wiersz tabeli z\xa0tym znacznikiem znika z\xa0dokumentu. Przenieś resztę jego tekstu do innego wiersza."
HIDDEN = "Znacznik stoi tu w\xa0opisie obrazu, odsyłaczu lub kodzie pola. Usuń go stamtąd."
TRACKED = "Plik ma śledzone zmiany. Zaakceptuj je lub odrzuć wszystkie i\xa0zapisz plik."
COMMENTED = "Plik ma komentarze. Usuń je wszystkie i\xa0zapisz plik."
NOT_FILLED = "W\xa0przypisie końcowym ani w\xa0komentarzu nie wypełniamy znaczników. Przenieś je do treści."
BOTH = "„{name}” jest raz zwykłym polem, a\xa0raz listą wierszy pętli. Nadaj im różne nazwy."
SHADOW = "„{name}” oznacza wiersz pętli, a\xa0gdzie indziej pole. Nadaj im różne nazwy."
NOT_IN_LOOP = "„{name}.{column}” ma sens tylko w\xa0pętli {{% for {name} in … %}}."
WHOLE_ROW = "„{name}” to cały wiersz pętli. Podaj kolumnę: {name}.kolumna."
NO_COLUMNS = "Pętla po „{name}” nie używa żadnej kolumny. Wpisz w\xa0niej {{{{ {variable}.kolumna }}}}."
TOO_MANY = f"W\xa0pliku jest ponad {MOST_MARKS} znaczników. Dalszych nie sprawdziliśmy."
NO_MARKS = "W\xa0pliku nie ma żadnego znacznika. Zapisz pola jako {{ nazwa }}."
WHOLE_FILE = "cały plik"

_TORN_UP = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a marked file. `place` is where its author finds it: „akapit 12: „Strony ustalają…””."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What a marked file asks for. It can be filled in where there are no `mistakes`.

    `places` says where each name first stands; a column is „pole.kolumna” there. `text_lines` are for searching and
    comparing: places to fill in as „[Etykieta]”.
    """

    fields: tuple[Field, ...]
    mistakes: tuple[Mistake, ...]
    text_lines: tuple[str, ...]
    places: Mapping[str, str]


@dataclass(slots=True)
class _Known:
    """What the marks say of one name."""

    name: str
    is_printed: bool = False
    is_alone: bool = False
    is_rows: bool = False
    compared: list[str] = field(default_factory=list)
    columns: dict[str, "_Known"] = field(default_factory=dict)

    def use(self, use: Use, *, is_alone: bool) -> None:
        self.is_printed = self.is_printed or use.is_printed
        self.is_alone = self.is_alone or (use.is_printed and is_alone)
        if use.compared is not None and use.compared not in self.compared:
            self.compared.append(use.compared)

    def field(self) -> Field:
        label = guessing.label_of(self.name)
        if self.is_rows:
            columns = tuple(column.field() for column in self.columns.values())
            return Field(name=self.name, label=label, kind=FieldKind.ROWS, columns=columns)
        if set(self.compared) - {"tak", "nie", ""}:
            return Field(name=self.name, label=label, kind=FieldKind.CHOICE, choices=tuple(filter(None, self.compared)))
        if self.compared or not self.is_printed:
            return Field(name=self.name, label=label, kind=FieldKind.CHECKBOX)
        return Field(name=self.name, label=label, kind=guessing.kind_of(self.name, is_alone=self.is_alone))


def read(data: bytes) -> Marked:
    """The fields that the marks ask for, in the order of the text, and all mistakes at once. Raises `Refused`."""
    files = contents(data)
    reader = _Reader()
    parts = texts.parts_of(files)
    for part in parts:
        reader.part(part)
    reader.whole(files)
    fields = tuple(known.field() for known in reader.names.values())
    lines = tuple(line for part in parts for line in _lines(part))
    return Marked(fields, tuple(reader.mistakes[:MOST_MISTAKES]), lines, reader.places)


def against(marked: Marked, fields: Sequence[Field]) -> list[Mistake]:
    """Where the marks and the fields that the editor settled on do not fit each other."""
    known = {given.name: given for given in fields}
    mistakes = []
    for asked in marked.fields:
        mistakes += _missing(marked, asked, known.get(asked.name))
    names = {asked.name for asked in marked.fields}
    for given in fields:
        if given.name not in names:
            mistakes.append(Mistake(given.label, f"Pole „{given.name}” nie ma znacznika w\xa0pliku."))
    return mistakes


def _missing(marked: Marked, asked: Field, given: Field | None) -> list[Mistake]:
    place = marked.places.get(asked.name, WHOLE_FILE)
    if given is None:
        return [Mistake(place, f"Znacznik „{asked.name}” nie ma swojego pola. Dodaj je albo usuń znacznik.")]
    if (asked.kind is FieldKind.ROWS) != (given.kind is FieldKind.ROWS):
        wanted = "wierszami" if asked.kind is FieldKind.ROWS else "jedną wartością"
        return [Mistake(place, f"„{asked.name}” w\xa0pliku jest polem z\xa0{wanted}, a\xa0w\xa0formularzu nie.")]
    columns, wanted_columns = {column.name for column in given.columns}, [column.name for column in asked.columns]
    mistakes = [
        Mistake(marked.places.get(f"{asked.name}.{name}", place), f"Kolumny „{name}” nie ma w\xa0polu „{asked.name}”.")
        for name in wanted_columns
        if name not in columns
    ]
    return mistakes + [
        Mistake(f"{given.label} → {column.label}", f"Kolumna „{column.name}” nie ma znacznika w\xa0pliku.")
        for column in given.columns
        if column.name not in wanted_columns
    ]


class _Reader:
    """Goes through the marks of a file in their order."""

    def __init__(self) -> None:
        self.names: dict[str, _Known] = {}
        self.places: dict[str, str] = {}
        self.mistakes: list[Mistake] = []
        self.rows: dict[str, Text] = {}  # names of loops' rows
        self.marks = 0
        self.is_open = False  # a mark was begun in an earlier paragraph

    def report(self, text: Text, mistake: str) -> None:
        found = Mistake(text.quoted, mistake)
        if found not in self.mistakes:
            self.mistakes.append(found)

    def part(self, part: Part) -> None:
        nesting = Nesting(self.report)
        self.is_open = False
        for text in part.texts:
            for found in text.marks():
                self.marks += 1
                if self.marks <= MOST_MARKS:
                    self._mark(text, found, nesting)
        nesting.finish()
        self.mistakes += [Mistake(place, HIDDEN) for place in part.hidden]

    def whole(self, files: Mapping[str, bytes]) -> None:
        """What only shows once all is read."""
        for name, text in self.rows.items():
            if name in self.names:
                self.report(text, SHADOW.format(name=name))
        for name, known in self.names.items():
            place = self.places[name]
            if known.is_rows and (known.is_printed or known.compared):
                self.mistakes.append(Mistake(place, BOTH.format(name=name)))
            elif known.is_rows and not known.columns:
                self.mistakes.append(Mistake(place, NO_COLUMNS.format(name=name, variable="wiersz")))
        checks = {
            TOO_MANY: self.marks > MOST_MARKS,
            TRACKED: texts.has_element(files, *_TORN_UP),
            COMMENTED: texts.has_element(files, "commentReference", "commentRangeStart"),
            NOT_FILLED: bool(texts.others_with_marks(files)),
            NO_MARKS: not self.marks,
        }
        self.mistakes += [Mistake(WHOLE_FILE, text) for text, is_so in checks.items() if is_so]

    def _mark(self, text: Text, found: Found, nesting: Nesting) -> None:
        if not found.text:
            self._unfinished(text, found)
            return
        self.is_open = False
        if found.is_torn:
            self.report(text, TORN)
        try:
            mark = parse(found.text)
        except BadMark as error:
            self.report(text, f"{_short(found.text)}: {error}")
            return
        if mark.reach:
            self._reach(text, found, mark)
        for use in mark.uses:
            self._use(text, use, nesting.loops(), is_alone=text.text.strip() == found.text)
        if mark.kind is Kind.FOR:
            self._loop(text, mark)
        nesting.see(mark, text)

    def _unfinished(self, text: Text, found: Found) -> None:
        begun = text.text[found.start : found.end]
        if begun[0] == "{":
            self.report(text, BROKEN.format(text=_short(begun)))
            self.is_open = True
        elif not self.is_open:
            self.report(text, STRAY)
        else:
            self.is_open = False

    def _reach(self, text: Text, found: Found, mark: Mark) -> None:
        """What a mark takes with it when it goes."""
        if mark.reach == "tr" and text.row is None:
            self.report(text, OUTSIDE_TABLE)
        elif mark.reach == "tr" and text.row_text() != found.text.strip():
            self.report(text, TAKES_ROW)
        elif mark.reach == "p" and text.text.strip() != found.text:
            self.report(text, TAKES_PARAGRAPH)

    def _use(self, text: Text, use: Use, loops: Mapping[str, str], *, is_alone: bool) -> None:
        if use.name == LOOP:
            if not loops or use.column != "index" or not use.is_printed:
                self.report(text, ONLY_INDEX)
        elif use.name in loops and use.column:
            rows = loops[use.name]
            column = self._known(text, rows).columns.setdefault(use.column, _Known(use.column))
            self.places.setdefault(f"{rows}.{use.column}", text.quoted)
            column.use(use, is_alone=is_alone)
        elif use.column:
            self.report(text, NOT_IN_LOOP.format(name=use.name, column=use.column))
        elif use.name in loops:
            self.report(text, WHOLE_ROW.format(name=use.name))
        else:
            self._known(text, use.name).use(use, is_alone=is_alone)

    def _loop(self, text: Text, mark: Mark) -> None:
        self.rows.setdefault(mark.variable, text)
        self._known(text, mark.rows).is_rows = True

    def _known(self, text: Text, name: str) -> _Known:
        self.places.setdefault(name, text.quoted)
        return self.names.setdefault(name, _Known(name))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _lines(part: Part) -> list[str]:
    """The paragraphs as lines; those of one row of a table as one, its cells divided by „ | ”."""
    lines: list[str] = []
    last: Text | None = None
    for text in part.texts:
        shown = _shown(text)
        if not shown:
            continue
        if last is not None and text.row is not None and text.row is last.row:
            lines[-1] += (" " if text.cell is last.cell else " | ") + shown
        else:
            lines.append(shown)
        last = text
    return lines


def _shown(text: Text) -> str:
    """A paragraph with labels instead of the marks that print something, and a stroke between two sides of a choice."""
    pieces, at = [], 0
    for found in text.marks():
        pieces += [text.text[at : found.start], _label(found)]
        at = found.end
    shown = " ".join("".join([*pieces, text.text[at:]]).split())
    return "" if shown == "/" else shown


def _label(found: Found) -> str:
    try:
        mark = parse(found.text) if found.text else None
    except BadMark:
        return found.text
    if mark is None or mark.kind in {Kind.ELIF, Kind.ELSE}:
        return " / " if mark else found.text
    if mark.kind is not Kind.VALUE:
        return ""
    use = mark.uses[0]
    return "" if use.name == LOOP else f"[{guessing.label_of(use.column or use.name)}]"
