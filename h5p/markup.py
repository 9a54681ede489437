"""Texts of strangers made safe: HTML by lists of what is allowed, plain text by escaping.

The rules are those of H5P's core, except that elements which load or run something are never allowed, whatever a
library asks for.
"""

import math
import re
from collections import Counter
from collections.abc import Set as AbstractSet
from html import unescape
from typing import Any

import nh3

from h5p.semantics import Text

# Parsing takes time that grows with the square of the depth of elements. Longer and deeper texts are none for
# learners: they are shown as they are written, without markup.
MOST_LETTERS = 500_000
MOST_DEPTH = 1_000
MOST_LEVELS = 100
# Misplaced elements (a table in a link) read differently when they are written out, so that cleaning goes on until
# nothing changes. Real texts need two rounds.
_MOST_ROUNDS = 6

ALWAYS_ALLOWED = frozenset({"div", "span", "p", "br"})
_TABLE = frozenset(["table", "tr", "td", "th", "colgroup", "col", "thead", "tbody", "tfoot", "figure", "figcaption"])
_RELATED = {
    "table": _TABLE,
    "b": frozenset({"strong"}),
    "i": frozenset({"em"}),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "del": frozenset({"s"}),
    "strike": frozenset({"s"}),
}
SAFE_TAGS = (
    ALWAYS_ALLOWED
    | _TABLE
    | frozenset(
        [
            "a",
            "abbr",
            "acronym",
            "address",
            "article",
            "aside",
            "b",
            "bdi",
            "bdo",
            "big",
            "blockquote",
            "caption",
            "center",
            "cite",
            "code",
            "dd",
            "del",
            "details",
            "dfn",
            "dl",
            "dt",
            "em",
            "font",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "label",
            "legend",
            "li",
            "main",
            "mark",
            "nav",
            "ol",
            "pre",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "section",
            "small",
            "strike",
            "strong",
            "sub",
            "summary",
            "sup",
            "time",
            "tt",
            "u",
            "ul",
            "var",
            "wbr",
        ]
    )
)
PROTOCOLS = {"ftp", "http", "https", "mailto"}
_STYLED = frozenset(["span", "p", "div", "h1", "h2", "h3", "table", "col", "figure", "td", "th", "li"])
# Words, not addresses: a colon in them names no protocol.
_WORDS = frozenset({"alt", "title", "class", "style", "lang", "summary", "datetime"})
_LONGEST_ATTRIBUTE_NAME = 96
# Every letter a name may begin with, so that the filter of attributes below sees them all.
_ANY_NAME = set("abcdefghijklmnopqrstuvwxyz")

_COLOUR = r"(#[0-9a-f]{3,8}|[a-z]{1,30}|(rgb|hsl)a?\([0-9.,% ]{1,40}\))"
_LENGTH = r"-?[0-9.]{1,10} ?(px|em|rem|%|pt|ex|ch|cm|mm|in|vw|vh)?"
_LENGTHS = rf"({_LENGTH}|auto)( {_LENGTH}| auto){{0,3}}"


def _declaration(names: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"({names}) ?: ?{value}", re.IGNORECASE)


_ALIGN = (_declaration("text-align", "(center|left|right)"),)
_FONT = {
    "size": _declaration("font-size", _LENGTH),
    "family": _declaration("font-family", r"[-a-z0-9 ,'\"]{1,200}"),
    "color": _declaration("color", _COLOUR),
    "background": _declaration("background-color", _COLOUR),
    "spacing": _declaration("letter-spacing", _LENGTH),
    "height": _declaration("line-height", _LENGTH),
}
_CELLS = (
    _declaration("border(-(top|right|bottom|left))?(-(style|width|color))?", rf"(({_LENGTH}|{_COLOUR})( |$)){{1,3}}"),
    _declaration("vertical-align", "(top|middle|bottom|baseline)"),
    _declaration("padding(-(top|right|bottom|left))?", _LENGTHS),
    _declaration("(width|height)", rf"({_LENGTH}|auto)"),
    _declaration("float", "(left|right|none)"),
    _declaration("border-collapse", "(collapse|separate)"),
    _declaration("background-color", _COLOUR),
)

# Halves of a pair of surrogates: JSON can hold them, but neither UTF-8 nor the parser of HTML.
_HALF_LETTER = re.compile(r"[\ud800-\udfff]")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)", re.IGNORECASE)
# What browsers ignore in front of and inside a protocol.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_RUNS = re.compile(r"(javascript|vbscript|livescript):|data:text/", re.IGNORECASE)
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_VOID = frozenset(["br", "col", "hr", "img", "wbr"])
_PROTOCOL = re.compile(r"([^/?#:]*):")


