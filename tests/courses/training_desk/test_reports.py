"""„Raport ze spotkania” on the organiser’s desk: upload, preview, reading in once."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records.models import AttendanceMark, AttendanceReport, MeetingStay, Registration
from elearning.records.places import Standing
from tests import trainings
from tests.records.meeting_reports.exports import TEAMS_PL, teams
from tests.records.test_attendance_import import page, row, table

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="(carried|seen)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def here(db: None) -> TrainingPage:
    return page()


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def url(where: TrainingPage) -> str:
    return f"/redakcja/szkolenia/{where.pk}/obecnosc/raport/"


def upload(client: Client, where: TrainingPage, data: bytes, name: str = "raport.csv") -> str:
    answer = client.post(url(where), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def confirm(client: Client, where: TrainingPage, preview: str, **more: str) -> HttpResponse:
    return client.post(url(where), {**dict(HIDDEN.findall(preview)), **more}, follow=True)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_a_file_is_previewed_and_then_read_in(admin: Client, here: TrainingPage, administrator: User) -> None:
    trainings.registered(here, "lucja@pcpr.example.org", first_name="Łucja", last_name="Żmigrodzka")
    trainings.registered(here, "nieobecna@example.org", first_name="Zofia", last_name="Ćma")
    text = upload(admin, here, teams(TEAMS_PL), "Obecność 6.10.csv")
    for words in (
        "Obecność 6.10.csv", "Microsoft Teams", "utf-16", "Żmigrodzka Łucja", "nieobecność, 60 min",
        "obecność, 90 min", "Marta Ćwiek", "Nikt nie zapisał się z adresem marta@rops.example.org.", "Ćma Zofia",
    ):  # fmt: skip
        assert words in text
    assert not AttendanceReport.objects.exists()
    answer = confirm(admin, here, text)
    assert answer.redirect_chain[-1][0].endswith("/obecnosc/niejasne/")
    assert "Raport jest wczytany. Dotyczy obecności 1 osoby." in text_of(answer)
    report = AttendanceReport.objects.get()
    assert (report.file_name, report.imported_by) == ("Obecność 6.10.csv", administrator)
    assert AttendanceMark.objects.filter(report=report).count() == 2


def test_who_is_missing_is_absent_only_where_it_was_ticked(admin: Client, here: TrainingPage) -> None:
    trainings.registered(here, "ewa@example.org")
    missing = trainings.registered(here, "jan@example.org", last_name="Lis")
    text = upload(admin, here, table(row("Ewa", "ewa@example.org", "9:00", "12:30")))
    assert "Kto nie ma wpisu w pliku, był nieobecny (1 osoba)" in text
    assert "checked" not in text
    answer = confirm(admin, here, text, absent="on")
    assert answer.redirect_chain[-1][0].endswith("/obecnosc/")
    assert set(missing.marks.values_list("presence", flat=True)) == {"absent"}


def test_a_second_click_and_the_same_file_again_read_nothing_twice(admin: Client, here: TrainingPage) -> None:
    trainings.registered(here, "ewa@example.org")
    data = table(row("Ewa", "ewa@example.org", "9:00", "12:30"))
    preview = upload(admin, here, data)
    confirm(admin, here, preview)
    assert "Ten plik wczytano już" in text_of(confirm(admin, here, preview))
    text = upload(admin, here, data, "kopia.csv")
    assert "Ten plik wczytano już" in text
    assert "Zrobiła to osoba: Adam Mazur" in text
    assert (AttendanceReport.objects.count(), MeetingStay.objects.count()) == (1, 1)


def test_what_changed_since_the_preview_is_shown_again(admin: Client, here: TrainingPage) -> None:
    person = trainings.registered(here, "ewa@example.org")
    trainings.registered(here, "jan@example.org")
    preview = upload(admin, here, table(row("Ewa", "ewa@example.org", "9:00", "12:30")))
    Registration.objects.filter(pk=person.pk).update(standing=Standing.CANCELLED)
    again = text_of(confirm(admin, here, preview, absent="on"))
    assert "Od czasu podglądu zmieniły się zapisy albo raporty." in again
    assert "stan zgłoszenia" in again or "To zgłoszenie nie ma miejsca (anulowane)" in again
    assert "checked" in again  # what was ticked stays
    assert not AttendanceReport.objects.exists()
    confirm(admin, here, again)
    assert AttendanceReport.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Plik jest pusty."),
        (b"PK\x03\x04...", "To arkusz programu Excel."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "To nie jest plik tekstowy."),
        (b"%PDF-1.7", "To plik PDF."),
        (b"imie;data\nEwa;06.10.2026\n", "To nie jest raport obecności"),
        (b"imi\xc4\x99 i nazwisko;od\nEwa;06.10.2026 9:00\n", "ale nie ma w nim kolumny godziny wyjścia"),
        (table(row("Ewa", "", "9:00", "12:30", "07.11.2026")), "Raport jest z dnia 07.11.2026"),
        (b"x" * (5 * 1024 * 1024 + 1), "Raport obecności może mieć najwyżej 5 MB."),
    ],
)
def test_what_is_no_report_is_told_at_the_field(admin: Client, here: TrainingPage, data: bytes, words: str) -> None:
    text = upload(admin, here, data)
    assert words in text
    assert 'href="#id_file"' in text  # in the summary, which takes the focus
    assert "autofocus" in text
    assert not AttendanceReport.objects.exists()


def test_faulty_lines_are_shown_one_by_one_and_markup_stays_text(admin: Client, here: TrainingPage) -> None:
    text = upload(admin, here, table(row("<b>Ewa</b>", "", "9:00", "12:30"), "Jan;;wczoraj;12:00"))
    assert "Wiersz 3: nie rozumiemy godziny „wczoraj”." in text
    assert "&lt;b&gt;Ewa&lt;/b&gt;" in text
    assert "<b>Ewa" not in text


def test_a_preview_that_somebody_changed_is_refused(admin: Client, here: TrainingPage) -> None:
    preview = upload(admin, here, table(row("Ewa", "", "9:00", "12:30")))
    kept = dict(HIDDEN.findall(preview))
    for sent in (
        {**kept, "carried": kept["carried"][:-1]},
        {"carried": "x", "seen": "y"},
        {"carried": kept["carried"]},
    ):
        answer = admin.post(url(here), sent, follow=True)
        assert "Podgląd nie jest już ważny." in text_of(answer)
    other = page()
    assert "Podgląd nie jest już ważny." in text_of(admin.post(url(other), kept, follow=True))
    assert not AttendanceReport.objects.exists()


def test_a_training_on_site_explains_that_it_has_no_report(admin: Client) -> None:
    text = text_of(admin.get(url(trainings.training())))
    assert "To wydarzenie jest na miejscu" in text
    assert 'type="file"' not in text


def test_who_reads_in_reports(client: Client, here: TrainingPage, administrator: User, learner: User) -> None:
    data = table(row("Ewa", "", "9:00", "12:30"))
    people = {
        learner: False,
        trainings.member("Prowadzący"): False,
        trainings.member("Koordynacja"): False,
        trainings.editor_of(trainings.training("Inne")): False,
        trainings.editor_of(here): True,
        administrator: True,
    }
    assert client.get(url(here)).status_code == 302
    for person, may in people.items():
        client.force_login(person)
        statuses = {
            client.get(url(here)).status_code,
            client.post(url(here), {"file": SimpleUploadedFile("r.csv", data)}).status_code,
            client.post(url(here), {"carried": "x", "seen": "y"}, follow=may).status_code,
        }
        assert (statuses == {200}) if may else statuses <= {302, 403}, person
    assert not AttendanceReport.objects.exists()


def test_the_page_and_the_preview_take_few_queries(
    admin: Client, here: TrainingPage, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        trainings.registered(here, f"o{number}@example.org", last_name=f"Nowak {number}")
    rows = [row("Ewa", f"o{number}@example.org", "9:00", "12:30") for number in range(40)]
    for number in range(3):
        confirm(admin, here, upload(admin, here, table(*rows[number : number + 2])))
    admin.get(url(here))
    with django_assert_max_num_queries(32):
        assert admin.get(url(here)).content.count(b"raport.csv") == 3
    with django_assert_max_num_queries(32):
        upload(admin, here, table(*rows))


def test_days_of_the_demo_are_told_with_their_blocks(admin: Client) -> None:
    here = trainings.training(mode="hybrid", days=[trainings.day(date(2026, 10, 6))])
    trainings.registered(here, "ewa@example.org")
    trainings.registered(here, "jan@example.org")
    text = upload(admin, here, table(row("Ewa", "ewa@example.org", "9:00", "12:00")))
    assert "6.10, 09:00 Przed południem" in text
    assert "Nie zaznaczaj tego pola, jeśli część osób była na sali." in text
