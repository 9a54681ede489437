"""The form of a template: what it asks, what it answers, and what it says of mistakes."""

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument
from pytest_django import DjangoAssertNumQueries, Settings

from elearning.accounts.models import User
from library.models import Usage, VersionPage
from library.stored import store
from library.views import filling
from tests import make
from tests.library import documents
from tests.pdf import words as words_of_pdf

pytestmark = pytest.mark.django_db

PESEL = "44051401359"
TYPED = {
    "p-miejsce": "Łomży",
    "p-data": "7.10.2026",
    "p-kwota": "1 250,5",
    "p-poufne": "on",
    "p-strony": ["0", "n1"],
    "p-strony-0-nazwa": "GOPS w\xa0Piątnicy",
    "p-strony-n1-nazwa": "PCPR w\xa0Łomży",
}


@pytest.fixture
def version(db: None) -> VersionPage:
    return documents.version(documents.document())


@pytest.fixture
def address(version: VersionPage) -> str:
    return reverse("documents:fill", args=["porozumienie"])


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ").replace("&nbsp;", " ")


def send(client: Client, address: str, button: str = "podglad", **changes: Any) -> Any:
    answer = client.post(address, {**TYPED, **changes, "co": button})
    assert answer["Cache-Control"] == "no-store, private"
    return answer