def escape(text: str) -> str:
    """Plain text as HTML; what is escaped already stays so."""
    text = _BARE_AMPERSAND.sub("&amp;", whole_letters(text))
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#039;")


def whole_letters(text: str) -> str:
    """The text with a replacement sign for each letter that is only half of one."""
    return text if text.isascii() else _HALF_LETTER.sub("\ufffd", text)


def is_finite(number: float) -> bool:
    """Whether JSON can hold it. A package may say 1e999, which Python reads as infinite."""
    return isinstance(number, int) or math.isfinite(number)


def clean(text: str, field: Text) -> str:
    """HTML with nothing but what a field allows; all of it escaped if it allows none."""
    if field.tags is None:
        return escape(text)
    known = SAFE_TAGS & field.tags
    tags = ALWAYS_ALLOWED.union(known, *(_RELATED.get(tag, ()) for tag in known))
    declarations = _ALIGN + tuple(rule for name, rule in _FONT.items() if name in field.fonts)
    if "table" in tags:
        declarations += _CELLS
    return _clean(text, tags, declarations)


def clean_stranger(value: Any, level: int = 0) -> Any:
    """A value that nothing describes: its shape stays, its texts and keys lose all that could run.

    Too deep parts are None, and infinite numbers.
    """
    if isinstance(value, str):
        return _clean_unknown(value)
    if isinstance(value, float):
        return value if is_finite(value) else None
    if level >= MOST_LEVELS:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, dict):
        return {_key(key): clean_stranger(inner, level + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [clean_stranger(inner, level + 1) for inner in value]
    return value


def _key(key: str) -> str:
    """Programs look values up by their keys, so that these change only where they hold an element."""
    return escape(key) if "<" in key else whole_letters(key)


def has_safe_protocol(address: str) -> bool:
    """A relative address, or one of a protocol that shows or loads and never runs."""
    match = _PROTOCOL.match(_IGNORED.sub("", unescape(unescape(address))))
    return match is None or match[1].lower() in PROTOCOLS


def _clean_unknown(text: str) -> str:
    text = whole_letters(text)
    if "<" in text:
        text = _clean(text, SAFE_TAGS, _ALIGN + tuple(_FONT.values()) + _CELLS)
    return "" if _RUNS.match(_IGNORED.sub("", unescape(unescape(text)))) else text


def _clean(text: str, tags: AbstractSet[str], declarations: tuple[re.Pattern[str], ...]) -> str:
    text = whole_letters(text)
    if len(text) > MOST_LETTERS or _is_too_deep(text):
        return escape(text)
    if "<" not in text and "&" not in text and ">" not in text:
        return text

    def keep(tag: str, name: str, value: str) -> str | None:
        if name.startswith("on") or len(name) > _LONGEST_ATTRIBUTE_NAME or name == "srcset":
            return None
        if name == "style":
            return _style(value, declarations) if tag in _STYLED else None
        is_words = name in _WORDS or name.startswith(("data-", "aria-"))
        return value if is_words or has_safe_protocol(value) else None

    for _round in range(_MOST_ROUNDS):
        cleaned = nh3.clean(
            text,
            tags=set(tags),
            attributes={},
            generic_attribute_prefixes=_ANY_NAME,
            attribute_filter=keep,
            url_schemes=PROTOCOLS,
            link_rel=None,
        )
        if cleaned == text:
            return cleaned
        text = cleaned
    return escape(text)


def _is_too_deep(text: str) -> bool:
    """Whether elements may be nested more than `MOST_DEPTH` deep. Texts with many tags must be written plainly."""
    if text.count("<") <= MOST_DEPTH:
        return False
    opened: Counter[str] = Counter()
    for piece in text.split("<")[1:]:
        tag = _TAG.match(piece)
        if tag is None or ">" not in piece or tag[2].lower() not in SAFE_TAGS:
            return True
        name = tag[2].lower()
        if not tag[1]:
            opened[name] += name not in _VOID
        elif opened[name]:
            opened[name] -= 1
        if opened.total() > MOST_DEPTH:
            return True
    return False


def _style(value: str, declarations: tuple[re.Pattern[str], ...]) -> str | None:
    """Those declarations that match a rule as a whole; None if there are none."""
    parts = (" ".join(part.split()) for part in value[:2000].split(";"))
    kept = [part for part in parts if any(rule.fullmatch(part) for rule in declarations)]
    return "; ".join(kept) + ";" if kept else None
