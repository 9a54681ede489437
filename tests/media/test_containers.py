"""What a film's file holds: whole ones, broken ones, hostile ones; by hand and by ffmpeg. No database."""

import io
import struct
import subprocess
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.containers import (
    Container,
    NotAVideo,
    TruncatedVideo,
    UnknownCodec,
    UnreadableVideo,
    read_container,
)
from tests.media.video_files import (
    FTYP,
    QUARTER_TURN,
    box,
    by_ffmpeg,
    element,
    large_box,
    mp4,
    mvhd,
    trak,
    webm,
    webm_head,
    webm_info,
    webm_segment,
    webm_track,
    whole,
)

MP4 = Container("mp4", 5000, "h264", 1280, 720, has_sound=True)
WEBM = Container("webm", 5000, "vp9", 640, 360, has_sound=True)
DAY = 24 * 3_600_000


def read(data: bytes) -> Container:
    return read_container(io.BytesIO(data), len(data))


class Sparse(io.RawIOBase):
    """A file of any size that holds these bytes at its beginning and zeros after them; counts what is read."""

    def __init__(self, head: bytes, size: int) -> None:
        self.head, self.size, self.place, self.bytes_read = head, size, 0, 0

    def seek(self, place: int, whence: int = 0) -> int:
        assert whence == 0
        self.place = place
        return place

    def read(self, count: int = -1) -> bytes:
        assert count >= 0
        count = min(count, max(0, self.size - self.place))
        piece = self.head[self.place : self.place + count].ljust(count, b"\0")
        self.place += count
        self.bytes_read += count
        return piece


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (mp4(), MP4),
        (mp4(trak(codec=b"avc3")), Container("mp4", 5000, "h264", 1280, 720, has_sound=False)),
        (mp4(trak(codec=b"av01")), Container("mp4", 5000, "av1", 1280, 720, has_sound=False)),
        (mp4(trak(b"text", b"tx3g"), trak(), trak(b"soun", b"Opus")), MP4),
        (mp4(trak(version=1), trak(b"soun", b"mp4a"), header=mvhd(version=1)), MP4),
        (mp4(trak(), trak(b"soun", b"mp4a"), trak(b"soun", b"apac")), MP4),
        (mp4(trak(matrix=QUARTER_TURN)), Container("mp4", 5000, "h264", 720, 1280, has_sound=False)),
        (mp4(header=mvhd(duration=450_000, scale=90_000)), MP4),
        (mp4(header=mvhd(duration=2**32 - 1)), Container("mp4", None, "h264", 1280, 720, has_sound=True)),
        (mp4(trak(size=(0, 0))), Container("mp4", 5000, "h264", None, None, has_sound=False)),
        (
            box(b"ftyp", FTYP) + large_box(b"mdat", bytes(64)) + box(b"moov", mvhd(), trak(), trak(b"soun", b"mp4a")),
            MP4,
        ),
        (mp4()[:-72] + struct.pack(">I4s", 0, b"mdat") + bytes(64), MP4),
        (mp4() + b"\0\0\0\0\0\0\0\0 left by a camera", MP4),
        (mp4() + b"\xff\xff\xff\xffjunk", MP4),
        (mp4() + b"abc", MP4),
        (webm(), WEBM),
        (webm(webm_track(codec=b"V_VP8")), Container("webm", 5000, "vp8", 640, 360, has_sound=False)),
        (webm(webm_track(codec=b"V_AV1\0")), Container("webm", 5000, "av1", 640, 360, has_sound=False)),
        (webm(info=webm_info(5.0, scale=1_000_000_000)), WEBM),
        (webm(info=webm_info(None)), Container("webm", None, "vp9", 640, 360, has_sound=True)),
        (
            webm(webm_track(video=whole(0xB0, 640) + whole(0xBA, 480) + whole(0x54B0, 853) + whole(0x54BA, 480))),
            Container("webm", 5000, "vp9", 853, 480, has_sound=False),
        ),
        (
            webm(webm_track(video=whole(0xB0, 640) + whole(0xBA, 360) + whole(0x54B0, 16) + whole(0x54B2, 3))),
            Container("webm", 5000, "vp9", 640, 360, has_sound=False),
        ),
        (webm_head() + element(0x18538067, webm_segment(), size=b"\x01" + b"\xff" * 7), WEBM),
        (webm_head() + element(0x18538067, element(0xEC, bytes(50)) + webm_segment(), size=b"\xff"), WEBM),
    ],
)
def test_a_film_made_by_hand_is_described(data: bytes, expected: Container) -> None:
    assert read(data) == expected


