"""A document as a page shows it."""

import re
from html import unescape

from django.template.loader import render_to_string

from library.paper import on_paper
from library.sheet import Heading, Paragraph, Run, Sheet
from tests.library import samples


def rendered(sheet: Sheet, level: int = 2) -> str:
    return render_to_string("library/sheet.html", {"sheet": on_paper(sheet, level=level)})


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_it_shows_headings_below_the_given_level_tables_and_lists() -> None:
    html = rendered(samples.filled_sheet(), level=2)
    assert f'<h2 class="sheet__title">{samples.AGREEMENT.title}</h2>' in html
    assert re.findall(r"<h3>(.*?)</h3>", html, re.DOTALL)[0].split() == ["§", "1.", "Przedmiot", "i", "cel"]
    assert len(re.findall("<h4>", html)) == 1
    assert "<h1" not in html
    assert '<th scope="col">Nazwa instytucji</th>' in html
    assert len(re.findall('<th scope="row">', html)) == 3
    assert html.count("<caption>") == 3
    assert (html.count("<ol>"), html.count("<ul>")) == (2, 1)
    assert "<strong>nr </strong>" in html
    assert "<strong>7/2026</strong>" in html


def test_typed_line_breaks_stay() -> None:
    assert re.search(r"Pierwszy wiersz uwag\.\s*<br>\s*Drugi wiersz uwag\.", rendered(samples.filled_sheet()))


def test_blanks_are_dots_for_the_eye_and_words_for_the_ear() -> None:
    html = rendered(samples.blank_sheet())
    place = '<span class="visually-hidden">miejsce do wpisania: </span><span aria-hidden="true">…'
    assert place in html
    assert "(data zawarcia)" in html
    assert words(html).count("Miejsce na podpis:") == 3


def test_hostile_text_stays_text() -> None:
    html = rendered(samples.hostile_sheet())
    assert "<w:p>" not in html
    assert samples.HOSTILE in words(html)
    assert html.count("<article") == html.count("</article>") == 1


def test_headings_never_leave_a_gap_nor_go_below_the_sixth() -> None:
    line = (Run("A"),)
    html = rendered(Sheet("T", (Heading(line, 2), Heading(line, 1), Heading(line, 2), Paragraph((line,)))), level=5)
    assert re.findall(r"<(h\d)", html) == ["h5", "h6", "h6", "h6"]


def test_control_characters_are_left_out() -> None:
    html = rendered(Sheet("T\x00", (Paragraph(((Run("a\x0b\ud800b"),),)),)))
    assert ">T</h2>" in html
    assert "ab" in words(html)
