"""Reports of conferencing tools: what a file would say, and reading it in once."""

import codecs
import time
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance_import
from elearning.records.attendance_import import AlreadyRead, Plan, Refused, Stale
from elearning.records.meeting_reports import Unreadable
from elearning.records.models import AttendanceMark, AttendanceReport, MeetingStay, Registration
from elearning.records.places import Standing
from tests import trainings
from tests.records.meeting_reports.exports import CLICKMEETING, TEAMS_PL, WEBEX, ZOOM, teams

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 6)


def page(mode: str = "online", on: date = DAY, **fields: Any) -> TrainingPage:
    """Of the morning of one day, in two blocks with a break between, unless other days are given."""
    parts = [
        trainings.block("9:00", "10:30", "Diagnoza", hours=2),
        trainings.block("10:30", "11:00", "Przerwa", hours=0),
        trainings.block("11:00", "12:30", "Plan", hours=2),
    ]
    fields.setdefault("days", [trainings.day(on, *parts)])
    return trainings.training(mode=mode, **fields)


def table(*rows: str) -> bytes:
    return "\n".join(["imię i nazwisko;e-mail;od;do", *rows]).encode()


def row(name: str, email: str, start: str, end: str, day: str = "06.10.2026") -> str:
    return f"{name};{email};{day} {start};{day} {end}"


def read_in(where: TrainingPage, data: bytes, by: User, **options: Any) -> AttendanceReport:
    training = training_of(where)
    seen = attendance_import.preview(training, data).fingerprint
    return attendance_import.read_in(training, data, file_name="raport.csv", by=by, seen=seen, **options)


def said(person: Registration) -> list[tuple[str, str, int | None]]:
    return list(person.marks.order_by("at", "pk").values_list("topic", "presence", "minutes"))


def found(plan: Plan) -> list[tuple[str, list[tuple[str, int]]]]:
    return [
        (line.person.name, [(there.presence.value, there.minutes) for there in line.blocks.values()])
        for line in plan.people
    ]


@pytest.fixture
def lucja(db: None) -> Registration:
    return trainings.registered(page(), "Lucja@pcpr.example.org", first_name="Łucja", last_name="Żmigrodzka")


def where(person: Registration) -> TrainingPage:
    return TrainingPage.objects.get(pk=person.training_id)


def test_a_report_of_teams_in_utf_16_gives_minutes_for_each_block(lucja: Registration, administrator: User) -> None:
    jan = trainings.registered(where(lucja), "jan@pcpr.example.org", first_name="Jan", last_name="Święcki")
    plan = attendance_import.preview(training_of(where(lucja)), teams(TEAMS_PL))
    assert found(plan) == [
        ("Jan Święcki", [("present", 85), ("present", 89)]),
        ("Łucja Żmigrodzka", [("absent", 60), ("present", 90)]),
    ]
    assert [doubt.reason.replace("\xa0", " ") for doubt in plan.unclear] == [
        "Nikt nie zapisał się z adresem marta@rops.example.org."
    ]
    assert AttendanceReport.objects.count() == MeetingStay.objects.count() == AttendanceMark.objects.count() == 0
    report = read_in(where(lucja), teams(TEAMS_PL), administrator)
    assert (report.tool, report.encoding, report.lines, report.faults) == ("teams", "utf-16", 4, [])
    assert said(jan) == [("Diagnoza", "present", 85), ("Plan", "present", 89)]
    assert said(lucja) == [("Diagnoza", "absent", 60), ("Plan", "present", 90)]
    mark = lucja.marks.first()
    assert (mark.source, mark.by, mark.report, mark.day, mark.hours) == ("import", administrator, report, DAY, 2)
    assert list(lucja.stays.values_list("line", flat=True)) == [17, 18]


@pytest.mark.parametrize(
    ("data", "day", "tool", "encoding"),
    [
        (ZOOM.encode("utf-8-sig"), date(2026, 10, 13), "zoom", "utf-8-sig"),
        (codecs.BOM_UTF16_LE + WEBEX.encode("utf-16-le"), date(2026, 10, 7), "webex", "utf-16"),
        (CLICKMEETING.encode("cp1250"), DAY, "clickmeeting", "cp1250"),
    ],
)
def test_files_of_other_tools_in_their_encodings(
    data: bytes, day: date, tool: str, encoding: str, administrator: User
) -> None:
    where = page(on=day)
    people = {
        email: trainings.registered(where, email)
        for email in ("ewa.lis@pcpr.example.org", "zoja@pcpr.example.org", "lucja@pcpr.example.org")
    }
    report = read_in(where, data, administrator)
    assert (report.tool, report.encoding) == (tool, encoding)
    (present,) = (person for person in people.values() if person.stays.exists())
    assert [presence for _topic, presence, _minutes in said(present)] == ["present", "present"]


