"""Which fields the marks of a file ask for, and what is wrong with them."""

from dataclasses import replace

import pytest

from library.marked.guessing import kind_of, label_of
from library.marked.reading import Mistake, against, read
from library.structure import Field, FieldKind
from tests.library import docx_files as docx


def mistakes_of(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> list[tuple[str, str]]:
    return [(mistake.place, mistake.text) for mistake in read(docx.marked(*paragraphs, table=table)).mistakes]


def kinds_of(*paragraphs: str) -> dict[str, FieldKind]:
    marked = read(docx.marked(*paragraphs))
    assert marked.mistakes == ()
    return {field.name: field.kind for field in marked.fields}


def test_it_works() -> None:
    marked = read(docx.agreement())
    assert marked.mistakes == ()
    assert [(field.name, field.label, field.kind.value) for field in marked.fields] == [
        ("numer", "Numer", "text"),
        ("data_zawarcia", "Data zawarcia", "date"),
        ("miejsce", "Miejsce", "text"),
        ("poufne", "Poufne", "checkbox"),
        ("kwota_wkladu", "Kwota wkładu", "amount"),
        ("liczba_osob", "Liczba osób", "number"),
        ("forma", "Forma", "choice"),
        ("opis_sytuacji", "Opis sytuacji", "long_text"),
        ("czlonkowie", "Członkowie", "rows"),
    ]
    assert marked.fields[6].choices == ("zdalna",)
    assert [(column.name, column.label) for column in marked.fields[8].columns] == [
        ("imie_i_nazwisko", "Imię i\xa0nazwisko"),
        ("funkcja", "Funkcja"),
    ]


def test_text_lines_say_what_people_read() -> None:
    assert read(docx.agreement()).text_lines == (
        "Porozumienie nr [Numer]",
        "Porozumienie nr [Numer]",
        "Zawarte dnia [Data zawarcia] r. w [Miejsce].",
        "Dane są poufne.",
        "Dane są jawne.",
        "Wkład wynosi [Kwota wkładu] zł, osób: [Liczba osób].",
        "Spotkania: zdalnie / na miejscu.",
        "[Opis sytuacji]",
        "Lp. | Imię i nazwisko | Funkcja",
        ". | [Imię i nazwisko] | [Funkcja]",
        "Sporządzono w [Miejsce]",
    )


def test_a_condition_alone_asks_for_a_checkbox_a_comparison_for_a_choice() -> None:
    assert kinds_of("{% if a %}x{% endif %}", '{% if b == "x" %}x{% elif b == "y" %}y{% endif %}') == {
        "a": FieldKind.CHECKBOX,
        "b": FieldKind.CHOICE,
    }
    assert kinds_of("{% if a %}x{% endif %} {{ a }}") == {"a": FieldKind.TEXT}
    assert kinds_of('{% if a == "tak" %}x{% endif %}') == {"a": FieldKind.CHECKBOX}


@pytest.mark.parametrize(
    ("name", "is_alone", "kind"),
    [
        ("data_zawarcia", False, FieldKind.DATE),
        ("urodzenia_data", False, FieldKind.DATE),
        ("dane", False, FieldKind.TEXT),
        ("kwota_dotacji", False, FieldKind.AMOUNT),
        ("laczny_koszt", False, FieldKind.AMOUNT),
        ("liczba_osob", False, FieldKind.NUMBER),
        ("ile_dni", False, FieldKind.NUMBER),
        ("uwagi", True, FieldKind.LONG_TEXT),
        ("uwagi", False, FieldKind.TEXT),
        ("imie", True, FieldKind.TEXT),
    ],
)
def test_a_name_says_what_is_typed(name: str, is_alone: bool, kind: FieldKind) -> None:
    assert kind_of(name, is_alone=is_alone) is kind


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("imie_i_nazwisko", "Imię i\xa0nazwisko"),
        ("numer_pesel", "Numer PESEL"),
        ("adres_email", "Adres e-mail"),
        ("urzad_gminy", "Urząd gminy"),
        ("osoba_2", "Osoba 2"),
        ("nieznaneslowo", "Nieznaneslowo"),
    ],
)
def test_a_label_has_polish_letters(name: str, label: str) -> None:
    assert label_of(name) == label


