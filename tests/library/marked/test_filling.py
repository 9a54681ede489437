"""Filling marked files in: what is printed, and that nothing else happens."""

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.shared import Inches

from library.filling import blank, fill
from library.marked.faults import Refused
from library.marked.reading import read
from library.structure import Field, FieldKind
from tests.library import docx_files as docx

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


def filled(data: bytes, /, **values: Any) -> list[str]:
    """The text of the file with these values in the fields that its marks ask for."""
    return docx.text_of(fill(data, read(data).fields, values))


def test_it_works() -> None:
    data = docx.agreement()
    assert docx.text_of(fill(data, read(data).fields, docx.VALUES)) == [
        "Porozumienie nr 1/2026",
        "Porozumienie nr 1/2026",
        "Zawarte dnia 7\xa0października 2026\xa0r. w\xa0Łódź.",
        "Dane są poufne.",
        "Wkład wynosi 1\xa0250,50\xa0zł, osób: 12.",
        "Spotkania: zdalnie.",
        "Pierwsza linia\nDruga linia",
        "Lp. | Imię i\xa0nazwisko | Funkcja",
        "1. | Anna Żółć | przewodnicząca",
        "2. | Jan Kowalski | –",
        "Sporządzono w\xa0Łódź",
    ]


def test_what_is_empty_is_a_dash_and_conditions_are_not_met() -> None:
    data = docx.agreement()
    assert docx.text_of(fill(data, read(data).fields, {})) == [
        "Porozumienie nr –",
        "Porozumienie nr –",
        "Zawarte dnia – r. w\xa0–.",
        "Dane są jawne.",
        "Wkład wynosi – zł, osób: –.",
        "Spotkania: na miejscu.",
        "–",
        "Lp. | Imię i\xa0nazwisko | Funkcja",
        "Sporządzono w\xa0–",
    ]


def test_the_blank_form_has_dots_three_rows_and_both_sides_of_conditions() -> None:
    data = docx.agreement()
    text = docx.text_of(blank(data, read(data).fields))
    assert text[2].startswith("Zawarte dnia …………")
    assert "Dane są poufne." in text
    assert "Dane są jawne." in text
    assert "Spotkania: zdalnie / na miejscu." in text
    assert [line.split(" | ")[0] for line in text if " | " in line] == ["Lp.", "1.", "2.", "3."]


def test_the_blank_form_shows_choices() -> None:
    fields = [
        Field(name="a", label="A", kind=FieldKind.CHOICE, choices=("raz", "dwa")),
        Field(name="b", label="B", kind=FieldKind.CHECKBOX),
    ]
    assert docx.text_of(blank(docx.marked("{{ a }}, {{ b }}"), fields)) == ["raz / dwa, tak / nie"]


def test_any_of_several_choices_meets_a_condition() -> None:
    data = docx.marked('{% if a == "dwa" %}jest{% endif %} {{ a }}')
    fields = [Field(name="a", label="A", kind=FieldKind.CHOICES, choices=("raz", "dwa"))]
    assert docx.text_of(fill(data, fields, {"a": ("raz", "dwa")})) == ["jest raz, dwa"]


def test_a_checkbox_equals_yes_and_no() -> None:
    data = docx.marked('{% if a == "tak" %}zgoda{% elif a == "nie" %}brak zgody{% endif %}')
    assert filled(data, a=True) == ["zgoda"]
    assert filled(data, a=False) == ["brak zgody"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("{{ numer }} {% if x %}", "{{ numer }} {% if x %}"),
        ("{% raw %}", "{% raw %}"),
        ("<w:p>&amp;</w:t></w:r>\"'", "<w:p>&amp;</w:t></w:r>\"'"),
        ("]]><!-- -->", "]]><!-- -->"),
        ("a\x00b\x07c\x0cd\x1be\ufffef\ue000g", "abcdefg"),
        ("tab\tulator", "tab\tulator"),
        ("zażółć gęślą jaźń „”–…", "zażółć gęślą jaźń „”–…"),
        ("wiersz\n\nwiersz", "wiersz\n\nwiersz"),
    ],
)
def test_a_value_is_only_text(value: str, printed: str) -> None:
    assert filled(docx.marked("{{ pole }}"), pole=value) == [printed]


def test_a_value_in_a_row_is_only_text() -> None:
    data = docx.marked("{% for w in wiersze %}{{ w.pole }};{% endfor %}")
    assert filled(data, wiersze=({"pole": "{{ x }}"}, {"pole": "</w:t>"})) == ["{{ x }};</w:t>;"]


def test_units_and_full_stops_do_not_come_twice() -> None:
    values = {"data": docx.VALUES["data_zawarcia"], "kwota": docx.VALUES["kwota_wkladu"]}
    assert filled(docx.marked("Dnia {{ data }}."), **values) == ["Dnia 7\xa0października 2026\xa0r."]
    assert filled(docx.marked("Dnia {{ data }} r., a {{ kwota }} zł."), **values) == [
        "Dnia 7\xa0października 2026\xa0r., a 1\xa0250,50\xa0zł."
    ]
    assert filled(docx.marked("{{ kwota }}", "zł"), **values) == ["1\xa0250,50\xa0zł", "zł"]
    assert filled(docx.marked("Dnia {{ data }}... {{ kwota }} złotych"), **values) == [
        "Dnia 7\xa0października 2026\xa0r.... 1\xa0250,50\xa0zł złotych"
    ]