def test_a_film_in_fragments_tells_its_duration_or_not() -> None:
    fragments = box(b"moof", bytes(16)) + box(b"mdat", bytes(64))
    for mvex, duration in (
        (box(b"mvex"), None),
        (box(b"mvex", box(b"mehd", bytes(4), struct.pack(">I", 7000))), 7000),
        (box(b"mvex", box(b"mehd", b"\1\0\0\0", struct.pack(">Q", 8000))), 8000),
    ):
        moov = box(b"moov", mvhd(duration=0), trak(), mvex)
        assert read(box(b"ftyp", FTYP) + moov + fragments * 3).duration == duration


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Plik jest pusty."),
        (b"x", "To nie jest film."),
        (b"%PDF-1.7 bylejaki plik", "To nie jest film."),
        (bytes(1000), "To nie jest film."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "To nie jest film."),
        (b"RIFF\0\0\0\0AVI LIST" + bytes(20), "To plik AVI"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(20), "To plik Windows Media"),
        (mp4(ftyp=b"qt  \0\0\2\0qt  "), "To plik QuickTime (MOV)."),
        (box(b"wide") + box(b"mdat", bytes(9)) + box(b"moov"), "To plik QuickTime (MOV)."),
        (box(b"ftyp", b"avif\0\0\0\0avifmif1") + box(b"meta", bytes(9)) + box(b"mdat"), "To obraz, a nie film."),
        (box(b"ftyp", FTYP) + box(b"meta", bytes(9)) + box(b"mdat"), "To obraz, a nie film."),
        (mp4(trak(b"soun", b"mp4a"), ftyp=b"M4A \0\0\0\0M4A isom"), "W pliku nie ma obrazu"),
        (mp4(header=mvhd(duration=0)), "Film w tym pliku trwa zero sekund."),
        (mp4(header=mvhd(scale=0)), "Plik jest uszkodzony"),
        (mp4(header=mvhd(duration=DAY + 1)), "Plik jest uszkodzony"),
        (mp4(header=mvhd(duration=2**63, version=1)), "Plik jest uszkodzony"),
        (mp4(header=box(b"mvhd", bytes(8))), "Plik jest uszkodzony"),
        (mp4(header=box(b"free")), "Plik jest uszkodzony"),
        (mp4(trak(size=(40_000, 2))), "Plik jest uszkodzony"),
        (box(b"ftyp", FTYP) + struct.pack(">I4s", 4, b"moov") + bytes(99), "Plik jest uszkodzony"),
        (
            box(b"ftyp", FTYP) + box(b"moov", struct.pack(">I4s", 999, b"trak")) + box(b"mdat", bytes(999)),
            "Plik jest uszkodzony",
        ),
        (struct.pack(">I4s", 999_999, b"ftyp") + FTYP, "Plik jest uszkodzony"),
        (webm(document=b"matroska"), "To plik Matroska (MKV)."),
        (webm(document=b"x" * 200), "Plik jest uszkodzony"),
        (webm(webm_track(2, b"A_OPUS")), "W pliku nie ma obrazu"),
        (webm(info=webm_info(0.0)), "Film w tym pliku trwa zero sekund."),
        (webm(info=webm_info(-1.0)), "Plik jest uszkodzony"),
        (webm(info=webm_info(float("nan"))), "Plik jest uszkodzony"),
        (webm(info=webm_info(float("inf"))), "Plik jest uszkodzony"),
        (webm(info=webm_info(1e300, scale=2**63)), "Plik jest uszkodzony"),
        (webm(webm_track(video=whole(0xB0, 2**60))), "Plik jest uszkodzony"),
        (webm_head() + bytes(100), "Plik jest uszkodzony"),
        (webm_head() + element(0xEC, bytes(9)) + bytes(9), "Plik jest uszkodzony"),
    ],
)
def test_what_is_no_film_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotAVideo) as raised:
        read(data)
    assert str(raised.value).replace("\xa0", " ").startswith(sentence)


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (mp4(trak(codec=b"hvc1")), "Obraz w tym pliku jest w formacie H.265 (HEVC)."),
        (mp4(trak(codec=b"mp4v")), "Obraz w tym pliku jest w formacie MPEG-4 Part 2."),
        (mp4(trak(codec=b"<b>1")), "Obraz w tym pliku jest w formacie „<b>1”."),
        (mp4(trak(codec=bytes(4))), "Obraz w tym pliku jest w formacie nieznanym."),
        (mp4(trak(codec=b"encv")), "Obraz w tym pliku jest w formacie szyfrowanym."),
        (mp4(trak(), trak(b"soun", b"ac-3")), "Dźwięk w tym pliku jest w formacie AC-3."),
        (webm(webm_track(codec=b"V_MPEG4/ISO/AVC")), "Obraz w tym pliku jest w formacie „V_MPEG4/ISO/AVC”."),
        (webm(webm_track(), webm_track(2, b"A_AAC")), "Dźwięk w tym pliku jest w formacie „A_AAC”."),
        (webm(webm_track(codec=b"")), "Obraz w tym pliku jest w formacie nieznanym."),
    ],
)
def test_what_not_every_browser_plays_is_refused_with_advice(data: bytes, codec: str) -> None:
    with pytest.raises(UnknownCodec) as raised:
        read(data)
    assert str(raised.value).replace("\xa0", " ").startswith(codec)
    assert "Zapisz film jako" in str(raised.value)


