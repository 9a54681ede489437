"""What the form of a template sends, and what it shows again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from library import controls, forms
from library.forms import RowAction, RowChange, change_of, changed, inputs_of, places_with_pesel, typed_of
from library.structure import Field, FieldKind, Prefill
from library.values import Faults, read

NAME = Field(name="nazwa", label="Nazwa", required=True, prefill=Prefill.NAME)
DAY = Field(name="dzien", label="Dzień", kind=FieldKind.DATE)
PARTIES = Field(name="strony", label="Strony", kind=FieldKind.ROWS, columns=(NAME, DAY), least=1, most=3, group="Kto")
COLOUR = Field(name="kolor", label="Kolor", kind=FieldKind.CHOICE, choices=("biały", "czarny, matowy"), group="Co")
SIGNS = Field(name="znaki", label="Znaki", kind=FieldKind.CHOICES, choices=("A", "B", "C"), group="Kto")
AGREED = Field(name="zgoda", label="Zgoda", kind=FieldKind.CHECKBOX)
SUM = Field(name="kwota", label="Kwota", kind=FieldKind.AMOUNT, minimum=Decimal(1), maximum=Decimal(5000))
FIELDS = (PARTIES, COLOUR, SIGNS, AGREED, SUM)

TYPED: forms.TypedValues = {
    "strony": ({"nazwa": "GOPS", "dzien": "7.10.2026"}, {"nazwa": "", "dzien": ""}),
    "kolor": "czarny, matowy",
    "znaki": ("A", "C"),
    "zgoda": "on",
    "kwota": "1 250,50",
}


def sent(*pairs: tuple[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def test_what_was_typed_is_sent_and_read_back() -> None:
    assert typed_of(FIELDS, sent(*inputs_of(FIELDS, TYPED))) == TYPED


def test_choices_are_sent_by_their_number() -> None:
    assert ("p-kolor", "2") in list(inputs_of(FIELDS, TYPED))
    assert typed_of([COLOUR], sent(("p-kolor", "1"))) == {"kolor": "biały"}


@pytest.mark.parametrize("number", ["0", "3", "-1", "biały", "٢", "9" * 5000])
def test_a_number_beyond_the_choices_is_refused(number: str) -> None:
    with pytest.raises(Faults, match="Wybierz jedną"):
        read([COLOUR, SIGNS], typed_of([COLOUR, SIGNS], sent(("p-kolor", number), ("p-znaki", number))))


def test_rows_come_in_the_order_of_their_keys() -> None:
    typed = typed_of(
        [PARTIES],
        sent(("p-strony", "n2"), ("p-strony-0-nazwa", "PCPR"), ("p-strony", "0"), ("p-strony-n2-nazwa", "GOPS")),
    )
    assert [row["nazwa"] for row in forms.rows_of(typed, PARTIES)] == ["GOPS", "PCPR"]


def test_a_row_without_a_key_or_with_a_strange_one_is_none() -> None:
    typed = typed_of([PARTIES], sent(("p-strony-0-nazwa", "GOPS"), ("p-strony", "../0"), ("p-strony", "x" * 40)))
    assert typed == {"strony": ()}


def test_what_is_no_field_is_passed_over() -> None:
    assert typed_of([AGREED], sent(("p-inne", "x"), ("kwota", "y"))) == {"zgoda": ""}


def test_a_form_begins_with_the_rows_that_are_needed() -> None:
    needs_two = Field(name="osoby", label="Osoby", kind=FieldKind.ROWS, columns=(NAME,), least=2)
    many = Field(name="wpisy", label="Wpisy", kind=FieldKind.ROWS, columns=(NAME,), least=150, most=200)
    typed = forms.at_first([needs_two, many, AGREED])
    assert typed["osoby"] == ({}, {})
    assert len(typed["wpisy"]) == forms.MOST_SHOWN


def names(typed: forms.TypedValues) -> list[str]:
    return [row.get("nazwa", "") for row in forms.rows_of(typed, PARTIES)]


@pytest.mark.parametrize(
    ("button", "after", "row"),
    [
        ("dodaj:strony", ["a", "b", ""], 2),
        ("usun:strony:1", ["b"], 0),
        ("usun:strony:2", ["a"], 1),
        ("wyzej:strony:2", ["b", "a"], 0),
        ("wyzej:strony:1", ["a", "b"], 0),
        ("nizej:strony:1", ["b", "a"], 1),
        ("nizej:strony:2", ["a", "b"], 1),
        ("usun:strony:9", ["a", "b"], 8),
    ],
)
def test_a_button_changes_the_rows(button: str, after: list[str], row: int) -> None:
    change = change_of(FIELDS, button)
    assert change is not None
    assert str(change) == button
    typed, place = changed({"strony": ({"nazwa": "a"}, {"nazwa": "b"})}, change)
    assert (names(typed), place) == (after, row)


def test_no_row_is_added_beyond_the_most() -> None:
    full: forms.TypedValues = {"strony": ({"nazwa": "a"}, {"nazwa": "b"}, {"nazwa": "c"})}
    assert names(changed(full, RowChange(RowAction.ADD, PARTIES))[0]) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "button", ["", "docx", "dodaj", "dodaj:kolor", "usun:strony", "usun:strony:0", "zmien:strony:1"]
)
def test_other_buttons_change_no_rows(button: str) -> None:
    assert change_of(FIELDS, button) is None


def test_a_pesel_is_found_with_its_place() -> None:
    typed: forms.TypedValues = {"strony": ({"nazwa": "GOPS"}, {"nazwa": "Jan, 440514 01359"}), "kwota": "44051401359"}
    found = places_with_pesel(FIELDS, typed, today=date(2026, 11, 23))
    assert [(place.label, place.id) for place in found] == [
        ("Strony, wiersz 2, Nazwa", "p-strony-1-nazwa"),
        ("Kwota", "p-kwota"),
    ]


def shown(typed: forms.TypedValues, **more: Any) -> dict[str, Any]:
    groups = controls.groups_of(FIELDS, controls.Showing(typed=typed, **more))
    return {control.field.name: control for group in groups for control in group.controls}


def test_a_group_stands_together_where_its_first_field_stands() -> None:
    groups = controls.groups_of(FIELDS, controls.Showing(typed=TYPED))
    assert [(group.title, [control.field.name for control in group.controls]) for group in groups] == [
        ("Kto", ["strony", "znaki"]),
        ("Co", ["kolor"]),
        ("", ["zgoda", "kwota"]),
    ]


def test_controls_hold_what_was_typed() -> None:
    found = shown(TYPED)
    assert found["kwota"].value == "1 250,50"
    assert found["kwota"].limits == "Od 1,00\xa0zł do 5\xa0000,00\xa0zł."
    assert [option.chosen for option in found["znaki"].options] == [True, False, True]
    assert [row.controls[0].value for row in found["strony"].rows] == ["GOPS", ""]
    assert found["strony"].blank.controls[0].id == "p-strony-nowy-nazwa"


def test_every_mistake_stands_at_its_control_and_in_the_summary() -> None:
    with pytest.raises(Faults) as caught:
        read(FIELDS, {**TYPED, "kwota": "-5", "strony": ({"nazwa": "", "dzien": "31.02.2026"},)})
    faults = caught.value.faults
    found = shown(TYPED, faults=faults)
    assert found["kwota"].error.startswith("Podaj liczbę nie mniejszą niż")
    assert found["kwota"].described_by == "p-kwota-opis p-kwota-blad"
    assert [control.error for control in found["strony"].rows[0].controls] == [
        "Wypełnij to pole.",
        "Takiego dnia nie ma w\xa0kalendarzu. Sprawdź dzień i\xa0miesiąc.",
    ]
    assert [error["href"] for error in controls.errors_of(FIELDS, faults)] == [
        "#p-strony-0-nazwa-pole",
        "#p-strony-0-dzien-pole",
        "#p-kwota-pole",
    ]


def test_data_of_the_institution_are_marked_until_they_are_changed() -> None:
    known = {Prefill.NAME: "GOPS"}
    assert [row.controls[0].own for row in shown(TYPED, known=known)["strony"].rows] == [True, False]
    assert not shown({**TYPED, "strony": ({"nazwa": "GOPS 2"},)}, known=known)["strony"].rows[0].controls[0].own


@pytest.mark.parametrize(
    ("button", "focused"),
    [
        ("dodaj:strony", "input of row 3"),
        ("usun:strony:1", "input of row 1"),
        ("usun:strony:2", "add"),
        ("wyzej:strony:2", "wyzej of row 1"),
    ],
)
def test_after_a_change_the_focus_goes_on_from_there(button: str, focused: str) -> None:
    change = change_of(FIELDS, button)
    assert change is not None
    typed, row = changed(TYPED, change)
    found = shown(typed, change=RowChange(change.action, change.field, row))["strony"]
    places = [f"input of row {each.number}" for each in found.rows if each.controls[0].focused]
    places += [f"{each.focused} of row {each.number}" for each in found.rows if each.focused in {"wyzej", "nizej"}]
    places += ["add"] if found.focused else []
    assert places == [focused]
