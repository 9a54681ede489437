"""MP4 (ISO/IEC 14496-12): boxes of a size, a name of four letters and content; most hold further boxes.

Only the boxes that say what the film is are read; of the film itself no more than where it ends.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media.containers.container import BROKEN, Container, Reader, checked_duration, checked_side
from media.containers.faults import NotAVideo, TruncatedVideo, UnknownCodec

VIDEO_CODECS = {
    b"avc1": "h264",
    b"avc3": "h264",
    b"av01": "av1",
    b"vp08": "vp8",
    b"vp09": "vp9",
}
AUDIO_CODECS = frozenset({b"mp4a", b"Opus", b".mp3", b"mp3 "})
NAMES = {
    b"hvc1": "H.265 (HEVC)",
    b"hev1": "H.265 (HEVC)",
    b"dvh1": "Dolby Vision",
    b"dvhe": "Dolby Vision",
    b"mp4v": "MPEG-4 Part 2",
    b"apch": "ProRes",
    b"apcn": "ProRes",
    b"encv": "szyfrowanym",
    b"enca": "szyfrowanym",
    b"ac-3": "AC-3",
    b"ec-3": "E-AC-3",
    b"alac": "ALAC",
    b"sowt": "PCM",
    b"twos": "PCM",
    b"lpcm": "PCM",
}
ADVICE = "Zapisz film jako MP4 z\xa0obrazem H.264 i\xa0dźwiękiem AAC."

IMAGE_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"})
# Tracks that are looked at, and boxes in one box but for the file itself.
MOST_TRACKS = 64
MOST_CHILDREN = 512
UNKNOWN_32, UNKNOWN_64 = 2**32 - 1, 2**64 - 1


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name and where its content begins and ends."""

    name: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Track:
    """A track: `handler` is b"vide", b"soun" or another; the sizes are pixels as they are shown."""

    handler: bytes
    codecs: tuple[bytes, ...]
    width: int
    height: int


def read_mp4(reader: Reader) -> Container:
    """What the file says of itself. Raises `NotAVideo`, `TruncatedVideo`, `UnknownCodec`."""
    moov, is_fragmented = _top(reader)
    children = list(_boxes(reader, moov.start, moov.end))
    tracks = [_track(reader, box) for box in children if box.name == b"trak"][:MOST_TRACKS]
    picture = next((track for track in tracks if track.handler == b"vide"), None)
    if picture is None:
        raise NotAVideo("W\xa0pliku nie ma obrazu, tylko dźwięk lub tekst. Wybierz plik z\xa0filmem.")
    sounds = [track for track in tracks if track.handler == b"soun"]
    codec = _known(picture)
    # Others follow the first one where a telephone adds its own; browsers play the first.
    for sound in sounds[:1]:
        _check_sound(sound)
    return Container(
        kind="mp4",
        duration=checked_duration(_duration(reader, children, is_fragmented=is_fragmented)),
        video_codec=codec,
        width=checked_side(picture.width),
        height=checked_side(picture.height),
        has_sound=bool(sounds),
    )


def _top(reader: Reader) -> tuple[Box, bool]:
    """The box that describes the film, and whether the film comes in fragments."""
    moov: Box | None = None
    names: set[bytes] = set()
    for box in _boxes(reader, 0, reader.size, is_file=True):
        if not names:
            _check_brands(reader, box)
        if box.name == b"moov":
            moov = box
        names.add(box.name)
    if moov is None and b"meta" in names:
        raise NotAVideo("To obraz, a\xa0nie film. Wybierz plik MP4 lub WebM.")
    if moov is None or not names & {b"mdat", b"moof"}:
        raise TruncatedVideo
    return moov, b"moof" in names


