"""The paragraphs of a Word file in the order in which people read them, each with its place and the marks in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .parts import MC, Element, W, main_part, parse, related

QUOTED = 40  # characters of a paragraph that its place quotes
MARK_BEGINS = ("{{", "{%", "{#")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BEGIN = re.compile(r"\{[{%#]")
_BEGIN_OR_END = re.compile(r"\{[{%#]|[}%]\}")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Found:
    """A mark as it stands in a paragraph. `is_torn` where its pieces lie in different links or controls."""

    text: str
    start: int
    end: int
    is_torn: bool = False


@dataclass(slots=True)
class Text:
    """A paragraph. `holder` is what it lies in, `cell`, `row` and `table` the nearest ones around it, if any."""

    place: str
    holder: Element
    cell: Element | None = None
    row: Element | None = None
    table: Element | None = None
    text: str = ""
    # Where each run begins in the text, and what holds the run.
    runs: list[tuple[int, Element]] = field(default_factory=list)

    @property
    def quoted(self) -> str:
        """The place with the beginning of the text."""
        text = " ".join(self.text.split())
        short = text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()}…"
        return f"{self.place}: „{short}”" if short else self.place

    def row_text(self) -> str:
        """All that the row around the paragraph says."""
        return "" if self.row is None else "".join(self.row.itertext()).strip()

    def marks(self) -> Iterator[Found]:
        """The marks of the paragraph, and with an empty `text` one that is begun but not closed, or closed only."""
        at = 0
        while begin := _BEGIN_OR_END.search(self.text, at):
            opening = begin.group()
            if opening not in _ENDS:
                yield Found("", begin.start(), begin.end())
                at = begin.end()
                continue
            end = self.text.find(_ENDS[opening], begin.end())
            other = _BEGIN.search(self.text, begin.end())
            if end < 0 or (other and other.start() < end and opening != "{#"):
                yield Found("", begin.start(), other.start() if other else len(self.text))
                at = other.start() if other else len(self.text)
                continue
            at = end + 2
            yield self._found(begin.start(), at)

    def _found(self, start: int, end: int) -> Found:
        # docxtpl drops tabs and line breaks inside a mark.
        text = self.text[start:end].replace("\t", "").replace("\n", "")
        holders = [holder for begin, holder in self.runs if begin < end]
        first = max((number for number, (begin, _) in enumerate(self.runs) if begin <= start), default=0)
        return Found(text, start, end, is_torn=any(holder is not holders[first] for holder in holders[first:]))


@dataclass(slots=True)
class Part:
    """One part of the file whose marks are filled in: the text itself, a header, a footer, the footnotes."""

    name: str
    texts: list[Text]
    # Marks where nobody looks: in descriptions of pictures, in codes of fields.
    hidden: list[str]


def parts_of(files: Mapping[str, bytes]) -> list[Part]:
    """The parts in which docxtpl fills marks in, headers first. Raises `Refused`."""
    main = main_part(files)
    found = [("nagłówek strony", name) for name in related(files, main, "header")]
    found.append(("", main))
    found += [("przypis", name) for name in related(files, main, "footnotes")]
    found += [("stopka strony", name) for name in related(files, main, "footer")]
    return [_part(place, name, files[name]) for place, name in dict.fromkeys(found) if name in files]


def others_with_marks(files: Mapping[str, bytes]) -> list[str]:
    """The names of texts whose marks nobody fills in: endnotes, comments."""
    main = main_part(files)
    names = [name for kind in ("endnotes", "comments") for name in related(files, main, kind) if name in files]
    return [name for name in names if any(sign in "".join(parse(files[name]).itertext()) for sign in MARK_BEGINS)]


def has_element(files: Mapping[str, bytes], *tags: str) -> bool:
    """Whether the text itself holds one of these elements of Word."""
    return next(parse(files[main_part(files)]).iter(*(W + tag for tag in tags)), None) is not None


def _part(place: str, name: str, data: bytes) -> Part:
    root = parse(data)
    walk = _Walk(place)
    walk.go(root, Text(place, root))
    hidden = [walk.last_place(place) for element in root.iter() if _hides_mark(element)]
    return Part(name, walk.texts, hidden)


def _hides_mark(element: Element) -> bool:
    values = list(element.attrib.values())
    if element.tag != f"{W}t" and element.text:
        values.append(element.text)
    return any(sign in value for value in values for sign in MARK_BEGINS)


@dataclass(slots=True)
class _Walk:
    """Goes through a part and counts what people would count: paragraphs that say something, tables, their rows."""

    place: str
    texts: list[Text] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def last_place(self, place: str) -> str:
        return place or "opis obrazu lub kod pola"

    def go(self, element: Element, around: Text) -> None:
        for child in element.iterchildren():
            if child.tag == f"{W}p":
                self._paragraph(child, around)
            elif child.tag == f"{W}tbl":
                self._table(child, around)
            elif child.tag != f"{MC}Fallback":
                self.go(child, around)

    def _table(self, table: Element, around: Text) -> None:
        number = ""
        if around.table is None:
            self.tables += 1
            number = f"{self.place}, tabela {self.tables}" if self.place else f"tabela {self.tables}"
        for count, row in enumerate(table.iter(f"{W}tr"), 1):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            place = f"{number}, wiersz {count}" if number else around.place
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    self.go(cell, Text(place, cell, cell, row, table))

    def _paragraph(self, paragraph: Element, around: Text) -> None:
        text = Text(around.place, paragraph.getparent(), around.cell, around.row, around.table)
        boxes: list[Element] = []
        self._read(paragraph, text, boxes)
        if text.text.strip():
            self.paragraphs += not text.place
            text.place = text.place or f"akapit {self.paragraphs}"
            self.texts.append(text)
        for box in boxes:
            self.go(box, Text("pole tekstowe", box))

    def _read(self, element: Element, text: Text, boxes: list[Element]) -> None:
        """The text of a paragraph, without that of the text boxes in it."""
        for child in element.iterchildren():
            if child.tag == f"{W}txbxContent":
                boxes.append(child)
            elif child.tag == f"{W}t":
                text.runs.append((len(text.text), element.getparent()))
                text.text += child.text or ""
            elif child.tag in _SIGNS and element.tag == f"{W}r":
                text.text += _SIGNS[child.tag]
            elif child.tag != f"{MC}Fallback":
                self._read(child, text, boxes)
