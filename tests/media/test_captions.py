"""Captions: what is read, what is repaired and told, what is refused with its line. No database."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.caption_files import tidy
from media.captions import (
    LARGEST,
    MOST_CUES,
    MOST_FAULTS,
    Captions,
    Cue,
    Fault,
    UnreadableCaptions,
    parse_vtt,
    read_captions,
    to_srt,
    to_vtt,
)

VTT = """WEBVTT

00:01.000 --> 00:02.500
Dzień dobry.

drugi
00:00:03.000 --> 00:00:05.000 align:start position:10%
Zażółć
gęślą jaźń.
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
Dzień dobry.

2
00:00:03,000 --> 00:00:05,000
Zażółć
gęślą jaźń.
"""
CUES = (Cue(1000, 2500, "Dzień dobry."), Cue(3000, 5000, "Zażółć\ngęślą jaźń."))


def read(text: str, duration: int | None = None) -> Captions:
    return read_captions(text.encode(), duration=duration)


def told(text: str | bytes, duration: int | None = None) -> list[tuple[int, str]]:
    """The repaired faults of a file: line and first sentence."""
    data = text if isinstance(text, bytes) else text.encode()
    faults = read_captions(data, duration=duration).faults
    assert all(fault.is_repaired for fault in faults)
    return [(fault.line, breaking(fault.text).split(". ")[0].removesuffix(".")) for fault in faults]


def refused(text: str | bytes, duration: int | None = None) -> list[tuple[int, str]]:
    """The faults for which a file is refused: line and sentence."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(UnreadableCaptions) as raised:
        read_captions(data, duration=duration)
    assert raised.value.faults
    assert not any(fault.is_repaired for fault in raised.value.faults)
    assert str(raised.value).startswith(f"Linia {raised.value.faults[0].line}: ")
    return [(fault.line, breaking(fault.text)) for fault in raised.value.faults]


def breaking(sentence: str) -> str:
    """The sentence with plain spaces."""
    return sentence.replace("\xa0", " ")


def faults_of(data: bytes) -> tuple[Fault, ...]:
    """Whatever is told of a file, read or refused; what was read is written and read again."""
    try:
        found = read_captions(data, duration=90_000)
    except UnreadableCaptions as error:
        return error.faults
    assert parse_vtt(to_vtt(found.cues)) == found.cues
    return found.faults


def cue(timing: str, text: str = "Tekst.") -> str:
    return f"{timing}\n{text}\n\n"


@pytest.mark.parametrize(
    "text", [VTT, SRT, VTT.replace("\n", "\r\n"), SRT.replace("\n", "\r\n"), SRT.replace("\n", "\r")]
)
def test_both_formats_are_read_without_remarks(text: str) -> None:
    assert read(text, duration=5000) == Captions(cues=CUES, faults=())


def test_what_browsers_pass_over_is_passed_over() -> None:
    text = VTT.replace("WEBVTT\n", "WEBVTT - Kooperacja\nKind: captions\n").replace(
        "\ndrugi", "\nSTYLE\n::cue { color: red }\n\nREGION\nid:dół\n\nNOTE Uwaga\ndo redakcji\n\ndrugi"
    )
    assert read(text) == Captions(cues=CUES, faults=())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>Zażółć</b> <i>jaźń</i>", "Zażółć jaźń"),
        ("<v Anna Nowak>Dzień dobry.</v>", "Dzień dobry."),
        ("<c.red.bg_white>Tekst</c> <00:00:01.500>dalej", "Tekst dalej"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src=x onerror="alert(1)">Obraz', "Obraz"),
        ("<font\ncolor=red>Tekst</font>", "Tekst"),
        ("&lt;script&gt; &amp;amp; &quot;x&quot; &#x105;", '<script> &amp; "x" ą'),
        ("R&D, 2 < 3 > 1", "R&D, 2 < 3 > 1"),
        ("{\\an8}U góry", "U góry"),
        ("Tekst\x07 z\x1b[31m dzwonkiem\x9f", "Tekst z[31m dzwonkiem"),
        ("Adres \u202egpj.exe\u2066", "Adres gpj.exe"),
        ("&#x202e;odwrócone&#0;", "odwrócone\ufffd"),
        ("jeden\u2028dwa\ttrzy", "jeden dwa trzy"),
        ("  z  odstępami  &#10;&#10; dalej", "z odstępami\ndalej"),
        ("z\xa0domu", "z\xa0domu"),
    ],
)
def test_markup_becomes_the_text_that_is_seen(markup: str, text: str) -> None:
    found = read("1\n" + cue("00:00:01,000 --> 00:00:02,000", markup))
    assert found.cues == (Cue(1000, 2000, text),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (SRT.encode("cp1250"), "Plik był w kodowaniu Windows-1250"),
        (SRT.encode("iso-8859-2"), "Plik był w kodowaniu ISO-8859-2"),
        (SRT.encode("utf-8-sig"), "Plik zaczynał się od znacznika BOM"),
        (SRT.encode("utf-16"), "Plik był w kodowaniu UTF-16"),
        (b"\xfe\xff" + SRT.encode("utf-16-be"), "Plik był w kodowaniu UTF-16"),
        (VTT.encode("utf-8-sig"), "Plik zaczynał się od znacznika BOM"),
        (VTT.encode("cp1250"), "Plik był w kodowaniu Windows-1250"),
    ],
)
def test_old_encodings_are_understood_and_told(data: bytes, sentence: str) -> None:
    assert read_captions(data, duration=None).cues == CUES
    assert told(data) == [(1, sentence)]