def _check_brands(reader: Reader, box: Box) -> None:
    if box.name != b"ftyp" or box.end - box.start < 8:
        raise NotAVideo(BROKEN)
    brands = reader.at(box.start, min(256, (box.end - box.start) // 4 * 4))
    names = {brands[:4], *(brands[at : at + 4] for at in range(8, len(brands), 4))}
    if brands[:4] in IMAGE_BRANDS:
        raise NotAVideo("To obraz, a\xa0nie film. Wybierz plik MP4 lub WebM.")
    if names <= {b"qt  ", b"\0\0\0\0"}:
        raise NotAVideo("To plik QuickTime (MOV). Zapisz film jako MP4.")


def _boxes(reader: Reader, start: int, end: int, *, is_file: bool = False) -> Iterator[Box]:
    """The boxes in that part of the file, in order."""
    seen: set[bytes] = set()
    count = 0
    while end - start >= 8:
        count += 1
        if count > MOST_CHILDREN and not is_file:
            raise NotAVideo(BROKEN)
        size, name = struct.unpack(">I4s", reader.at(start, 8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", reader.at(start + 8, 8))
            head = 16
        elif size == 0:
            size = end - start
        if size < head:
            raise NotAVideo(BROKEN)
        if start + size > end:
            if is_file and _is_junk(name, seen):
                return
            raise TruncatedVideo if is_file and seen else NotAVideo(BROKEN)
        seen.add(name)
        yield Box(name, start + head, start + size)
        start += size


def _is_junk(name: bytes, seen: set[bytes]) -> bool:
    """Whether a box that passes the file's end only follows a whole film: some cameras leave bytes behind."""
    return b"moov" in seen and b"mdat" in seen and name not in {b"mdat", b"moof", b"moov", b"free", b"uuid"}


def _child(reader: Reader, box: Box, *path: bytes) -> Box | None:
    """The first box of these names, one in the other."""
    for name in path:
        found = next((child for child in _boxes(reader, box.start, box.end) if child.name == name), None)
        if found is None:
            return None
        box = found
    return box


def _track(reader: Reader, trak: Box) -> Track:
    handler_box = _child(reader, trak, b"mdia", b"hdlr")
    handler = _content(reader, handler_box, 12)[8:12] if handler_box else b""
    stsd = _child(reader, trak, b"mdia", b"minf", b"stbl", b"stsd")
    entries = _boxes(reader, stsd.start + 8, stsd.end) if stsd else iter(())
    width, height = _size(reader, trak) if handler == b"vide" else (0, 0)
    return Track(handler, tuple(dict.fromkeys(box.name for box in entries)), width, height)


def _size(reader: Reader, trak: Box) -> tuple[int, int]:
    """Width and height of the picture, turned as the telephone was that filmed it."""
    header = _child(reader, trak, b"tkhd")
    if header is None:
        raise NotAVideo(BROKEN)
    content = _content(reader, header, 84)
    if content[0] == 1:
        content = _content(reader, header, 96)
    matrix = struct.unpack(">9i", content[-44:-8])
    width, height = (side >> 16 for side in struct.unpack(">II", content[-8:]))
    is_turned = matrix[0] == matrix[4] == 0 and matrix[1] and matrix[3]
    return (height, width) if is_turned else (width, height)


def _known(picture: Track) -> str:
    if not picture.codecs:
        raise NotAVideo(BROKEN)
    unknown = [name for name in picture.codecs if name not in VIDEO_CODECS]
    if unknown:
        raise UnknownCodec("Obraz", _name(unknown[0]), ADVICE)
    return VIDEO_CODECS[picture.codecs[0]]


def _check_sound(sound: Track) -> None:
    unknown = [name for name in sound.codecs if name not in AUDIO_CODECS]
    if unknown:
        raise UnknownCodec("Dźwięk", _name(unknown[0]), ADVICE)


def _name(codec: bytes) -> str:
    """The codec's name for people; of an unknown one its four letters, of which only printed ones are shown."""
    letters = "".join(chr(byte) for byte in codec if 0x20 < byte < 0x7F)
    return NAMES.get(codec) or (f"„{letters}”" if letters else "nieznanym")


def _duration(reader: Reader, children: Sequence[Box], *, is_fragmented: bool) -> float | None:
    """Milliseconds; None where the file does not say, as fragmented ones may."""
    header = next((box for box in children if box.name == b"mvhd"), None)
    if header is None:
        raise NotAVideo(BROKEN)
    scale, duration = _timing(_content(reader, header, 32 if header.end - header.start >= 32 else 20))
    if scale == 0:
        raise NotAVideo(BROKEN)
    if duration == 0 and is_fragmented:
        duration = _fragments(reader, children)
    return None if duration is None else duration * 1000 / scale


def _timing(content: bytes) -> tuple[int, int | None]:
    """Units in a second and the duration in units, from the header of the film."""
    if content[0] == 1 and len(content) >= 32:
        scale, duration = struct.unpack(">IQ", content[20:32])
        return scale, None if duration == UNKNOWN_64 else duration
    scale, duration = struct.unpack(">II", content[12:20])
    return scale, None if duration == UNKNOWN_32 else duration


def _fragments(reader: Reader, children: Sequence[Box]) -> int | None:
    """The duration of a film in fragments, in units; None where its maker did not know it yet."""
    extends = next((box for box in children if box.name == b"mvex"), None)
    header = _child(reader, extends, b"mehd") if extends else None
    if header is None:
        return None
    content = _content(reader, header, 8)
    if content[0] == 1:
        return int.from_bytes(_content(reader, header, 12)[4:12], "big") or None
    return int.from_bytes(content[4:8], "big") or None


def _content(reader: Reader, box: Box, count: int) -> bytes:
    """The first bytes of a box. Raises `NotAVideo` where it is shorter."""
    if box.end - box.start < count:
        raise NotAVideo(BROKEN)
    return reader.at(box.start, count)
