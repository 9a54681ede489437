"""XML as a tree with line numbers, read without anything that could hurt: no DTD, no entities, no depth without end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from .base import Broken

MAX_DEPTH = 100  # of elements; deep trees exhaust the stack of whoever walks them
MAX_ELEMENTS = 150_000  # 2,000 questions have about 60,000

Child: TypeAlias = "Element | str"


@dataclass(slots=True)
class Element:
    """An element without its namespace prefix. `line` is where it began, 0 for one that was never in a file."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    line: int = 0

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def elements(self, *names: str) -> Iterator["Element"]:
        """The children that are elements, of these names or of any."""
        return (child for child in self.children if isinstance(child, Element) and (not names or child.name in names))

    def first(self, *path: str) -> "Element | None":
        """The first element down this path of names."""
        here: Element | None = self
        for name in path:
            here = next(here.elements(name), None) if here else None
        return here

    def walk(self) -> Iterator["Element"]:
        """All elements below, in the order of the document."""
        for child in self.elements():
            yield child
            yield from child.walk()

    def find(self, *names: str) -> "Element | None":
        """The first element of these names anywhere below."""
        return next((element for element in self.walk() if element.name in names), None)

    def text(self) -> str:
        """All text below, as it stands."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def inner(self) -> str:
        """What is inside, as markup."""
        return "".join(escape(child) if isinstance(child, str) else serialise(child) for child in self.children)


class _Builder:
    """Builds the tree from expat's events."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse
        self.open = [Element("")]
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise Broken("Plik ma za dużo elementów albo za głęboko zagnieżdżone.", place=self.place())
        attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(":")[2], attributes, line=self.parser.CurrentLineNumber)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, data: str) -> None:
        self.open[-1].children.append(data)

    def refuse(self, *_declaration: object) -> int:
        raise Broken(
            "Plik ma deklarację DTD albo encji. Ze względów bezpieczeństwa jej nie czytamy.", place=self.place()
        )

    def place(self) -> str:
        return f"wiersz {self.parser.CurrentLineNumber}"


def parse(content: bytes) -> Element:
    """The root. Raises `Broken` for XML that is not well formed, and for what only an attack needs."""
    builder = _Builder()
    try:
        builder.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Broken("To nie jest poprawny XML.", place=f"wiersz {error.lineno}") from None
    except (LookupError, ValueError):
        raise Broken("Plik podaje kodowanie znaków, którego nie znamy.") from None
    return next(builder.open[0].elements())


def serialise(element: Element) -> str:
    """The element as XML. Characters that XML cannot hold are left out."""
    attributes = "".join(f" {name}={_quoted(value)}" for name, value in element.attributes.items())
    inner = element.inner()
    return f"<{element.name}{attributes}>{inner}</{element.name}>" if inner else f"<{element.name}{attributes}/>"


def document(root: Element) -> bytes:
    """The root as a file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{serialise(root)}\n'.translate(FORBIDDEN).encode()


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


# Control characters and noncharacters that no XML 1.0 file may have (www.w3.org/TR/xml/#charsets).
FORBIDDEN = dict.fromkeys([*(set(range(32)) - {9, 10, 13}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