def test_marks_in_text_boxes_headers_and_footers_are_found_once() -> None:
    marked = read(docx.with_text_box("{{ w_ramce }}"))
    assert [field.name for field in marked.fields] == ["w_ramce"]
    assert marked.places == {"w_ramce": "pole tekstowe: „{{ w_ramce }}”"}
    assert marked.mistakes == ()
    marked = read(docx.marked("{{ b }}", header="{{ a }}", footer="{{ c }}"))
    assert marked.places == {
        "a": "nagłówek strony: „{{ a }}”",
        "b": "akapit 1: „{{ b }}”",
        "c": "stopka strony: „{{ c }}”",
    }


TABLE = (("Lp.", "Imię"), ("{%tr for o in osoby %}", ""), ("{{ loop.index }}", "{{ o.imie }}"), ("{%tr endfor %}", ""))
WRONG: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...], list[tuple[str, str]]]] = {
    "unknown tag": (("{% jezeli a %}",), (), [("akapit 1: „{% jezeli a %}”", "Nieznany znacznik „jezeli”")]),
    "unclosed loop": (("{%p for o in osoby %}", "{{ o.imie }}"), (), [("akapit 1", "Pętla „for” nie ma końca")]),
    "unclosed condition": (("{% if a %}tak",), (), [("akapit 1", "Warunek „if” nie ma końca")]),
    "end alone": (("tak{% endif %}",), (), [("akapit 1", "„endif” bez początku")]),
    "else alone": (("{% else %}",), (), [("akapit 1", "„else” bez początku")]),
    "two elses": (("{% if a %}{% else %}{% else %}{% endif %}",), (), [("akapit 1", "ma już swoje „else”")]),
    "crossed": (
        ("{%p for o in osoby %}", "{%p if o.a %}", "{{ o.a }}", "{%p endfor %}", "{%p endif %}"),
        (),
        [("akapit 2", "Warunek „if” nie ma końca"), ("akapit 5", "„endif” bez początku")],
    ),
    "condition over paragraphs": (
        ("{% if a %}", "tak", "{% endif %}"),
        (),
        [("akapit 3: „{% endif %}”", "zapisz każdy w\xa0osobnym akapicie z\xa0literą p: {%p if … %}")],
    ),
    "mixed letters": (("{%p if a %}", "tak", "{% endif %}"), (), [("akapit 3", "w\xa0tej samej komórce")]),
    "broken mark": (("{{ imie", "nazwisko }}"), (), [("akapit 1: „{{ imie”", "nie kończy się w\xa0tym akapicie")]),
    "half a mark": (("{{ imie }",), (), [("akapit 1", "nie kończy się w\xa0tym akapicie")]),
    "mark in a mark": (("{{ a {{ b }}",), (), [("akapit 1", "Znacznik „{{ a ” nie kończy się")]),
    "stray end": (("a }}",), (), [("akapit 1", "Koniec znacznika bez początku")]),
    "expression": (("{{ ''.__class__ }}",), (), [("akapit 1", "{{ ''.__class__ }}: Takiego wyrażenia tu nie wolno")]),
    "bad name": (("{{ Imię }}",), (), [("akapit 1", "Nazwa „Imię”")]),
    "field and rows": (
        ("{{ osoby }}", "{%p for o in osoby %}", "{{ o.a }}", "{%p endfor %}"),
        (),
        [("akapit 1: „{{ osoby }}”", "„osoby” jest raz zwykłym polem, a\xa0raz listą")],
    ),
    "field and row": (
        ("{{ o }}", "{%p for o in osoby %}", "{{ o.a }}", "{%p endfor %}"),
        (),
        [("akapit 2", "„o” oznacza wiersz pętli")],
    ),
    "row outside": (("{{ o.imie }}",), (), [("akapit 1", "„o.imie” ma sens tylko w\xa0pętli {% for o in … %}")]),
    "whole row": (
        ("{% for o in osoby %}{{ o }} {{ o.a }}{% endfor %}",),
        (),
        [("akapit 1", "„o” to cały wiersz pętli")],
    ),
    "loop without columns": (("{% for o in osoby %}x{% endfor %}",), (), [("akapit 1", "nie używa żadnej kolumny")]),
    "loop in a loop": (
        ("{% for a in x %}{% for b in y %}{{ a.c }}{{ b.c }}{% endfor %}{% endfor %}",),
        (),
        [("akapit 1", "Pętla w\xa0pętli nie działa")],
    ),
    "number of a row": (("{{ loop.index }}",), (), [("akapit 1", "tylko loop.index")]),
    "row outside a table": (
        ("{%tr for o in osoby %}", "{{ o.a }}", "{%tr endfor %}"),
        (),
        [("akapit 1", "Litery tr działają tylko"), ("akapit 3", "Litery tr działają tylko")],
    ),
    "row with more text": (
        (),
        (("{%tr for o in osoby %}", "Imię"), ("{{ o.a }}", ""), ("{%tr endfor %}", "")),
        [("tabela 1, wiersz 1: „{%tr for o in osoby %}”", "Wiersz tabeli z\xa0tym znacznikiem znika")],
    ),
    "paragraph with more text": (
        ("Jeśli {%p if a %}", "x", "{%p endif %}"),
        (),
        [("akapit 1", "Akapit z\xa0tym znacznikiem znika")],
    ),
    "condition over cells": (
        (),
        (("{%p if a %}", "x"), ("y", "{%p endif %}")),
        [("tabela 1, wiersz 2", "w\xa0tej samej komórce")],
    ),
    "no marks": (("Umowa",), (), [("cały plik", "nie ma żadnego znacznika")]),
}


