"""Invitations on the desk: lists of people as they come, one letter each, and once more not before tomorrow."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from courses.models import TrainingPage, TrainingQuota
from courses.trainings.invitation_list import MOST_LINES, TooLong, decoded, lines_of
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import inviting
from elearning.records.inviting import Invitee
from elearning.records.models import Invitation
from elearning.records.places import Standing
from tests import make, trainings


def url(page: TrainingPage) -> str:
    return f"/redakcja/szkolenia/{page.pk}/zaproszenia/"


def test_a_list_is_read_line_by_line() -> None:
    text = "imię nazwisko;e-mail;instytucja\nŻaneta Gęś; GES@example.org ;ops łódź\n\nola@example.org\nJan;jan@;X\n"
    lines = lines_of(text, {"ops lodz": 7}, [])
    assert [(line.number, line.name, line.email, line.institution_id) for line in lines] == [
        (2, "Żaneta Gęś", "ges@example.org", 7),
        (4, "", "ola@example.org", None),
        (5, "Jan", "jan@", None),
    ]
    assert [bool(line.fault) for line in lines] == [False, False, True]


@pytest.mark.parametrize("row", ["Jan Lis;jan@example.org", "Jan Lis\tjan@example.org", "Jan Lis,jan@example.org"])
def test_columns_are_parted_as_they_come(row: str) -> None:
    assert [(line.name, line.email) for line in lines_of(row, {}, [])] == [("Jan Lis", "jan@example.org")]


def test_first_and_last_name_may_have_a_column_each() -> None:
    assert lines_of("Jan;Lis;jan@example.org;OPS", {}, [])[0].name == "Jan Lis"


def test_doubles_and_those_who_are_invited_are_left_out() -> None:
    lines = lines_of("a@example.org\nA@example.org\nb@example.org", {}, ["B@example.org"])
    assert [line.fault for line in lines] == [
        "",
        "Ten adres jest już w\xa0wierszu 1.",
        "Ten adres ma już zaproszenie.",
    ]


def test_an_unknown_institution_is_said_and_no_fault() -> None:
    line = lines_of("a@example.org;Nieznana", {}, [])[0]
    assert (line.fault, bool(line.note)) == ("", True)


def test_too_many_lines_are_refused_whole() -> None:
    with pytest.raises(TooLong):
        lines_of("a@example.org\n" * (MOST_LINES + 1), {}, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_files_of_polish_spreadsheets_have_their_letters(encoding: str) -> None:
    assert decoded("Żółć".encode(encoding)) == "Żółć"


def test_three_hundred_people_of_a_file_and_a_second_run_that_adds_none(desk: Client, page: TrainingPage) -> None:
    rows = [f"Łucja Gęś {number};osoba{number}@example.org;" for number in range(295)]
    rows += ["bez adresu;;", "Jan;jan(at)example.org;", "x;y;z", rows[0], rows[1]]
    file = SimpleUploadedFile("lista.csv", "\r\n".join(rows).encode("cp1250"), content_type="text/csv")
    content = desk.post(url(page), {"lista": "", "plik": file}).content.decode()
    assert "Zaprosimy 295 osób" in content
    assert "Łucja Gęś 294" in content
    assert content.count("Pominiemy.") == 5
    assert Invitation.objects.count() == 0
    sent = {"lista": "\n".join(rows), "potwierdzam": "tak"}
    desk.post(url(page), sent)
    assert Invitation.objects.count() == Message.objects.count() == 295
    answer = desk.post(url(page), sent, follow=True)
    assert "nie ma nikogo nowego" in answer.content.decode()
    assert Invitation.objects.count() == Message.objects.count() == 295


def test_the_letter_has_the_link_of_the_invitation(desk: Client, page: TrainingPage) -> None:
    desk.post(url(page), {"lista": "Ola <b>Lis</b>;ola@example.org", "potwierdzam": "tak"})
    invitation, letter = Invitation.objects.get(), Message.objects.get()
    assert (letter.recipient, letter.subject) == ("ola@example.org", "Zaproszenie: „Szkoła Kooperacji”")
    assert f"/szkolenia/{page.slug}/-/zaproszenie/{invitation.token}/" in letter.body
    assert "Ola <b>Lis</b>" in letter.body


@pytest.mark.parametrize("sent", [{"lista": ""}, {"lista": " \n "}])
def test_an_empty_list_is_said_at_its_field(desk: Client, page: TrainingPage, sent: dict[str, str]) -> None:
    answer = desk.post(url(page), sent)
    assert answer.status_code == 422
    assert "Wpisz listę albo wybierz plik." in answer.content.decode()


def test_a_list_too_long_is_said_at_its_field(desk: Client, page: TrainingPage) -> None:
    answer = desk.post(url(page), {"lista": "a@example.org\n" * 10_000})
    assert answer.status_code == 422
    assert "Podziel ją na części" in answer.content.decode()


def test_what_came_of_an_invitation_is_shown(desk: Client, page: TrainingPage, organiser: User) -> None:
    invited = inviting.invite(
        training_of(page), [Invitee("ola@example.org"), Invitee("jan@example.org")], by=organiser, now=timezone.now()
    )
    invited[0].registration = trainings.registered(page, "ola@example.org", standing=Standing.CANCELLED)
    invited[0].save()
    content = desk.get(url(page)).content.decode()
    assert "zgłoszenie: anulowane" in content
    assert "bez odpowiedzi: 1" in content


def test_once_more_only_tomorrow_and_only_to_those_who_did_not_answer(page: TrainingPage, organiser: User) -> None:
    training, now = training_of(page), timezone.now()
    invited = inviting.invite(training, [Invitee("ola@example.org"), Invitee("jan@example.org")], by=organiser, now=now)
    invited[0].registration = trainings.registered(page, "ola@example.org")
    invited[0].save()
    assert inviting.remind(training, invited, now=now) == 0
    assert inviting.remind(training, invited, now=now + timedelta(days=1)) == 1
    assert inviting.remind(training, invited, now=now + timedelta(days=1)) == 0
    assert Message.objects.order_by("pk").last().recipient == "jan@example.org"


def test_the_buttons_send_once_more(desk: Client, page: TrainingPage, organiser: User) -> None:
    before = timezone.now() - timedelta(days=2)
    people = [Invitee(f"osoba{number}@example.org") for number in range(3)]
    made = inviting.invite(training_of(page), people, by=organiser, now=before)
    Message.objects.update(created_at=before)
    assert "Wyślij jeszcze raz<" in desk.get(url(page)).content.decode()
    desk.post(url(page), {"przypomnij": made[0].pk})
    assert Message.objects.count() == 4
    desk.post(url(page), {"przypomnij": "wszystkie"})
    assert Message.objects.count() == 6
    answer = desk.post(url(page), {"przypomnij": "wszystkie"}, follow=True)
    assert "Następny raz możesz jutro." in answer.content.decode()
    for wrong in ("x", "999999"):
        desk.post(url(page), {"przypomnij": wrong})
    assert Message.objects.count() == 6


def test_places_of_institutions_are_shown_with_those_taken(desk: Client, page: TrainingPage) -> None:
    office = make.institution("OPS Łódź")
    page.quotas.add(TrainingQuota(institution=office, places=5))
    make.publish(page)
    trainings.registered(page, institution=office)
    content = desk.get(url(page)).content.decode()
    assert '<th scope="row">OPS Łódź</th><td class="desk__number">5</td><td class="desk__number">1</td>' in content


def test_hundreds_of_invitations_ask_few_queries(
    desk: Client, page: TrainingPage, organiser: User, django_assert_max_num_queries: Any
) -> None:
    people = [Invitee(f"osoba{number}@example.org") for number in range(150)]
    inviting.invite(training_of(page), people, by=organiser, now=timezone.now())
    desk.get(url(page))
    with django_assert_max_num_queries(20):
        assert "150 zaproszeń" in desk.get(url(page)).content.decode()
