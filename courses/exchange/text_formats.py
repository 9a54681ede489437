"""The formats in which Moodle keeps a text, as HTML."""

import html
import re

from .rich_text import KNOWN

FORMATS = ("html", "moodle", "plain", "markdown")
# As Moodle XML calls them, and as GIFT does.
NAMES = {
    "html": "html",
    "moodle_auto_format": "moodle",
    "moodle": "moodle",
    "plain_text": "plain",
    "plain": "plain",
    "markdown": "markdown",
}

HARMLESS = (
    "span u s strike code kbd var samp tt font small big mark q cite abbr nolink dfn tbody thead tfoot colgroup col"
)
TAGS = "|".join(sorted(KNOWN | set(HARMLESS.split())))
LONE_LESS = re.compile(rf"<(?!/?(?:{TAGS})\b|!--)", re.IGNORECASE)
BLOCK = re.compile(r"<(?:p|div|br|ul|ol|table|h[1-6]|pre|blockquote)\b", re.IGNORECASE)
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
MAX_MARKDOWN = 5_000  # characters; in longer texts, to look for the end of each mark takes too long
EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])", re.DOTALL)


def to_html(text: str, text_format: str) -> str:
    """The text as HTML. Of Markdown: paragraphs, bold and italic; the rest stays as it was typed."""
    text = text.strip()
    if text_format == "html":
        return text
    if text_format == "plain":
        return "<br/>".join(html.escape(text, quote=False).split("\n"))
    text = LONE_LESS.sub("&lt;", text)
    if text_format == "markdown":
        marked = EMPHASIS.sub(r"<i>\2</i>", STRONG.sub(r"<b>\2</b>", text)) if len(text) <= MAX_MARKDOWN else text
        paragraphs = re.split(r"\n\s*\n", marked)
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return text if BLOCK.search(text) else "<br/>".join(line.strip() for line in text.split("\n"))
