"""WebM: elements of EBML (RFC 8794) with the names of Matroska (RFC 9559), each an id, a size and content."""

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from media.containers.container import BROKEN, Container, Reader, checked_duration, checked_side
from media.containers.faults import NotAVideo, TruncatedVideo, UnknownCodec

HEADER, SEGMENT = 0x1A45DFA3, 0x18538067
DOCUMENT_TYPE = 0x4282
INFO, TRACKS, CLUSTER = 0x1549A966, 0x1654AE6B, 0x1F43B675
TIME_SCALE, DURATION = 0x2AD7B1, 0x4489
TRACK, TRACK_TYPE, CODEC, VIDEO = 0xAE, 0x83, 0x86, 0xE0
PIXEL_WIDTH, PIXEL_HEIGHT = 0xB0, 0xBA
DISPLAY_WIDTH, DISPLAY_HEIGHT, DISPLAY_UNIT = 0x54B0, 0x54BA, 0x54B2

PICTURE, SOUND = 1, 2
VIDEO_CODECS = {"V_VP8": "vp8", "V_VP9": "vp9", "V_AV1": "av1"}
AUDIO_CODECS = frozenset({"A_OPUS", "A_VORBIS"})
ADVICE = "Zapisz film jako WebM z\xa0obrazem VP9 i\xa0dźwiękiem Opus albo jako MP4 z\xa0obrazem H.264."
NANOSECONDS = 1_000_000
MOST_CHILDREN = 512
MOST_TRACKS = 64


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its id and where its content begins and ends; `is_open` where its size was not known yet."""

    id: int
    start: int
    end: int
    is_open: bool = False


def read_webm(reader: Reader) -> Container:
    """What the file says of itself. Raises `NotAVideo`, `TruncatedVideo`, `UnknownCodec`."""
    header = _element(reader, 0, reader.size)
    kind = _text(reader, _first(reader, header, DOCUMENT_TYPE))
    if kind == "matroska":
        raise NotAVideo("To plik Matroska (MKV). Zapisz film jako MP4 lub WebM.")
    if kind != "webm":
        raise NotAVideo(BROKEN)
    parts = _parts(reader, header.end)
    if INFO not in parts or TRACKS not in parts or CLUSTER not in parts:
        raise TruncatedVideo
    tracks = [track for track in _children(reader, parts[TRACKS]) if track.id == TRACK][:MOST_TRACKS]
    kinds = {track: _number(reader, _first(reader, track, TRACK_TYPE)) for track in tracks}
    picture = next((track for track in tracks if kinds[track] == PICTURE), None)
    if picture is None:
        raise NotAVideo("W\xa0pliku nie ma obrazu, tylko dźwięk lub tekst. Wybierz plik z\xa0filmem.")
    sounds = [track for track in tracks if kinds[track] == SOUND]
    for sound in sounds[:1]:
        _check_sound(_text(reader, _first(reader, sound, CODEC)))
    width, height = _size(reader, picture)
    return Container(
        kind="webm",
        duration=checked_duration(_duration(reader, parts[INFO])),
        video_codec=_known(_text(reader, _first(reader, picture, CODEC))),
        width=checked_side(width),
        height=checked_side(height),
        has_sound=bool(sounds),
    )


def _parts(reader: Reader, start: int) -> Mapping[int, Element]:
    """The first of each part of the segment, up to where the film can be described."""
    segment = _element(reader, start, reader.size)
    if segment.id != SEGMENT:
        raise NotAVideo(BROKEN)
    parts: dict[int, Element] = {}
    for part in _children(reader, segment, is_bounded=False):
        parts.setdefault(part.id, part)
        if part.is_open or {INFO, TRACKS, CLUSTER} <= set(parts):
            break
    return parts


def _children(reader: Reader, parent: Element, *, is_bounded: bool = True) -> Iterator[Element]:
    """The elements in an element, in order."""
    place = parent.start
    count = 0
    while place < parent.end:
        count += 1
        if is_bounded and count > MOST_CHILDREN:
            raise NotAVideo(BROKEN)
        child = _element(reader, place, parent.end)
        yield child
        place = child.end


def _element(reader: Reader, place: int, end: int) -> Element:
    """The element there. One of unknown size, as live recordings have them, lasts as long as what holds it."""
    id_length = _length(reader.at(place, 1)[0], most=4)
    number = int.from_bytes(reader.at(place, id_length), "big")
    place += id_length
    size_length = _length(reader.at(place, 1)[0], most=8)
    mask = (1 << 7 * size_length) - 1
    size = int.from_bytes(reader.at(place, size_length), "big") & mask
    place += size_length
    if size == mask:
        return Element(number, place, end, is_open=True)
    if place + size > end:
        raise TruncatedVideo if end == reader.size else NotAVideo(BROKEN)
    return Element(number, place, place + size)


def _length(first: int, *, most: int) -> int:
    """How many bytes a number has that begins with this one: the zeros before the first bit that is set."""
    length = 9 - first.bit_length()
    if length > most:
        raise NotAVideo(BROKEN)
    return length


def _first(reader: Reader, parent: Element, number: int) -> Element | None:
    return next((child for child in _children(reader, parent) if child.id == number), None)


def _bytes(reader: Reader, element: Element, most: int) -> bytes:
    if element.end - element.start > most:
        raise NotAVideo(BROKEN)
    return reader.at(element.start, element.end - element.start)


def _text(reader: Reader, element: Element | None) -> str:
    if element is None:
        return ""
    text = _bytes(reader, element, 64).rstrip(b"\0").decode("ascii", "replace")
    return "".join(character for character in text if character.isprintable())


def _number(reader: Reader, element: Element | None, default: int = 0) -> int:
    return default if element is None else int.from_bytes(_bytes(reader, element, 8), "big")


def _duration(reader: Reader, info: Element) -> float | None:
    """Milliseconds; None where a browser recorded the film and did not know."""
    element = _first(reader, info, DURATION)
    if element is None:
        return None
    content = _bytes(reader, element, 8)
    if len(content) not in {4, 8}:
        raise NotAVideo(BROKEN)
    (units,) = struct.unpack(">f" if len(content) == 4 else ">d", content)
    if not math.isfinite(units):
        raise NotAVideo(BROKEN)
    return float(units) * _number(reader, _first(reader, info, TIME_SCALE), NANOSECONDS) / NANOSECONDS


def _size(reader: Reader, track: Element) -> tuple[int, int]:
    """Width and height in pixels as they are shown. Other units than pixels only tell proportions: stored size then."""
    video = _first(reader, track, VIDEO)
    if video is None:
        return 0, 0
    sides = {child.id: child for child in _children(reader, video)}
    width, height = _number(reader, sides.get(PIXEL_WIDTH)), _number(reader, sides.get(PIXEL_HEIGHT))
    if _number(reader, sides.get(DISPLAY_UNIT)):
        return width, height
    return _number(reader, sides.get(DISPLAY_WIDTH), width), _number(reader, sides.get(DISPLAY_HEIGHT), height)


def _known(codec: str) -> str:
    if codec not in VIDEO_CODECS:
        raise UnknownCodec("Obraz", f"„{codec}”" if codec else "nieznanym", ADVICE)
    return VIDEO_CODECS[codec]


def _check_sound(codec: str) -> None:
    if codec not in AUDIO_CODECS:
        raise UnknownCodec("Dźwięk", f"„{codec}”" if codec else "nieznanym", ADVICE)
