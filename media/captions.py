"""Captions of a film: read from WebVTT or SRT, repaired where that is safe, written as WebVTT. Pure.

Cues that were read are in order, do not overlap, end within the film and hold plain text. What was changed for that is
told; what cannot be changed without guessing is refused, each fault with its line. Times are milliseconds.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from media.caption_files import (
    NO_TIMING,
    Block,
    Cue,
    Fault,
    UnreadableCaptions,
    blocks,
    decode,
    lines_of,
    plain,
    shown,
    tidy,
)

__all__ = [
    "LARGEST",
    "Captions",
    "Cue",
    "Fault",
    "UnreadableCaptions",
    "parse_vtt",
    "read_captions",
    "to_srt",
    "to_vtt",
]

# Bytes of a file. The captions of a day of speech have a tenth of it.
LARGEST = 2 * 1024 * 1024
MOST_CUES = 20_000
# Faults that are named one by one. Whoever made more of them exported the file wrongly.
MOST_FAULTS = 50

# Where and how some programs place a text in SRT: „{\\an8}”.
OVERRIDE = re.compile(r"\{\\[^{}]*\}")

WRITTEN_TIME = r"(?:(\d{2,3}):)?(\d\d):(\d\d)\.(\d{3})"
WRITTEN = re.compile(rf"^{WRITTEN_TIME} --> {WRITTEN_TIME}[^\n]*\n((?:[^\n]+\n?)*)", re.ASCII | re.MULTILINE)

HEADER = "WEBVTT"
TOO_LARGE = "Plik z\xa0napisami ma więcej niż 2\xa0MB. Napisy do filmu zajmują dużo mniej."
TOO_MANY = f"Plik ma więcej niż {MOST_CUES} napisów."
NO_CUES = "W\xa0pliku nie ma żadnego napisu. Wybierz plik WebVTT (.vtt) albo SRT (.srt)."
BACKWARDS = "Napis kończy się o\xa0{}, zanim się zacznie o\xa0{}."
BEYOND = "Napis zaczyna się o\xa0{}, a\xa0film kończy się o {}. Sprawdź, czy to napisy do tego filmu."

ENCODINGS = {
    "utf-8-sig": "Plik zaczynał się od znacznika BOM. Usunęliśmy go.",
    "utf-16": "Plik był w\xa0kodowaniu UTF-16. Zapisaliśmy go w\xa0UTF-8.",
    "cp1250": "Plik był w\xa0kodowaniu Windows-1250. Zapisaliśmy go w\xa0UTF-8. Sprawdź polskie litery.",
    "iso-8859-2": "Plik był w\xa0kodowaniu ISO-8859-2. Zapisaliśmy go w\xa0UTF-8. Sprawdź polskie litery.",
}
NO_HEADER = "Brakowało nagłówka WEBVTT. Dodaliśmy go."
COMMA = "Czas był zapisany z\xa0przecinkiem. W\xa0WebVTT jest kropka, więc ją wpisaliśmy."
NO_FRACTION = "Czas był bez tysięcznych części sekundy. Dopisaliśmy „.000”."
NUMBERING = "Numery napisów nie szły po kolei. Ponumerowaliśmy je od nowa."
EMPTY = "Napis był pusty. Pominęliśmy go."
STRAY = "Pusta linia przerywała napis. Dołączyliśmy tę linię do napisu nad nią."
ORDER = "Napis stał nie po kolei. Ułożyliśmy napisy według czasu."
OVERLAP = "Napis nachodził na następny. Kończy się teraz o\xa0{}."
TOGETHER = "Dwa napisy zaczynały się w\xa0tej samej chwili. Połączyliśmy je."
CUT = "Napis kończył się o\xa0{}, po końcu filmu. Skróciliśmy go."
MORE = "Tak samo było w\xa0innych liniach, razem: {}."


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of a file, and what was repaired in it."""

    cues: tuple[Cue, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Report:
    """What is found while a file is read. Repairs that belong to the file's way of writing are told once."""

    repaired: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    habits: dict[str, list[int]] = field(default_factory=dict)

    def repair(self, line: int, text: str) -> None:
        self.repaired.append(Fault(line, text, is_repaired=True))

    def refuse(self, line: int, text: str) -> None:
        self.refused.append(Fault(line, text))

    def habit(self, line: int, text: str) -> None:
        self.habits.setdefault(text, []).append(line)

    def repairs(self) -> tuple[Fault, ...]:
        for text, lines in self.habits.items():
            self.repair(lines[0], f"{text} {MORE.format(len(lines))}" if len(lines) > 1 else text)
        return _bounded(self.repaired)


def read_captions(data: bytes, *, duration: int | None) -> Captions:
    """The captions in the bytes of a file, WebVTT or SRT whatever its name says; `duration` is the film's, if known.

    Raises `UnreadableCaptions` with every fault that nobody but the author can mend.
    """
    if len(data) > LARGEST:
        raise UnreadableCaptions(Fault(1, TOO_LARGE))
    text, encoding = decode(data)
    report = _Report()
    if encoding in ENCODINGS:
        report.repair(1, ENCODINGS[encoding])
    found = _cues(lines_of(text), report)
    if not found and not report.refused:
        report.refuse(1, NO_CUES)
    if len(found) > MOST_CUES:
        raise UnreadableCaptions(Fault(found[MOST_CUES][0], TOO_MANY))
    cues = _within(_ordered(found, report), duration, report)
    if report.refused:
        raise UnreadableCaptions(*_bounded(report.refused))
    return Captions(cues=tuple(cues), faults=report.repairs())


def parse_vtt(text: str) -> tuple[Cue, ...]:
    """The cues of WebVTT as `to_vtt` writes it, quickly; what is written in another way is left out."""
    return tuple(
        Cue(_milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:8]), plain(match[9]))
        for match in WRITTEN.finditer(text)
    )


