"""What is known of a film from its file alone."""

from dataclasses import dataclass
from typing import BinaryIO, Literal

from media.containers.faults import NotAVideo, TruncatedVideo

# A day. More is a number that somebody made up.
LONGEST = 24 * 3600 * 1000
LARGEST_SIDE = 16_384
BROKEN = "Plik jest uszkodzony: nie umiemy odczytać, co zawiera."


@dataclass(frozen=True, slots=True)
class Container:
    """Duration in milliseconds, None where the file does not say; width and height in pixels as they are shown.

    `video_codec` is "h264", "vp8", "vp9" or "av1".
    """

    kind: Literal["mp4", "webm"]
    duration: int | None
    video_codec: str | None
    width: int | None
    height: int | None
    has_sound: bool


class Reader:
    """Reads short pieces of a file by place, and only so many of them: hostile files ask for millions."""

    MOST_READS = 60_000
    MOST_BYTES = 4_096

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file = file
        self.size = size
        self.reads = 0

    def at(self, place: int, count: int) -> bytes:
        """Exactly that many bytes. Raises `NotAVideo` or `TruncatedVideo`."""
        self.reads += 1
        if self.reads > self.MOST_READS or count > self.MOST_BYTES:
            raise NotAVideo(BROKEN)
        if place < 0 or place + count > self.size:
            raise TruncatedVideo
        self.file.seek(place)
        piece = self.file.read(count)
        if len(piece) != count:
            raise TruncatedVideo
        return piece


def checked_duration(milliseconds: float | None) -> int | None:
    """A duration that a film can have, or none. Raises `NotAVideo`."""
    if milliseconds is None:
        return None
    if not 0 <= milliseconds <= LONGEST:
        raise NotAVideo(BROKEN)
    if milliseconds < 1:
        raise NotAVideo("Film w\xa0tym pliku trwa zero sekund.")
    return round(milliseconds)


def checked_side(pixels: int) -> int | None:
    """A width or height that a picture can have, or none for 0. Raises `NotAVideo`."""
    if pixels > LARGEST_SIDE:
        raise NotAVideo(BROKEN)
    return pixels or None
