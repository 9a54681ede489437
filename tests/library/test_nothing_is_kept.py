"""What people type into a template is nowhere once the answer is sent: canaries are typed in, all is searched."""

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from docx import Document
from pytest_django import Settings

from elearning.accounts.models import User
from library import composing
from library.models import Usage, VersionPage
from library.stored import store
from library.views import filling
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db

WORD, LONG, CELL = "Kanarkowska", "Papużyński mieszka nad sklepem", "Szpakowicz"
# Typed, and in every form that our code gives to it.
CANARIES = (
    *(WORD, LONG, CELL),
    *("23.9.2187", "23 września 2187", "23\xa0września 2187", "2187-09-23", "2187, 9, 23"),
    *("918273", "918\xa0273", "7463829", "7\xa0463\xa0829", "7 463 829"),
    *("44051401359", "440514-01359"),
)
FIELDS = [
    {"type": "text", "value": {"name": "osoba", "label": "Osoba"}},
    {"type": "long_text", "value": {"name": "opis", "label": "Opis"}},
    {"type": "date", "value": {"name": "dzien", "label": "Dzień"}},
    {"type": "number", "value": {"name": "liczba", "label": "Liczba"}},
    {"type": "amount", "value": {"name": "kwota", "label": "Kwota"}},
    {"type": "choice", "value": {"name": "wybor", "label": "Wybór", "choices": "tak\nnie"}},
    {"type": "choices", "value": {"name": "zakres", "label": "Zakres", "choices": "a\nb\nc"}},
    {"type": "checkbox", "value": {"name": "zgoda", "label": "Zgoda"}},
    {
        "type": "rows",
        "value": {
            "name": "dzieci",
            "label": "Dzieci",
            "columns": [{"type": "text", "value": {"name": "imie", "label": "Imię"}}],
        },
    },
]
SIMPLE = ("osoba", "opis", "dzien", "liczba", "kwota", "wybor", "zakres", "zgoda")
PARTS = [
    {"type": "paragraph", "value": {"text": " ".join(f"{{{{ {name} }}}}" for name in SIMPLE)}},
    {"type": "rows_table", "value": {"field": "dzieci", "caption": "Dzieci"}},
]
TYPED: dict[str, Any] = {
    "p-osoba": f"{WORD} 440514-01359",
    "p-opis": LONG,
    "p-dzien": "23.9.2187",
    "p-liczba": "918273",
    "p-kwota": "7 463 829,15",
    "p-wybor": "2",
    "p-zakres": ["1", "3"],
    "p-zgoda": "on",
    "p-dzieci": ["0"],
    "p-dzieci-0-imie": CELL,
    "pesel": "tak",
}
MARKS = [
    *(f"{{{{ {name} }}}}" for name in SIMPLE),
    "{%p for dziecko in dzieci %}",
    "{{ dziecko.imie }}",
    "{%p endfor %}",
]
DATABASE_FILES = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".sqlite3-journal")


class Writes:
    """Every file that this process opens to write while it is watched, gone again or not."""

    def __init__(self) -> None:
        self.is_watching = False
        self.names: list[str] = []
        sys.addaudithook(self.note)

    def note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_watching:
            return
        if event == "open":
            path, _, flags = arguments
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.names.append(str(path))
        elif event in {"tempfile.mkstemp", "tempfile.mkdtemp", "os.mkdir", "os.rename"}:
            self.names.append(f"{event} {arguments}")


WRITES = Writes()  # an audit hook stays as long as the process does


