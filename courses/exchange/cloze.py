"""Cloze: questions inside a text, in Moodle's notation (docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type)."""

import html
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from .base import LeftOut
from .draft import Draft, gap_token
from .rich_text import INLINE, one_line
from .weighed import WILDCARD, Weighed, decimal, literal, percent, with_stars

TEXTS = frozenset(["SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"])
CASED = frozenset(["SHORTANSWER_C", "SAC", "MWC"])
NUMBERS = frozenset(["NUMERICAL", "NM"])
CHOICES = frozenset(
    [
        "MULTICHOICE",
        "MC",
        "MULTICHOICE_V",
        "MCV",
        "MULTICHOICE_H",
        "MCH",
        "MULTICHOICE_S",
        "MCS",
        "MULTICHOICE_VS",
        "MCVS",
        "MULTICHOICE_HS",
        "MCHS",
    ]
)
# {weight:TYPE:answers}; a brace inside an answer is escaped.
GAP = re.compile(r"\{\s*(\d*)\s*:\s*([A-Z_]{2,20})\s*:((?:\\.|[^\\}])*)\}", re.DOTALL)
# An answer ends at ~, and its feedback starts at #; neither where it is escaped or part of an entity such as &#126;.
NEXT = re.compile(r"(?<!\\)~")
FEEDBACK = re.compile(r"(?<![\\&])(?<!&amp;)#")
WEIGHT = re.compile(r"\s*(?:(=)|%(-?\d+(?:[.,]\d*)?)%)")
ESCAPE = re.compile(r"\\([~#}{\"/\\])")
SPECIAL = re.compile(r"[\\~=#{}%\"&<>:*|/\[\]]")


def read_gaps(draft: Draft, source: str) -> str:
    """The text with a gap for each question in it. Raises `LeftOut` where a gap cannot ask the same."""
    gaps: list[list[str]] = []
    weights: set[str] = set()

    def token(found: re.Match[str]) -> str:
        weights.add(found[1] or "1")
        gaps.append(_words(draft, found[2], found[3]))
        return gap_token(len(gaps) - 1)

    marked = GAP.sub(token, source)
    if not gaps:
        raise LeftOut("W treści nie ma żadnej luki w zapisie Cloze.")
    if len(weights) > 1:
        draft.changed("Luki miały różne wagi, teraz każda daje tyle samo punktów.")
    return draft.with_gaps(marked, gaps)


def write_gap(accepted: Sequence[str]) -> str:
    """A gap as Moodle's short answer, in HTML; every special character as an entity that Moodle reads back."""
    words = [SPECIAL.sub(lambda found: f"&#{ord(found[0])};", with_stars(word)) for word in accepted]
    return "{1:SHORTANSWER:" + "~".join(f"={word}" for word in words) + "}"


def _words(draft: Draft, kind: str, inside: str) -> list[str]:
    answers = [_answer(part) for part in NEXT.split(inside)]
    right = [answer for answer in answers if answer.is_right]
    if kind not in TEXTS | NUMBERS | CHOICES:
        raise LeftOut(f"Luka typu {kind} nie ma u nas odpowiednika.")
    if any(answer.feedback for answer in answers):
        draft.changed("Pominięto informacje zwrotne do odpowiedzi w lukach.")
    if partial := [answer.text for answer in answers if answer.percent > 0 and not answer.is_right]:
        draft.changed(f"Pominięto odpowiedzi w lukach za część punktów: {', '.join(partial)[:200]}.")
    if not right or any(WILDCARD.search(answer.text) for answer in right if kind in TEXTS):
        raise LeftOut("Luka nie ma odpowiedzi za 100% punktów albo ma w niej znak *.")
    if kind in NUMBERS:
        return [word for answer in right for word in exact_number(answer.text)]
    if kind in CHOICES:
        draft.changed(f"Listę do wyboru zastąpiła luka do wpisania. Na liście były: {_listed(answers)}.")
        return [answer.text for answer in right]
    if kind in CASED:
        draft.changed("Wielkość liter w lukach przestała mieć znaczenie.")
    return [literal(answer.text) for answer in right]


def exact_number(text: str) -> list[str]:
    """How people may write a number that has no tolerance. Raises `LeftOut` for one that has."""
    value, _mark, tolerance = text.partition(":")
    if tolerance.strip() and decimal(tolerance) != Decimal(0):
        raise LeftOut("Luka z liczbą i tolerancją nie ma u nas odpowiednika.")
    written = f"{decimal(value):f}"
    return [written.replace(".", ","), written] if "." in written else [written]


def _answer(part: str) -> Weighed:
    weight = WEIGHT.match(part)
    rest = part[weight.end() :] if weight else part
    text, *feedback = FEEDBACK.split(rest, maxsplit=1)
    share = Fraction(0) if weight is None else Fraction(100) if weight[1] else percent(weight[2])
    plain = one_line(html.unescape(ESCAPE.sub(r"\1", INLINE.sub("", text))))
    return Weighed(plain, share, "".join(feedback).strip())


def _listed(answers: Sequence[Weighed]) -> str:
    return ", ".join(answer.text for answer in answers)[:300]