def word_text(answer: Any) -> str:
    paper = WordDocument(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


# --- The form ---------------------------------------------------------------------------------------------------------
def test_the_form_asks_for_every_field(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store, private"
    for text in ("Miejsce zawarcia", "np. 7.10.2026", "wymagane", "Wiersz 1 z 1", "Dodaj wiersz", "Pobierz PDF"):
        assert text in words(answer)


def test_values_in_the_address_are_ignored(client: Client, address: str) -> None:
    assert "Szczuczyn" not in words(client.get(address, {"p-miejsce": "Szczuczyn", "co": "docx"}))


def test_the_form_begins_with_data_of_the_persons_institution(client: Client, address: str) -> None:
    client.force_login(make.user(institution=make.institution("GOPS w\xa0Piątnicy")))
    assert 'value="GOPS w Piątnicy"' in words(client.get(address))
    assert "z danych Twojej instytucji" in words(client.get(address))


def test_a_former_version_says_so_and_is_still_filled_in(client: Client, version: VersionPage, address: str) -> None:
    documents.version(version.get_parent().specific, days=-1)
    former = reverse("documents:fill_version", args=["porozumienie", "wersja-1"])
    assert "To wcześniejsza wersja" in words(client.get(former))
    assert "To wcześniejsza wersja" not in words(client.get(address))
    assert send(client, former, "docx")["Content-Disposition"] == 'attachment; filename="porozumienie-wersja-1.docx"'


def test_what_nobody_may_take_has_no_form(client: Client, version: VersionPage) -> None:
    upcoming = documents.version(version.get_parent().specific, days=10)
    stored = store(b"%PDF-1.7", name="broszura.pdf")
    plain = documents.version(documents.document("Broszura"), source="file", file=stored, form_fields=[], parts=[])
    for page in (upcoming, plain):
        address = reverse("documents:fill_version", args=[page.get_parent().slug, page.slug])
        assert client.get(address).status_code == 404
        assert client.post(address, TYPED).status_code == 404


def test_only_reading_and_sending_are_allowed(client: Client, address: str) -> None:
    assert client.head(address).status_code == 200
    assert client.put(address).status_code == 405


# --- What comes out ---------------------------------------------------------------------------------------------------
def test_the_preview_shows_what_will_be_printed(client: Client, address: str) -> None:
    found = words(send(client, address))
    for text in ("dnia 7 października 2026 r.", "1 250,50 zł", "PCPR w Łomży", "Dane są poufne"):
        assert text in found
    assert 'name="p-strony-1-nazwa" value="PCPR w Łomży"' in found
    assert not Usage.objects.exists()


def test_from_the_preview_the_way_leads_back_to_what_was_typed(client: Client, address: str) -> None:
    found = words(send(client, address, "popraw", **{"p-data": "31.02.2026"}))
    assert 'value="31.02.2026"' in found
    assert "Wiersz 2 z 2" in found
    assert "Popraw błędy" not in found


def test_the_word_file_holds_what_was_typed(client: Client, address: str) -> None:
    answer = send(client, address, "docx")
    assert answer["Content-Disposition"] == 'attachment; filename="porozumienie.docx"'
    for text in ("7\xa0października 2026\xa0r.", "GOPS w Piątnicy", "1\xa0250,50\xa0zł"):
        assert text in word_text(answer)


def test_the_pdf_holds_what_was_typed(client: Client, address: str) -> None:
    answer = send(client, address, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert paper.Root.MarkInfo.Marked
    assert "PCPRwŁomży" in words_of_pdf(answer.content)


def test_what_may_stay_empty_is_printed_as_a_dash(client: Client, address: str) -> None:
    assert "dnia –." in word_text(send(client, address, "docx", **{"p-data": ""}))


def test_a_filled_form_is_counted_once_it_was_made(client: Client, address: str) -> None:
    send(client, address)
    send(client, address, "docx", **{"p-miejsce": ""})
    send(client, address, "docx", **{"p-miejsce": PESEL})
    assert not Usage.objects.exists()
    send(client, address, "docx")
    send(client, address, "docx")
    assert list(Usage.objects.values_list("how", "form", "count")) == [("fill_in", "docx", 1)]


# --- Mistakes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("p-miejsce", "", "Wypełnij to pole."),
        ("p-data", "31.02.2026", "Takiego dnia nie ma w kalendarzu."),
        ("p-data", "jutro", "Podaj datę, na przykład 7.10.2026."),
        ("p-kwota", "dużo", "Podaj kwotę, na przykład 1250 albo 1250,50."),
        ("p-miejsce", "Łom\x00ża", "niewidoczny znak"),
        ("p-miejsce", "Łomża \u202egnp.exe", "niewidoczny znak"),
        ("p-miejsce", "Łomża 😀", "nie można wydrukować"),
        ("p-strony-n1-nazwa", "x" * 501, "Ten tekst jest za długi."),
    ],
)
@pytest.mark.parametrize("button", ["podglad", "docx", "pdf"])
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(
    client: Client, address: str, button: str, name: str, typed: str, error: str
) -> None:
    answer = send(client, address, button, **{name: typed})
    found = words(answer)
    assert error in found
    assert "Popraw błędy w formularzu" in found
    assert 'aria-invalid="true"' in found
    assert f'href="#{name.replace("n1", "1")}-pole"' in found
    assert 'value="GOPS w Piątnicy"' in found
    assert not Usage.objects.exists()


def test_a_sign_that_the_pdf_lacks_is_told_at_its_field(client: Client, address: str) -> None:
    found = words(send(client, address, "pdf", **{"p-strony-n1-nazwa": "漢字"}))
    assert "nie da się wydrukować w PDF" in found
    assert 'href="#p-strony-1-nazwa-pole"' in found
    assert "p-miejsce-blad" not in found


def test_too_many_rows_are_told_and_keep_what_was_typed(client: Client, address: str) -> None:
    rows = {"p-strony": [str(row) for row in range(1000)], **{f"p-strony-{row}-nazwa": "X" for row in range(1000)}}
    found = words(send(client, address, **rows))
    assert "Najwięcej wierszy: 20." in found
    assert "Wiersz 1000 z 1000" in found


def test_ten_thousand_rows_are_refused_in_polish(client: Client, address: str) -> None:
    rows = {"p-strony": [str(row) for row in range(10_000)]}
    answer = client.post(address, {**TYPED, **rows})
    assert answer.status_code == 400
    assert "Nie możemy odczytać tego żądania" in words(answer)


def test_more_than_the_site_takes_is_refused_in_polish(client: Client, address: str) -> None:
    answer = client.post(address, {**TYPED, "p-miejsce": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "Niczego nie zapisaliśmy" in words(answer)


# --- Rows without JavaScript ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("button", "rows"),
    [
        ("dodaj:strony", ["GOPS w Piątnicy", "PCPR w Łomży", ""]),
        ("usun:strony:1", ["PCPR w Łomży"]),
        ("nizej:strony:1", ["PCPR w Łomży", "GOPS w Piątnicy"]),
    ],
)
def test_rows_change_by_the_buttons_of_the_form(client: Client, address: str, button: str, rows: list[str]) -> None:
    found = words(send(client, address, button, **{"p-data": "31.02.2026"}))
    assert [f'id="p-strony-{row}-nazwa" value="{name}"' in found for row, name in enumerate(rows)] == [True] * len(rows)
    assert f"Wiersz 1 z {len(rows)}" in found
    assert f"Wiersz {len(rows) + 1}" not in found.partition("<template")[0]
    assert found.count("autofocus") == 1
    assert "Popraw błędy" not in found


# --- PESEL ------------------------------------------------------------------------------------------------------------
def test_a_pesel_is_asked_about_and_given_after_the_answer(client: Client, address: str) -> None:
    asked = words(send(client, address, "docx", **{"p-strony-n1-nazwa": "Jan, 440514-01359"}))
    assert "Czy numer PESEL jest tu potrzebny?" in asked
    assert "Strony, wiersz 2, Nazwa" in asked
    given = send(client, address, "docx", **{"p-strony-n1-nazwa": "Jan, 440514-01359", "pesel": "tak"})
    assert "440514-01359" in word_text(given)


def test_the_answer_about_a_pesel_goes_with_the_preview_and_no_further(client: Client, address: str) -> None:
    assert 'name="pesel" value="tak"' in words(send(client, address, **{"p-miejsce": PESEL, "pesel": "tak"}))
    assert "Czy numer PESEL jest tu potrzebny?" in words(send(client, address, **{"p-miejsce": PESEL}))


# --- Limits -----------------------------------------------------------------------------------------------------------
def test_strangers_wait_after_many_documents(
    client: Client, address: str, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "MOST_A_MINUTE", 1)
    assert send(client, address).status_code == 200
    refused = send(client, address)
    assert refused.status_code == 429
    assert "Odczekaj minutę" in words(refused)
    assert 'value="1 250,5"' in words(refused)
    client.force_login(learner)
    assert send(client, address).status_code == 200


def test_the_form_and_its_answers_make_few_queries(
    client: Client,
    version: VersionPage,
    address: str,
    learner: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for days in (-20, -10, -5):
        documents.version(version.get_parent().specific, days=days)
    client.get(address)
    with django_assert_max_num_queries(6):
        client.get(address)
    with django_assert_max_num_queries(6):
        send(client, address)
    send(client, address, "docx")
    with django_assert_max_num_queries(6):
        send(client, address, "docx")
    client.force_login(learner)
    with django_assert_max_num_queries(14):
        client.get(address)
    send(client, address, "docx")
    with django_assert_max_num_queries(16):
        send(client, address, "docx")


# --- Errors of ours ---------------------------------------------------------------------------------------------------
def test_an_error_names_its_kind_and_place_only(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise ValueError("Łomży nie ma")

    monkeypatch.setattr("library.pdf.write", broken)
    with pytest.raises(filling.FillingFailed) as caught:
        send(client, address, "pdf")
    assert str(caught.value) == "ValueError"
    assert caught.value.__context__ is None
    assert caught.traceback[-1].name == "broken"
