"""Values in a template, and what is wrong with a template."""

from decimal import Decimal

import pytest

from library import sheet, structure
from library.composing import blank, compose
from library.problems import problems_of
from library.structure import Conditional, Document, Field, FieldKind, Paragraph, Part, Repeated

NAME = Field(name="nazwa", label="Nazwa")
DAY = Field(name="data", label="Data", kind=FieldKind.DATE)
MODE = Field(name="tryb", label="Tryb", kind=FieldKind.CHOICE, choices=("zdalnie", "na miejscu"))
AIMS = Field(name="cele", label="Cele", kind=FieldKind.CHOICES, choices=("a", "b"))
TICK = Field(name="zgoda", label="Zgoda", kind=FieldKind.CHECKBOX)
PEOPLE = Field(
    name="osoby",
    label="Osoby",
    kind=FieldKind.ROWS,
    columns=(
        Field(name="osoba", label="Osoba"),
        Field(name="ile", label="Ile", kind=FieldKind.NUMBER),
        Field(name="stale", label="Na stałe", kind=FieldKind.CHECKBOX),
    ),
)
FIELDS = (NAME, DAY, MODE, AIMS, TICK, PEOPLE)
ROWS = ({"osoba": "Ewa", "ile": Decimal(2), "stale": True}, {"osoba": "Jan", "ile": None, "stale": False})


def document(*parts: Part, fields: tuple[Field, ...] = FIELDS) -> Document:
    return Document("Protokół", fields, parts)


def printed(*parts: Part, **values: object) -> list[str]:
    return sheet.text_lines(compose(document(*parts), values))[1:]  # type: ignore[arg-type]


def test_a_mark_becomes_its_value_and_stays_bold() -> None:
    (paragraph,) = compose(document(Paragraph("Dla **{{ nazwa }}**.")), {"nazwa": "GOPS"}).elements
    assert paragraph == sheet.Paragraph(((sheet.Run("Dla "), sheet.Run("GOPS", bold=True), sheet.Run(".")),))


def test_what_was_not_filled_in_is_a_dash() -> None:
    assert printed(Paragraph("Dla {{ nazwa }}, {{ data }}."), nazwa="", data=None) == ["Dla –, –."]


def test_typed_marks_are_plain_text() -> None:
    assert printed(Paragraph("{{ nazwa }}"), nazwa="{{ data }} **x** <b>") == ["{{ data }} **x** <b>"]


def test_typed_line_breaks_stay() -> None:
    assert printed(Paragraph("Opis: {{ nazwa }}"), nazwa="raz\ndwa") == ["Opis: raz", "dwa"]


def test_clauses_are_numbered_through_the_document() -> None:
    clause = structure.Clause("Strony", (Paragraph("tekst"),))
    inside = Conditional("zgoda", (Paragraph("x"),))
    lines = printed(clause, structure.Heading("Część", 1), clause, inside, zgoda=False)
    assert lines == ["§\xa01. Strony", "tekst", "Część", "§\xa02. Strony", "tekst"]


@pytest.mark.parametrize(
    ("part", "values", "stands"),
    [
        (Conditional("zgoda", (Paragraph("tak"),), otherwise=(Paragraph("nie"),)), {"zgoda": True}, ["tak"]),
        (Conditional("zgoda", (Paragraph("tak"),), otherwise=(Paragraph("nie"),)), {"zgoda": False}, ["nie"]),
        (Conditional("tryb", (Paragraph("tak"),), "zdalnie"), {"tryb": "zdalnie"}, ["tak"]),
        (Conditional("tryb", (Paragraph("tak"),), "zdalnie"), {"tryb": "na miejscu"}, []),
        (Conditional("cele", (Paragraph("tak"),), "b"), {"cele": ("a", "b")}, ["tak"]),
        (Conditional("cele", (Paragraph("tak"),), "b"), {"cele": ("a",)}, []),
        (Conditional("osoby", (Paragraph("tak"),)), {"osoby": ()}, []),
    ],
)
def test_a_part_stands_where_its_condition_is_met(part: Part, values: dict[str, object], stands: list[str]) -> None:
    assert printed(part, **values) == stands


def test_a_part_is_repeated_for_each_row() -> None:
    part = Repeated("osoby", (Paragraph("{{ osoba }}: {{ ile }} w {{ nazwa }}"),))
    assert printed(part, osoby=ROWS, nazwa="GOPS") == ["Ewa: 2 w GOPS", "Jan: – w GOPS"]


def test_a_condition_inside_a_row_asks_its_columns() -> None:
    part = Repeated("osoby", (Conditional("stale", (Paragraph("{{ osoba }} na stałe"),)),))
    assert printed(part, osoby=ROWS) == ["Ewa na stałe"]


def test_a_table_has_a_row_for_each_row() -> None:
    part = structure.RowsTable("osoby", "Obecni", numbered=True, extra=("Podpis",))
    (table,) = compose(document(part), {"osoby": ROWS}).elements
    assert isinstance(table, sheet.Table)
    assert table.head == ("Lp.", "Osoba", "Ile", "Na stałe", "Podpis")
    assert [[sheet.plain(line) for cell in row for line in cell] for row in table.rows] == [
        ["1.", "Ewa", "2", "tak", ""],
        ["2.", "Jan", "–", "nie", ""],
    ]