class Places:
    """Where typed values could be left."""

    def __init__(self, settings: Settings, log: pytest.LogCaptureFixture, folder: Path) -> None:
        self.folders = [Path(settings.VAR_DIR), folder]
        self.log = log
        self.before = self.files()

    def files(self) -> dict[str, tuple[int, int]]:
        """The files with their sizes and times. The database's own are searched row by row."""
        found = {}
        for folder in self.folders:
            for path in folder.rglob("*"):
                if path.is_file() and not path.name.endswith(DATABASE_FILES) and "assets" not in path.parts:
                    found[str(path)] = (path.stat().st_size, path.stat().st_mtime_ns)
        return found

    def texts(self) -> Iterator[tuple[str, str]]:
        for name in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
                yield from ((f"table {name}", _text(value)) for row in cursor.fetchall() for value in row)
        for session in Session.objects.all():
            yield "session", repr(session.get_decoded())
        for key, value in cache._cache.items():  # type: ignore[attr-defined]
            yield "cache", f"{key} {_text(value)}"
        written = logging.Formatter("%(name)s %(message)s")
        for record in self.log.records:
            yield "log", written.format(record)
        for letter in mail.outbox:
            yield "outbox", _letter(letter)
        for path in self.files():
            yield f"file {path}", _text(Path(path).read_bytes())

    def traces(self) -> list[str]:
        """Everything that was kept: texts with a canary, and any file that was not there before, whatever is in it."""
        found = [place for place, text in self.texts() if any(canary in text for canary in CANARIES)]
        return found + [f"new {path}" for path, state in self.files().items() if self.before.get(path) != state]