def test_quotation_marks_speak_for_windows() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nPani mówi: „Nie… – i już”.\n"
    assert read_captions(text.encode("cp1250"), duration=None).cues[0].text == "Pani mówi: „Nie… – i już”."


def test_german_captions_in_the_old_encoding_are_read() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nGrüße, schöne Straße\n"
    assert read_captions(text.encode("cp1252"), duration=None).cues[0].text == "Grüße, schöne Straße"


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"", 1, "W pliku nie ma żadnego napisu."),
        (b"WEBVTT\n\nNOTE nic\n", 1, "W pliku nie ma żadnego napisu."),
        ("Protokół ze spotkania".encode(), 1, "W pliku nie ma żadnego napisu."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, "To nie jest plik tekstowy."),
        (b"\xff\xfe\x00", 1, "To nie jest plik tekstowy."),
        (SRT.encode("utf-32"), 1, "To nie jest plik tekstowy."),
        (SRT.encode("utf-16-le"), 1, "To nie jest plik tekstowy."),
        (SRT.encode() + "źle".encode("cp1250"), 9, "W tej linii są znaki w innym kodowaniu"),
        ("1\n00:00:01,000 --> 00:00:02,000\nДобрий день, шановні\n".encode("cp1251"), 3, "Nie rozpoznajemy kodowania"),
        (b"a" * (LARGEST + 1), 1, "Plik z napisami ma więcej niż 2 MB."),
    ],
)
def test_what_holds_no_captions_is_refused(data: bytes, line: int, sentence: str) -> None:
    ((found, text),) = refused(data)
    assert found == line
    assert text.startswith(sentence)


def test_twenty_thousand_captions_are_enough() -> None:
    times = [f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in range(MOST_CUES + 5)]
    text = "WEBVTT\n\n" + "".join(cue(f"{time}.000 --> {time}.900") for time in times)
    assert refused(text) == [(3 + MOST_CUES * 3, "Plik ma więcej niż 20000 napisów.")]


@pytest.mark.parametrize(
    ("timing", "shown"),
    [
        ("00:00:01,000 -> 00:00:02,000", "00:00:01,000 -> 00:00:02,000"),
        ("00:00:01,000 → 00:00:02,000", "00:00:01,000 → 00:00:02,000"),
        ("00:00:01.000 – 00:00:02.000", "00:00:01.000 – 00:00:02.000"),
        ("00:00:01,000 -->", "00:00:01,000 -->"),
        ("00:61:01,000 --> 00:62:02,000", "00:61:01,000 --> 00:62:02,000"),
        ("1 --> 2", "1 --> 2"),
        ("<script>alert(1)</script> --> 2", "<script>alert(1)</script> --> 2"),
        ("٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠", "٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠"),
    ],
)
def test_a_time_that_cannot_be_read_is_named_with_its_line(timing: str, shown: str) -> None:
    ((line, sentence),) = refused(SRT + f"\n3\n{timing}\nTekst.\n")
    assert line == 11
    assert sentence == f"Nie umiemy odczytać czasu: „{shown}”. Zapisz go tak: 00:01:05.000 --> 00:01:08.500."


