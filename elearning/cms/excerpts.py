"""The beginning of a text, for lists and feeds. Pure."""

import re
from html import unescape

MOST = 220  # characters
TAG = re.compile(r"<[^>]*>")
# Characters that no XML may hold (XML 1.0 §2.2); they get into texts with what is pasted.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(html: str) -> str:
    """The words of rich text in one line."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def excerpt(html: str, *, most: int = MOST) -> str:
    """The first words of rich text, at most that many characters, with „…” where something is left out."""
    text = plain(html)
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut if text[most - 1] == " " else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:–-") + "…"


def writable(text: str) -> str:
    """The text without the characters that would break a feed."""
    return UNWRITABLE.sub("", text)
