"""Questions in and out through the admin: a look before anything is saved, then all of them or none."""

import html
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.images import get_image_model
from wagtail.search.backends import get_search_backend

from courses import exchange, importing
from courses.models import Question, QuestionCategory, QuestionImport
from elearning.accounts.models import User
from tests import make
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db

INDEX = "/redakcja/pytania/import/"
GOOD = """$CATEGORY: Prawo/Ustawa

::Powiat:: Która instytucja działa w powiecie? {=PCPR ~GOPS ~ROPS#Działa w województwie.}

::Liczba:: Ile powiatów ma Polska? {#314:0}

::Zdanie:: Porozumienie poprzedza pracę zespołu. {TRUE}
"""
BROKEN = GOOD + "\n" * 6 + "::Zepsute:: To pytanie nie ma końca {=tak ~nie\n"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


def member_of(group: str) -> Client:
    person = make.user("Tomasz", "Wójcik")
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor(db: None) -> Client:
    return member_of("Redakcja")


def upload(client: Client, content: str | bytes = GOOD, name: str = "pytania.gift") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(INDEX, {"file": SimpleUploadedFile(name, data)}, follow=True)


def confirm(client: Client, category: QuestionCategory | None = None) -> Any:
    row = QuestionImport.objects.latest("pk")
    return client.post(f"{INDEX}{row.pk}/", {"category": category.pk if category else ""}, follow=True)


def test_it_works(editor: Client, django_capture_on_commit_callbacks: Any) -> None:
    page = upload(editor).content.decode()
    assert "jednokrotny wybór" in page
    assert "Zaimportuj 3&nbsp;pytania" in page
    assert not Question.objects.exists()

    page = confirm(editor, make.category("Do nauki")).content.decode()

    assert "Pytania są w" in page
    assert {question.category.name for question in Question.objects.all()} == {"Do nauki"}
    question = Question.objects.get(title="Powiat")
    assert [option["text"] for option in question.data["options"]] == ["PCPR", "GOPS", "ROPS"]
    assert all(option["id"] for option in question.data["options"])
    assert question.latest_revision.as_object().data == question.data
    assert question.latest_revision.user == User.objects.get()


def test_categories_may_come_from_the_file(editor: Client) -> None:
    upload(editor)
    confirm(editor)

    assert QuestionCategory.objects.get().name == "Ustawa"


def test_a_broken_file_names_its_line_and_imports_nothing(editor: Client) -> None:
    page = upload(editor, BROKEN).content.decode()
    assert "wiersz 14" in page
    assert "Nic nie zostało zaimportowane" in page
    assert "Zaimportuj" not in page

    confirm(editor)

    assert not Question.objects.exists()
    assert QuestionImport.objects.get().state == "broken"


def test_a_second_click_imports_once(editor: Client) -> None:
    upload(editor)
    confirm(editor)
    confirm(editor)
    importing.save(QuestionImport.objects.get().pk)

    assert Question.objects.count() == 3


def test_what_fails_in_the_middle_leaves_nothing_and_can_be_repeated(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(editor)
    with monkeypatch.context() as broken:
        broken.setattr(Question.objects, "bulk_update", _fail)
        page = confirm(editor).content.decode()
    assert "Nic nie zostało zapisane" in page
    assert not Question.objects.exists()

    confirm(editor)

    assert Question.objects.count() == 3


def _fail(*_args: Any, **_options: Any) -> None:
    raise DatabaseError("disk full")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Ten plik jest pusty"),
        (b"%PDF-1.7\n\0\0binary", "To nie jest plik tekstowy"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><quiz>&b;</quiz>', "Nic nie zostało zaimportowane"),
        (b"<html><body>strona</body></html>", "Nie znamy formatu XML"),
    ],
)
def test_what_is_no_file_of_questions_is_refused_in_words(editor: Client, content: bytes, words: str) -> None:
    answer = upload(editor, content, "pytania.xml")

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Question.objects.exists()