@pytest.mark.parametrize(("paragraphs", "table", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_told_with_its_place(
    paragraphs: tuple[str, ...], table: tuple[tuple[str, ...], ...], expected: list[tuple[str, str]]
) -> None:
    found = mistakes_of(*paragraphs, table=table)
    assert len(found) == len(expected), found
    for (place, text), (expected_place, expected_text) in zip(found, expected, strict=True):
        assert place.startswith(expected_place)
        assert expected_text in text


def test_all_mistakes_come_at_once() -> None:
    found = mistakes_of("{{ Imię }}", "{% if a %}", "{{ x|upper }}", table=TABLE[:3])
    assert sorted(place.split(":")[0] for place, _ in found) == [
        "akapit 1",
        "akapit 2",
        "akapit 3",
        "tabela 1, wiersz 2",
    ]


def test_places_quote_the_beginning_of_long_paragraphs() -> None:
    [(place, _)] = mistakes_of("", "Pierwszy.", f"Strony zgodnie ustalają, że {{{{ Kwota }}}} {'x' * 100}")
    assert place == "akapit 2: „Strony zgodnie ustalają, że {{ Kwota }}…”"


def test_marks_where_nobody_looks_are_mistakes() -> None:
    alternative = '<w:r><w:rPr><w:rStyle w:val="{{ x.__class__ }}"/></w:rPr><w:t>a</w:t></w:r>'
    assert "opisie obrazu" in read(docx.with_xml(alternative)).mistakes[0].text
    assert "opisie obrazu" in read(docx.with_field("REF {{ x }}")).mistakes[0].text


def test_a_mark_that_begins_in_a_link_and_ends_outside_is_a_mistake() -> None:
    data = docx.with_xml('<w:hyperlink r:id="rId1"><w:r><w:t>ole }}</w:t></w:r></w:hyperlink>', text="{{ p")
    assert "zaczyna się w\xa0odsyłaczu" in read(data).mistakes[0].text


def test_tracked_changes_and_comments_are_mistakes() -> None:
    tracked = docx.with_xml('<w:ins w:id="1" w:author="Jan"><w:r><w:t>x</w:t></w:r></w:ins>')
    assert "śledzone zmiany" in read(tracked).mistakes[0].text
    commented = docx.with_xml('<w:commentRangeStart w:id="1"/>')
    assert "komentarze" in read(commented).mistakes[0].text


def test_fields_must_fit_the_marks() -> None:
    marked = read(docx.agreement())
    assert against(marked, marked.fields) == []
    without_number = [field for field in marked.fields if field.name != "numer"]
    assert against(marked, without_number) == [
        Mistake(
            "nagłówek strony: „Porozumienie nr {{ numer }}”",
            "Znacznik „numer” nie ma swojego pola. Dodaj je albo usuń znacznik.",
        )
    ]
    more = [*marked.fields, Field(name="nip", label="NIP")]
    assert against(marked, more) == [Mistake("NIP", "Pole „nip” nie ma znacznika w\xa0pliku.")]


def test_columns_must_fit_the_marks() -> None:
    marked = read(docx.agreement())
    *simple, rows = marked.fields
    changed = replace(rows, columns=(rows.columns[0], Field(name="podpis", label="Podpis")))
    assert against(marked, [*simple, changed]) == [
        Mistake("tabela 1, wiersz 3: „{{ osoba.funkcja }}”", "Kolumny „funkcja” nie ma w\xa0polu „czlonkowie”."),
        Mistake("Członkowie → Podpis", "Kolumna „podpis” nie ma znacznika w\xa0pliku."),
    ]
    assert "polem z\xa0wierszami" in against(marked, [*simple, replace(rows, kind=FieldKind.TEXT, columns=())])[0].text
