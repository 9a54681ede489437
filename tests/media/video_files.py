"""Files of films for tests: made by hand, box by box, or by ffmpeg where it is installed."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

FTYP = b"isom\0\0\2\0isomiso2avc1mp41"
IDENTITY = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
QUARTER_TURN = (0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)


def box(name: bytes, *content: bytes) -> bytes:
    """A box of MP4."""
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), name) + body


def large_box(name: bytes, *content: bytes) -> bytes:
    """The same with a size of 64 bits."""
    body = b"".join(content)
    return struct.pack(">I4sQ", 1, name, 16 + len(body)) + body


def mvhd(*, duration: int = 5000, scale: int = 1000, version: int = 0) -> bytes:
    times = struct.pack(">QQIQ" if version else ">IIII", 0, 0, scale, duration)
    return box(b"mvhd", bytes([version, 0, 0, 0]), times, bytes(80))


def trak(
    handler: bytes = b"vide",
    codec: bytes = b"avc1",
    *,
    size: tuple[int, int] = (1280, 720),
    matrix: tuple[int, ...] = IDENTITY,
    version: int = 0,
) -> bytes:
    """A track with a single kind of sample."""
    times = bytes(32 if version else 20)
    sides = struct.pack(">II", size[0] << 16, size[1] << 16)
    tkhd = box(b"tkhd", bytes([version, 0, 0, 7]), times, bytes(16), struct.pack(">9i", *matrix), sides)
    stsd = box(b"stsd", struct.pack(">II", 0, 1), box(codec, bytes(78)))
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", tkhd, box(b"mdia", hdlr, box(b"minf", box(b"stbl", stsd))))


def mp4(*traks: bytes, header: bytes | None = None, ftyp: bytes = FTYP, film: bytes = bytes(64)) -> bytes:
    """A whole MP4 with its description first."""
    tracks = traks or (trak(), trak(b"soun", b"mp4a"))
    return box(b"ftyp", ftyp) + box(b"moov", header or mvhd(), *tracks) + box(b"mdat", film)


def element(number: int, content: bytes, *, size: bytes | None = None) -> bytes:
    """An element of EBML; `size` in place of the right one."""
    head = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return head + (size or (len(content) | 1 << 56).to_bytes(8, "big")) + content


def whole(number: int, value: int) -> bytes:
    return element(number, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def webm_track(kind: int = 1, codec: bytes = b"V_VP9", video: bytes | None = None) -> bytes:
    sides = whole(0xB0, 640) + whole(0xBA, 360) if video is None else video
    return element(0xAE, whole(0x83, kind) + element(0x86, codec) + (element(0xE0, sides) if kind == 1 else b""))


def webm_head(document: bytes = b"webm") -> bytes:
    return element(0x1A45DFA3, element(0x4282, document))


def webm_info(duration: float | None = 5000.0, scale: int | None = None) -> bytes:
    length = b"" if duration is None else element(0x4489, struct.pack(">d", duration))
    return element(0x1549A966, length + (b"" if scale is None else whole(0x2AD7B1, scale)))


def webm_segment(*tracks: bytes, info: bytes | None = None) -> bytes:
    """What a segment holds: description, tracks, one cluster."""
    entries = tracks or (webm_track(), webm_track(2, b"A_OPUS"))
    return (info or webm_info()) + element(0x1654AE6B, b"".join(entries)) + element(0x1F43B675, bytes(64))


def webm(*tracks: bytes, info: bytes | None = None, document: bytes = b"webm") -> bytes:
    """A whole WebM."""
    return webm_head(document) + element(0x18538067, webm_segment(*tracks, info=info))


def by_ffmpeg(path: Path, *options: str, seconds: float = 2.0, sound: bool = True) -> Path:
    """A short test film; the test is skipped where ffmpeg or the codec is not installed."""
    program = shutil.which("ffmpeg")
    if program is None:
        pytest.skip("ffmpeg is not installed: only files made by hand are tried")
    tone = ["-f", "lavfi", "-i", f"sine=d={seconds}"] if sound else []
    picture = ["-f", "lavfi", "-i", f"testsrc=s=320x180:r=10:d={seconds}"]
    command = [program, "-v", "error", "-y", *picture, *tone, "-pix_fmt", "yuv420p", *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        pytest.skip(f"this ffmpeg cannot make {path.name}: {done.stderr.strip()[:100]}")
    return path