def test_a_huge_file_is_refused_at_the_field(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.exchange_forms.MAX_FILE", 100)

    page = upload(editor).content.decode()

    assert "Plik jest za duży" in page
    assert not QuestionImport.objects.exists()


def test_no_file_is_named_at_the_field(editor: Client) -> None:
    assert "Wybierz plik." in editor.post(INDEX).content.decode()


@pytest.mark.parametrize("group", ["Koordynacja", "Prowadzący"])
def test_only_editors_exchange_questions(group: str, editor: Client) -> None:
    upload(editor)
    row = QuestionImport.objects.get()
    client = member_of(group)

    for url in (INDEX, f"{INDEX}{row.pk}/", f"{INDEX}eksport/"):
        assert client.post(url).status_code in {302, 403}
    assert "import" not in client.get("/redakcja/").content.decode()
    assert row.state == "ready"


def test_learners_and_strangers_are_kept_out(as_learner: Client) -> None:
    assert as_learner.get(INDEX).status_code in {302, 403}
    assert Client().get(INDEX)["Location"].startswith("/konto/login/") or Client().get(INDEX).status_code == 302


def test_an_unknown_file_is_not_found_and_a_wrong_method_refused(editor: Client) -> None:
    assert editor.get(f"{INDEX}99/").status_code == 404
    assert editor.get(f"{INDEX}eksport/").status_code == 405


@pytest.mark.parametrize("format", ["moodle_xml", "gift", "qti_2_1", "qti_3_0"])
def test_an_export_imports_back(editor: Client, format: str) -> None:
    for kind in ("single_choice", "true_false", "number", "short_text"):
        make.question(kind, SAMPLES[kind], f"Pytanie {kind}")

    answer = editor.post(f"{INDEX}eksport/", {"format": format, "mimo-to": "tak"})

    assert answer["Content-Disposition"].startswith('attachment; filename="pytania.')
    reading = exchange.read(answer.content, "pytania")
    assert sorted(found.kind for found in reading.found) == ["number", "short_text", "single_choice", "true_false"]
    assert not reading.is_broken


def test_images_go_out_and_come_back(editor: Client) -> None:
    image = get_image_model()(title="Mapa")
    image.file.save("mapa.png", SimpleUploadedFile("mapa.png", PIXEL))
    text = f'<p>Co to?</p><embed embedtype="image" id="{image.pk}" alt="Mapa powiatu" format="fullwidth"/>'
    make.question("true_false", {"text": text, "answer": True})
    content = editor.post(f"{INDEX}eksport/", {"format": "moodle_xml"}).content
    assert b"Mapa powiatu" in content

    upload(editor, content, "pytania.xml")
    confirm(editor)

    copy = Question.objects.latest("pk")
    assert 'alt="Mapa powiatu"' in copy.data["text"]
    assert get_image_model().objects.count() == 2
    assert f'id="{get_image_model().objects.latest("pk").pk}"' in copy.data["text"]


def test_what_a_format_cannot_hold_is_said_before_the_download(editor: Client) -> None:
    make.question("gaps", SAMPLES["gaps"])

    answer = editor.post(f"{INDEX}eksport/", {"format": "gift"})

    assert "Ten format nie pomieści wszystkiego" in answer.content.decode()


def test_the_list_takes_as_many_queries_for_ten_files_as_for_one(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(10):
        upload(editor)

    with django_assert_max_num_queries(20):
        editor.get(INDEX)


def test_imported_questions_are_found_by_the_search(editor: Client, settings: Any, indexing: None) -> None:
    engine = settings.WAGTAILSEARCH_BACKENDS["default"]
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**engine, "AUTO_UPDATE": True}}
    upload(editor)
    confirm(editor)

    assert [found.title for found in get_search_backend().search("powiecie", Question)] == ["Powiat"]


def test_tags_and_links_go_out_and_come_back(editor: Client) -> None:
    page = make.course("Kurs")
    text = f'<p>Zobacz <a linktype="page" id="{page.pk}">kurs</a>.</p>'
    question = make.question("true_false", {"text": text, "answer": True})
    question.tags.add("rodzina", "prawo")
    question.save()

    content = editor.post(f"{INDEX}eksport/", {"format": "moodle_xml"}).content.decode()
    assert f'href="http://localhost:8000/kursy/{page.slug}/"' in html.unescape(content)
    upload(editor, content, "pytania.xml")
    confirm(editor)

    copy = Question.objects.latest("pk")
    assert sorted(copy.tags.names()) == ["prawo", "rodzina"]
    assert copy.latest_revision.as_object().tags.count() == 2
