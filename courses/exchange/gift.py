"""GIFT, Moodle's format for typing questions (docs.moodle.org/en/GIFT_format): from text to questions."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .base import Broken, Found, LeftOut, Problem, Progress, Step
from .categories import from_moodle
from .draft import Draft
from .gift_answers import ESCAPED, Answers, read_answers, unescaped
from .text_formats import to_html

KIND = "GIFT"
ESCAPE = re.compile(r"\\([\\:#={}~n])")
EXTRA = re.compile(r"// \[extra:(\{.*\})\]\s*")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
TEXT_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
BLANK = "_____"  # what Moodle shows where the answers stood in the middle of a sentence


@dataclass(slots=True)
class Block:
    """What stands between blank lines: comments gone, escapes replaced by single characters.

    `first` is the number of its first line, comments included; `tags` and `extra` stand in comments, the latter what
    our own export could not say in GIFT.
    """

    first: int
    lines: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def start(self) -> int:
        """The first line that says something."""
        return self.first + next(number for number, line in enumerate(self.lines) if line.strip())

    def line_at(self, position: int) -> int:
        return self.first + self.text.count("\n", 0, position)


def steps(text: str) -> Iterator[Step]:
    """The questions of a file, one after the other. A block that cannot be read is a fatal problem with its line."""
    blocks = list(_blocks(text))
    category: tuple[str, ...] = ()
    for number, block in enumerate(blocks, start=1):
        if switch := CATEGORY.match(block.text.strip()):
            category = from_moodle(switch[1].strip())
        else:
            yield from _question(block, category)
        yield Progress(number, len(blocks))


def _blocks(text: str) -> Iterator[Block]:
    block = Block(first=1)
    for number, line in enumerate(text.split("\n"), start=1):
        kept = "" if line.lstrip().startswith("//") else ESCAPE.sub(lambda found: ESCAPED[found[1]], line)
        if not line.strip() or CATEGORY.match(line):
            yield from _whole(block)
            yield from _whole(Block(number, [line]))
            block = Block(first=number + 1)
            continue
        block.lines.append(kept)
        if not kept and (extra := EXTRA.fullmatch(line)):
            block.extra = _extra(extra[1])
        elif not kept:
            block.tags += [tag.replace("\\]", "]") for tag in TAG.findall(line)]
    yield from _whole(block)


def _whole(block: Block) -> Iterator[Block]:
    if any(line.strip() for line in block.lines):
        yield block


def _extra(text: str) -> Mapping[str, Any]:
    """What our export wrote in a comment; a comment of somebody else is a comment."""
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError):
        return {}


def _question(block: Block, category: tuple[str, ...]) -> Iterator[Found | Problem]:
    place = f"wiersz {block.start}"
    try:
        before, inside, after = _cut(block)
    except Broken as error:
        yield error.problem
        return
    draft = Draft(place, KIND)
    draft.tags = block.tags
    try:
        if inside is None:
            raise LeftOut("Opis bez nawiasu { } z odpowiedziami nie jest pytaniem.")
        yield from _read(draft, block, (before, inside, after), category)
    except LeftOut as reason:
        yield draft.left_out(str(reason))


def _cut(block: Block) -> tuple[str, str | None, str]:
    """The text before the answers, the answers, and the text after; None where there are none. Raises `Broken`."""
    text = block.text
    opening, closing = text.find("{"), text.find("}")
    if opening == closing == -1:
        return text, None, ""
    if opening == -1 or -1 < closing < opening:
        raise _broken(block, closing, "Nawias } nie ma przed sobą nawiasu {.")
    second = text.find("{", opening + 1)
    if -1 < second < closing or (closing == -1 and second > -1):
        raise _broken(block, second, "Nawias { stoi wewnątrz innego nawiasu {.")
    if closing == -1:
        raise _broken(block, opening, "Nawias { nie ma pary }.")
    if (more := re.search(r"[{}]", text[closing + 1 :])) is not None:
        raise _broken(block, closing + 1 + more.start(), f"Po odpowiedziach stoi jeszcze jeden nawias {more[0]}.")
    return text[:opening], text[opening + 1 : closing], text[closing + 1 :]


def _broken(block: Block, position: int, reason: str) -> Broken:
    line = block.line_at(position)
    where = f" Pytanie zaczyna się w wierszu {block.start}." if line != block.start else ""
    hint = " Nawias, który jest częścią tekstu, poprzedź znakiem \\."
    return Broken(reason + where + hint, place=f"wiersz {line}", kind=KIND)


def _read(
    draft: Draft, block: Block, cut: tuple[str, str, str], category: tuple[str, ...]
) -> Iterator[Found | Problem]:
    before, inside, after = cut
    title = ""
    if name := NAME.match(before):
        title, before = unescaped(name[1]), before[name.end() :]
    text_format = "moodle"
    if given := TEXT_FORMAT.match(before):
        text_format, before = given[1], before[given.end() :]
    answers = read_answers(draft, inside, text_format, block.extra, in_sentence=bool(after.strip()))
    draft.kind = answers.moodle
    kind, data = _with_text(draft, answers, (before, after), text_format)
    yield from draft.question(kind, title, data, category)


def _with_text(draft: Draft, answers: Answers, around: tuple[str, str], text_format: str) -> tuple[str, dict[str, Any]]:
    """The question's kind and data."""
    before, after = (unescaped(part) for part in around)
    if answers.kind == "gaps":
        html = to_html(f"{before.rstrip(chr(10))}\ufdd00\ufdd1{after}", text_format)
        return "gaps", {"text": draft.with_gaps(html, [answers.words]), "feedback": answers.data["feedback"]}
    whole = f"{before} {BLANK} {after}" if after.strip() and _says(after) else before + after
    return answers.kind, {"text": draft.rich(to_html(whole, text_format)), **answers.data}


def _says(after: str) -> bool:
    """Whether there is more after the answers than the end of a paragraph or a full stop."""
    return bool(re.sub(r"</?\w+[^>]*>|[.\s]", "", after))