def test_times_of_somebody_who_joined_again_are_merged(lucja: Registration, administrator: User) -> None:
    email = lucja.email
    rows = [row("Ł", email, "9:00", "9:40"), row("Łucja", email, "9:20", "10:10"), row("Ł", email, "9:50", "10:20")]
    read_in(where(lucja), table(*rows), administrator)
    assert said(lucja) == [("Diagnoza", "present", 80)]


def test_two_people_of_one_name_wait_for_a_person(administrator: User) -> None:
    here = page()
    twins = [trainings.registered(here, first_name="Jan", last_name="Nowak") for _number in range(2)]
    read_in(here, table(row("Jan Nowak", "", "9:00", "12:30")), administrator)
    stay = MeetingStay.objects.get()
    assert (stay.registration, stay.settled_at) == (None, None)
    assert set(stay.candidates) == {twin.pk for twin in twins}
    assert not AttendanceMark.objects.exists()


def test_a_registration_without_a_place_waits_for_a_person(administrator: User) -> None:
    here = page()
    reserve = trainings.registered(here, "rez@example.org", standing=Standing.RESERVED)
    (doubt,) = attendance_import.preview(
        training_of(here), table(row("Rez", "rez@example.org", "9:00", "12:30"))
    ).unclear
    assert doubt.candidates == (reserve,)
    assert doubt.reason.replace("\xa0", " ").startswith("To zgłoszenie nie ma miejsca (lista rezerwowa).")


def test_who_registered_again_after_cancelling_is_one_person(administrator: User) -> None:
    here = page()
    trainings.registered(here, "ewa@example.org", first_name="Ewa", standing=Standing.CANCELLED)
    again = trainings.registered(here, "EWA@example.org", first_name="Ewa")
    trainings.registered(here, "ewa@example.org", first_name="Ewa", standing=Standing.REJECTED)
    plan = attendance_import.preview(training_of(here), table(row("Ewa Nowak", "ewa@example.org", "9:00", "12:30")))
    assert [line.person for line in plan.people] == [again]


def test_blocks_in_which_the_file_finds_nobody_are_left_alone(administrator: User) -> None:
    """The meeting of the afternoon and that of another day are other files; a few minutes more are not."""
    other = date(2026, 10, 7)
    here = page(days=[trainings.day(DAY), trainings.day(other)])
    person = trainings.registered(here, "ewa@example.org")
    absentee = trainings.registered(here, "jan@example.org")
    read_in(here, table(row("Ewa", "ewa@example.org", "9:00", "13:10")), administrator, absent=True)
    assert said(person) == [("Przed południem", "present", 180)]
    assert said(absentee) == [("Przed południem", "absent", 0)]


def test_the_file_of_the_afternoon_completes_that_of_the_morning(
    lucja: Registration, administrator: User, colleague: User
) -> None:
    here, email = where(lucja), lucja.email
    other = trainings.registered(here, "jan@example.org", first_name="Jan")
    both = row("Jan", "jan@example.org", "9:00", "12:30")
    read_in(here, table(row("Łucja", email, "9:00", "9:30"), both), administrator)
    assert said(lucja) == [("Diagnoza", "absent", 30), ("Plan", "absent", 0)]
    read_in(here, table(row("Łucja", email, "9:30", "12:30"), both), colleague)
    assert said(lucja)[2:] == [("Diagnoza", "present", 90), ("Plan", "present", 90)]
    assert len(said(other)) == 2  # said once, and nothing new


def test_people_missing_in_the_file_are_absent_only_if_it_is_said(lucja: Registration, administrator: User) -> None:
    here = where(lucja)
    present = trainings.registered(here, "ewa@example.org", first_name="Ewa", last_name="Lis")
    maybe = trainings.registered(here, "iga@example.org", first_name="Iga", last_name="Bąk")
    cancelled = trainings.registered(here, "jan@example.org", standing=Standing.CANCELLED)
    rows = [row("Ewa Lis", present.email, "9:00", "12:30"), row("Iga z domu", "", "9:00", "12:30")]
    assert attendance_import.preview(training_of(here), table(*rows)).missing == (lucja,)
    read_in(here, table(*rows), administrator)
    assert said(lucja) == []
    read_in(here, table(*rows, ";;;"), administrator, absent=True)
    assert said(lucja) == [("Diagnoza", "absent", 0), ("Plan", "absent", 0)]
    assert said(maybe) == said(cancelled) == []


def test_at_a_hybrid_training_nobody_is_absent_for_not_being_online(administrator: User) -> None:
    here = page("hybrid")
    person = trainings.registered(here, "ewa@example.org")
    other = trainings.registered(here, "jan@example.org")
    rows = [row("Ewa", person.email, "9:00", "10:30"), row("Jan", other.email, "9:00", "12:30")]
    read_in(here, table(*rows), administrator)
    assert said(person) == [("Diagnoza", "present", 90)]