def test_empty_rows_are_no_text() -> None:
    part = structure.RowsTable("osoby", "Obecni", numbered=True, blank=2)
    assert sheet.text_lines(blank(document(part)))[1:] == ["Obecni", "Lp. | Osoba | Ile | Na stałe"]


def test_everybody_in_the_list_signs() -> None:
    part = structure.Signatures(("podpis: {{ osoba }}",), field="osoby")
    (places,) = compose(document(part), {"osoby": ROWS}).elements
    assert isinstance(places, sheet.Signatures)
    assert [sheet.plain(place) for place in places.places] == ["podpis: Ewa", "podpis: Jan"]


def test_the_blank_form_has_places_for_everything() -> None:
    parts = (
        Paragraph("Dla {{ nazwa }}"),
        Conditional("zgoda", (Paragraph("zgoda"),), otherwise=(Paragraph("bez zgody"),)),
        structure.RowsTable("osoby", "Obecni", blank=2),
        Repeated("osoby", (Paragraph("{{ osoba }}"),)),
    )
    lines = sheet.text_lines(blank(document(*parts)))[1:]
    assert lines[:5] == ["Dla [Nazwa]", "(jeśli dotyczy – Zgoda)", "zgoda", "(w\xa0przeciwnym razie)", "bez zgody"]
    assert lines[-2:] == ["[Osoba]", "[Osoba]"]


def test_choices_are_boxes_to_tick_on_the_blank_form() -> None:
    lines = sheet.text_lines(blank(document(Paragraph("Tryb: {{ tryb }}, zgoda: {{ zgoda }}"))))
    assert lines[1:] == ["Tryb: ☐\xa0zdalnie   ☐\xa0na miejscu, zgoda: ☐"]


def test_the_note_of_a_condition_stands_on_the_page_of_its_part() -> None:
    part = Conditional("zgoda", (structure.PageBreak(), Paragraph("Załącznik")))
    first, note, _text = blank(document(part)).elements
    assert isinstance(first, sheet.PageBreak)
    assert isinstance(note, sheet.Paragraph)


ALL = Paragraph("{{ nazwa }} {{ data }} {{ tryb }} {{ cele }} {{ zgoda }}")
TABLE = structure.RowsTable("osoby", "Osoby")


def test_a_right_template_has_no_problems() -> None:
    assert problems_of(document(ALL, TABLE)) == []


@pytest.mark.parametrize(
    ("parts", "place", "said"),
    [
        ((ALL, TABLE, Paragraph("{{ adres }}")), "Część 3", "Nieznane pole „adres”"),
        ((ALL, TABLE, Paragraph("{{ nazwa }")), "Część 3", "Niedomknięty znacznik"),
        ((ALL, TABLE, Paragraph("{% if x %}")), "Część 3", "Niedomknięty znacznik"),
        ((ALL, TABLE, Paragraph("{{ osoby }}")), "Część 3", "ma wiersze"),
        ((ALL, TABLE, Paragraph("{{ osoba }}")), "Część 3", "Nieznane pole „osoba”"),
        ((ALL, TABLE, structure.RowsTable("nazwa", "")), "Część 3", "nie jest polem z\xa0wierszami"),
        ((ALL, TABLE, Repeated("brak", (Paragraph("x"),))), "Część 3", "nie jest polem z\xa0wierszami"),
        ((ALL, TABLE, Conditional("brak", (Paragraph("x"),))), "Część 3", "nieznane pole „brak”"),
        ((ALL, TABLE, Conditional("tryb", (Paragraph("x"),), "listem")), "Część 3", "nie ma możliwości „listem”"),
        (
            (ALL, TABLE, structure.Clause("x", (Paragraph("a"), Paragraph("{{ brak }}")))),
            "Część 3, punkt 2",
            "Nieznane pole „brak”",
        ),
        ((ALL,), "Osoby", "nie występuje w\xa0treści"),
    ],
)
def test_mistakes_are_told_with_their_place(parts: tuple[Part, ...], place: str, said: str) -> None:
    (problem,) = problems_of(document(*parts))
    assert problem.place == place
    assert said in problem.text


def test_fields_that_cannot_be_are_told() -> None:
    fields = (
        NAME,
        Field(name="nazwa", label="Druga nazwa"),
        Field(name="Zła nazwa", label="Zła"),
        Field(name="wybor", label="Wybór", kind=FieldKind.CHOICE),
        Field(name="lista", label="Lista", kind=FieldKind.ROWS),
    )
    found = {(problem.place, problem.text.split(" ")[0]) for problem in problems_of(document(ALL, fields=fields))}
    assert {("Druga nazwa", "Pole"), ("Zła", "Nazwa"), ("Wybór", "Podaj"), ("Lista", "Podaj")} <= found
