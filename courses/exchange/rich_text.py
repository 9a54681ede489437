"""Text of other programs in the few marks our rich text knows: paragraphs, lists, bold, italic, links, images."""

import html
import re
from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

import nh3

from .base import LeftOut

BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "caption",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "dl",
        "dt",
        "dd",
        "address",
        "fieldset",
        "figure",
        "figcaption",
        "center",
    ]
)
LISTS = frozenset(("ul", "ol"))
BOLD, ITALIC = frozenset(("b", "strong")), frozenset(("i", "em"))
SCRIPTS = frozenset(("sup", "sub"))
MEDIA = frozenset(("audio", "video", "iframe", "object", "embed", "canvas"))
KNOWN = BLOCKS | LISTS | BOLD | ITALIC | SCRIPTS | MEDIA | {"li", "a", "br", "hr", "img", "td", "th"}
DANGEROUS = frozenset(("script", "style", "title", "noscript", "template"))
LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
MATH = re.compile(r"<(?:\w+:)?math[\s>]", re.IGNORECASE)
SPACES = re.compile(r"[ \t\n\r\f]+")
BREAKS = re.compile(r"</?(?:p|br|li|ul|ol)\b[^>]*>")
INLINE = re.compile(r"<[^>]*>")

# A text of a question has a few hundred characters; what is longer or deeper only costs time.
MAX_TEXT = 100_000
MAX_DEPTH = 20
CARRIED = re.compile(r"data:image/[^\"'\s>]*")

RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

