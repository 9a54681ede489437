"""What the figures of a question say to its author, in plain words. Pure.

The bounds of facility and discrimination are those of Moodle's documentation, where they are percentages
(docs.moodle.org/en/Quiz_statistics_report). A hint is a reason to look at the question, no verdict.
"""

from dataclasses import dataclass

from .distributions import Distribution, Line
from .item_analysis import Item

# Below, chance says more than the question: with 19 answers each of Kelley's groups of 27 per cent has five people.
HINTS_FROM = 20
# Moodle: 95 and more „extremely easy”, 5 and less „extremely difficult or something wrong”.
TOO_EASY, TOO_HARD = 0.95, 0.05
# Moodle: below 20 „very weak”, negative „question probably invalid”. Ebel, R. L. (1954), Educational and Psychological
# Measurement 14(2), 352–364, draws the line of poor items at 0.19 too.
WEAK = 0.2
# Haladyna, T. M. and Downing, S. M. (1993), Educational and Psychological Measurement 53(4), 999–1010: a distractor
# works when at least 5 per cent take it.
RARE = 0.05
# Our own choice: one in five who say nothing is no accident.
MANY_BLANK = 0.2


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence for the author. With `serious` the question may do wrong to people now."""

    text: str
    serious: bool = False


def of_question(item: Item, distribution: Distribution | None = None, *, versions: int = 1) -> tuple[Hint, ...]:
    """The hints for a question, the serious ones first; from too few answers none but the facts about its versions.

    `distribution` is that of its newest version, if it can be read.
    """
    found = [*_of_item(item), *(_of_distribution(distribution) if distribution else ())]
    if item.waiting:
        found.append(Hint("Część odpowiedzi czeka na ocenę. Wskaźniki ich nie obejmują."))
    if versions > 1:
        found.append(Hint("To pytanie zmieniano. Wskaźniki obejmują wszystkie jego wersje. Możesz wybrać jedną."))
    return tuple(sorted(found, key=lambda hint: not hint.serious))


def _of_item(item: Item) -> list[Hint]:
    if item.answers < HINTS_FROM or item.facility.value is None:
        return []
    found, facility, rest = [], item.facility.value, item.item_rest.value
    if facility >= TOO_EASY:
        found.append(Hint("To pytanie jest za łatwe, by coś sprawdzało."))
    if facility <= TOO_HARD:
        found.append(Hint("Prawie nikt nie odpowiada dobrze. Sprawdź klucz i\xa0treść pytania.", serious=True))
    if rest is not None and rest < 0:
        found.append(
            Hint("Im lepszy wynik testu, tym gorsza odpowiedź na to pytanie. Sprawdź klucz i\xa0treść.", serious=True)
        )
    elif rest is not None and rest < WEAK and TOO_HARD < facility < TOO_EASY:
        found.append(Hint("Tego pytania nikt nie rozumie tak samo: odpowiedzi nie zależą od wiedzy."))
    return found


def _of_distribution(distribution: Distribution) -> list[Hint]:
    if distribution.total < HINTS_FROM:
        return []
    found = [Hint(f"Tej odpowiedzi nikt nie wybiera: „{line.text}”.") for line in never_taken(distribution)]
    right = max((line.count for line in distribution.key), default=None)
    if right is not None:
        found += [
            Hint(f"Tę odpowiedź wybierano częściej niż poprawną: „{line.text}”. Sprawdź klucz.", serious=True)
            for line in distribution.distractors
            if line.count > right
        ]
    if distribution.share(len(distribution.blank)) > MANY_BLANK:
        found.append(Hint("Wiele osób zostawia to pytanie bez odpowiedzi."))
    return found


def never_taken(distribution: Distribution) -> tuple[Line, ...]:
    """The wrong options that nobody chose."""
    return tuple(line for line in distribution.distractors if not line.count)


def is_rare(distribution: Distribution, line: Line) -> bool:
    """Whether a wrong option is taken too seldom to do its work; from too few answers nothing is."""
    known = distribution.options and distribution.total >= HINTS_FROM
    return known and line.correct is False and distribution.share(line.count) < RARE
