"""What a content's xAPI statements mean (Experience API 1.0.3, as H5P's types use it).

A statement comes from a browser: everything in it is a claim. It is read within limits, and what could not have
happened is refused. Who did it, and at which content, is never read from it: the server knows both.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

# Characters and entries, far above what the types of real packages send.
LONGEST_TEXT = 20_000
MOST_CHOICES = 500
MOST_VALUES = 20_000
DEEPEST = 20
# A page may stay open for weeks; its result counts, its time no further than this.
MOST_SECONDS = 7 * 24 * 3600
HIGHEST_SCORE = 1_000_000

SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
RESULTS = frozenset({"answered", "completed"})
_DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?", re.ASCII)
_VERB = re.compile(r"[a-z][a-z-]{0,39}")


class InvalidStatement(ValueError):
    """No statement, or one that cannot be true; the text names the part."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, order or match: the id that responses name, and its words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """A question as the type described it. `kind` is one of xAPI's interaction types, or empty.

    `correct` are the patterns of right responses; `sources` and `targets` are for matching only.
    """

    kind: str = ""
    question: str = ""
    correct: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    sources: tuple[Choice, ...] = ()
    targets: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, read. Scores are points, `scaled` a share of 0..1, `seconds` the reported duration."""

    verb: str
    sub_content: str = ""
    has_parent: bool = False
    raw: float | None = None
    max: float | None = None
    scaled: float | None = None
    success: bool | None = None
    completion: bool | None = None
    seconds: float | None = None
    response: str = ""
    interaction: Interaction = field(default_factory=Interaction)


def is_top_level_result(statement: Statement) -> bool:
    """Whether it is the result of the whole: answered or completed, without a parent and without a part's id.

    Some types send statements of parts without naming a parent, so that both have to be looked at.
    """
    return statement.verb in RESULTS and not statement.has_parent and not statement.sub_content


def parse_statement(data: Any) -> Statement:
    """Read a statement as `H5P.externalDispatcher` gives it. Raises InvalidStatement and nothing else."""
    _check_size(data)
    root = _mapping(data, "statement")
    activity = _mapping(root.get("object"), "object")
    result = _mapping(root.get("result", {}), "result")
    raw, highest, scaled = _score(_mapping(result.get("score", {}), "score"))
    return Statement(
        verb=_verb(_mapping(root.get("verb"), "verb").get("id")),
        sub_content=_sub_content(activity),
        has_parent=_has_parent(root),
        raw=raw,
        max=highest,
        scaled=scaled,
        success=_truth(result.get("success")),
        completion=_truth(result.get("completion")),
        seconds=_seconds(result.get("duration")),
        response=_text(result.get("response"), "response"),
        interaction=_interaction(activity.get("definition")),
    )


def _check_size(data: Any) -> None:
    """Refuse JSON that is deep or wide, without looking further into it than is allowed."""
    level, depth, values = [data], 0, 0
    while level:
        depth, values = depth + 1, values + len(level)
        if depth > DEEPEST:
            raise InvalidStatement("depth")
        if values > MOST_VALUES:
            raise InvalidStatement("size")
        level = [
            inner
            for value in level
            if isinstance(value, Mapping | list)
            for inner in (value.values() if isinstance(value, Mapping) else value)
        ]


def _mapping(value: Any, part: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidStatement(part)
    return value


def _verb(address: Any) -> str:
    verb = address.rpartition("/")[2] if isinstance(address, str) else ""
    if not _VERB.fullmatch(verb):
        raise InvalidStatement("verb")
    return verb


def _sub_content(activity: Mapping[str, Any]) -> str:
    """The id of the part, from the extension or from the address; empty for the whole."""
    definition = activity.get("definition")
    extensions = definition.get("extensions") if isinstance(definition, Mapping) else None
    named = extensions.get(SUB_CONTENT) if isinstance(extensions, Mapping) else None
    if not named and isinstance(activity.get("id"), str):
        named = _from_address(activity["id"])
    if not named:
        return ""
    try:
        return str(UUID(str(named)))
    except ValueError as error:
        raise InvalidStatement("subContentId") from error


def _from_address(address: str) -> str | None:
    try:
        return parse_qs(urlsplit(address[:LONGEST_TEXT]).query, max_num_fields=50).get("subContentId", [None])[0]
    except ValueError as error:
        raise InvalidStatement("object") from error


def _has_parent(root: Mapping[str, Any]) -> bool:
    context = root.get("context")
    activities = context.get("contextActivities") if isinstance(context, Mapping) else None
    return bool(activities.get("parent")) if isinstance(activities, Mapping) else False


def _score(score: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    """Points, highest points and the share. Raises InvalidStatement where they do not fit together."""
    raw, highest, scaled = (_number(score.get(name), name) for name in ("raw", "max", "scaled"))
    lowest = _number(score.get("min"), "min") or 0.0
    if raw is not None and not min(lowest, 0.0) <= raw <= (highest if highest is not None else HIGHEST_SCORE):
        raise InvalidStatement("raw")
    if highest is not None and highest < 0:
        raise InvalidStatement("max")
    if scaled is not None and not -1 <= scaled <= 1:
        raise InvalidStatement("scaled")
    if raw is not None and highest:
        return raw, highest, min(1.0, max(0.0, raw / highest))
    return raw, highest, None if scaled is None else max(0.0, scaled)


def _number(value: Any, part: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidStatement(part)
    if not -HIGHEST_SCORE <= value <= HIGHEST_SCORE or not math.isfinite(value):
        raise InvalidStatement(part)
    return float(value)


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _seconds(duration: Any) -> float | None:
    """An ISO 8601 duration of days and smaller in seconds, at most `MOST_SECONDS`."""
    if duration is None:
        return None
    match = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if match is None or not any(match.groups()):
        raise InvalidStatement("duration")
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return min(days * 86_400 + hours * 3_600 + minutes * 60 + seconds, float(MOST_SECONDS))


def _text(value: Any, part: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | bool):
        value = f"{_number(value, part):.15g}"
    text = str(value).replace("\x00", "")
    if len(text) > LONGEST_TEXT:
        raise InvalidStatement(part)
    return text.encode("utf-8", "replace").decode()


def _interaction(definition: Any) -> Interaction:
    if not isinstance(definition, Mapping):
        return Interaction()
    kind = definition.get("interactionType")
    correct = definition.get("correctResponsesPattern")
    patterns = correct[:MOST_CHOICES] if isinstance(correct, list) else []
    return Interaction(
        kind=kind if isinstance(kind, str) and len(kind) <= 40 else "",
        question=_words(definition.get("description")) or _words(definition.get("name")),
        correct=tuple(_text(pattern, "correctResponsesPattern") for pattern in patterns),
        choices=_choices(definition.get("choices")),
        sources=_choices(definition.get("source")),
        targets=_choices(definition.get("target")),
    )


def _choices(values: Any) -> tuple[Choice, ...]:
    if not isinstance(values, list):
        return ()
    found = [value for value in values[:MOST_CHOICES] if isinstance(value, Mapping)]
    return tuple(Choice(_text(value.get("id"), "choice"), _words(value.get("description"))) for value in found)


def _words(languages: Any) -> str:
    """The text of a language map: types send one language, under whatever code."""
    if not isinstance(languages, Mapping) or not languages:
        return ""
    return _text(next(iter(languages.values())), "description")