def test_a_text_box_is_filled_in_for_old_and_new_programs() -> None:
    result = fill(docx.with_text_box("{{ pole }}"), [Field(name="pole", label="Pole")], {"pole": "Wpisane"})
    assert docx.all_bytes(result).count(b"Wpisane") == 2


def test_pictures_stay() -> None:
    document = Document()
    document.add_paragraph("{{ pole }}")
    document.add_picture(io.BytesIO(PNG), width=Inches(1))
    result = fill(docx.written(document), [], {})
    assert PNG in docx.all_bytes(result)


def test_nothing_is_left_of_the_author_but_the_title() -> None:
    data = docx.with_files(
        docx.agreement(),
        {
            "docProps/app.xml": b"<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/"
            b"extended-properties'><Company>Urz\xc4\x85d X</Company></Properties>"
        },
    )
    result = fill(data, read(data).fields, docx.VALUES)
    everything = docx.all_bytes(result).decode(errors="replace")
    assert not [word for word in ("Jan Autor", "Ewa Redaktorka", "rodzinie K.", "Urząd X") if word in everything]
    properties = Document(io.BytesIO(result)).core_properties
    assert properties.title == "Porozumienie"
    assert properties.author == ""


def test_marks_in_properties_are_not_run() -> None:
    document = Document()
    document.core_properties.title = "{{ ''.__class__ }}"
    document.add_paragraph("{{ pole }}")
    result = fill(docx.written(document), [], {})
    assert Document(io.BytesIO(result)).core_properties.title == "{{ ''.__class__ }}"


HOSTILE = [
    "{{ ''.__class__ }}",
    "{{ x.__globals__ }}",
    "{{ pole.__class__.__mro__ }}",
    "{{ 'A'*10**9 }}",
    "{{ 10**10**10 }}",
    "{{ '%1000000000d' % 1 }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ dict(a=1) }}",
    "{{ pole|attr('__class__') }}",
    "{{ pole['__class__'] }}",
    "{{ pole.format(pole) }}",
    "{{ loop.index }}",
    "{% for a in x %}{{ loop.nextitem }}{% endfor %}",
    "{% for a in x %}{% for b in x %}{{ a.c }}{% endfor %}{% endfor %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% set a = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% cellbg pole %}",
    "{% if a %}",
    "{% endfor %}",
]


@pytest.mark.parametrize("mark", HOSTILE)
def test_what_the_grammar_forbids_is_not_run_even_where_nobody_read_the_marks(mark: str) -> None:
    fields = [Field(name="pole", label="Pole"), Field(name="x", label="X", kind=FieldKind.ROWS)]
    if mark == "{{ loop.index }}":  # a name like any other there, and nothing is behind it
        assert docx.text_of(fill(docx.marked(mark), fields, {})) == ["–"]
        return
    with pytest.raises(Refused, match="nie udało się wypełnić"):
        fill(docx.marked(mark), fields, {"pole": "x", "x": ({"c": "y"},)})


def test_a_hostile_mark_in_an_attribute_is_not_run() -> None:
    data = docx.with_xml("<w:r><w:rPr><w:rStyle w:val=\"{{ ''.__class__ }}\"/></w:rPr><w:t>a</w:t></w:r>")
    with pytest.raises(Refused):
        fill(data, [], {})


def test_a_hostile_mark_in_a_footnote_is_not_run() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">'
        "<w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    data = docx.with_link("footnotes", "footnotes.xml", external=False)
    data = docx.replaced(
        data, docx.TYPES, "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    )
    good = docx.with_files(data, {"word/footnotes.xml": notes.replace("{mark}", "{{ w_przypisie }}").encode()})
    marked = read(good)
    assert marked.places["w_przypisie"] == "przypis: „{{ w_przypisie }}”"
    with zipfile.ZipFile(io.BytesIO(fill(good, marked.fields, {"w_przypisie": "<Zażółć>"}))) as archive:
        assert "&lt;Zażółć&gt;" in archive.read("word/footnotes.xml").decode()
    with pytest.raises(Refused):
        fill(docx.with_files(data, {"word/footnotes.xml": notes.replace("{mark}", "{{ a() }}").encode()}), [], {})


def test_rows_have_no_methods() -> None:
    data = docx.marked("{% for w in x %}{{ w.items }}{{ w.column }}{{ w.keys }}{% endfor %}")
    assert filled(data, x=({"items": "a", "column": "b", "keys": "c"},)) == ["abc"]


def test_a_condition_that_tears_a_table_is_refused() -> None:
    with pytest.raises(Refused, match="w\xa0których są tabele"):
        fill(docx.marked("{% if a %}x", table=[["y{% endif %}"]]), [], {})


def test_a_refusal_says_nothing_of_the_values() -> None:
    with pytest.raises(Refused) as caught:
        fill(docx.marked("{{ pole }}{% if %}"), [Field(name="pole", label="Pole")], {"pole": "kanarek"})
    assert "kanarek" not in str(caught.value)
    assert caught.value.__suppress_context__
