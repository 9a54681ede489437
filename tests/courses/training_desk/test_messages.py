"""„Napisz do grupy”: whom, the preview, one letter for each however often it is sent, and the log."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import TrainingPage
from courses.trainings.letters import Draft, letter_to, one_each, unknown_words
from courses.trainings.terms import training_of
from elearning.notifications.models import Message
from elearning.records.models import AttendanceMark, Registration, SurveyReceipt
from elearning.records.places import Standing
from tests import make, trainings

TEXT = "Dzień dobry, {imię}!\nTermin: {termin}. {link}"


def url(page: TrainingPage) -> str:
    return f"/redakcja/szkolenia/{page.pk}/wiadomosc/"


def typed(**more: Any) -> dict[str, Any]:
    return {"stany": ["admitted"], "temat": "Sala: {tytuł}", "tekst": TEXT, "wysylka": str(uuid4()), **more}


def preview(client: Client, page: TrainingPage, **more: Any) -> tuple[str, dict[str, Any]]:
    """The preview, and what its button sends."""
    sent = typed(**more)
    answer = client.post(url(page), {**sent, "podglad": "tak"})
    assert answer.status_code == 200
    content = answer.content.decode()
    count = re.search(r'name="ile" value="(\d+)"', content)
    assert count
    return content, {**sent, "ile": count[1], "wyslij": "tak"}


@pytest.fixture
def two(page: TrainingPage) -> list[Registration]:
    return [
        trainings.registered(page, "ewa@example.org", first_name="Ewa", institution_name="OPS Łódź"),
        trainings.registered(page, "jan@example.org", first_name="Jan", institution_name="PCPR Łomża"),
    ]


def recipients() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("recipient", flat=True))


def test_the_preview_is_the_letter_of_the_first_and_sends_nothing(
    desk: Client, page: TrainingPage, two: list[Registration]
) -> None:
    content, _sent = preview(desk, page)
    assert "Wiadomość dostaną 2 osoby" in content
    assert "Dzień dobry, Ewa!" in content
    assert "Sala: Szkoła Kooperacji" in content
    # Whoever has the link acts as the person.
    assert str(two[0].token) not in content
    assert f"/szkolenia/{page.slug}/-/zgloszenie/…/" in content
    assert Message.objects.count() == 0


def test_each_gets_one_letter_of_their_own(desk: Client, page: TrainingPage, two: list[Registration]) -> None:
    _content, sent = preview(desk, page)
    assert desk.post(url(page), sent).status_code == 302
    assert recipients() == ["ewa@example.org", "jan@example.org"]
    letter = Message.objects.get(recipient="jan@example.org")
    assert "Dzień dobry, Jan!" in letter.body
    assert str(two[1].token) in letter.body
    assert str(two[0].token) not in letter.body


def test_a_second_click_writes_to_nobody_again(desk: Client, page: TrainingPage, two: Any) -> None:
    _content, sent = preview(desk, page)
    desk.post(url(page), sent)
    content = desk.post(url(page), sent, follow=True).content.decode()
    assert "Ta wiadomość była już wysłana." in content
    assert len(recipients()) == 2
    # The log tells it once, with what became of it.
    assert content.count('<th scope="row">Sala: Szkoła Kooperacji</th>') == 1


def test_a_sending_that_broke_off_goes_on_where_it_was(desk: Client, page: TrainingPage, two: Any) -> None:
    _content, sent = preview(desk, page)
    desk.post(url(page), sent)
    Message.objects.get(recipient="jan@example.org").delete()
    desk.post(url(page), sent)
    assert sorted(recipients()) == ["ewa@example.org", "jan@example.org"]


def test_the_desk_shows_what_was_sent_and_by_whom(desk: Client, organiser: Any, page: TrainingPage, two: Any) -> None:
    _content, sent = preview(desk, page)
    desk.post(url(page), sent)
    content = desk.get(f"/redakcja/szkolenia/{page.pk}/").content.decode()
    assert str(organiser) in content
    assert "odbiorcy: 2" in content


def test_when_the_group_changed_there_is_another_preview_first(desk: Client, page: TrainingPage, two: Any) -> None:
    _content, sent = preview(desk, page)
    trainings.registered(page)
    content = desk.post(url(page), sent).content.decode()
    assert "zmieniła się liczba osób" in content
    assert "Wiadomość dostaną 3 osoby" in content
    assert recipients() == []


def test_the_group_is_chosen_by_state_and_institution(desk: Client, page: TrainingPage, two: Any) -> None:
    trainings.registered(page, "rezerwa@example.org", standing=Standing.RESERVED)
    assert preview(desk, page, stany=["admitted", "reserved"])[1]["ile"] == "3"
    assert preview(desk, page, stany=["reserved"])[1]["ile"] == "1"
    assert preview(desk, page, instytucje=["PCPR Łomża"])[1]["ile"] == "1"


def test_the_group_is_chosen_by_presence(desk: Client, page: TrainingPage, two: list[Registration]) -> None:
    block = page.days[0].value["blocks"].bound_blocks[0]
    AttendanceMark.objects.create(
        registration=two[0],
        block=block.id,
        day=page.days[0].value["date"],
        topic="Blok",
        hours=4,
        source="qr",
        presence="late",
        at=timezone.now(),
    )
    assert "ewa@example.org" in preview(desk, page, obecnosc="present")[0]
    absent = preview(desk, page, obecnosc="absent")[0]
    assert "jan@example.org" in absent
    assert "ewa@example.org" not in absent


def test_the_group_is_chosen_by_the_survey(desk: Client, page: TrainingPage, two: list[Registration]) -> None:
    page.survey = [("open_text", {"text": "Co poprawić?"})]
    make.publish(page)
    SurveyReceipt.objects.create(registration=two[0])
    content = preview(desk, page, bez_ankiety="on")[0]
    assert "jan@example.org" in content
    assert "ewa@example.org" not in content


def test_unknown_words_are_named_and_what_was_typed_stays(desk: Client, page: TrainingPage, two: Any) -> None:
    answer = desk.post(url(page), typed(tekst="Drogi {Wójcie}, {imię}!", podglad="tak"))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "{Wójcie}" in content
    assert "Drogi" in content
    assert Message.objects.count() == 0


def test_a_group_of_nobody_is_said(desk: Client, page: TrainingPage, two: Any) -> None:
    answer = desk.post(url(page), typed(stany=["cancelled"], podglad="tak"))
    assert answer.status_code == 422
    assert "Nikogo takiego nie ma." in answer.content.decode()


def test_without_registrations_there_is_nobody_to_write_to(desk: Client, page: TrainingPage) -> None:
    assert "nie ma do kogo napisać" in desk.get(url(page)).content.decode()


def test_a_hundred_people_are_chosen_from_in_few_queries(
    desk: Client, page: TrainingPage, django_assert_max_num_queries: Any
) -> None:
    for _ in range(100):
        trainings.registered(page)
    desk.get(url(page))
    with django_assert_max_num_queries(20):
        desk.get(url(page))
    with django_assert_max_num_queries(22):
        preview(desk, page)


def test_a_name_with_marks_and_braces_stays_a_name(page: TrainingPage) -> None:
    one = trainings.registered(page, first_name="<script>{nazwisko}")
    letter = letter_to(training_of(page), one, Draft("Do {imię}\nX", "{imię} {IMIĘ}"))
    assert letter.subject == "Do <script>{nazwisko} X"
    assert letter.body.startswith("<script>{nazwisko} <script>{nazwisko}\n\n")


def test_words_in_braces_that_stand_for_nothing() -> None:
    assert unknown_words("{imię} {imie} {} {imie} { tytuł }") == ["imie", ""]


def test_who_registered_anew_gets_one_letter(page: TrainingPage) -> None:
    old = trainings.registered(page, "ola@example.org", standing=Standing.CANCELLED)
    new = trainings.registered(page, "Ola@example.org")
    assert one_each([old, new]) == [new]
