"""Templates and sheets that show everything a document can hold. Pure: the benchmark takes them too."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from library import structure as st
from library.composing import blank, compose
from library.sheet import ListItems, Paragraph, Run, Sheet, Signatures, Table
from library.signs import Signs
from library.structure import Document, Field, FieldKind
from library.values import Values

LETTERS = "Zażółć gęślą jaźń – ĄĆĘŁŃÓŚŹŻ"
HOSTILE = '#evil[] $x$ <w:p> & {{ x }} {% y %} ]]> \\" `raw` *b* _i_ = h @ref https://example.org // /* */'
SIMPLE, ROWS, CLAUSES = 60, 30, 14
LOREM = (
    "Strony współpracują na zasadzie partnerstwa, z poszanowaniem zadań ustawowych i praw osób, którym pomagają. "
    "Każda Strona odpowiada za działania, których się podjęła, a o przeszkodach mówi pozostałym niezwłocznie. "
    "Ustalenia zapisuje się w protokole, który otrzymują wszyscy uczestnicy spotkania w ciągu siedmiu dni."
)

AGREEMENT = Document(
    "Porozumienie o utworzeniu Partnerskiego Zespołu Kooperacji",
    (
        Field(name="numer", label="Numer porozumienia"),
        Field(name="data", label="Data zawarcia", kind=FieldKind.DATE),
        Field(name="miejsce", label="Miejsce zawarcia"),
        Field(name="cel", label="Cel współpracy", kind=FieldKind.LONG_TEXT),
        Field(name="wklad", label="Wkład", kind=FieldKind.AMOUNT),
        Field(name="od", label="Obowiązuje od", kind=FieldKind.DATE),
        Field(name="do", label="Obowiązuje do", kind=FieldKind.DATE),
        Field(name="uwagi", label="Uwagi i zastrzeżenia", kind=FieldKind.LONG_TEXT),
        Field(
            name="strony",
            label="Strony",
            kind=FieldKind.ROWS,
            columns=(
                Field(name="nazwa", label="Nazwa instytucji"),
                Field(name="adres", label="Adres"),
                Field(name="osoba", label="Kto reprezentuje"),
            ),
        ),
    ),
    (
        st.Paragraph("Porozumienie **nr {{ numer }}** zawarte dnia {{ data }} w miejscowości {{ miejsce }}."),
        st.RowsTable("strony", "Strony porozumienia", numbered=True, blank=4, extra=("Podpis",)),
        st.Paragraph("Instytucje z tabeli nazywamy dalej **Stronami**, a każdą z nich **Stroną**."),
        st.Clause(
            "Przedmiot i cel",
            (
                st.Points(("Strony tworzą Zespół.", "Celem współpracy jest: {{ cel }}", "Zespół nie wydaje decyzji.")),
                st.Paragraph("Zespół w szczególności:"),
                st.Points(("ustala plan pomocy,", "pilnuje terminów,", "ocenia wyniki."), numbered=False),
            ),
        ),
        st.Clause(
            "Czas i wkład",
            (
                st.Pairs(
                    "Okres obowiązywania",
                    (("Początek", "{{ od }}"), ("Koniec", "{{ do }}"), ("Wkład każdej Strony", "{{ wklad }}")),
                ),
                st.Points(("Wypowiedzenie wymaga formy pisemnej.", "Pozostałe Strony związuje ono nadal.")),
            ),
        ),
        st.Clause("", (st.Paragraph("Uwagi i zastrzeżenia Stron:"), st.Paragraph("{{ uwagi }}"))),
        st.Signatures(("{{ nazwa }}",), "strony"),
        st.PageBreak(),
        st.Heading("Załącznik 1. Osoby w zespole"),
        st.Heading("Osoby wyznaczone", 2),
        st.Grid("Kto kiedy działa", ("Etap", "Kto", "Termin"), (("Diagnoza", "**Lider**", "14 dni"),)),
        st.Signatures(("Lider Zespołu",)),
    ),
)
PARTIES = tuple(
    {"nazwa": name, "adres": f"ul. Szkolna {number}, 18-421 Piątnica", "osoba": f"Anna Kowalska-Źrebięca {number}"}
    for number, name in enumerate(
        (
            "Gminny Ośrodek Pomocy Społecznej w Piątnicy",
            "Szkoła Podstawowa nr 1",
            "Powiatowe Centrum Pomocy Rodzinie w Łomży",
            "Komenda Miejska Policji",
        ),
        1,
    )
)
FILLED: Values = {
    "numer": "7/2026",
    "data": date(2026, 10, 7),
    "miejsce": "Piątnica",
    "cel": "wspólne ustalanie i realizacja pomocy dla rodzin z naszej gminy, tak aby nikt nie szukał jej sam.",
    "wklad": Decimal("1250.50"),
    "od": date(2026, 11, 1),
    "do": None,
    "uwagi": "Pierwszy wiersz uwag.\nDrugi wiersz uwag.",
    "strony": PARTIES,
}


def large() -> Document:
    """Ten pages: 60 simple fields, rows in two tables, clauses of every kind of part."""
    simple = [Field(name=f"pole_{number}", label=f"Pole numer {number}") for number in range(SIMPLE)]
    columns = tuple(Field(name=name, label=name.capitalize()) for name in ("dzialanie", "osoba", "termin", "uwagi"))
    rows = Field(name="plan", label="Plan działań", kind=FieldKind.ROWS, columns=columns, most=200)
    clauses = tuple(_clause(number) for number in range(CLAUSES))
    parts = (
        st.Paragraph("Zawarte dnia {{ pole_0 }}. " + LOREM),
        *clauses,
        st.Clause("Plan działań", (st.RowsTable("plan", "Plan działań na rok", numbered=True, extra=("Podpis",)),)),
        st.Signatures(("Lider Zespołu", "Przedstawiciel rodziny", "Asystent rodziny")),
    )
    return Document("Indywidualny Program Współpracy z rodziną", (*simple, rows), parts)


def large_values() -> Values:
    row = {
        "dzialanie": "Spotkanie z rodziną w miejscu zamieszkania i rozmowa o postępach",
        "osoba": "Katarzyna Żółtowska",
        "termin": "7 października 2026 r.",
        "uwagi": "Asystent uzgadnia godzinę telefonicznie",
    }
    simple = {f"pole_{number}": f"wartość pola {number} – zażółć" for number in range(SIMPLE)}
    return {**simple, "plan": (row,) * ROWS}


def large_sheet() -> Sheet:
    return compose(large(), large_values())


def filled_sheet() -> Sheet:
    return compose(AGREEMENT, FILLED)


def blank_sheet() -> Sheet:
    return blank(AGREEMENT)


def hostile_sheet() -> Sheet:
    """Text that looks like markup, words without end, tables and lists without rows, lines without runs."""
    line = (Run(HOSTILE),)
    word = (Run("Ż" * 400, bold=True),)
    return Sheet(
        HOSTILE,
        (
            Paragraph((line, (), (Run("a\x00\x0b\ud800\uffffb\nc\td"),))),
            Paragraph(()),
            ListItems((line, word, (Run("dwa\nwiersze"),)), numbered=True),
            ListItems((), numbered=False),
            Table((), (), ()),
            Table(line, ("A", HOSTILE), ()),
            Table((), ("A", "B"), (((word,), (line, line)), ((line,),))),
            Table((), (), (((line,), (word,)), ((), ()))),
            Table((), ("Długi",), ((((Run("zdanie " * 1500),),),),)),
            Signatures(()),
            Signatures((line, word, (), ((Run("dwa\nwiersze")),))),
        ),
    )


def signs() -> Signs:
    output = BytesIO()
    strip = Image.new("RGB", (900, 120), "white")
    strip.paste("#003399", (700, 20, 880, 100))
    strip.paste("#DC143C", (20, 60, 150, 100))
    strip.save(output, "PNG")
    return Signs(output.getvalue(), "Flaga Polski i flaga Unii Europejskiej", "Projekt współfinansowany przez Unię.")


def _clause(number: int) -> st.Clause:
    names = [f"pole_{number * 4 + step}" for step in range(1, 5) if number * 4 + step < SIMPLE]
    pairs = tuple((f"Informacja {name.removeprefix('pole_')}", f"{{{{ {name} }}}}") for name in names)
    points = tuple(f"Strona przekazuje {{{{ {name} }}}} pozostałym Stronom. {LOREM}" for name in names[:2])
    return st.Clause(
        f"Ustalenia części {number + 1}",
        (
            st.Paragraph(LOREM),
            st.Pairs(f"Dane części {number + 1}", pairs),
            st.Points(points, numbered=number % 2 == 0),
            st.Paragraph(f"**Ważne.** {LOREM}"),
        ),
    )
