"""What a form holds of a person's institution before they type."""

import pytest
from django.contrib.auth.models import AnonymousUser

from library.prefill import known_of, prefilled
from library.structure import Field, FieldKind, Prefill
from tests import make

LEADER = Field(name="lider", label="Lider", prefill=Prefill.NAME)
PLACE = Field(name="miejsce", label="Miejsce")
COLUMNS = (
    Field(name="nazwa", label="Nazwa", prefill=Prefill.NAME),
    Field(name="adres", label="Adres", prefill=Prefill.ADDRESS),
    Field(name="kto", label="Kto", prefill=Prefill.HEAD),
    Field(name="funkcja", label="Funkcja"),
)
PARTIES = Field(name="strony", label="Strony", kind=FieldKind.ROWS, columns=COLUMNS, least=2)


@pytest.mark.django_db
def test_a_form_begins_with_the_persons_own_institution() -> None:
    institution = make.institution("GOPS", address="ul. Prosta 1", head="Ewa Nowak")
    known = known_of(make.user(institution=institution))
    assert prefilled((LEADER, PLACE, PARTIES), known) == {
        "lider": "GOPS",
        "miejsce": "",
        "strony": ({"nazwa": "GOPS", "adres": "ul. Prosta 1", "kto": "Ewa Nowak"}, {}),
    }


@pytest.mark.django_db
def test_what_is_not_known_of_the_institution_stays_empty() -> None:
    known = known_of(make.user(institution=make.institution("GOPS")))
    assert known == {Prefill.NAME: "GOPS"}
    assert prefilled((PARTIES,), known)["strony"] == ({"nazwa": "GOPS"}, {})


@pytest.mark.django_db
def test_nothing_is_known_of_strangers_and_of_people_without_an_institution() -> None:
    assert known_of(AnonymousUser()) == {}
    assert known_of(make.user()) == {}
    assert prefilled((LEADER, PARTIES), {}) == {"lider": "", "strony": ({}, {})}
