"""PDF of Word files by LibreOffice, where the site has it."""

import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from library import office, stored, streams
from library.marked import reading
from library.models import VersionPage
from tests.library import documents, docx_files

in_memory = pytest.mark.skipif(not office.MEMORY.is_dir(), reason="this system has no folder in memory")
CONVERTS = '#!/bin/sh\nfor last; do :; done\ncp "$last" "$(dirname "$last")/dokument.pdf"\n'


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(script)
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def set_up(settings: Any, tmp_path: Path) -> None:
    settings.LIBREOFFICE = program(tmp_path, CONVERTS)


def marked_version() -> VersionPage:
    content = docx_files.agreement()
    file = stored.store(content, name="porozumienie.docx")
    fields = streams.written(reading.read(content).fields)
    return documents.version(documents.document(), source="marked", file=file, parts=[], form_fields=fields)


def left_over() -> set[Path]:
    return set(office.MEMORY.glob("dokument-*"))


def test_a_site_without_libreoffice_says_so(settings: Any) -> None:
    settings.LIBREOFFICE = ""
    assert not office.is_set_up()


@in_memory
def test_nothing_stays_in_memory(set_up: None) -> None:
    before = left_over()
    assert office.is_set_up()
    assert office.to_pdf(b"tekst") == b"tekst"
    assert left_over() == before


@in_memory
@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 3\n", "#!/bin/sh\nexit 0\n", "#!/bin/sh\nsleep 9\n"])
def test_what_fails_leaves_nothing_and_says_nothing(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    settings.LIBREOFFICE = program(tmp_path, script)
    monkeypatch.setattr(office, "SECONDS", 0.5)
    before = left_over()
    with pytest.raises(office.NotConverted) as failed:
        office.to_pdf(b"Kanarkowo")
    assert failed.value.args == ()
    assert failed.value.__context__ is None
    assert left_over() == before


@in_memory
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_tagged_pdf(settings: Any) -> None:
    settings.LIBREOFFICE = shutil.which("soffice")
    with pikepdf.open(BytesIO(office.to_pdf(docx_files.agreement()))) as made:
        assert made.Root.MarkInfo.Marked
        assert len(made.pages) >= 1


@in_memory
@pytest.mark.django_db
def test_the_form_offers_pdf_where_it_can(set_up: None, client: Client, settings: Any) -> None:
    version = marked_version()
    address = f"/dokumenty/{version.get_parent().slug}/-/wypelnij/"
    assert "Pobierz PDF" in client.get(address).content.decode()
    settings.LIBREOFFICE = ""
    page = client.get(address).content.decode()
    assert "Pobierz PDF" not in page
    assert re.search(r"PDF zrobisz w(&nbsp;|\xa0)Wordzie", page)
