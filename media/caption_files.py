"""Files of captions: how they are encoded, where their lines and cues are, what markup becomes. Pure.

WebVTT: https://www.w3.org/TR/webvtt1/. SRT has no standard; players agree on numbers, times with a comma and text.
Times are milliseconds.
"""

import codecs
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
# What else captions hold in the encodings of Central Europe: punctuation and the letters of neighbours.
PRINTED = frozenset("„”“’‘‚«»–—…§°€ \N{NO-BREAK SPACE}äöüßÄÖÜéáíúčšžřěýŠŽČ")

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

NO_TEXT = "To nie jest plik tekstowy. Wybierz plik WebVTT (.vtt) albo SRT (.srt)."
MIXED = "W\xa0tej linii są znaki w\xa0innym kodowaniu niż w\xa0reszcie pliku. Zapisz cały plik w\xa0kodowaniu UTF-8."
NO_ENCODING = "Nie rozpoznajemy kodowania pliku. Zapisz plik w\xa0kodowaniu UTF-8."
NO_TIMING = "Nie umiemy odczytać czasu: „{}”. Zapisz go tak: 00:01:05.000 --> 00:01:08.500."

TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:([.,])(\d{1,3}))?"
TIMING = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}(?:\s.*)?", re.ASCII)
# What was meant as a timing line: two times with another arrow, or with a dash and parts of a second. „9:00–10:30” is
# what somebody says.
ALMOST_TIMING = re.compile(
    r"\s*\d{1,3}:\d\d[\d:.,]*\s*(?:[-–—=]{0,3}\s?>|→)\s*\d.*"
    r"|\s*\d{1,3}:\d\d[\d:]*[.,]\d{1,3}\s*[-–—]{1,3}\s*\d{1,3}:\d\d.*",
    re.ASCII,
)
NUMBER = re.compile(r"\s*\d{1,9}\s*", re.ASCII)
ASIDE = re.compile(r"NOTE(?:\s.*)?|(?:STYLE|REGION)\s*")

TAG = re.compile(r"</?[A-Za-z!?][^<>]*>|<[\d:.]+>|</?>", re.ASCII)
SPACES = re.compile(r"[ \t\x85\u2028\u2029]+")
# Control characters, marks that would turn the text around them the other way, halves of characters.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: when it is shown, in milliseconds, and its plain text, lines joined by a line feed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of a file, as a sentence; the first line is 1."""

    line: int
    text: str
    is_repaired: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A cue as it stands in the file: `line` is that of its timing; `text` is still markup.

    `number` is the identifier where it is a number. `start` and `end` are None where the timing cannot be read.
    `mark` is what stood before the milliseconds, empty where none were given. `strays` are lines that an empty line
    cut off from the text; they are part of `text`.
    """

    line: int
    timing: str
    start: int | None
    end: int | None
    mark: str
    number: int | None
    text: str
    strays: tuple[int, ...]


class UnreadableCaptions(ValueError):
    """A file that cannot be made into captions; `faults` say why, line by line."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(f"Linia {fault.line}: {fault.text}" for fault in faults))
        self.faults = faults


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: "utf-8", "utf-8-sig", "utf-16", "cp1250" or "iso-8859-2"; the last two are a guess.

    Raises `UnreadableCaptions`.
    """
    name = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    if name != "utf-16" and b"\0" in data:
        raise UnreadableCaptions(Fault(1 + data[: data.index(b"\0")].count(b"\n"), NO_TEXT))
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if name == "utf-16":
            raise UnreadableCaptions(Fault(1, NO_TEXT)) from None
        return _decode_old(data, 1 + data[: error.start].count(b"\n"))
    if "\0" in text:
        raise UnreadableCaptions(Fault(1, NO_TEXT))
    return text, name


def _decode_old(data: bytes, line: int) -> tuple[str, str]:
    """The text in one of the encodings that Polish files had before UTF-8. `line` is the first that is not UTF-8."""
    utf_8 = data.decode("utf-8", "replace")
    broken = utf_8.count("\ufffd")
    if sum(character > "\x7f" for character in utf_8) - broken > broken:
        raise UnreadableCaptions(Fault(line, MIXED))
    guesses = {name: data.decode(name, "replace") for name in ("cp1250", "iso-8859-2")}
    scores = {name: _likeness(text) for name, text in guesses.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0:
        raise UnreadableCaptions(Fault(line, NO_ENCODING))
    return guesses[best], best


def _likeness(text: str) -> int:
    """How much the text looks like Polish: its letters, less what no caption of ours holds."""
    return sum(
        1 if character in POLISH else 0 if character in PRINTED else -1 for character in text if character > "\x7f"
    )


def lines_of(text: str) -> list[str]:
    """The lines, whatever ends them. Not `str.splitlines`, which also parts at characters that end no line here."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def blocks(lines: Sequence[str], *, first: int) -> Iterator[Block | Fault]:
    """The cues of a file from its line with the index `first` on, and faults for lines that belong to none."""
    timings = [at for at in range(first, len(lines)) if "-->" in lines[at]]
    yield from _misread(lines, first, timings[0] if timings else len(lines))
    for at, following in zip(timings, [*timings[1:], len(lines)][: len(timings)], strict=True):
        end = _identifier(lines, at + 1, following) if following < len(lines) else following
        above = lines[at - 1] if at > first and NUMBER.fullmatch(lines[at - 1]) else ""
        text, strays = _text(lines, at + 1, end)
        yield from _misread(lines, at + 1, end)
        start, stop, mark = read_timing(lines[at])
        yield Block(at + 1, lines[at], start, stop, mark, int(above) if above else None, text, strays)


