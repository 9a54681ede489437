"""Files of documents: blank forms that are made when asked for, and what editors uploaded."""

import time
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from elearning.accounts.models import User
from library import outputs
from library.models import DocumentPage, Form, Holding, Usage, VersionPage
from library.stored import store
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db


def saying(words: str) -> dict[str, Any]:
    """A version without fields that says this and nothing else."""
    return {"form_fields": [], "parts": [{"type": "paragraph", "value": {"text": words}}]}


REPORT = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture
def document() -> DocumentPage:
    return documents.document(slug="porozumienie")


@pytest.fixture
def written(document: DocumentPage) -> VersionPage:
    return documents.version(document)


@pytest.fixture
def uploaded() -> VersionPage:
    material = documents.document("Raport", slug="raport", kind="research")
    stored = store(REPORT, name="Raport końcowy.pdf")
    return documents.version(material, source="file", file=stored, form_fields=[], parts=[])


def address(*names: str) -> str:
    return reverse("documents:file" if len(names) == 2 else "documents:version_file", args=names)


def got(*names: str, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(address(*names), headers={key.replace("_", "-"): v for key, v in headers.items()})


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def counted() -> int:
    return sum(Usage.objects.values_list("count", flat=True))


# --- What comes -------------------------------------------------------------------------------------------------------
def test_the_blank_form_is_a_word_file(written: VersionPage) -> None:
    answer = got("porozumienie", "docx")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert answer["Content-Disposition"] == 'attachment; filename="porozumienie-wersja-1.docx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    content = body(answer)
    assert len(content) == int(answer["Content-Length"])
    said = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    assert "Strony" in said
    assert "{{" not in said


def test_the_blank_form_is_a_pdf_too(written: VersionPage) -> None:
    answer = got("porozumienie", "pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="porozumienie-wersja-1.pdf"'
    with pikepdf.open(BytesIO(body(answer))) as pdf:
        assert pdf.Root.MarkInfo.Marked


def test_an_uploaded_file_comes_as_it_was_sent(uploaded: VersionPage) -> None:
    answer = got("raport", "oryginal")
    assert (answer.status_code, body(answer)) == (200, REPORT)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="raport-wersja-1.pdf"'


@pytest.mark.parametrize("form", ["docx", "pdf", "oryginal"])
def test_files_are_known_again_and_come_in_parts(written: VersionPage, uploaded: VersionPage, form: str) -> None:
    slug = "raport" if form == "oryginal" else "porozumienie"
    whole = got(slug, form)
    content = body(whole)
    assert got(slug, form, If_None_Match=whole["ETag"]).status_code == 304
    part = got(slug, form, Range="bytes=10-19", If_Range=whole["ETag"])
    assert (part.status_code, body(part)) == (206, content[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(content)}"
    beyond = got(slug, form, Range=f"bytes={len(content)}-")
    assert beyond.status_code == 416


def test_the_address_stays_and_the_file_follows_what_is_in_force(document: DocumentPage, written: VersionPage) -> None:
    before = got("porozumienie", "docx")
    documents.version(document, days=0, **saying("Zupełnie nowa treść."))
    after = got("porozumienie", "docx", If_None_Match=before["ETag"])
    assert after.status_code == 200
    assert after["Content-Disposition"] == 'attachment; filename="porozumienie-wersja-2.docx"'
    assert "Zupełnie nowa treść." in [line.text for line in Document(BytesIO(body(after))).paragraphs]
    assert body(got("porozumienie", "wersja-1", "docx")) == body(before)


@pytest.mark.parametrize("form", [Form.DOCX, Form.PDF])
def test_every_process_makes_the_same_bytes(
    document: DocumentPage, written: VersionPage, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outputs.blank(document, written, form)
    outputs._printed.cache_clear()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert outputs.blank(document, written, form) == first


def test_a_form_is_made_once(written: VersionPage, document: DocumentPage) -> None:
    outputs._printed.cache_clear()
    first = outputs.blank(document, written, Form.DOCX)
    assert outputs.blank(document, VersionPage.objects.get(pk=written.pk), Form.DOCX) is first


@pytest.mark.parametrize(
    "names",
    [
        ("porozumienie", "oryginal"),
        ("porozumienie", "odt"),
        ("porozumienie", "wersja-7", "docx"),
        ("raport", "docx"),
        ("raport", "pdf"),
        ("nie-ma", "docx"),
    ],
)
def test_what_there_is_not_is_not_found(written: VersionPage, uploaded: VersionPage, names: tuple[str, ...]) -> None:
    assert got(*names).status_code == 404


def test_a_file_is_only_asked_for(written: VersionPage) -> None:
    assert Client().post(address("porozumienie", "docx")).status_code == 405


# --- Before its day ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("names", [("porozumienie", "docx"), ("porozumienie", "wersja-1", "pdf")])
def test_before_its_day_a_page_says_from_when(document: DocumentPage, names: tuple[str, ...]) -> None:
    version = documents.version(document, days=3)
    answer = got(*names)
    assert answer.status_code == 403
    page = answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    assert "Ta wersja jeszcze nie obowiązuje" in page
    assert f"{version.in_force_on.year} r." in page
    assert "Powiadom mnie o zmianie" in page
    assert counted() == 0


def test_until_then_the_earlier_version_is_taken(document: DocumentPage, written: VersionPage) -> None:
    documents.version(document, days=3)
    assert "wersja-1" in got("porozumienie", "docx")["Content-Disposition"]
    assert "Przejdź do obecnej wersji" in got("porozumienie", "wersja-2", "docx").content.decode()


# --- What is counted --------------------------------------------------------------------------------------------------
def test_a_download_of_a_visitor_is_counted_once_a_day(written: VersionPage) -> None:
    for _ in range(2):
        got("porozumienie", "docx", User_Agent="Biuro")
    got("porozumienie", "docx", User_Agent="Telefon")
    assert counted() == 2
    assert set(Usage.objects.values_list("form", "how", "institution_kind")) == {("docx", "download", "")}
    assert not Holding.objects.exists()


def test_a_download_of_a_person_is_counted_once(written: VersionPage, learner: User, as_learner: Client) -> None:
    for _ in range(2):
        got("porozumienie", "pdf", client=as_learner)
    assert counted() == 1
    assert Holding.objects.get().user == learner
    assert Usage.objects.get().institution_kind == "pcpr"


def test_asking_without_taking_counts_nothing(written: VersionPage) -> None:
    tag = got("porozumienie", "docx", client=Client(), User_Agent="a")["ETag"]
    before = counted()
    Client().head(address("porozumienie", "docx"), headers={"User-Agent": "b"})
    got("porozumienie", "docx", User_Agent="c", Range="bytes=0-")
    got("porozumienie", "docx", User_Agent="d", Range="bytes=100-")
    got("porozumienie", "docx", User_Agent="e", If_None_Match=tag)
    got("porozumienie", "docx", User_Agent="f", Range="bytes=99999999-")
    assert counted() == before == 1


def test_other_files_are_counted_as_such(uploaded: VersionPage) -> None:
    got("raport", "oryginal", User_Agent="a")
    pack = documents.version(
        documents.document("Pakiet", slug="pakiet", kind="starter_pack"),
        source="file",
        file=store(b"PK\x03\x04", name="pakiet.zip"),
        form_fields=[],
        parts=[],
    )
    assert outputs.formats_of(pack) == ("ZIP",)
    got("pakiet", "oryginal", User_Agent="a")
    assert set(Usage.objects.values_list("form", flat=True)) == {"pdf", "other"}


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_file_costs_few_queries(
    document: DocumentPage, written: VersionPage, form: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        documents.version(document, days=number - 4)
    got("porozumienie", form)
    with django_assert_max_num_queries(9):
        got("porozumienie", form, User_Agent="Biuro")
    person = Client()
    person.force_login(make.user(institution=make.institution()))
    with django_assert_max_num_queries(22):  # the first time; eight begin and end savepoints
        got("porozumienie", form, client=person)
