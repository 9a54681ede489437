"""Questions of every kind with everything that formats trip over: marks of their grammars, HTML, Polish, images."""

import html
from collections.abc import Sequence
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from courses.exchange import Found, Image
from courses.exchange.rich_text import clean, one_line
from courses.questions import KINDS, InvalidQuestion, load

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
GIF = b"GIF89a" + b"another picture"
IMAGES = (
    Image("exchange:1", "1.png", "Mapa „gmin” & <powiatów>", PNG, "image/png"),
    Image("exchange:2", "2.gif", "", GIF, "image/gif"),
)

LETTERS = "abcXYZąęółśźżćńŁŚ 0123456789\xa0"
MARKS = "~=#{}:\\%*|/[]<>&\"'$^_-+.,;!?()„”–²√→\ufffd"
WORD = st.text(LETTERS + MARKS, min_size=1, max_size=12)
TRAPS = st.sampled_from(
    [
        "%50% ludzi",
        "%100%",
        "-> dalej",
        "a -> b",
        "// komentarz",
        "[html] x",
        "[[1]]",
        "{1:SHORTANSWER:=x}",
        "{1:MULTICHOICE:=x~y}",
        "::tytuł::",
        "####",
        "$CATEGORY: x",
        "TRUE",
        "T",
        "Prawda",
        "\\n",
        "\\\\*",
        "*",
        "a*b",
        "\\frac{1}{2}",
        "$$x^2_i$$",
        "a < b && c > d",
        "&amp; &#126; &nbsp;",
        "]]>",
        "<!-- x -->",
        "=1",
        "#5",
        "@@PLUGINFILE@@/x.png",
    ]
)
LINE = st.one_of(WORD, TRAPS, st.builds("{} {}".format, WORD, TRAPS)).map(lambda text: one_line(text).strip())


def lines(least: int, most: int = 5) -> st.SearchStrategy[list[str]]:
    """Lines that are not alike and say something, also to those who take `<...>` for a mark."""
    said = LINE.filter(lambda text: bool(text.strip("<>")) and "<" not in text[:1] and bool(text.split("<")[0].strip()))
    return st.lists(said, min_size=least, max_size=most, unique_by=lambda text: " ".join(text.split()).casefold())


def _inline(text: str) -> str:
    return html.escape(text, quote=False)


@st.composite
def rich_texts(draw: st.DrawFn, *, images: Sequence[Image] = (), least: int = 1) -> str:
    """Rich text as our editor keeps it."""
    blocks = []
    for _number in range(draw(st.integers(least, 3))):
        text = _inline(draw(LINE))
        form = draw(st.integers(0, 6 if images else 5))
        blocks.append(
            [
                f"<p>{text}</p>",
                f"<p>{text} <b>{_inline(draw(LINE))}</b></p>",
                f'<p><a href="https://example.org/?a=1&amp;b=2">{text}</a> {_inline(draw(LINE))}</p>',
                f"<ul><li>{text}</li><li>x<ul><li><i>{_inline(draw(LINE))}</i></li></ul></li></ul>",
                f"<ol><li>{text}</li></ol>",
                f"<p>{text}<br/>y</p>",
                "<p>Rysunek: {}</p>".format(
                    "".join(f'<img src="{i.source}" alt="{html.escape(i.alt)}"/>' for i in images)
                ),
            ][form]
        )
    known = {image.source for image in images}
    return clean(
        "".join(blocks), lambda src, alt: f'<img src="{src}" alt="{html.escape(alt)}"/>' if src in known else None
    ).html


FEEDBACK = st.just("") | rich_texts()