def test_every_fault_of_a_file_is_named_at_once() -> None:
    text = (
        "WEBVTT\n\n"
        + cue("00:01.000 --> kiedyś")
        + cue("00:05.000 --> 00:04.000")
        + cue("00:06.000 --> 00:06.000")
        + cue("01:10.000 --> 01:12.000")
    )
    assert [line for line, _sentence in refused(text, duration=60_000)] == [3, 6, 9, 12]
    assert refused(text, duration=60_000)[1][1] == "Napis kończy się o 00:00:04.000, zanim się zacznie o 00:00:05.000."
    assert "a film kończy się o 00:01:00.000" in refused(text, duration=60_000)[3][1]


def test_a_time_in_a_text_is_no_broken_timing() -> None:
    text = cue("00:01.000 --> 00:02.000", "9:00–10:30 dyżur\n12:30 - 13:00 przerwa")
    assert read(f"WEBVTT\n\n{text}").cues[0].text == "9:00–10:30 dyżur\n12:30 - 13:00 przerwa"


@pytest.mark.parametrize(
    ("text", "faults", "times"),
    [
        (VTT.removeprefix("WEBVTT\n\n"), [(1, "Brakowało nagłówka WEBVTT")], [(1000, 2500), (3000, 5000)]),
        (
            VTT.replace("01.000", "01,000"),
            [(3, "Czas był zapisany z przecinkiem")],
            [(1000, 2500), (3000, 5000)],
        ),
        ("WEBVTT\n\n" + cue("00:01 --> 00:02"), [(3, "Czas był bez tysięcznych części sekundy")], [(1000, 2000)]),
        (SRT.replace("2\n00:", "7\n00:"), [(5, "Numery napisów nie szły po kolei")], [(1000, 2500), (3000, 5000)]),
        (
            "WEBVTT\n\n" + cue("00:01.000 --> 00:04.000") + cue("00:03.000 --> 00:05.000"),
            [(3, "Napis nachodził na następny")],
            [(1000, 3000), (3000, 5000)],
        ),
        (
            "WEBVTT\n\n" + cue("00:03.000 --> 00:05.000") + cue("00:01.000 --> 00:02.000"),
            [(6, "Napis stał nie po kolei")],
            [(1000, 2000), (3000, 5000)],
        ),
        (
            "WEBVTT\n\n" + cue("00:01.000 --> 00:02.000") + cue("00:01.000 --> 00:03.000", "Drugi."),
            [(6, "Dwa napisy zaczynały się w tej samej chwili")],
            [(1000, 3000)],
        ),
        ("WEBVTT\n\n" + cue("00:58.000 --> 01:02.000"), [(3, "Napis kończył się o 00:01:02")], [(58_000, 60_000)]),
        (
            "WEBVTT\n\n" + cue("00:01.000 --> 00:02.000", "<i> </i>") + cue("00:03.000 --> 00:05.000"),
            [(3, "Napis był pusty")],
            [(3000, 5000)],
        ),
        (
            "WEBVTT\n\n" + cue("00:01.000 --> 00:02.000", "Jeden\n\nciąg dalszy") + cue("00:03.000 --> 00:05.000"),
            [(6, "Pusta linia przerywała napis")],
            [(1000, 2000), (3000, 5000)],
        ),
    ],
)
def test_what_is_safe_is_repaired_and_told(
    text: str, faults: list[tuple[int, str]], times: list[tuple[int, int]]
) -> None:
    assert [(line, sentence[: len(faults[0][1])]) for line, sentence in told(text, duration=60_000)] == faults
    assert [(cue.start, cue.end) for cue in read(text, duration=60_000).cues] == times


def test_no_text_is_lost_in_repairs() -> None:
    text = "WEBVTT\n\n" + cue("00:01.000 --> 00:02.000", "Jeden\n\ndalej") + cue("00:01.000 --> 00:03.000", "Dwa")
    assert [cue.text for cue in read(text).cues] == ["Jeden\ndalej\nDwa"]


