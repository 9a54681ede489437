"""What an uploaded file is, read from the file itself: MP4 or WebM, whole, playable in browsers. Pure."""

from typing import BinaryIO

from media.containers.container import Container, Reader
from media.containers.faults import NotAVideo, TruncatedVideo, UnknownCodec, UnreadableVideo
from media.containers.mp4 import read_mp4
from media.containers.webm import read_webm

__all__ = ["Container", "NotAVideo", "TruncatedVideo", "UnknownCodec", "UnreadableVideo", "read_container"]

EBML = b"\x1a\x45\xdf\xa3"
# What people take for a film and send, by the first bytes.
OTHERS = {
    b"RIFF": "To plik AVI albo dźwięk. Zapisz film jako MP4 lub WebM.",
    b"\x30\x26\xb2\x75": "To plik Windows Media (WMV). Zapisz film jako MP4 lub WebM.",
    b"FLV\x01": "To plik Flash (FLV). Zapisz film jako MP4 lub WebM.",
}
UNKNOWN = "To nie jest film. Wybierz plik MP4 lub WebM."


def read_container(file: BinaryIO, size: int) -> Container:
    """What the file of `size` bytes holds. It is read by seeking, in little pieces, however large it is.

    Raises `NotAVideo`, `TruncatedVideo` or `UnknownCodec`, all of them `UnreadableVideo`; their text is for the field.
    """
    if size == 0:
        raise NotAVideo("Plik jest pusty.")
    if size < 12:
        raise NotAVideo(UNKNOWN)
    reader = Reader(file, size)
    head = reader.at(0, 8)
    if head[4:] == b"ftyp":
        return read_mp4(reader)
    if head[:4] == EBML:
        return read_webm(reader)
    if head[4:] in {b"moov", b"mdat", b"wide", b"free", b"skip"}:
        raise NotAVideo("To plik QuickTime (MOV). Zapisz film jako MP4.")
    raise NotAVideo(OTHERS.get(head[:4], UNKNOWN))
