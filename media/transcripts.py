"""What is said in a film as text that can be read, searched and clicked: passages and chapters. Pure.

Times are milliseconds from the film's beginning.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from elearning.cms.words import SHORTEST_STEM, WORD, fold, stems
from media.caption_files import Cue, Fault, lines_of, tidy
from media.captions import to_vtt

# A passage made of captions ends with a sentence: where the speaker pauses, or when it has become a paragraph.
PAUSE = 1_500
LONG = 300
# And at the latest here, when nobody set a full stop.
LONGEST = 700

MOST_CHAPTERS = 200
LONGEST_TITLE = 200
# How long the last chapter lasts where nobody knows the film's end.
HOUR = 3_600_000

CLOCK = r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})"
WHOLE_CLOCK = re.compile(CLOCK, re.ASCII)
LEADING_CLOCK = re.compile(r"\[([\d:]+)\]\s*|([\d:]+)(?:\s+|$)", re.ASCII)
SENTENCE_END = re.compile(r"[.!?…][”\"')»]*$")
BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of what is said; `start` is None where nobody noted when."""

    start: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a film: it lasts until the next one."""

    start: int
    title: str


class ChapterFaults(ValueError):
    """Chapters that cannot be read; `faults` say why, line by line."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(f"Linia {fault.line}: {fault.text}" for fault in faults))
        self.faults = faults


def clock(ms: int) -> str:
    """„1:05”, with hours „1:02:03”; parts of a second are cut off."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def read_clock(text: str) -> int:
    """Milliseconds of „1:05”, „75:00” or „1:02:03”. Raises `ValueError`."""
    match = WHOLE_CLOCK.fullmatch(text.strip())
    if match is None or int(match[3]) > 59 or (match[1] and int(match[2]) > 59):
        raise ValueError("Zapisz czas tak: 1:05 albo 1:02:03.")
    return (int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])) * 1000


def moments_of(cues: Iterable[Cue]) -> tuple[Passage, ...]:
    """One passage for each cue: for a search that leads to the second."""
    return tuple(Passage(cue.start, cue.text.replace("\n", " ")) for cue in cues)


def passages_of(cues: Iterable[Cue]) -> tuple[Passage, ...]:
    """Paragraphs out of captions, each with the time of its first cue."""
    passages: list[Passage] = []
    gathered: list[Cue] = []
    for cue in cues:
        if gathered and _is_whole(gathered, cue):
            passages.append(_joined(gathered))
            gathered = []
        gathered.append(cue)
    if gathered:
        passages.append(_joined(gathered))
    return tuple(passages)


def parse_transcript(text: str) -> tuple[Passage, ...]:
    """The paragraphs of a transcript. Empty lines part them, and so does a line that begins with a time.

    „1:05”, „[1:05]” and „1:02:03” at the beginning of a paragraph are its time and no part of its text.
    """
    passages: list[Passage] = []
    for paragraph in BLANK_LINE.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        start: int | None = None
        words: list[str] = []
        for line in filter(None, (_one_line(line) for line in paragraph.split("\n"))):
            time, rest = _timed(line)
            if time is not None:
                passages += [Passage(start, " ".join(words))] if words else []
                start, words = time, []
            words += [rest] if rest else []
        passages += [Passage(start, " ".join(words))] if words else []
    return tuple(passages)


def transcript_text(passages: Iterable[Passage]) -> str:
    """The transcript as it is written by hand: paragraphs with an empty line between, times in square brackets."""
    return "\n\n".join(
        _one_line(passage.text) if passage.start is None else f"[{clock(passage.start)}] {_one_line(passage.text)}"
        for passage in passages
    )


def parse_chapters(text: str, *, duration: int | None) -> tuple[Chapter, ...]:
    """Chapters, one a line: „1:05 Zespół”. Raises `ChapterFaults`; `duration` is the film's, if known."""
    chapters: list[Chapter] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines_of(text), start=1):
        if not line.strip():
            continue
        start, title = _timed(_one_line(line))
        title = title.lstrip("–—-: ")
        fault = _chapter_fault(start, title, chapters[-1:], duration)
        if fault:
            faults.append(Fault(number, fault))
        elif start is not None:
            chapters.append(Chapter(start, title))
        if len(chapters) > MOST_CHAPTERS:
            faults.append(Fault(number, f"Film może mieć najwyżej {MOST_CHAPTERS} rozdziałów."))
            break
    if faults:
        raise ChapterFaults(*faults)
    return tuple(chapters)


def chapters_vtt(chapters: Sequence[Chapter], duration: int | None) -> str:
    """The chapters as WebVTT, for a `<track kind="chapters">`."""
    ends = [chapter.start for chapter in chapters[1:]]
    if chapters:
        ends.append(duration or chapters[-1].start + HOUR)
    return to_vtt(Cue(chapter.start, end, chapter.title) for chapter, end in zip(chapters, ends, strict=True))


def find(passages: Iterable[Passage], query: str, *, most: int = 3) -> tuple[Passage, ...]:
    """The passages in which most of the query's words begin a word, the best first, of equals the earliest."""
    wanted = stems(query)
    scored = [(sum(_begins(stem, words) for stem in wanted), passage) for passage, words in _words(passages)]
    found = sorted((item for item in scored if item[0]), key=lambda item: -item[0])
    return tuple(passage for _score, passage in found[:most])


def _is_whole(gathered: Sequence[Cue], following: Cue) -> bool:
    """Whether the cues are a passage before the next one begins."""
    size = sum(len(cue.text) + 1 for cue in gathered)
    if not SENTENCE_END.search(gathered[-1].text):
        return size >= LONGEST
    return size >= LONG or following.start - gathered[-1].end >= PAUSE


def _joined(cues: Sequence[Cue]) -> Passage:
    return Passage(cues[0].start, _one_line(" ".join(cue.text for cue in cues)))


def _one_line(text: str) -> str:
    return tidy(text).replace("\n", " ")


def _timed(line: str) -> tuple[int | None, str]:
    """The time that a line begins with, and what follows it."""
    match = LEADING_CLOCK.match(line)
    if match is None:
        return None, line
    try:
        return read_clock(match[1] or match[2]), line[match.end() :].strip()
    except ValueError:
        return None, line


def _chapter_fault(start: int | None, title: str, last: Sequence[Chapter], duration: int | None) -> str:
    """What is wrong with a chapter, or nothing."""
    if start is None:
        return "Zacznij od czasu, na przykład „1:05 Zespół”."
    if not title:
        return "Po czasie wpisz tytuł rozdziału."
    if len(title) > LONGEST_TITLE:
        return f"Tytuł rozdziału może mieć najwyżej {LONGEST_TITLE} znaków."
    if last and start <= last[-1].start:
        return f"Rozdział musi się zaczynać po poprzednim, czyli po {clock(last[-1].start)}."
    if duration and start >= duration:
        return f"Film kończy się o\xa0{clock(duration)}, przed początkiem tego rozdziału."
    return ""


def _words(passages: Iterable[Passage]) -> Iterable[tuple[Passage, str]]:
    return ((passage, f" {' '.join(WORD.findall(fold(passage.text)))} ") for passage in passages)


def _begins(stem: str, words: str) -> bool:
    """Whether a word begins so. One or two letters are no beginning but a word."""
    return (f" {stem} " if len(stem) < SHORTEST_STEM else f" {stem}") in words