def test_rolling_captions_of_a_hosting_service_are_read_without_remarks() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: pl\n\n"
        + cue("00:00:01.000 --> 00:00:02.000 align:start position:0%", " \ndzień<00:00:01.480><c> dobry</c>")
        + cue("00:00:02.000 --> 00:00:02.010 align:start position:0%", "dzień dobry\n ")
    )
    assert read(text) == Captions((Cue(1000, 2000, "dzień dobry"), Cue(2000, 2010, "dzień dobry")), ())


def test_a_missing_empty_line_does_not_join_captions() -> None:
    text = SRT.replace("dobry.\n\n2", "dobry.\n2")
    assert read(text).cues == CUES


def test_a_number_may_be_what_is_said() -> None:
    text = "1\n" + cue("00:00:01,000 --> 00:00:02,000", "1984") + "2\n" + cue("00:00:03,000 --> 00:00:04,000", "112")
    assert read(text) == Captions((Cue(1000, 2000, "1984"), Cue(3000, 4000, "112")), ())


def test_a_habit_of_the_whole_file_is_told_once_with_how_often() -> None:
    faults = read("WEBVTT\n\n" + "".join(cue(f"00:{at:02},000 --> 00:{at:02},900") for at in range(1, 31))).faults
    assert [(fault.line, fault.text[-14:]) for fault in faults] == [(3, "ch, razem: 30.")]


def test_of_very_many_faults_the_first_are_named_and_the_rest_counted() -> None:
    found = refused("WEBVTT\n\n" + "".join(cue(f"00:{at % 60:02} --> kiedyś") for at in range(500)))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == (3 + MOST_FAULTS * 3, f"Od tej linii jest jeszcze tyle uwag: {500 - MOST_FAULTS}.")


@pytest.mark.parametrize(
    "piece",
    ["<", "&", "<a ", "\n\n", "-->", "0:", "00:00:01.000 -->", "{\\", "1\n", "\r", " ", "00:00", "&#x", "-->\n"],
)
def test_hostile_repetition_is_read_or_refused_in_time(piece: str) -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + (piece.encode() * LARGEST)[: LARGEST - 100]
    started = time.thread_time()
    assert len(faults_of(data)) <= MOST_FAULTS + 1
    assert time.thread_time() - started < 10


def test_written_webvtt_holds_no_markup() -> None:
    text = to_vtt([Cue(0, 3_723_004, 'R&D <script> "x" -->\n\nkoniec')])
    assert text == 'WEBVTT\n\n00:00:00.000 --> 01:02:03.004\nR&amp;D &lt;script&gt; "x" --&gt;\nkoniec\n'


def test_srt_is_numbered_and_has_commas() -> None:
    assert to_srt([*CUES, Cue(6000, 7000, "a --> b")]) == f"{SRT}\n3\n00:00:06,000 --> 00:00:07,000\na → b\n"


letters = st.one_of(st.characters(), st.sampled_from("<>&;-{}\\\n\r\t 0:1.,/#x\xa0\u202eąŁ"))
lines = st.sampled_from(["NOTE", "1", "STYLE", "00:01.000 --> 00:02.000", "WEBVTT", "&lt;", "{\\an8}a"])
texts = st.one_of(lines, st.text(letters, min_size=1, max_size=40))


@st.composite
def cues(draw: st.DrawFn) -> list[Cue]:
    """Cues as reading makes them: in order, apart, with text that is not empty."""
    edges = sorted(draw(st.sets(st.integers(0, 90_000_000), max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    found = [Cue(start, end, tidy(draw(texts))) for start, end in pairs]
    return [cue for cue in found if cue.text]


@given(cues())
def test_what_is_written_is_read_again(written: list[Cue]) -> None:
    assert parse_vtt(to_vtt(written)) == tuple(written)


@given(cues())
def test_what_is_written_needs_no_repair(written: list[Cue]) -> None:
    if written:
        found = read_captions(to_vtt(written).encode(), duration=None)
        assert [(cue.start, cue.end) for cue in found.cues] == [(cue.start, cue.end) for cue in written]
        assert found.faults == ()


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for head in (b"", b"WEBVTT\n\n00:01.000 --> 00:02.000\n", b"1\n00:00:01,000 --> 00:00:02,000\n"):
        assert all(fault.line > 0 and fault.text for fault in faults_of(head + data))
