"""What people type into fields, read as they write it in Poland."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from library.structure import Field, FieldKind
from library.values import Fault, Faults, Invalid, parse, parse_date, read, shown

TEXT = Field(name="miejsce", label="Miejsce")
LONG = Field(name="opis", label="Opis", kind=FieldKind.LONG_TEXT)
DAY = Field(name="data", label="Data", kind=FieldKind.DATE)
COUNT = Field(
    name="liczba", label="Liczba osób", kind=FieldKind.NUMBER, minimum=Decimal(0), maximum=Decimal(100), unit="osób"
)
SHARE = Field(name="udzial", label="Udział", kind=FieldKind.NUMBER, decimals=2)
AMOUNT = Field(name="kwota", label="Kwota", kind=FieldKind.AMOUNT, minimum=Decimal(0))
ONE = Field(name="tryb", label="Tryb", kind=FieldKind.CHOICE, choices=("zdalnie", "na miejscu"))
MANY = Field(name="cele", label="Cele", kind=FieldKind.CHOICES, choices=("a", "b", "c"))
TICK = Field(name="zgoda", label="Zgoda", kind=FieldKind.CHECKBOX)
ROWS = Field(name="strony", label="Strony", kind=FieldKind.ROWS, columns=(TEXT, COUNT), most=3, required=True)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7.10.2026", date(2026, 10, 7)),
        ("07.10.2026", date(2026, 10, 7)),
        ("7-10-2026", date(2026, 10, 7)),
        ("7/10/2026 r.", date(2026, 10, 7)),
        ("2026-10-07", date(2026, 10, 7)),
        ("7 października 2026 r.", date(2026, 10, 7)),
        ("  7  PAŹDZIERNIKA 2026  ", date(2026, 10, 7)),
        ("29.02.2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_in_any_form_people_use(typed: str, day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize("typed", ["31.02.2026", "29.2.2027", "0.1.2026", "1.13.2026"])
def test_a_day_that_is_not_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="nie ma w\xa0kalendarzu"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["jutro", "7.10", "7.10.26", "7 paździer 2026", "2026", "1.1.0001", "١.١.٢٠٢٦x"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="Podaj datę"):
        parse_date(typed)


@pytest.mark.parametrize(
    ("field", "typed", "value", "printed"),
    [
        (AMOUNT, "1250", Decimal(1250), "1\xa0250,00\xa0zł"),
        (AMOUNT, "1 250,5 zł", Decimal("1250.5"), "1\xa0250,50\xa0zł"),
        (AMOUNT, "1\xa0250.50", Decimal("1250.50"), "1\xa0250,50\xa0zł"),
        (COUNT, "12", Decimal(12), "12\xa0osób"),
        (COUNT, "12 osób", Decimal(12), "12\xa0osób"),
        (SHARE, "-0,25", Decimal("-0.25"), "-0,25"),
        (TEXT, "  Łomża  nad Narwią ", "Łomża nad Narwią", "Łomża nad Narwią"),
        (LONG, "pierwsza\r\ndruga", "pierwsza\ndruga", "pierwsza\ndruga"),
        (ONE, "zdalnie", "zdalnie", "zdalnie"),
        (MANY, ["c", "a"], ("a", "c"), "a, c"),
        (MANY, "b", ("b",), "b"),
        (MANY, [], (), ""),
        (TICK, "on", True, "tak"),
        (TICK, "", False, "nie"),
        (DAY, "", None, ""),
        (TEXT, "", "", ""),
        (DAY, "7.10.2026", date(2026, 10, 7), "7\xa0października 2026\xa0r."),
    ],
)
def test_values_are_read_and_printed(field: Field, typed: Any, value: Any, printed: str) -> None:
    assert parse(field, typed) == value
    assert shown(field, value) == printed


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (COUNT, "-1", "nie mniejszą niż 0\xa0osób"),
        (COUNT, "101", "nie większą niż 100\xa0osób"),
        (COUNT, "1,5", "liczbę całkowitą"),
        (COUNT, "dwie", "Podaj liczbę"),
        (COUNT, "1e5", "Podaj liczbę"),
        (COUNT, "NaN", "Podaj liczbę"),
        (AMOUNT, "12,345", "najwyżej 2 cyfry"),
        (AMOUNT, "12 euro", "Podaj kwotę"),
        (AMOUNT, "9" * 30, "za duża"),
        (TEXT, "a" * 501, "za długi"),
        (LONG, "a" * 10_001, "za długi"),
        (ONE, "telefonicznie", "podanych możliwości"),
        (MANY, ["a", "x"], "podanych możliwości"),
        (TEXT, "Jan\x00Kowalski", "niewidoczny znak"),
        (TEXT, "plik\u202egpj.exe", "niewidoczny znak"),
        (TEXT, "brawo 🎉", "nie można wydrukować"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(field: Field, typed: Any, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse(field, typed)


@pytest.mark.parametrize(
    ("field", "said"), [(TEXT, "Wypełnij"), (ONE, "Wybierz"), (TICK, "Zaznacz"), (DAY, "Wypełnij"), (MANY, "Zaznacz")]
)
def test_what_is_required_has_to_be_there(field: Field, said: str) -> None:
    values = {name: getattr(field, name) for name in ("name", "label", "kind", "choices")}
    with pytest.raises(Invalid, match=said):
        parse(Field(**values, required=True), "")


def test_rows_are_read_without_those_that_are_empty() -> None:
    typed = {"strony": [{"miejsce": "GOPS", "liczba": "3"}, {"miejsce": " ", "liczba": ""}, {"miejsce": "PCPR"}]}
    values = read((ROWS,), typed)
    assert values["strony"] == ({"miejsce": "GOPS", "liczba": Decimal(3)}, {"miejsce": "PCPR", "liczba": None})


def test_faults_name_the_row_and_the_column() -> None:
    typed = {"data": "31.02.2026", "strony": [{"miejsce": "GOPS", "liczba": "3"}, {"miejsce": "x", "liczba": "-2"}]}
    with pytest.raises(Faults) as refused:
        read((DAY, ROWS), typed)
    day, row = refused.value.faults
    assert day.field == "data"
    assert row == Fault("strony", "Podaj liczbę nie mniejszą niż 0\xa0osób.", row=1, column="liczba")


def test_ten_thousand_rows_are_too_many() -> None:
    with pytest.raises(Faults, match="Najwięcej wierszy: 3"):
        read((ROWS,), {"strony": [{"miejsce": "x"}] * 10_000})


def test_required_rows_have_to_be_there() -> None:
    with pytest.raises(Faults, match="Najmniej wierszy: 1"):
        read((ROWS,), {"strony": [{"miejsce": ""}]})


def test_names_that_are_no_fields_are_passed_over() -> None:
    assert read((TEXT,), {"miejsce": "Łomża", "obce": "x"}) == {"miejsce": "Łomża"}