@pytest.mark.parametrize("data", [mp4(film=bytes(500)), webm()])
def test_wherever_a_file_is_cut_it_is_refused(data: bytes) -> None:
    for length in range(1, len(data)):
        with pytest.raises(UnreadableVideo):
            read(data[:length])


@pytest.mark.parametrize(
    "data",
    [
        mp4()[:-1],
        box(b"ftyp", FTYP) + box(b"mdat", bytes(99)),
        box(b"ftyp", FTYP) + box(b"moov", mvhd(), trak()),
        box(b"ftyp", FTYP) + struct.pack(">I4sQ", 1, b"mdat", 2**63),
        box(b"ftyp", FTYP) + struct.pack(">I4s", 1, b"mdat"),
        webm()[:-1],
        webm_head() + element(0x18538067, webm_info(), size=b"\xff"),
        webm_head(),
    ],
)
def test_a_film_that_ends_too_early_is_called_incomplete(data: bytes) -> None:
    with pytest.raises(TruncatedVideo, match="Plik jest niepełny"):
        read(data)


def test_a_file_that_is_shorter_than_was_said_is_incomplete() -> None:
    data = mp4()
    with pytest.raises(TruncatedVideo):
        read_container(io.BytesIO(data[:100]), len(data))


@pytest.mark.parametrize("cluster", [64, 3_000_000_000])
def test_of_a_large_film_little_is_read(cluster: int) -> None:
    head = box(b"ftyp", FTYP) + box(b"moov", mvhd(), trak(), trak(b"soun", b"mp4a"))
    head += struct.pack(">I4sQ", 1, b"mdat", 16 + cluster)
    file = Sparse(head, len(head) + cluster)
    assert read_container(file, file.size) == MP4
    assert file.bytes_read < 2_000


@pytest.mark.parametrize(
    "head",
    [
        box(b"ftyp", FTYP) + box(b"free") * 500_000,
        box(b"ftyp", FTYP) + box(b"moov", box(b"free") * 500_000) + box(b"mdat"),
        box(b"ftyp", FTYP) + box(b"moov", mvhd(), trak() * 5_000) + box(b"mdat"),
        box(b"ftyp", FTYP) + box(b"moov", box(b"moov", box(b"moov"))) + box(b"mdat"),
        webm_head() + element(0x18538067, b"\xec\x80" * 1_000_000),
        webm_head()
        + element(0x18538067, webm_info() + element(0x1654AE6B, b"\xec\x80" * 1_000_000) + element(0x1F43B675, b"")),
        webm_head() + element(0x18538067, webm_segment(webm_track() * 1_000)),
        element(0x1A45DFA3, b"\xec\x80" * 1_000_000),
    ],
)
def test_hostile_files_get_bounded_work(head: bytes) -> None:
    file = io.BytesIO(head)
    tracemalloc.start()
    started = time.thread_time()
    try:
        with pytest.raises(NotAVideo):
            read_container(file, len(head))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.thread_time() - started < 5
    assert peak < 2_000_000


def test_an_endless_file_of_nothing_gets_bounded_work() -> None:
    file = Sparse(box(b"ftyp", FTYP) + struct.pack(">I4s", 8, b"free"), 3_000_000_000)
    with pytest.raises(UnreadableVideo):
        read_container(file, file.size)


