"""What the form of a version makes, takes and refuses."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from library.models import DocumentPage, StoredFile, VersionPage
from tests import make
from tests.library import documents, editors
from tests.library.editors import create, errors, latest, save, told, word

pytestmark = pytest.mark.django_db

TEXT_FIELD = ("text", {"name": "gmina", "label": "Gmina", "help": "", "group": "", "prefill": ""})


def marked(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    file, output = docx.Document(), BytesIO()
    for text in paragraphs:
        file.add_paragraph(text)
    file.save(output)
    return output.getvalue()


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def editor(db: None) -> Client:
    return editors.browser_of(editors.person("Redakcja", email="maria@example.org"))


@pytest.fixture
def page(db: None) -> DocumentPage:
    return documents.document()


def only_version(page: DocumentPage) -> VersionPage:
    return VersionPage.objects.child_of(page).get()


def test_number_title_and_address_are_made_by_us(editor: Client, page: DocumentPage) -> None:
    create(editor, page)
    create(editor, page)
    found = VersionPage.objects.child_of(page).order_by("number").values_list("number", "title", "slug")
    assert list(found) == [(1, "Wersja 1", "wersja-1"), (2, "Wersja 2", "wersja-2")]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_tabs_at_once_get_two_numbers() -> None:
    page = documents.document()
    administrator = make.user(is_staff=True, is_superuser=True)
    clients = [editors.browser_of(administrator) for _tab in range(2)]
    both_are_there = Barrier(2, timeout=30)

    def send(client: Client) -> int:
        try:
            return int(create(client, page).status_code)
        finally:
            connection.close()

    # Each has read the document before the other changes it.
    waiting = hooks.register_temporarily("before_create_page", lambda *_given: both_are_there.wait())
    with waiting, ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, clients)) == [200, 200]
    found = VersionPage.objects.child_of(page).order_by("number").values_list("number", "slug")
    assert list(found) == [(1, "wersja-1"), (2, "wersja-2")]


def test_a_number_that_was_given_stays(editor: Client, page: DocumentPage) -> None:
    create(editor, page)
    create(editor, page)
    first = VersionPage.objects.get(number=1)
    save(editor, first, approved_by="Zespół")
    assert latest(first).slug == "wersja-1"
    assert latest(first).approved_by == "Zespół"


def test_a_first_version_is_published(editor: Client, page: DocumentPage) -> None:
    create(editor, page, "publish")
    assert only_version(page).live


def test_a_draft_may_be_incomplete(editor: Client, page: DocumentPage) -> None:
    create(editor, page, parts=[])
    assert not only_version(page).live
    answer = save(editor, only_version(page), "publish", parts=[])
    assert errors(answer)["parts"] == ["Napisz treść dokumentu."]
    assert not only_version(page).live


def test_mistakes_in_a_text_are_told_at_its_block(editor: Client, page: DocumentPage) -> None:
    parts = [
        ("paragraph", {"text": "Dobry {{ gmina }}."}),
        ("paragraph", {"text": "Zły {{ powiat }}."}),
    ]
    answer = create(editor, page, "publish", form_fields=[TEXT_FIELD], parts=parts)
    error = answer.context["form"].errors.as_data()["parts"][0]
    assert error.as_json_data()["blockErrors"].keys() == {1}
    assert "Nieznane pole „powiat”" in str(error.as_json_data()["blockErrors"][1])
    assert "Nieznane pole" in answer.content.decode()
    create(editor, page, form_fields=[TEXT_FIELD], parts=parts)
    assert not only_version(page).live


def test_a_field_without_a_place_is_told_at_the_field(editor: Client, page: DocumentPage) -> None:
    answer = create(editor, page, "publish", form_fields=[TEXT_FIELD])
    error = answer.context["form"].errors.as_data()["form_fields"][0]
    assert "nie występuje" in str(error.as_json_data()["blockErrors"][0])


def test_a_later_version_says_what_changed(editor: Client, page: DocumentPage) -> None:
    documents.version(page)
    today = f"{timezone.localdate():%Y-%m-%d}"
    answer = create(editor, page, "publish", in_force_on=today)
    assert errors(answer).keys() == {"changes", "approved_by"}
    create(editor, page, "publish", in_force_on=today, changes="Nowa ustawa.", approved_by="Zespół")
    assert VersionPage.objects.get(number=2).live


def test_nothing_is_scheduled_beside_its_day(editor: Client, page: DocumentPage) -> None:
    answer = create(editor, page, go_live_at="", expire_at="2030-01-01 10:00")
    assert "expire_at" in errors(answer)
    version = documents.version(page, days=3)
    answer = save(editor, version, in_force_on=documents.day(3), go_live_at="2030-01-01 10:00")
    assert "go_live_at" in errors(answer)


def test_fields_are_proposed_from_a_marked_file(editor: Client, page: DocumentPage) -> None:
    content = marked("Zawarte dnia {{ data_zawarcia }} w {{ gmina }}.")
    answer = create(editor, page, source="marked", parts=[], upload=word(content))
    version = latest(only_version(page))
    assert [block.block_type for block in version.form_fields] == ["date", "text"]
    assert "Pola odczytane z\xa0pliku: 2" in told(answer)
    assert version.file.name == "umowa.docx"
    assert "[Gmina]" in version.file_text
    save(editor, version, "publish", source="marked", parts=[])
    assert only_version(page).live


def test_a_newer_file_keeps_what_the_editor_wrote(editor: Client, page: DocumentPage) -> None:
    create(editor, page, source="marked", parts=[], upload=word(marked("{{ gmina }} i {{ powiat }}.")))
    kept = ("text", {"name": "gmina", "label": "Gmina wiejska", "help": "Pełna nazwa.", "group": "Kto", "prefill": ""})
    gone = ("text", {"name": "powiat", "label": "Powiat", "help": "", "group": "", "prefill": ""})
    answer = save(
        editor,
        only_version(page),
        source="marked",
        parts=[],
        form_fields=[gone, kept],
        upload=word(marked("{{ kwota }} dla {{ gmina }}.")),
    )
    fields = latest(only_version(page)).document().fields
    assert [(field.name, field.label, field.group) for field in fields] == [
        ("gmina", "Gmina wiejska", "Kto"),
        ("kwota", "Kwota", ""),
    ]
    assert "Nowe pola z\xa0pliku: Kwota." in told(answer)
    assert "zniknęły z\xa0formularza: Powiat." in told(answer)


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        (marked("Dnia {{ data"), "umowa.docx", "akapit 1"),
        (marked("{% for strona in strony %}{{ strona.nazwa }}"), "umowa.docx", "akapit 1"),
        (b"%PDF-1.7", "umowa.docx", "To plik PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "umowa.docx", "."),
        (marked("{{ gmina }}"), "umowa.doc", "musi być dokumentem programu Word"),
        (b"", "umowa.docx", "pusty"),
    ],
)
@pytest.mark.parametrize("action", ["", "publish"])
def test_a_bad_file_is_told_at_its_field_and_not_kept(
    editor: Client, page: DocumentPage, content: bytes, name: str, text: str, action: str
) -> None:
    answer = create(editor, page, action, source="marked", parts=[], upload=word(content, name))
    assert text in " ".join(errors(answer)["upload"])
    assert not StoredFile.objects.exists()
    assert not VersionPage.objects.exists()


def test_marks_and_fields_have_to_fit_before_publishing(editor: Client, page: DocumentPage) -> None:
    create(editor, page, source="marked", parts=[], upload=word(marked("{{ gmina }} i {{ powiat }}.")))
    version = only_version(page)
    save(editor, version, source="marked", parts=[], form_fields=[TEXT_FIELD])
    answer = save(editor, version, "publish", source="marked", parts=[], form_fields=[TEXT_FIELD])
    assert "Znacznik „powiat” nie ma swojego pola" in " ".join(errors(answer)["__all__"])
    assert not only_version(page).live


@pytest.mark.parametrize("source", ["marked", "file"])
def test_a_version_without_its_file_is_not_published(editor: Client, page: DocumentPage, source: str) -> None:
    answer = create(editor, page, "publish", source=source, parts=[])
    assert errors(answer)["upload"] == ["Wybierz plik."]


def test_a_plain_file_is_what_it_is_called(editor: Client, page: DocumentPage) -> None:
    answer = create(editor, page, source="file", parts=[], upload=word(b"nic", "ulotka.pdf"))
    assert "nie jest plikiem PDF" in errors(answer)["upload"][0]
    create(editor, page, "publish", source="file", parts=[], upload=word(b"%PDF-1.7 tekst", "ulotka.pdf"))
    assert only_version(page).file.extension == "pdf"
    assert only_version(page).file.created_by is not None


def test_a_file_that_is_too_large_is_refused(editor: Client, page: DocumentPage) -> None:
    answer = create(editor, page, source="file", parts=[], upload=word(b"%PDF-" + bytes(20 * 1024 * 1024), "a.pdf"))
    assert "najwyżej 20\xa0MB" in errors(answer)["upload"][0]


def test_the_same_file_twice_is_one_row(editor: Client, page: DocumentPage) -> None:
    create(editor, page, source="file", parts=[], upload=word(b"%PDF-1.7", "a.pdf"))
    save(editor, only_version(page), source="file", parts=[], upload=word(b"%PDF-1.7", "a.pdf"))
    assert StoredFile.objects.count() == 1


def test_a_file_is_sent_by_a_button_and_not_in_the_background(editor: Client, page: DocumentPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["library", "versionpage", page.pk])
    data = editors.form(source="file", parts=[], upload=word(b"%PDF-1.7", "a.pdf"))
    answer = editor.post(url, data, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "Zapisz szkic" in answer.json()["error_message"]
    assert not VersionPage.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_draft_is_saved_in_the_background(editor: Client, page: DocumentPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["library", "versionpage", page.pk])
    answer = editor.post(url, editors.form(), headers={"accept": "application/json"})
    assert answer.json()["success"]
    assert only_version(page).title == "Wersja 1"


def test_the_form_is_shown(editor: Client, page: DocumentPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["library", "versionpage", page.pk])
    text = editor.get(url).content.decode()
    assert 'name="upload"' in text
    assert 'data-w-rules="{&quot;source&quot;: [&quot;marked&quot;, &quot;file&quot;]}"' in text
    assert 'name="title"' not in text
    assert 'name="slug"' not in text
