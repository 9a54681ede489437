"""Puts texts into the marks of a Word file. Runs in a process of its own: see `sandbox`.

docxtpl compiles whatever stands between braces in the XML, descriptions of pictures included. So the very source that
is about to be compiled is checked against the grammar of marks, and the environment below would refuse the rest.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import TemplateError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from lxml import etree

from . import grammar, package
from .faults import BadMark, Refused
from .filled import NOT_FILLED, Context, Shown

ENDS = "\ue000"  # private use: nobody can type it
NOT_FILLED_IN = (
    "Tego pliku nie udało się wypełnić. Sprawdź znaczniki w\xa0miejscach, w\xa0których są tabele i\xa0pola tekstowe."
)
# What docxtpl, python-docx and Jinja raise on files that Word could not have written.
_FAILURES = (TemplateError, BadMark, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, TypeError, IndexError)
_MARK = re.compile(r"\{([{%]).*?[}%]\}", re.DOTALL)
_CONDITION = re.compile(r"\{%\s*(if\s[^%]*|elif\s[^%]*|else|endif)\s*%\}")
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
# Tags between runs, but not those that end a paragraph.
_TAGS = r"((?:<(?!/?w:p[ >])[^>]*>)*)"
# „2026 r.” before another „r.” or a full stop, „zł” before another „zł”.
_TWICE = (
    (re.compile(rf"r\.{ENDS}{_TAGS}(?:[ \xa0]+r\.|\.(?!\.))"), r"r.\1"),
    (re.compile(rf"zł{ENDS}{_TAGS}[ \xa0]+zł\b"), r"zł\1"),
)
_PERSONAL = ("extended-properties", "custom-properties", "thumbnail", "people")


class _Value:
    """A value in a mark: prints its text, is true where it is filled in, equals what was chosen."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def __str__(self) -> str:
        return (self._shown.text + (ENDS if self._shown.text.endswith(("r.", "zł")) else "")) or NOT_FILLED

    def __bool__(self) -> bool:
        return self._shown.is_met

    def __eq__(self, other: object) -> bool:
        return other == self._shown.text or other in self._shown.chosen

    def __hash__(self) -> int:
        return hash(self._shown.text)


class _Row:
    """A row of a field; its columns can only be reached through the environment."""

    def __init__(self, columns: Mapping[str, Shown]) -> None:
        self._columns = columns

    def column(self, name: str) -> _Value:
        return _Value(self._columns.get(name, Shown("")))


class _Nothing(Undefined):
    """A mark without a field."""

    def __str__(self) -> str:
        return NOT_FILLED


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja without functions, filters, tests, arithmetic and attributes. Compiles only what the grammar allows."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Nothing, cache_size=0)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def from_string(self, source: str | nodes.Template, *arguments: Any, **options: Any) -> Any:
        grammar.check(self.parse(source) if isinstance(source, str) else source)
        return super().from_string(source, *arguments, **options)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, _Row):
            return obj.column(attribute)
        if isinstance(obj, LoopContext) and attribute == "index":
            return obj.index
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        raise SecurityError("subscript")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(operator)

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        raise SecurityError(operator)

    def is_safe_callable(self, obj: Any) -> bool:
        return False


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, but strict about the XML that it makes. With `is_blank` all conditions are printed."""

    def __init__(self, data: bytes, *, is_blank: bool) -> None:
        super().__init__(io.BytesIO(data))
        self._is_blank = is_blank

    def patch_xml(self, src_xml: str) -> str:
        xml = _MARK.sub(lambda found: _plain(found.group()), super().patch_xml(src_xml))
        return "".join(_unconditional(xml)) if self._is_blank else xml

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        xml = str(super().render_xml_part(src_xml, part, context, jinja_env))
        for pattern, once in _TWICE:
            xml = pattern.sub(once, xml)
        return xml.replace(ENDS, "")

    def fix_tables(self, xml: str) -> Any:
        # docxtpl would repair what a misplaced mark has broken, and lose text.
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        return super().fix_tables(xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Properties hold no marks."""


def render(data: bytes, context: Context, *, is_blank: bool = False) -> bytes:
    """The Word file with these texts in its marks, and nothing in it about its author. Raises `Refused`."""
    package.check(data)
    values = {name: _value(given) for name, given in context.items()}
    try:
        template = _Template(data, is_blank=is_blank)
        template.render(values, _Environment(), autoescape=True)
        _forget_author(template.docx)
        written = io.BytesIO()
        template.save(written)
        package.check(written.getvalue())
        Document(io.BytesIO(written.getvalue()))
    except Refused:
        raise
    except _FAILURES:
        # Without the reason: it may quote what somebody typed.
        raise Refused(NOT_FILLED_IN) from None
    return written.getvalue()


def _value(given: Shown | list[Mapping[str, Shown]]) -> _Value | tuple[_Row, ...]:
    return _Value(given) if isinstance(given, Shown) else tuple(_Row(row) for row in given)


def _plain(mark: str) -> str:
    """A mark as its author typed it, with straight quotes."""
    for escaped, sign in _ESCAPED.items():
        mark = mark.replace(escaped, sign)
    return grammar.straightened(mark)


def _unconditional(xml: str) -> Iterator[str]:
    """The source without conditions: both sides are printed, within a line with a stroke between them."""
    at = 0
    for found in _CONDITION.finditer(xml):
        yield xml[at : found.start()]
        tag = xml.rfind("<", 0, found.start())
        is_in_line = xml.startswith(("<w:t>", "<w:t "), tag)
        if is_in_line and found[1].startswith("el"):
            yield " / "
        at = found.end()
    yield xml[at:]


def _forget_author(document: Any) -> None:
    """Leave of the properties only the title. Names, companies and times of people who wrote the file are theirs."""
    properties = document.core_properties
    title = properties.title
    for element in list(properties._element):
        properties._element.remove(element)
    properties.title = title
    for owner in (document.part.package, document.part):
        for key in [key for key, rel in owner.rels.items() if rel.reltype.rsplit("/", 1)[-1] in _PERSONAL]:
            del owner.rels[key]