@given(st.integers(0, 2**31), st.binary(min_size=1, max_size=12), st.sampled_from([mp4(), webm()]))
def test_a_damaged_file_is_described_or_refused(place: int, damage: bytes, data: bytes) -> None:
    place %= len(data)
    try:
        found = read(data[:place] + damage + data[place + len(damage) :])
    except UnreadableVideo as fault:
        text = str(fault)
        assert text.endswith(".")
    else:
        assert found.duration is None or 0 < found.duration <= DAY


@given(st.binary(max_size=300))
def test_any_bytes_are_described_or_refused(data: bytes) -> None:
    for head in (b"", box(b"ftyp", FTYP), webm_head(), webm_head() + b"\x18\x53\x80\x67\xff"):
        with pytest.raises(UnreadableVideo):
            read(head + data)


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("film.mp4", ["-c:v", "libx264", "-c:a", "aac"], ("mp4", "h264", True)),
        ("fast.mp4", ["-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"], ("mp4", "h264", True)),
        ("vp9.mp4", ["-c:v", "libvpx-vp9", "-c:a", "libopus"], ("mp4", "vp9", True)),
        ("film.webm", ["-c:v", "libvpx-vp9", "-c:a", "libopus"], ("webm", "vp9", True)),
        ("vp8.webm", ["-c:v", "libvpx", "-c:a", "libvorbis"], ("webm", "vp8", True)),
    ],
)
def test_a_film_of_ffmpeg_is_described(
    tmp_path: Path, name: str, options: Sequence[str], expected: tuple[str, str, bool]
) -> None:
    path = by_ffmpeg(tmp_path / name, *options)
    with path.open("rb") as file:
        found = read_container(file, path.stat().st_size)
    assert (found.kind, found.video_codec, found.has_sound) == expected
    assert (found.width, found.height) == (320, 180)
    assert found.duration == pytest.approx(2000, abs=60)
    cut = path.read_bytes()[: -path.stat().st_size // 5]
    with pytest.raises(TruncatedVideo):
        read(cut)


def test_a_film_of_ffmpeg_in_fragments_is_described(tmp_path: Path) -> None:
    flags = ["-movflags", "frag_keyframe+empty_moov+default_base_moof"]
    path = by_ffmpeg(tmp_path / "fragments.mp4", "-c:v", "libx264", *flags, sound=False)
    found = read(path.read_bytes())
    assert (found.kind, found.video_codec, found.has_sound) == ("mp4", "h264", False)


def test_a_film_that_was_streamed_as_webm_is_described(tmp_path: Path) -> None:
    path = by_ffmpeg(tmp_path / "live.webm", "-c:v", "libvpx", "-live", "1", "-f", "webm", sound=False)
    found = read(path.read_bytes())
    assert (found.kind, found.video_codec, found.width, found.height) == ("webm", "vp8", 320, 180)


@pytest.mark.parametrize(
    ("name", "options", "fault"),
    [
        ("hevc.mp4", ["-c:v", "libx265", "-tag:v", "hvc1"], UnknownCodec),
        ("old.mp4", ["-c:v", "mpeg4"], UnknownCodec),
        ("ac3.mp4", ["-c:v", "libx264", "-c:a", "ac3"], UnknownCodec),
        ("film.mkv", ["-c:v", "libx264"], NotAVideo),
        ("film.mov", ["-c:v", "libx264"], NotAVideo),
        ("film.avi", ["-c:v", "mpeg4"], NotAVideo),
        ("sound.mp4", ["-vn", "-c:a", "aac"], NotAVideo),
    ],
)
def test_other_films_of_ffmpeg_are_refused(
    tmp_path: Path, name: str, options: Sequence[str], fault: type[UnreadableVideo]
) -> None:
    path = by_ffmpeg(tmp_path / name, *options)
    with path.open("rb") as file, pytest.raises(fault):
        read_container(file, path.stat().st_size)


def test_a_film_that_a_telephone_held_upright_is_upright(tmp_path: Path) -> None:
    path = by_ffmpeg(tmp_path / "film.mp4", "-c:v", "libx264", sound=False)
    turned = tmp_path / "turned.mp4"
    before, after = ["ffmpeg", "-v", "error"], ["-c", "copy"]
    # The first as newer versions of ffmpeg want it, the second as the older ones did.
    for command in (
        [*before, "-display_rotation", "90", "-i", str(path), *after, str(turned)],
        [*before, "-i", str(path), *after, "-metadata:s:v:0", "rotate=90", str(turned)],
    ):
        if subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0:
            break
    found = read(turned.read_bytes())
    assert (found.width, found.height) == (180, 320)