# What stands for an image in our text, given its address and its description; None where there is no such image.
Images: TypeAlias = Callable[[str, str], str | None]
Style: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Rich text, and what of the original is not in it, in Polish."""

    html: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """A piece of a line in one style: text, or a mark that is no text (`is_mark`)."""

    text: str
    styles: frozenset[Style] = frozenset()
    is_mark: bool = False

    @property
    def is_break(self) -> bool:
        return self.is_mark and self.text == "<br/>"


@dataclass(slots=True)
class _Item:
    """An item of a list: its own line, and the lists below it."""

    runs: list[_Run] = field(default_factory=list)
    lists: list["_Listing"] = field(default_factory=list)


@dataclass(slots=True)
class _Listing:
    """A list: ul or ol."""

    tag: str
    items: list[_Item] = field(default_factory=list)


def clean(source: str, images: Images = lambda _src, _alt: None) -> Cleaned:
    """The text in our marks; what is already in them comes back as it was.

    Raises `LeftOut` for formulas in MathML, and for what is too long or too deep.
    """
    if len(source) - sum(map(len, CARRIED.findall(source))) > MAX_TEXT:
        raise LeftOut(f"Treść jest za długa. Może mieć najwyżej {MAX_TEXT} znaków.")
    if "<" not in source and "&" not in source:
        line = html.escape(one_line(source), quote=False)
        return Cleaned(f"<p>{line}</p>" if line else "", ())
    if MATH.search(source):
        raise LeftOut("Treść zawiera wzór w zapisie MathML, którego treść pytania nie przyjmuje.")
    safe = nh3.clean(
        source,
        tags=set(KNOWN),
        clean_content_tags=set(DANGEROUS),
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_schemes={"http", "https", "mailto", "tel", "data", "exchange"},
        link_rel=None,
    )
    writer = _Writer(images)
    writer.feed(safe)
    writer.close()
    writer.flush()
    return Cleaned("".join(writer.markup()), tuple(dict.fromkeys(writer.notes)))


def plain(rich: str) -> str:
    """Clean rich text as one line of text; hard spaces stay."""
    return one_line(html.unescape(INLINE.sub("", BREAKS.sub(" ", rich))))


def one_line(text: str) -> str:
    """The text with every run of ordinary spaces as one; hard spaces stay."""
    return SPACES.sub(" ", text).strip(" ")


class _Writer(HTMLParser):
    """Writes again, in our marks, what nh3 has made safe."""

    def __init__(self, images: Images) -> None:
        super().__init__(convert_charrefs=True)
        self.images = images
        self.notes: list[str] = []
        self.blocks: list[list[_Run] | _Listing] = []
        self.lists: list[_Listing] = []
        self.runs: list[_Run] = []
        self.styles: list[Style] = []
        self.script = ""
        self.skipped = 0
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in MEDIA:
            self.skipped += tag != "embed"
            self.notes.append("Pominięto film, nagranie albo inny osadzony materiał.")
        elif tag in BOLD | ITALIC | {"a"}:
            self.styles.append(self._style(tag, given))
            self._checked(self.styles)
        elif tag in SCRIPTS:
            self.script = tag
        elif tag == "br":
            self.runs.append(_Run("<br/>", is_mark=True))
        elif tag == "img":
            self._image(given)
        else:
            self._start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in MEDIA:
            self.skipped = max(0, self.skipped - 1)
        elif tag in BOLD | ITALIC | {"a"}:
            self.styles.pop()
        elif tag in SCRIPTS:
            self.script = ""
        elif tag in LISTS:
            self.flush()
            self.lists.pop()
        elif tag in BLOCKS or tag == "li":
            self.preformatted -= tag == "pre"
            self.flush()

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        styles = frozenset(style for style in self.styles if style[0])
        if self.preformatted and "\n" in data:
            for line in data.split("\n"):
                self.runs += [_Run(line, styles), _Run("<br/>", is_mark=True)]
            self.runs.pop()
        else:
            self.runs.append(_Run(self._script(data), styles))

    def flush(self) -> None:
        """End the line: it is a paragraph, or belongs to the open item of a list."""
        runs, self.runs = _trimmed(self.runs), []
        if not runs:
            return
        if not self.lists:
            self.blocks.append(runs)
            return
        items = self.lists[-1].items
        if not items or items[-1].lists:
            items.append(_Item())
        if items[-1].runs:
            items[-1].runs.append(_Run("<br/>", is_mark=True))
        items[-1].runs += runs

    def markup(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, _Listing):
                yield _list_markup(block)
            else:
                yield f"<p>{_line_markup(block)}</p>"

    def _start_block(self, tag: str) -> None:
        if tag in ("td", "th"):
            if self.runs:
                self.runs.append(_Run(" | "))
            return
        self.flush()
        self.preformatted += tag == "pre"
        if tag == "table":
            self.notes.append("Tabelę zamieniono na wiersze tekstu.")
        elif tag in LISTS:
            self._start_list(tag)
        elif tag == "li" and self.lists:
            self.lists[-1].items.append(_Item())

    def _start_list(self, tag: str) -> None:
        listing = _Listing(tag)
        if not self.lists:
            self.blocks.append(listing)
        else:
            items = self.lists[-1].items
            if not items:
                items.append(_Item())
            items[-1].lists.append(listing)
        self.lists.append(listing)
        self._checked(self.lists)

    @staticmethod
    def _checked(opened: Sized) -> None:
        """Raises `LeftOut` for marks inside marks inside marks."""
        if len(opened) > MAX_DEPTH:
            raise LeftOut("Treść ma za głęboko zagnieżdżone listy albo wyróżnienia.")

    def _style(self, tag: str, given: dict[str, str]) -> Style:
        """The style a tag stands for; ("", "") for a link that leads nowhere we allow."""
        if tag != "a":
            return ("b" if tag in BOLD else "i", "")
        href = given.get("href", "").strip()
        if LINK.fullmatch(href):
            return ("a", href)
        if href:
            self.notes.append("Pominięto odnośnik do miejsca poza tym plikiem; jego tekst został.")
        return ("", "")

    def _image(self, given: dict[str, str]) -> None:
        if self.skipped:
            return
        markup = self.images(given.get("src", ""), given.get("alt", ""))
        if markup is None:
            alt = one_line(given.get("alt", ""))
            self.runs.append(_Run(f"[obraz: {alt}]" if alt else "[obraz]"))
        else:
            self.runs.append(_Run(markup, is_mark=True))

    def _script(self, data: str) -> str:
        """Raised and lowered text in characters of its own, where there are any: 10² must not become 102."""
        if not self.script or not data.strip():
            return data
        written = data.translate(RAISED if self.script == "sup" else LOWERED)
        if not set(written) & set(data) - {" "}:
            return written
        self.notes.append("Indeks górny lub dolny zapisano znakami ^( ) albo _( ).")
        return f"{'^' if self.script == 'sup' else '_'}({data})"


def _trimmed(runs: list[_Run]) -> list[_Run]:
    """A line with single spaces, none at its ends and around breaks, and no break at its ends."""
    kept: list[_Run] = []
    at_space = True
    for run in runs:
        text = run.text if run.is_mark else SPACES.sub(" ", run.text)
        if run.is_break:
            _strip_end(kept)
        elif at_space and not run.is_mark:
            text = text.lstrip(" ")
        if not text:
            continue
        kept.append(_Run(text, run.styles, run.is_mark))
        at_space = run.is_break or (not run.is_mark and text.endswith(" "))
    _strip_end(kept)
    while kept and kept[-1].is_break:
        kept.pop()
        _strip_end(kept)
    while kept and kept[0].is_break:
        kept.pop(0)
    return kept


def _strip_end(runs: list[_Run]) -> None:
    while runs and not runs[-1].is_mark:
        runs[-1].text = runs[-1].text.rstrip(" ")
        if runs[-1].text:
            return
        runs.pop()


def _list_markup(listing: _Listing) -> str:
    """The list without its empty items; nothing where all are empty."""
    items = [_line_markup(item.runs) + "".join(map(_list_markup, item.lists)) for item in listing.items]
    rows = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<{listing.tag}>{rows}</{listing.tag}>" if rows else ""


def _line_markup(runs: list[_Run]) -> str:
    """The line with as few marks as its styles need, always in the same order."""
    parts: list[str] = []
    opened: list[Style] = []
    for run in runs:
        while not set(opened) <= run.styles and not run.is_break:
            parts.append(f"</{opened.pop()[0]}>")
        for style in sorted(run.styles - set(opened)):
            opened.append(style)
            parts.append(f'<a href="{html.escape(style[1])}">' if style[0] == "a" else f"<{style[0]}>")
        parts.append(run.text if run.is_mark else html.escape(run.text, quote=False))
    parts += [f"</{style[0]}>" for style in reversed(opened)]
    return "".join(parts)