@st.composite
def questions(draw: st.DrawFn, kind: str = "") -> Found:
    """A question of this kind, or of any."""
    kind = kind or draw(st.sampled_from(sorted(KINDS)))
    images = IMAGES if draw(st.booleans()) else ()
    data: dict[str, Any] = {"text": draw(rich_texts(images=images)), "feedback": draw(FEEDBACK)}
    data |= draw(PARTS[kind](images))
    if kind == "gaps":
        data["text"] = data.pop("gaps") + data["text"]
    used = tuple(image for image in images if image.source in str(data))
    try:
        load(kind, data)
    except InvalidQuestion:
        assume(False)
    title = draw(LINE.filter(bool))
    category = tuple(draw(st.lists(LINE.filter(lambda t: bool(t) and "$" not in t and t != "top"), max_size=3)))
    tags = tuple(draw(st.lists(LINE.filter(lambda text: bool(text) and "\\" not in text), max_size=2, unique=True)))
    return Found(kind=kind, title=title, data=data, category=category, tags=tags, images=used)


@st.composite
def _options(draw: st.DrawFn, images: Sequence[Image], *, many: bool) -> dict[str, Any]:
    texts = draw(lines(2))
    right = draw(st.integers(0, len(texts) - 1))
    also = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    pictures = st.none() | st.sampled_from([{"src": image.source, "alt": image.alt} for image in images] or [None])
    return {
        "options": [
            {
                "text": text,
                "image": draw(pictures),
                "correct": number == right or (many and also[number]),
                "feedback": draw(FEEDBACK),
            }
            for number, text in enumerate(texts)
        ]
    }


@st.composite
def _number(draw: st.DrawFn, _images: Sequence[Image]) -> dict[str, Any]:
    whole, rest = (
        draw(st.integers(-(10**15), 10**15)),
        draw(st.text("0123456789", max_size=6).map(lambda digits: digits.rstrip("0"))),
    )
    tolerance = draw(st.sampled_from(["0", "0,5", "12", "0,000001"]))
    unit = draw(st.just("") | LINE.filter(lambda text: 0 < len(text) <= 40))
    return {"answer": f"{whole},{rest}".rstrip(","), "tolerance": tolerance, "unit": unit}


@st.composite
def _gaps(draw: st.DrawFn, _images: Sequence[Image]) -> dict[str, Any]:
    words = LINE.filter(lambda text: bool(text) and not set(text) & set("{}|<\xa0"))
    gaps = draw(st.lists(st.lists(words, min_size=1, max_size=3, unique=True), min_size=1, max_size=3))
    text = "".join(f"Luka: {{{{{'|'.join(map(_inline, accepted))}}}}}. " for accepted in gaps)
    return {"gaps": f"<p>{text.strip()}</p>"}


@st.composite
def _pairs(draw: st.DrawFn, _images: Sequence[Image]) -> dict[str, Any]:
    lefts, rights = draw(lines(2)), draw(lines(2, 8))
    pairs = [{"left": left, "right": draw(st.sampled_from(rights[:2]))} for left in lefts]
    return {"pairs": pairs, "extra": rights[2:]}


@st.composite
def _accepted(draw: st.DrawFn, _images: Sequence[Image]) -> dict[str, Any]:
    texts = [" ".join(text.split()) for text in draw(lines(1, 4))]
    percents = [100, *(draw(st.integers(1, 100)) for _text in texts[1:])]
    return {
        "accepted": [
            {"text": text, "percent": percent, "feedback": draw(FEEDBACK)}
            for text, percent in zip(texts, percents, strict=True)
        ],
        "ignore_diacritics": draw(st.booleans()),
    }


@st.composite
def _criteria(draw: st.DrawFn, _images: Sequence[Image]) -> dict[str, Any]:
    least = draw(st.integers(0, 200))
    return {
        "criteria": [{"text": text, "points": draw(st.integers(1, 100))} for text in draw(lines(1))],
        "guidance": draw(FEEDBACK),
        "min_words": least,
        "max_words": draw(st.sampled_from([0, least + 100])),
    }


PARTS: dict[str, Any] = {
    "single_choice": lambda images: _options(images, many=False),
    "multiple_choice": lambda images: _options(images, many=True),
    "true_false": lambda _images: st.fixed_dictionaries({"answer": st.booleans()}),
    "number": _number,
    "gaps": _gaps,
    "matching": _pairs,
    "ordering": lambda _images: lines(2).map(lambda items: {"items": items}),
    "short_text": _accepted,
    "open_text": _criteria,
}