@pytest.fixture
def places(
    db: None, settings: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Places]:
    """Watches from here on. Errors are reported by mail, with all that Django would say of them."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    settings.ADMINS = [("Adam", "adam@example.org")]
    handler = AdminEmailHandler(include_html=True)
    logging.getLogger("django").addHandler(handler)
    caplog.set_level(logging.DEBUG)
    WRITES.names.clear()
    yield Places(settings, caplog, tmp_path)
    WRITES.is_watching = False
    logging.getLogger("django").removeHandler(handler)


@pytest.fixture(params=["structured", "marked"])
def version(db: None, request: pytest.FixtureRequest) -> VersionPage:
    page = documents.document("Wzór")
    if request.param == "structured":
        return documents.version(page, form_fields=FIELDS, parts=PARTS)
    paper = Document()
    for text in MARKS:
        paper.add_paragraph(text)
    file = io.BytesIO()
    paper.save(file)
    stored = store(file.getvalue(), name="wzor.docx")
    return documents.version(page, source="marked", file=stored, form_fields=FIELDS, parts=[])


@pytest.fixture(params=["stranger", "learner"])
def client(request: pytest.FixtureRequest) -> Client:
    client = Client(raise_request_exception=False)
    if request.param == "learner":
        client.force_login(make.user(institution=make.institution("GOPS")))
    return client


Send = Callable[..., Any]


@pytest.fixture
def send(client: Client, version: VersionPage, places: Places) -> Send:
    """Opens the form and sends it; only then does the watch over files begin: the first time, Python loads modules."""
    address = reverse("documents:fill", args=["wzor"])

    def sent(button: str, **changes: Any) -> Any:
        client.get(address)
        WRITES.is_watching = True
        answer = client.post(address, {**TYPED, **changes, "co": button})
        WRITES.is_watching = False
        return answer

    return sent


def nothing_is_left(places: Places) -> None:
    assert places.traces() == []
    # A process that is started writes to pipes; SQLite is searched row by row.
    assert [name for name in WRITES.names if name != os.devnull and "sqlite3" not in name] == []


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace") + bytes(value).decode("utf-16-le", "replace")
    return str(value)


def _letter(letter: EmailMessage) -> str:
    more = [str(content) for content, _ in getattr(letter, "alternatives", [])]
    return "\n".join([letter.subject, letter.body, *more])


def test_the_search_finds_what_is_kept(
    places: Places, client: Client, settings: Settings, tmp_path: Path, learner: User
) -> None:
    User.objects.filter(pk=learner.pk).update(first_name=WORD)
    session = client.session
    session["typed"] = LONG
    session.save()
    cache.set("typed", CELL)
    logging.getLogger("somewhere").warning("It was %s", WORD)
    mail.send_mail("A report", CELL, None, ["adam@example.org"], connection=mail.get_connection())
    (tmp_path / "typed.txt").write_text(WORD)
    (Path(settings.VAR_DIR) / "typed.zip").write_bytes(b"PK\x03\x04")
    found = " ".join(places.traces())
    (Path(settings.VAR_DIR) / "typed.zip").unlink()
    for place in ("table accounts_user", "session", "cache", "log", "typed.txt", "typed.zip"):
        assert place in found
    assert "outbox" in found or "table notifications" in found


def test_a_preview_leaves_nothing(send: Send, places: Places) -> None:
    answer = send("podglad")
    assert answer.status_code == 200
    for canary in (WORD, LONG, CELL, "23\xa0września 2187", "918\xa0273", "7\xa0463\xa0829"):
        assert canary in answer.content.decode()
    nothing_is_left(places)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_file_leaves_only_that_it_was_made(send: Send, places: Places, version: VersionPage, form: str) -> None:
    answer = send(form)
    assert answer.status_code == 200
    is_file = version.source == "structured" or form == "docx"
    assert answer.headers.get("Content-Disposition", "").startswith("attachment") == is_file
    assert Usage.objects.count() == is_file
    nothing_is_left(places)


@pytest.mark.parametrize(
    ("button", "changes"),
    [
        ("docx", {"p-dzien": "31.02.2187"}),
        ("pdf", {"p-osoba": f"{WORD} 漢"}),
        ("docx", {"p-osoba": f"{WORD} \x00"}),
        ("dodaj:dzieci", {}),
        ("usun:dzieci:1", {}),
        ("popraw", {}),
        ("docx", {"p-dzieci": ["0"] * 6000}),
        ("docx", {"p-opis": LONG * 100_000}),
    ],
    ids=["31.02", "no glyph", "control character", "row added", "row removed", "back", "10,000 rows", "too large"],
)
def test_a_form_that_comes_back_leaves_nothing(send: Send, places: Places, button: str, changes: Any) -> None:
    assert send(button, **changes).status_code in {200, 400, 413}
    nothing_is_left(places)


def test_a_question_about_a_pesel_leaves_nothing(
    client: Client, version: VersionPage, send: Send, places: Places
) -> None:
    without_answer = {name: value for name, value in TYPED.items() if name != "pesel"}
    answer = client.post(reverse("documents:fill", args=["wzor"]), {**without_answer, "co": "docx"})
    assert "Czy numer PESEL jest tu potrzebny?" in answer.content.decode()
    nothing_is_left(places)


def test_a_refusal_for_too_many_documents_leaves_nothing(
    send: Send, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "MOST_A_MINUTE", 0)
    assert send("docx").status_code in {200, 429}
    nothing_is_left(places)


@pytest.mark.parametrize("button", ["podglad", "docx"])
@pytest.mark.parametrize("place", ["library.values.read", "library.views.filling.Filled"])
def test_a_crash_is_reported_without_what_was_typed(
    send: Send, places: Places, monkeypatch: pytest.MonkeyPatch, place: str, button: str
) -> None:
    def broken(*arguments: object) -> None:
        """Fails as libraries do: with what they were given in the text, with a cause, with a note."""
        error = ValueError(f"Cannot use {WORD} {TYPED}")
        error.add_note(LONG)
        try:
            raise KeyError(CELL)
        except KeyError as cause:
            raise error from cause

    monkeypatch.setattr(place, broken)
    answer = send(button)
    assert answer.status_code == 500
    assert WORD not in answer.content.decode()
    assert [letter.subject for letter in mail.outbox] != []
    assert any("FillingFailed" in _letter(letter) for letter in mail.outbox)
    nothing_is_left(places)


def test_values_in_an_address_are_not_used(client: Client, version: VersionPage) -> None:
    answer = client.get(reverse("documents:fill", args=["wzor"]), {"p-osoba": WORD, "co": "docx"})
    assert WORD not in answer.content.decode()
    assert composing.NOT_FILLED in answer.content.decode()
