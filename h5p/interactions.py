"""Responses in words: what a person answered, as somebody who reads a report understands it."""

import html
import re

from h5p.xapi import Choice, Interaction, Statement

# xAPI 1.0.3, 4.1.1.2.6: what stands between responses and between the two sides of a pair.
BETWEEN, PAIR = "[,]", "[.]"

_YES_NO = {"en": {"true": "true", "false": "false"}, "pl": {"true": "prawda", "false": "fałsz"}}
_PREFIXES = re.compile(r"\{(?:lang|case_matters|order_matters)=[^}]*\}")
# Only what looks like markup: people also write `x < 5`.
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


def question_in_words(interaction: Interaction) -> str:
    """What was asked, without markup."""
    return plain(interaction.question)


def response_in_words(statement: Statement, language: str = "en") -> str:
    """What was answered; empty where nothing was. `language` is "en" or "pl"."""
    return _in_words(statement.interaction, statement.response, language)


def correct_in_words(interaction: Interaction, language: str = "en") -> tuple[str, ...]:
    """The responses that would have been right."""
    return tuple(_in_words(interaction, _PREFIXES.sub("", pattern), language) for pattern in interaction.correct)


def plain(text: str) -> str:
    """A text without markup and with single spaces."""
    without = html.unescape(_TAGS.sub(" ", text))
    return "\n".join(line.strip() for line in _SPACES.sub(" ", without).splitlines() if line.strip())


def _in_words(interaction: Interaction, response: str, language: str) -> str:
    if not response:
        return ""
    match interaction.kind:
        case "choice":
            return ", ".join(_named(interaction.choices, response.split(BETWEEN)))
        case "sequencing":
            return " → ".join(_named(interaction.choices, response.split(BETWEEN)))
        case "matching":
            return _pairs(interaction, response.split(BETWEEN))
        case "true-false":
            return _YES_NO.get(language, _YES_NO["en"]).get(response.lower(), plain(response))
        case "fill-in":
            return ", ".join(plain(one) or "–" for one in response.split(BETWEEN))
    return plain(response)


def _pairs(interaction: Interaction, responses: list[str]) -> str:
    """What was put where. The standard names the source first, H5P's drag types the target; the ids decide."""
    targets, sources = ({choice.id for choice in side} for side in (interaction.targets, interaction.sources))
    pairs = [response.partition(PAIR)[::2] for response in responses]
    placed = [
        (first, second)
        if second and first not in targets and second in targets and first in sources
        else (second, first)
        for first, second in pairs
    ]
    what = _named(interaction.sources, [source for source, _ in placed])
    where = _named(interaction.targets, [target for _, target in placed])
    whole = zip(pairs, what, where, strict=True)
    return "; ".join(f"{one} – {other}" if pair[1] else plain(pair[0]) for pair, one, other in whole)


def _named(choices: tuple[Choice, ...], wanted: list[str]) -> list[str]:
    """The words of each id; an id that nothing has stands for itself."""
    texts = {choice.id: choice.text for choice in reversed(choices)}
    words = {one: plain(texts.get(one.strip(), "")) or plain(one) for one in dict.fromkeys(wanted)}
    return [words[one] for one in wanted]