def test_the_same_file_again_changes_nothing(lucja: Registration, administrator: User) -> None:
    data = table(row("Łucja", lucja.email, "9:00", "12:30"))
    training = training_of(where(lucja))
    seen = attendance_import.preview(training, data).fingerprint
    report = read_in(where(lucja), data, administrator)
    for again in (
        lambda: attendance_import.preview(training, data),
        lambda: attendance_import.read_in(training, data, file_name="kopia.csv", by=administrator, seen=seen),
    ):
        with pytest.raises(AlreadyRead) as caught:
            again()
        assert caught.value.report == report
    assert (AttendanceReport.objects.count(), MeetingStay.objects.count(), len(said(lucja))) == (1, 1, 2)
    other = page()
    trainings.registered(other, lucja.email)
    assert read_in(other, data, administrator).pk != report.pk  # of another training it is another report


def test_the_same_meeting_in_another_file_gives_no_stay_twice(lucja: Registration, administrator: User) -> None:
    read_in(where(lucja), teams(TEAMS_PL), administrator)
    plan = attendance_import.preview(training_of(where(lucja)), TEAMS_PL.encode())
    assert (plan.known, plan.new, plan.people, plan.unclear) == (4, (), (), ())
    read_in(where(lucja), TEAMS_PL.encode(), administrator)
    assert MeetingStay.objects.count() == 4


def test_what_changed_since_the_preview_is_previewed_again(lucja: Registration, administrator: User) -> None:
    data = table(row("Łucja", lucja.email, "9:00", "12:30"))
    training = training_of(where(lucja))
    seen = attendance_import.preview(training, data).fingerprint
    Registration.objects.filter(pk=lucja.pk).update(standing=Standing.CANCELLED)
    with pytest.raises(Stale):
        attendance_import.read_in(training, data, file_name="raport.csv", by=administrator, seen=seen)
    assert not AttendanceReport.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"   \n", b"PK\x03\x04arkusz", b"\x89PNG\r\n\x1a\n\0\0\0", b"a;b;c\n1;2;3\n", b"imi\xea i nazwisko;od\n"],
)
def test_what_is_no_report_leaves_nothing_behind(data: bytes, lucja: Registration) -> None:
    with pytest.raises(Unreadable):
        attendance_import.preview(training_of(where(lucja)), data)
    assert not AttendanceReport.objects.exists()


def test_faulty_lines_are_told_and_the_others_kept(lucja: Registration, administrator: User) -> None:
    data = table(row("Łucja", lucja.email, "9:00", "12:30"), "Jan;;wczoraj;12:00", row("Ewa", "", "12:00", "9:00"))
    report = read_in(where(lucja), data, administrator)
    assert [fault["line"] for fault in report.faults] == [3, 4]
    assert report.lines == 1


@pytest.mark.parametrize(("mode", "days", "words"), [("on_site", None, "na miejscu"), ("online", [], "dnia")])
def test_a_training_without_a_meeting_has_no_report(mode: str, days: Any, words: str) -> None:
    here = trainings.training(mode=mode, days=days)
    with pytest.raises(Refused, match=words):
        attendance_import.preview(training_of(here), b"x")


def test_very_long_names_and_addresses_are_kept_as_long_as_they_may_be(administrator: User) -> None:
    here = page()
    data = table(row("N" * 200, "a" * 400 + "@example.org", "9:00", "12:30"))
    read_in(here, data, administrator)
    stay = MeetingStay.objects.get()
    stay.full_clean(exclude=["registration", "settled_by", "settled_at"])
    assert attendance_import.preview(training_of(here), data + b"\n").known == 1


def test_ten_thousand_lines_take_seconds_and_queries_that_do_not_grow_with_them(administrator: User) -> None:
    here = trainings.training(mode="online", days=[trainings.day(DAY), trainings.day(date(2026, 10, 7))])
    book = trainings.registered(here, "o0@example.org")
    Registration.objects.bulk_create(
        Registration(
            training_id=here.pk, training_title="Z", number=number + 10, standing=Standing.ADMITTED,
            email=f"o{number}@example.org", first_name="Jan", last_name=f"Nowak {number}",
            registered_at=book.registered_at, changed_at=book.changed_at,
        )
        for number in range(1, 500)
    )  # fmt: skip
    rows = [
        row(f"Jan {number}", f"o{number % 600}@example.org", f"{9 + number // 2500}:00", f"{9 + number // 2500}:50")
        for number in range(10_000)
    ]
    training, data = training_of(here), table(*rows)
    began = time.process_time()  # of this process: the machine may be busy with others
    with CaptureQueriesContext(connection) as looked:
        seen = attendance_import.preview(training, data)
    assert len(looked) == 3
    with CaptureQueriesContext(connection) as kept:
        attendance_import.read_in(training, data, file_name="r.csv", by=administrator, seen=seen.fingerprint)
    assert time.process_time() - began < 15
    inserts = sum(query["sql"].startswith("INSERT") for query in kept)
    assert len(kept) - inserts <= 12
    assert inserts <= 10_000 // 80 + 20  # SQLite takes some eighty rows a statement
    assert MeetingStay.objects.count() == 10_000
