"""Sheets as PDF, read back."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings

from library import pdf
from library.sheet import Heading, ListItems, Paragraph, Run, Sheet, Signatures, Table
from tests import pdf as reading
from tests.library import samples

DAY = date(2026, 10, 7)


def of_text(text: str) -> Sheet:
    return Sheet("Tytuł", (Paragraph(((Run(text),),)),))


@pytest.fixture(scope="module")
def filled() -> bytes:
    return pdf.write(samples.filled_sheet(), signs=samples.signs(), day=DAY)


def nodes(content: bytes) -> list[tuple[str, str]]:
    """The structure as screen readers take it: each tag, with the words for a picture."""

    def below(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
        if isinstance(node, pikepdf.Array):
            for child in node:  # type: ignore[attr-defined]
                yield from below(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node.S), str(node.get("/Alt", ""))
            if "/K" in node:
                yield from below(node.K)

    with pikepdf.open(BytesIO(content)) as document:
        return list(below(document.Root.StructTreeRoot))


def tags(content: bytes) -> list[str]:
    return [tag for tag, _words in nodes(content)]


def test_it_is_a_tagged_polish_document_for_archives(filled: bytes) -> None:
    with pikepdf.open(BytesIO(filled)) as document:
        assert str(document.Root.Lang) == "pl-PL"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
            assert said["dc:title"] == samples.AGREEMENT.title
        assert len(document.pages) == 3


def test_headings_tables_lists_and_pictures_have_their_tags(filled: bytes) -> None:
    found = nodes(filled)
    names = tags(filled)
    assert names.count("/H1") == 1
    assert (names.count("/H2"), names.count("/H3")) == (4, 1)
    assert names.count("/Table") == 2
    assert names.count("/Caption") == 2
    assert names.count("/TH") == 5 + 3
    assert names.count("/TD") == 4 * 5 + 3
    # Two numbered lists, one with dots, and what is asked and filled in as a list of terms.
    assert names.count("/L") == 4
    assert [words for name, words in found if name == "/Figure"] == [samples.signs().alt]


def test_the_head_of_a_table_repeats_on_its_next_page() -> None:
    content = pdf.write(samples.large_sheet(), day=DAY)
    with pikepdf.open(BytesIO(content)) as document:
        assert 10 <= len(document.pages) <= 12
    assert reading.words(content).count("DzialanieOsobaTerminUwagiPodpis") == 3 + 1
    assert [name for name in tags(content) if name == "/TH"] == ["/TH"] * 6


def test_polish_letters_pages_and_values_can_be_read(filled: bytes) -> None:
    text = reading.words(filled)
    assert "nr7/2026zawartednia7października2026r." in text
    assert "AnnaKowalska-Źrebięca1" in text
    assert "Strona2z3" in text
    assert samples.signs().text.replace(" ", "") in text
    assert samples.LETTERS.replace(" ", "") in reading.words(pdf.write(of_text(samples.LETTERS), day=DAY))


def test_blanks_say_what_belongs_there() -> None:
    text = reading.words(pdf.write(samples.blank_sheet(), day=DAY))
    assert "(numerporozumienia)zawartednia" in text
    assert "Uwagiizastrzeżenia" in text
    assert "{{" not in text


def test_hostile_text_is_data() -> None:
    content = pdf.write(samples.hostile_sheet(), day=DAY)
    text = reading.words(content)
    assert text.count("#evil[]$x$<w:p>&{{x}}{%y%}]]>") > 5
    with pikepdf.open(BytesIO(content)) as document, document.open_metadata() as said:
        assert said["dc:title"] == samples.HOSTILE


def test_long_words_break_instead_of_leaving_the_paper() -> None:
    word = "Ż" * 400
    cell = ((Run(word),),)
    sheet = Sheet("T", (Paragraph(cell), Table((), ("A", "B"), ((cell, cell),)), Signatures((cell[0], cell[0]))))
    content = pdf.write(sheet, day=DAY)
    assert reading.words(content).replace("\u200b", "").count("Ż") == 5 * 400
    with pikepdf.open(BytesIO(content)) as document:
        assert all(places_of_text(page) < float(page.mediabox[2]) - 60 for page in document.pages)


def places_of_text(page: pikepdf.Page) -> float:
    """How far right a stretch of text begins on a page, in points."""
    found = [0.0]
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tm":
            found.append(float(operands[4]))
    return max(found)


def test_ordinary_words_keep_no_places_to_break() -> None:
    word = "konstantynopolitańczykowianeczka"
    assert word in reading.words(pdf.write(of_text(word), day=DAY))


def test_empty_tables_and_lists_are_safe() -> None:
    sheet = Sheet("", (Table((), ("A",), ()), Table((), (), ()), ListItems((), True), Signatures(()), Paragraph(())))
    assert tags(pdf.write(Sheet("T", sheet.elements), day=DAY)).count("/Table") == 1


def test_a_gap_between_headings_is_closed() -> None:
    line = (Run("A"),)
    found = tags(pdf.write(Sheet("T", (Heading(line, 2), Heading(line, 1))), day=DAY))
    assert [name for name in found if name.startswith("/H")] == ["/H1", "/H2", "/H2"]


@pytest.mark.parametrize("sign", ["中", "ก", "அ"])
def test_a_sign_without_a_glyph_is_named_and_not_logged(sign: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(pdf.Unprintable) as refused:
        pdf.write(of_text(f"tajne {sign} słowo"), day=DAY)
    assert refused.value.sign == sign
    assert sign not in str(refused.value)
    assert "tajne" not in caplog.text + str(refused.value)
    assert refused.value.__context__ is None


def test_a_strip_that_is_no_picture_is_refused_without_words_of_the_document() -> None:
    broken = samples.Signs(b"no picture", "Znaki")
    with pytest.raises(pdf.NotDrawn) as refused:
        pdf.write(of_text("tajne"), signs=broken, day=DAY)
    assert "tajne" not in str(refused.value)


def test_the_same_sheet_gives_the_same_file() -> None:
    assert pdf.write(of_text("a"), day=DAY) == pdf.write(of_text("a"), day=DAY)
    assert pdf.write(of_text("a"), day=DAY) != pdf.write(of_text("a"), day=date(2026, 10, 8))


def test_threads_write_at_once() -> None:
    sheets = [of_text(f"numer {number} końcówka") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda sheet: pdf.write(sheet, day=DAY), sheets))
    for number, content in enumerate(written):
        assert f"numer{number}końcówka" in reading.words(content)


# Where no byte may be written to any file. Pipes are no files.
WRITE = """
import resource, sys, tempfile
from datetime import date
from library import docx_file, pdf
from tests.library import samples
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    with tempfile.TemporaryFile() as probe:
        probe.write(b"a")
    sys.exit("The limit does not hold")
except OSError:
    pass
sheet, signs = samples.filled_sheet(), samples.signs()
sys.stdout.buffer.write(docx_file.write(sheet, signs=signs)[:2])
sys.stdout.buffer.write(pdf.write(sheet, signs=signs, day=date(2026, 10, 7))[:5])
"""


def test_nothing_is_written_to_disk() -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WRITE], check=False, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr, done.returncode) == ("PK%PDF-", "", 0)
