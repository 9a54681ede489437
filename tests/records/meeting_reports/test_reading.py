"""Attendance reports: what is read from each tool, what is a fault of a line, what is refused. No database."""

import codecs
import contextlib
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.meeting_reports import LARGEST, Report, Tool, Unreadable, read

from .exports import ACTIVITIES_EN, CLICKMEETING, TABLE, TEAMS_EN, TEAMS_PL, WEBEX, ZOOM, teams

WARSAW = ZoneInfo("Europe/Warsaw")


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of October 2026."""
    return datetime(2026, 10, day, hour, minute, second, tzinfo=WARSAW)


def stays(report: Report) -> list[tuple[int, str, str, datetime, datetime]]:
    return [(stay.line, stay.name, stay.email, stay.joined, stay.left) for stay in report.stays]


def faults(report: Report) -> list[str]:
    return [str(fault).replace("\xa0", " ") for fault in report.faults]


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return str(caught.value).replace("\xa0", " ")


def table(*rows: str) -> bytes:
    return "\n".join(["imię i nazwisko;e-mail;od;do", *rows]).encode()


def test_teams_in_polish_gives_a_stay_for_each_time_somebody_joined() -> None:
    report = read(teams(TEAMS_PL))
    assert (report.tool, report.encoding, report.faults) == (Tool.TEAMS, "utf-16", ())
    assert (report.starts_at, report.ends_at) == (at(6, 8, 55, 10), at(6, 12, 31))
    assert stays(report) == [
        (17, "Łucja Żmigrodzka", "lucja@pcpr.example.org", at(6, 8, 58, 12), at(6, 10)),
        (18, "Łucja Żmigrodzka", "lucja@pcpr.example.org", at(6, 11), at(6, 12, 30, 5)),
        (19, "Jan Święcki", "", at(6, 9, 5), at(6, 12, 29)),
        (20, "Marta Ćwiek", "marta@rops.example.org", at(6, 8, 55, 10), at(6, 12, 31)),
    ]


def test_teams_in_english_reads_american_dates_and_uses_a_duration_where_the_leaving_is_missing() -> None:
    report = read(teams(TEAMS_EN + ACTIVITIES_EN))
    assert (report.starts_at, report.ends_at) == (at(13, 8, 55, 10), at(13, 12, 31))
    assert stays(report) == [
        (16, "Ewa Lis", "Ewa.Lis@pcpr.example.org", at(13, 9), at(13, 12, 30)),
        (17, "Iga Bąk", "", at(13, 9, 1), at(13, 10, 6, 3)),
    ]


def test_teams_without_its_third_part_does_not_count_breaks_as_presence() -> None:
    report = read(teams(TEAMS_EN))
    assert [stay.name for stay in report.stays] == ["Ewa Lis"]
    assert faults(report) == [
        "Wiersz 12: od pierwszego wejścia do ostatniego wyjścia mija 179 min, a w spotkaniu było 65 min. Nie wiadomo, "
        "kiedy była przerwa. Pobierz pełny raport, z częścią „Działania podczas spotkania”."
    ]


def test_teams_saved_again_by_a_spreadsheet_is_still_teams() -> None:
    text = TEAMS_PL.replace("6.10.2026, ", "06.10.2026 ").replace("\t", ";")
    padded = "\n".join(line + ";" * (6 - line.count(";")) for line in text.split("\n"))
    report = read(padded.encode("cp1250"))
    assert (report.tool, report.encoding) == (Tool.TEAMS, "cp1250")
    assert stays(report) == stays(read(teams(TEAMS_PL)))


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_zoom_with_lines_about_the_meeting_on_top(mark: bytes) -> None:
    report = read(mark + ZOOM.encode())
    assert (report.tool, report.faults) == (Tool.ZOOM, ())
    assert (report.starts_at, report.ends_at) == (at(13, 8, 50), at(13, 12, 35))
    assert stays(report) == [
        (5, "Ewa Lis", "ewa.lis@pcpr.example.org", at(13, 8, 59), at(13, 10)),
        (6, "Ewa Lis", "ewa.lis@pcpr.example.org", at(13, 10, 5, 30), at(13, 12, 30)),
        (7, "Iga (Iga Bąk, PCPR)", "", at(13, 9), at(13, 12)),
        (8, '=HYPERLINK("https://example.org";"kliknij")', "", at(13, 9), at(13, 9, 1)),
    ]


def test_time_in_the_waiting_room_of_zoom_is_no_presence() -> None:
    rows = ZOOM.replace("Recording Consent", "In Waiting Room").replace(",61,Yes,\n", ",61,Yes,Yes\n")
    assert [stay.line for stay in read(rows.encode()).stays] == [6, 7, 8]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + WEBEX.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WEBEX.encode("utf-16-be"),
        WEBEX.encode("utf-16-le"),
        WEBEX.encode(),
        WEBEX.replace("\t", ",").encode("utf-8-sig"),
    ],
)
def test_webex_in_each_of_its_encodings(data: bytes) -> None:
    report = read(data)
    assert report.tool is Tool.WEBEX
    assert (report.starts_at, report.ends_at) == (at(7, 9), at(7, 15, 15))
    assert stays(report) == [
        (2, "Zoja Ślęk", "zoja@pcpr.example.org", at(7, 8, 58, 50), at(7, 15, 10)),
        (3, "Adam Rój", "adam@pcpr.example.org", at(7, 9, 30), at(7, 12)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2"])
def test_clickmeeting_in_encodings_of_polish_programs(encoding: str) -> None:
    report = read(CLICKMEETING.replace("Nick", "Imię i nazwisko").encode(encoding))
    assert (report.tool, report.encoding) == (Tool.CLICKMEETING, encoding)
    assert [stay.name for stay in report.stays] == ["Łucja Żmigrodzka", "Gość źródło"]
    assert stays(read(CLICKMEETING.encode(encoding))) == stays(report)


def test_a_plain_table_may_have_dates_in_a_column_of_their_own() -> None:
    report = read(TABLE.encode())
    assert (report.tool, report.starts_at) == (Tool.TABLE, None)
    assert [(stay.name, stay.joined) for stay in report.stays] == [
        ("Łucja Żmigrodzka", at(6, 9)),
        ("Jan Święcki", at(6, 9, 5)),
    ]
    apart = "Nazwisko;Imię;Data;Od;Do\nŚwięcki;Jan;6.10.2026 r.;9:05;12:30\n"
    assert stays(read(apart.encode())) == [(2, "Jan Święcki", "", at(6, 9, 5), at(6, 12, 30))]


def test_times_without_a_date_take_the_only_day_of_the_training() -> None:
    data = table("Jan Święcki;;9:05;12:30")
    assert stays(read(data, days=[date(2026, 10, 6)])) == [(2, "Jan Święcki", "", at(6, 9, 5), at(6, 12, 30))]
    assert faults(read(data, days=[date(2026, 10, 6), date(2026, 10, 7)])) == [
        "Wiersz 2: nie rozumiemy godziny „9:05”."
    ]


@pytest.mark.parametrize(
    "written",
    [
        "2026-10-06T07:00:00Z",
        "2026-10-06 09:00:00.123",
        "2026-10-06 03:00 GMT-4",
        "2026-10-06T09:00:00+02:00",
        "Oct 6, 2026 09:00 AM",
        "6 paź 2026, 9:00",
        "6 października 2026 r., 09:00",
        "2026/10/06 9:00 am",
        "6-10-2026 09:00",
        "10/06/2026 09:00 a.m.",
        "6.10.26 09:00",
    ],
)
def test_one_moment_in_many_ways(written: str) -> None:
    (stay,) = read(table(f"Jan Święcki;;{written};2026-10-06 10:00")).stays
    assert stay.joined.replace(microsecond=0) == at(6, 9)
    assert stay.joined.utcoffset() == at(6, 9).utcoffset()


def test_ten_o_clock_stays_ten_o_clock_after_the_clocks_were_changed() -> None:
    (stay,) = read(table("Jan Święcki;;26.10.2026 10:00;26.10.2026 11:00")).stays
    assert stay.joined.astimezone(UTC) == datetime(2026, 10, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dates", "days", "expected"),
    [
        (["13/10/2026 09:00", "6/10/2026 09:00"], [], [date(2026, 10, 13), date(2026, 10, 6)]),
        (["10/13/2026 09:00", "10/6/2026 09:00"], [], [date(2026, 10, 13), date(2026, 10, 6)]),
        (["6/10/2026 09:00 PM"], [], [date(2026, 6, 10)]),
        (["6/10/2026 09:00 PM"], [date(2026, 10, 6)], [date(2026, 10, 6)]),
        (["6/10/2026 09:00"], [date(2026, 6, 10)], [date(2026, 6, 10)]),
        (["10/10/2026 09:00"], [], [date(2026, 10, 10)]),
    ],
)
def test_day_and_month_are_told_by_the_whole_file_or_by_the_training(
    dates: list[str], days: list[date], expected: list[date]
) -> None:
    report = read(table(*(f"Jan Święcki;;{text};{text}" for text in dates)), days=days)
    assert [stay.joined.date() for stay in report.stays] == expected


def test_dates_that_can_be_read_in_two_ways_are_refused() -> None:
    assert "„6/10/2026” można przeczytać na dwa sposoby" in refused(
        table("Jan Święcki;;6/10/2026 09:00;6/10/2026 10:00 GMT")
    )


def test_the_report_of_another_day_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"z\sdnia 06\.10\.2026, a\sszkolenie było 07\.10\.2026, 08"):
        read(teams(TEAMS_PL), days=[date(2026, 10, 8), date(2026, 10, 7)])
    assert read(teams(TEAMS_PL), days=[date(2026, 10, 6), date(2026, 10, 7)]).stays


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Jan;;06.10.2026 25:99;06.10.2026 12:00", "nie rozumiemy godziny „06.10.2026 25:99”."),
        ("Jan;;06.10.2026 13:00 PM;06.10.2026 12:00", "nie rozumiemy godziny „06.10.2026 13:00 PM”."),
        ("Jan;;31.02.2026 12:00;06.10.2026 12:00", "nie rozumiemy godziny „31.02.2026 12:00”."),
        ("Jan;;około dziewiątej;06.10.2026 12:00", "nie rozumiemy godziny „około dziewiątej”."),
        ("Jan;;;06.10.2026 12:00", "brakuje godziny wejścia."),
        ("Jan;;06.10.2026 09:00;", "brakuje godziny wyjścia."),
        ("Jan", "brakuje godziny wejścia."),
        (";-;06.10.2026 09:00;06.10.2026 12:00", "nie ma imienia i nazwiska ani adresu e-mail."),
        ("Jan;;06.10.2026 12:00;06.10.2026 09:00", "wyjście jest przed wejściem."),
        ("Jan;;06.10.2026 12:00;08.10.2026 09:00", "od wejścia do wyjścia mija więcej niż doba. Sprawdź daty."),
        (f"{'J' * 201};;06.10.2026 09:00;06.10.2026 12:00", "imię i nazwisko ma ponad 200 znaków."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number_and_the_others_stay(row: str, told: str) -> None:
    report = read(table("Ewa Lis;;06.10.2026 09:00;06.10.2026 12:00", "", row))
    assert [stay.name for stay in report.stays] == ["Ewa Lis"]
    assert faults(report) == [f"Wiersz 4: {told}"]


def test_a_quotation_mark_that_nobody_closed_swallows_no_lines() -> None:
    report = read(
        table('"Jan Święcki;;06.10.2026 09:00;06.10.2026 12:00', "Ewa Lis;;06.10.2026 09:00;06.10.2026 12:00")
    )
    assert [(stay.line, stay.name) for stay in report.stays] == [(2, '"Jan Święcki'), (3, "Ewa Lis")]


def test_marks_that_turn_the_text_around_are_left_out_of_names() -> None:
    (stay,) = read(table("\u202eJan\u200b\u00a0 Święcki;;06.10.2026 09:00;06.10.2026 12:00")).stays
    assert stay.name == "Jan Święcki"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Plik jest pusty."),
        (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), "Plik jest pusty."),
        (b"PK\x03\x04\x14\x00", "To arkusz programu Excel."),
        (b"%PDF-1.7\n", "To plik PDF."),
        (bytes(range(256)) * 20, "To nie jest plik tekstowy."),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "To nie jest plik tekstowy."),
        (b"\x81\x83\x88\x90" * 40, "Nie rozpoznajemy kodowania pliku."),
        ("Łódź żółć źdźbło\n".encode() + "Łódź".encode("cp1250"), "Wiersz 2: są w nim znaki w innym kodowaniu"),
        (table(*[";"] * 60_000), "Plik ma więcej niż 50 000 wierszy."),
        (b";" * LARGEST, "To nie jest raport obecności"),
        (b" " * (LARGEST + 1), "Plik ma więcej niż 5 MB."),
        (b"a;b;c\n1;2;3", "To nie jest raport obecności z Teams, Zoom, Webex ani ClickMeeting"),
        (b"Drogi zespole", "Plik zaczyna się od: „Drogi zespole”."),
        (
            "imię i nazwisko;e-mail;od\nJan;;9:00".encode(),
            "To plik z narzędzia: tabela, ale nie ma w nim kolumny godziny wyjścia.",
        ),
        (b"od;do\n9:00;10:00", "nie ma w nim kolumny imienia i nazwiska ani adresu e-mail."),
        (TABLE.split("\n")[0].encode(), "W raporcie nie ma ani jednego uczestnika."),
        (
            b"Name (Original Name),User Email,Total Duration (Minutes),Guest\nEwa Lis,,78,No\n",
            "To plik z narzędzia: Zoom, ale nie ma w nim kolumny godziny wejścia ani godziny wyjścia.",
        ),
    ],
)
def test_what_is_no_report_is_refused_in_words(data: bytes, told: str) -> None:
    assert told in refused(data)


def test_very_many_faults_are_counted_instead_of_listed() -> None:
    report = read(table(*["Jan;;kiedyś;potem"] * 300))
    assert len(report.faults) == 101
    assert str(report.faults[-1]).startswith("Wiersz 102: od tego wiersza jest jeszcze tyle wierszy")
    assert "200" in report.faults[-1].text


def test_ten_thousand_lines_are_read_within_a_second() -> None:
    head, row = (
        ZOOM.split("\n")[3],
        "Ewa Lis,e{}@pcpr.example.org,10/13/2026 08:59:00 AM,10/13/2026 10:00:00 AM,61,Yes,",
    )
    data = "\n".join([head, *(row.format(number) for number in range(10_000))]).encode()
    began = time.process_time()
    assert len(read(data).stays) == 10_000
    assert time.process_time() - began < 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read(data), Report)


@given(st.text(max_size=200))
def test_any_text_below_headings_loses_no_line(text: str) -> None:
    clean = "".join(letter for letter in text if letter.isprintable())
    data = table(clean, "Ewa Lis;;06.10.2026 09:00;06.10.2026 12:00")
    assert read(data, days=[date(2026, 10, 6)]).stays[-1].name == "Ewa Lis"
