"""What stands in the braces of a GIFT question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .base import LeftOut
from .draft import Draft
from .rich_text import one_line
from .text_formats import to_html
from .weighed import WILDCARD, Weighed, decimal, literal, multiple_choice, number, percent, short_text, single_choice

# Escaped characters stand for themselves, as single characters that no text has, until the structure is read.
ESCAPED = {character: chr(0xFDD2 + index) for index, character in enumerate("\\:#={}~n")}
UNESCAPED = str.maketrans({mark: "\n" if character == "n" else character for character, mark in ESCAPED.items()})

WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d*)?)%")
ANSWER_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?", re.DOTALL)
ORDER = re.compile(r"\s*>\s*(\d*)([^\n]*)\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answers:
    """A kind of ours, its data without the text, and what Moodle calls it. `words` are those of a gap."""

    kind: str
    data: dict[str, Any]
    moodle: str
    words: list[str]


def read_answers(
    draft: Draft, inside: str, text_format: str, extra: Mapping[str, Any], *, in_sentence: bool
) -> Answers:
    """What the braces hold. Raises `LeftOut` for what no kind of ours can say.

    Accepted words `in_sentence`, with more text after them, are a gap where that says the same.
    """
    reader = _Reader(draft, text_format, extra, in_sentence)
    answers, _mark, feedback = inside.partition("####")
    order = ORDER.fullmatch(inside)
    general = "" if order else reader.rich(feedback)
    found = reader.ordering(order) if order else reader.typed(answers)
    data = {**found.data, "feedback": general + found.data.get("feedback", "")}
    return Answers(found.kind, data, found.moodle, found.words)


def unescaped(text: str) -> str:
    """The text with its escaped characters back in place."""
    return text.translate(UNESCAPED)


@dataclass(slots=True)
class _Reader:
    """Reads the answers of one question."""

    draft: Draft
    text_format: str
    extra: Mapping[str, Any]
    in_sentence: bool

    def typed(self, answers: str) -> Answers:
        """The type, by the first mark that decides it, in Moodle's order."""
        if not answers.strip():
            return Answers("open_text", self.essay(), "essay", [])
        if answers.lstrip().startswith("#"):
            return Answers("number", self.numerical(answers.lstrip()[1:]), "numerical", [])
        if "~" in answers:
            return self.multichoice(answers)
        if "=" in answers and "->" in answers:
            return Answers("matching", self.matching(answers), "matching", [])
        if truth := TRUTH.fullmatch(answers):
            return Answers("true_false", self.truth(truth), "truefalse", [])
        return self.shortanswer(answers)

    def essay(self) -> dict[str, Any]:
        extra = self.extra
        return {
            "guidance": self.draft.rich(str(extra.get("guidance", ""))),
            "criteria": self.draft.criteria([dict(row) for row in extra.get("criteria", ())]),
            "min_words": extra.get("min_words", 0),
            "max_words": extra.get("max_words", 0),
        }

    def truth(self, found: re.Match[str]) -> dict[str, Any]:
        answer = found[1].startswith("T")
        wrong, _mark, right = (found[2] or "").partition("#")
        parts = [("Gdy odpowiedź jest poprawna", self.rich(right)), ("Gdy odpowiedź jest błędna", self.rich(wrong))]
        if any(text for _when, text in parts):
            self.draft.changed("Osobne informacje zwrotne do „Prawda” i „Fałsz” połączono w jedno wyjaśnienie.")
        return {"answer": answer, "feedback": "".join(f"<p>{when}:</p>{text}" for when, text in parts if text)}

    def numerical(self, answers: str) -> dict[str, Any]:
        parts = [part for part in answers.split("=") if part.strip()] if "=" in answers else [answers]
        read = [self.one_number(part) for part in parts]
        return number(self.draft, read, unit=str(self.extra.get("unit", "")))

    def one_number(self, part: str) -> tuple[Weighed, Decimal]:
        weight, rest = self.weight(part, default=Fraction(100))
        value, _mark, feedback = rest.partition("#")
        value, tolerance = unescaped(value).strip(), Decimal(0)
        if ".." in value:
            low, high = (decimal(end) for end in value.split("..", 1))
            value, tolerance = str((low + high) / 2), (high - low) / 2
        elif ":" in value:
            value, margin = value.split(":", 1)
            tolerance = decimal(margin or "0")
        return Weighed(value.strip(), weight, self.rich(feedback)), tolerance

    def multichoice(self, answers: str) -> Answers:
        several = "=" not in answers
        read = [self.option(part) for part in re.split(r"(?=[~=])", answers) if part.strip()]
        if several:
            data = multiple_choice(self.draft, read)
            return Answers("multiple_choice", data, "multichoice", [])
        kind, data = single_choice(self.draft, read)
        return Answers(kind, data, "multichoice", [])

    def option(self, part: str) -> Weighed:
        if part.startswith("="):
            weight, rest = Fraction(100), part[1:]
        else:
            weight, rest = self.weight(part.removeprefix("~"), default=Fraction(0))
        text, _mark, feedback = rest.partition("#")
        shown, image = self.draft.option(self.html(text))
        return Weighed(shown, weight, self.rich(feedback), image)

    def matching(self, answers: str) -> dict[str, Any]:
        pairs, extra = [], []
        for part in answers.split("="):
            left, arrow, right = part.partition("->")
            text = one_line(unescaped(right))
            if not part.strip():
                continue
            if not arrow or not text:
                raise LeftOut(f"Para „{one_line(unescaped(part))[:60]}” nie ma obu stron ze znakiem -> między nimi.")
            if shown := self.draft.plain(self.html(left)):
                pairs.append({"left": shown, "right": text})
            else:
                extra.append(text)
        return {"pairs": pairs, "extra": extra}

    def shortanswer(self, answers: str) -> Answers:
        parts = [part for part in answers.split("=") if part.strip()]
        read = [self.accepted(part) for part in parts]
        if self.in_sentence and all(
            answer.is_right and not answer.feedback and not WILDCARD.search(answer.text) for answer in read
        ):
            return Answers("gaps", {}, "shortanswer", [literal(answer.text) for answer in read])
        ignore = bool(self.extra.get("ignore_diacritics", False))
        return Answers("short_text", short_text(self.draft, read, ignore_diacritics=ignore), "shortanswer", [])

    def accepted(self, part: str) -> Weighed:
        weight, rest = self.weight(part, default=Fraction(100))
        text, _mark, feedback = rest.partition("#")
        text = ANSWER_FORMAT.sub("", text, count=1) if ANSWER_FORMAT.match(text) else text
        return Weighed(one_line(unescaped(text)), weight, self.rich(feedback))

    def ordering(self, found: re.Match[str]) -> Answers:
        words = found[2].upper().split()
        items = [self.draft.plain(self.html(line)) for line in found[3].split("\n") if line.strip()]
        if not {"ABSOLUTE_POSITION", "ABSOLUTE", "ABS"} & set(words):
            self.draft.changed("Kolejność będzie oceniana inaczej: punkty daje każdy element na swoim miejscu.")
        if not {"ALL", "EXACT"} & set(words) and found[1] and int(found[1]) < len(items):
            self.draft.changed(
                f"Pytanie pokazywało {found[1]} elementy wybrane z {len(items)}, teraz pokaże wszystkie."
            )
        data = {"items": items, "feedback": self.draft.rich(str(self.extra.get("feedback", "")))}
        return Answers("ordering", data, "ordering", [])

    def weight(self, part: str, *, default: Fraction) -> tuple[Fraction, str]:
        found = WEIGHT.match(part)
        return (percent(found[1]), part[found.end() :]) if found else (default, part)

    def html(self, text: str) -> str:
        """A text in its own format, or in the question's."""
        given = ANSWER_FORMAT.match(text)
        text_format = given[1] if given else self.text_format
        return to_html(unescaped(text[given.end() :] if given else text), text_format)

    def rich(self, text: str) -> str:
        return self.draft.rich(self.html(text)) if text.strip() else ""
