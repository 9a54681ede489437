"""Makes a short film out of a text: titles on a moving picture, read by a synthetic voice.

Needs ffmpeg; without espeak-ng the film is silent. What is made once is kept in a folder and used again.
"""

import hashlib
import shutil
import subprocess
import textwrap
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from media.caption_files import Cue
from media.captions import to_vtt

RULES = "1"  # how films are made; another value makes them anew
FONT = settings.ASSETS_DIR / "source-sans" / "TTF" / "SourceSans3-Semibold.ttf"
FRAME = "gradients=size=640x360:rate=15:speed=0.008:c0=0x14213d:c1=0x1b4965:c2=0x2a6f6b:nb_colors=3"
RATE = 22_050  # samples a second, as espeak-ng gives them
READING = 60  # ms for a letter that nobody reads aloud
PAUSE, BETWEEN_CHAPTERS = 500, 1_200  # ms
TIMEOUT = 120  # s


@dataclass(frozen=True, slots=True)
class Chapter:
    """A title and the sentences that are read under it."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A film as MP4, what is said in it as WebVTT, and its chapters, a line each."""

    path: Path
    vtt: str
    chapters: str


@dataclass(slots=True)
class _Sound:
    """What is read, as samples of 16 bits, and when."""

    samples: bytearray = field(default_factory=bytearray)
    cues: list[Cue] = field(default_factory=list)

    @property
    def now(self) -> int:
        """Milliseconds so far."""
        return len(self.samples) // 2 * 1000 // RATE

    def wait(self, milliseconds: int) -> None:
        self.samples.extend(bytes(2 * (RATE * milliseconds // 1000)))

    def say(self, sentence: str, read: bytes) -> None:
        start = self.now
        self.samples.extend(read)
        self.cues.append(Cue(start, self.now, sentence))


def can_film() -> bool:
    """Whether this machine has what it takes."""
    return shutil.which("ffmpeg") is not None and FONT.is_file()


def make(title: str, chapters: Sequence[Chapter], folder: Path) -> Made:
    """The film, made in `folder` unless it is there. Raises `subprocess.SubprocessError` where ffmpeg fails."""
    folder.mkdir(parents=True, exist_ok=True)
    written = repr((RULES, title, chapters, bool(shutil.which("espeak-ng"))))
    target = folder / f"{hashlib.sha256(written.encode()).hexdigest()[:32]}.mp4"
    sound, starts = _read_aloud(chapters)
    if not target.is_file():
        with TemporaryDirectory(dir=folder) as name:
            _film(title, list(zip(starts, chapters, strict=True)), sound, Path(name)).replace(target)
    lines = (
        f"{start // 60_000}:{start // 1000 % 60:02} {one.title}" for start, one in zip(starts, chapters, strict=True)
    )
    return Made(target, to_vtt(sound.cues), "\n".join(lines))


def _read_aloud(chapters: Iterable[Chapter]) -> tuple[_Sound, list[int]]:
    """The sound of the film, and when each chapter begins, in whole seconds."""
    sound, starts = _Sound(), []
    for chapter in chapters:
        sound.wait(-sound.now % 1000)
        starts.append(sound.now)
        sound.wait(BETWEEN_CHAPTERS)
        for sentence in chapter.sentences:
            sound.say(sentence, _voice(sentence))
            sound.wait(PAUSE)
    sound.wait(BETWEEN_CHAPTERS)
    return sound, starts


def _voice(sentence: str) -> bytes:
    program = shutil.which("espeak-ng")
    if program is None:
        return bytes(2 * (RATE * READING * len(sentence) // 1000))
    with TemporaryDirectory() as name:
        file = Path(name) / "voice.wav"
        command = [program, "-v", "pl", "-s", "145", "-w", str(file), sentence.replace("\xa0", " ")]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
        with wave.open(str(file)) as read:
            return read.readframes(read.getnframes())


def _film(title: str, chapters: Sequence[tuple[int, Chapter]], sound: _Sound, folder: Path) -> Path:
    with wave.open(str(folder / "sound.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(sound.samples))
    shutil.copy(FONT, folder / "font.ttf")
    ends = [start for start, _chapter in chapters[1:]] + [sound.now]
    texts = [
        _drawn(folder, "title", title, size=22, top="36"),
        _drawn(folder, "sample", "treść przykładowa", size=18, top="h-44"),
    ]
    for number, ((start, chapter), end) in enumerate(zip(chapters, ends, strict=True)):
        shown = f":enable='between(t,{start / 1000},{end / 1000 - 0.05})'"
        texts.append(_drawn(folder, f"chapter{number}", chapter.title, size=40, top="(h-text_h)/2") + shown)
    command = [
        "ffmpeg",
        "-nostdin",
        "-hide_banner",
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        FRAME,
        "-i",
        "sound.wav",
    ]
    command += [
        "-vf",
        ",".join(texts),
        "-t",
        str(sound.now / 1000),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "27",
    ]
    command += ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "film.mp4"]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, cwd=folder)
    return folder / "film.mp4"


def _drawn(folder: Path, name: str, text: str, *, size: int, top: str) -> str:
    """A filter that writes a text in the middle; files keep it from being read as a part of the filter."""
    (folder / f"{name}.txt").write_text("\n".join(textwrap.wrap(text, 26 if size > 30 else 60)), encoding="utf-8")
    look = f"fontsize={size}:fontcolor=white:line_spacing=8:x=(w-text_w)/2:y={top}"
    return f"drawtext=fontfile=font.ttf:textfile={name}.txt:{look}"