def read_timing(line: str) -> tuple[int | None, int | None, str]:
    """Start and end of a timing line in milliseconds and the mark before them; None, None where it is none."""
    match = TIMING.fullmatch(line)
    if match is None:
        return None, None, ""
    start, end = _milliseconds(match.groups()[:5]), _milliseconds(match.groups()[5:])
    if start is None or end is None:
        return None, None, ""
    marks = {match[4], match[9]}
    return start, end, "" if None in marks else "," if "," in marks else "."


def _milliseconds(parts: Sequence[str | None]) -> int | None:
    hours, minutes, seconds, _mark, fraction = parts
    if int(minutes or 0) > 59 or int(seconds or 0) > 59:
        return None
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


def _misread(lines: Sequence[str], start: int, end: int) -> Iterator[Fault]:
    """Faults for the lines that were meant as timings."""
    for at in range(start, end):
        if ALMOST_TIMING.fullmatch(lines[at]):
            yield Fault(at + 1, NO_TIMING.format(shown(lines[at])))


def _identifier(lines: Sequence[str], start: int, timing: int) -> int:
    """Where the text of the cue before a timing line ends: at the identifier of the next one, if there is one."""
    above = timing - 1
    if above < start or not lines[above].strip():
        return timing
    is_apart = above > start and not lines[above - 1].strip()
    return above if is_apart or NUMBER.fullmatch(lines[above]) else timing


def _text(lines: Sequence[str], start: int, end: int) -> tuple[str, tuple[int, ...]]:
    """The text from `start` to `end` without asides, and the numbers of lines that an empty line had cut off."""
    text: list[str] = []
    strays: list[int] = []
    is_apart = is_aside = False
    for at in range(start, end):
        if not lines[at].strip():
            is_apart, is_aside = True, False
            continue
        if is_apart and (is_aside or ASIDE.fullmatch(lines[at])):
            is_aside = True
            continue
        if is_apart and text:
            strays.append(at + 1)
        text.append(lines[at])
    return "\n".join(text), tuple(strays)


def plain(markup: str) -> str:
    """The text that a caption shows: no tags, no control characters, nothing that turns the direction of writing."""
    if "<" in markup or "&" in markup:
        markup = html.unescape(TAG.sub("", markup))
    return tidy(markup)


def tidy(text: str) -> str:
    """Plain text of a cue: lines that are not empty, without spaces around and without what cannot be seen."""
    lines = (line.strip() for line in lines_of(SPACES.sub(" ", UNSEEN.sub("", text))))
    return "\n".join(line for line in lines if line)


def shown(line: str) -> str:
    """The beginning of a line, for a sentence about it."""
    text = tidy(line).replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:60]}…"
