"""Files made to hurt: each is refused with a word, and quickly."""

import stat
import zipfile
from io import BytesIO
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.exchange import Effect, Format, Found, Reading, read, write
from courses.questions import load

from .generated import questions

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>
<quiz><question type="description"><name><text>&c;</text></name></question></quiz>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
DOCTYPE = b'<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz/>'


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def lying() -> bytes:
    """A package whose manifest says that it is smaller than it is."""
    content = bytearray(zipped(("imsmanifest.xml", b"<manifest/>" + b" " * 1000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + offset
        content[start : start + 4] = (20).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "deklarację DTD albo encji"),
        (BOMB.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16"), "deklarację DTD albo encji"),
        (OUTSIDE, "deklarację DTD albo encji"),
        (DOCTYPE, "deklarację DTD albo encji"),
        (b"<quiz>" + b"<a>" * 200_000, "za głęboko zagnieżdżone"),
        (b"<quiz>" + b"<a/>" * 160_000 + b"</quiz>", "za dużo elementów"),
        (b"<quiz><question>", "nie jest poprawny XML"),
        (b'<?xml version="1.0" encoding="x-none"?><quiz/>', "kodowanie znaków"),
        (b"<quiz>&nbsp;</quiz>", "nie jest poprawny XML"),
        (b"<html><body/></html>", "Nie znamy formatu XML"),
        (b"<questestinterop/>", "QTI 1.2"),
        (b"<assessmentTest/>", "całą paczkę zip"),
        (b"x" * (20 * 1024 * 1024 + 1), "za duży"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "nie jest plik tekstowy"),
        (b"\xff\xfe\0", "nie da się odczytać"),
        (b"PK\x03\x04", "uszkodzona albo niepełna"),
        (zipped(("a.xml", b"<a/>")), "imsmanifest.xml"),
        (zipped(("../a.xml", b"<a/>")), "ścieżce, która z niej wychodzi"),
        (zipped(("a/../../a.xml", b"<a/>")), "ścieżce, która z niej wychodzi"),
        (zipped(("/etc/a.xml", b"<a/>")), "ścieżce, która z niej wychodzi"),
        (zipped(("C:/a.xml", b"<a/>")), "ścieżce, która z niej wychodzi"),
        (zipped(("a\\b.xml", b"<a/>")), "ścieżce, która z niej wychodzi"),
        (zipped((link(), b"/etc/passwd")), "dowiązanie"),
        (zipped(("a.xml", b"\0" * 30_000_000)), "podejrzanie dużego rozmiaru"),
        (zipped(*((f"{n}.xml", b"") for n in range(5_001))), "za dużo plików"),
        (zipped(*((f"{n}.xml", b"\0" * 1_000_000) for n in range(21))), "po rozpakowaniu jest za duża"),
        (lying(), "imsmanifest.xml"),
        (zipped(("imsmanifest.xml", BOMB)), "deklarację DTD albo encji"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else f"{len(value)} bytes",
)
def test_it_is_refused_with_a_word(content: bytes, reason: str) -> None:
    started = monotonic()
    reading = read(content, "plik")

    assert reading.is_broken
    assert reading.found == ()
    assert any(reason in problem.reason or reason in problem.place for problem in reading.problems), reading.problems
    assert monotonic() - started < 10


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf", b"<", b"<quiz/>", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_with_nothing_in_it_says_so(content: bytes) -> None:
    reading = read(content, "plik.txt")

    assert reading.found == ()
    assert len(reading.problems) == 1
    assert reading.problems[0].effect in (Effect.LEFT_OUT, Effect.BROKEN)


@given(data=st.data(), question=questions(), to=st.sampled_from(Format))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_damage_to_a_file_is_an_error_of_ours(data: st.DataObject, question: Found, to: Format) -> None:
    content = bytearray(write([question], to).content)
    if zipfile.is_zipfile(BytesIO(content)) and data.draw(st.booleans()):
        content = bytearray(zipfile.ZipFile(BytesIO(content)).read("items/item1.xml"))
    for _place in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.sampled_from([start, start + 1, start + 20, len(content)]))
        content[start:end] = data.draw(
            st.sampled_from([b"", b"{", b"}", b"=", b"<", b"</p>", b"\n\n", b"\0", b"\xff", b"%"])
        )

    reading = read(bytes(content), "plik")

    assert all(problem.reason for problem in reading.problems)
    for found in reading.found:
        load(found.kind, found.data)


def test_a_file_is_known_by_its_content_and_not_by_its_name() -> None:
    def formats(*contents: bytes) -> list[str]:
        readings: list[Reading] = [read(content, "pytania.docx") for content in contents]
        return [reading.format for reading in readings]

    assert formats(
        b"a{T}", b"\xef\xbb\xbf<?xml version='1.0'?><quiz/>", b"<question type='x'/>", b"<qti-assessment-item/>"
    ) == [
        "GIFT",
        "Moodle XML",
        "Moodle XML",
        "QTI",
    ]
    assert formats(b"Ile?\nA) dwa\nB) trzy\nANSWER: B\n") == ["Aiken"]