def to_vtt(cues: Iterable[Cue]) -> str:
    """WebVTT of the cues; a browser shows their text letter by letter, whatever it holds."""
    parts = [f"{HEADER}\n"]
    for cue in cues:
        text = tidy(cue.text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(f"{_time(cue.start)} --> {_time(cue.end)}\n{text}\n")
    return "\n".join(parts)


def to_srt(cues: Iterable[Cue]) -> str:
    """SRT of the cues, for programs that know nothing else."""
    return "\n".join(
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{tidy(cue.text).replace('-->', '→')}\n"
        for number, cue in enumerate(cues, start=1)
    )


def _cues(lines: Sequence[str], report: _Report) -> list[tuple[int, Cue]]:
    """The cues as they follow in the file, each with the line of its timing."""
    is_vtt, first = _header(lines)
    found: list[tuple[int, Cue]] = []
    is_told, last = is_vtt, None
    for block in blocks(lines, first=first):
        if max(len(found), len(report.refused)) > MOST_CUES:
            break
        if isinstance(block, Fault):
            report.refuse(block.line, block.text)
            continue
        if not is_told and block.mark == ".":
            report.repair(1, NO_HEADER)
            is_vtt = is_told = True
        is_told = True
        if not is_vtt and block.number is not None:
            if last is not None and block.number != last + 1:
                report.habit(block.line - 1, NUMBERING)
            last = block.number
        cue = _cue(block, is_vtt, report)
        if cue is not None:
            found.append((block.line, cue))
    return found


def _header(lines: Sequence[str]) -> tuple[bool, int]:
    """Whether the file says it is WebVTT, and the index of the first line after its header."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    line = lines[start].strip()
    if line != HEADER and not line.startswith((f"{HEADER} ", f"{HEADER}\t")):
        return False, start
    end = start + 1
    while end < len(lines) and lines[end].strip() and "-->" not in lines[end]:
        end += 1
    return True, end


def _cue(block: Block, is_vtt: bool, report: _Report) -> Cue | None:
    if block.start is None or block.end is None:
        report.refuse(block.line, NO_TIMING.format(shown(block.timing)))
        return None
    if is_vtt and block.mark == ",":
        report.habit(block.line, COMMA)
    if not block.mark:
        report.habit(block.line, NO_FRACTION)
    text = plain(OVERRIDE.sub("", block.text))
    if not text:
        report.repair(block.line, EMPTY)
        return None
    if block.end <= block.start:
        report.refuse(block.line, BACKWARDS.format(_time(block.end), _time(block.start)))
        return None
    for line in block.strays:
        report.repair(line, STRAY)
    return Cue(block.start, block.end, text)


def _ordered(found: Sequence[tuple[int, Cue]], report: _Report) -> list[tuple[int, Cue]]:
    """The cues by time, none before the end of the one before."""
    latest = 0
    for line, cue in found:
        if cue.start < latest:
            report.repair(line, ORDER)
        latest = max(latest, cue.start)
    ordered: list[tuple[int, Cue]] = []
    for line, cue in sorted(found, key=lambda item: item[1].start):
        if ordered and ordered[-1][1].start == cue.start:
            above_line, above = ordered.pop()
            report.repair(line, TOGETHER)
            text = above.text if cue.text == above.text else f"{above.text}\n{cue.text}"
            ordered.append((above_line, Cue(cue.start, max(above.end, cue.end), text)))
            continue
        if ordered and ordered[-1][1].end > cue.start:
            above_line, above = ordered.pop()
            report.repair(above_line, OVERLAP.format(_time(cue.start)))
            ordered.append((above_line, Cue(above.start, cue.start, above.text)))
        ordered.append((line, cue))
    return ordered


def _within(found: Sequence[tuple[int, Cue]], duration: int | None, report: _Report) -> list[Cue]:
    """The cues cut at the film's end."""
    if not duration:
        return [cue for _line, cue in found]
    cues = []
    for line, cue in found:
        if cue.start >= duration:
            report.refuse(line, BEYOND.format(_time(cue.start), _time(duration)))
        elif cue.end > duration:
            report.repair(line, CUT.format(_time(cue.end)))
            cues.append(Cue(cue.start, duration, cue.text))
        else:
            cues.append(cue)
    return cues


def _bounded(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults by line; of very many the first ones and how many more there are."""
    ordered = sorted(faults, key=lambda fault: fault.line)
    rest = len(ordered) - MOST_FAULTS
    if rest <= 0:
        return tuple(ordered)
    next_one = ordered[MOST_FAULTS]
    more = Fault(next_one.line, f"Od tej linii jest jeszcze tyle uwag: {rest}.", next_one.is_repaired)
    return (*ordered[:MOST_FAULTS], more)


def _time(milliseconds: int, mark: str = ".") -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{fraction:03}"


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
