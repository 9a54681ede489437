"""Aiken, the simplest format of Moodle (docs.moodle.org/en/Aiken_format): a question, lettered options, ANSWER."""

import re
from collections.abc import Iterator

from .base import Broken, LeftOut, Progress, Step
from .draft import Draft
from .rich_text import one_line
from .text_formats import to_html

KIND = "Aiken"
ANSWER = re.compile(r"^ANSWER:\s*([A-Z])\s*$", re.MULTILINE)
OPTION = re.compile(r"([A-Z])[.)] (.*)")


def steps(text: str) -> Iterator[Step]:
    """The questions of a file. A question without its answer is a fatal problem with its line."""
    rows = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    ends = [index for index, (_number, line) in enumerate(rows) if ANSWER.match(line)]
    for done, (start, end) in enumerate(zip([0, *(end + 1 for end in ends)], ends, strict=False), start=1):
        yield from _question(rows[start:end], ANSWER.match(rows[end][1]))
        yield Progress(done, len(ends))
    if rows and (not ends or ends[-1] < len(rows) - 1):
        line = rows[ends[-1] + 1][0] if ends else rows[0][0]
        yield Broken("Pytanie nie kończy się wierszem ANSWER.", place=f"wiersz {line}", kind=KIND).problem


def _question(rows: list[tuple[int, str]], answer: re.Match[str] | None) -> Iterator[Step]:
    draft = Draft(f"wiersz {rows[0][0]}" if rows else "", KIND)
    options = [option for _number, line in rows if (option := OPTION.fullmatch(line))]
    texts = [line for _number, line in rows if not OPTION.fullmatch(line)]
    key = answer[1] if answer else ""
    rows_of_options = [
        {"text": one_line(option[2]), "image": None, "correct": option[1] == key, "feedback": ""} for option in options
    ]
    try:
        text = draft.rich(to_html("\n".join(texts), "moodle"))
        data = {"text": text, "feedback": "", "options": rows_of_options}
        yield from draft.question("single_choice", "", data)
    except LeftOut as reason:
        yield draft.left_out(str(reason))
