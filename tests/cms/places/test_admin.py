"""The register and the directory in the editors' admin."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from elearning.cms.models import Organisation, Participation
from tests import make

from .builders import commune, organisation, participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(settings: Settings) -> Client:
    """A member of „Redakcja”."""
    settings.STAFF_SECOND_FACTOR = False
    call_command("load_teryt", verbosity=0)
    person = make.user("Renata", "Redaktorska", is_staff=True)
    person.groups.add(Group.objects.get(name="Redakcja"))
    client = Client()
    client.force_login(person)
    return client


def address(model: type, name: str) -> str:
    return reverse(model.snippet_viewset.get_url_name(name))  # type: ignore[attr-defined]


def test_editor_adds_a_participation(editor: Client) -> None:
    sent = {"unit": "2007052", "track": "rural", "phase": "testing", "first_year": "2019", "last_year": "2020"}
    editor.post(address(Participation, "add"), {**sent, "source": "Strona projektu"})
    assert Participation.objects.get().years == "2019–2020"
    again = editor.post(address(Participation, "add"), {**sent, "source": "Strona projektu"})
    assert "Ta jednostka ma już wpis" in again.content.decode()


def test_faults_stand_at_their_fields_in_polish(editor: Client) -> None:
    text = editor.post(
        address(Participation, "add"), {"unit": "20", "track": "rural", "first_year": "1999", "source": "Strona"}
    ).content.decode()
    assert "Wybierz gminę albo powiat." in text
    assert "Projekty zaczęły się w\xa02018" in text


def test_editor_adds_an_organisation(editor: Client) -> None:
    sent = {"name": "ROPS w Opolu", "slug": "rops-opole", "kind": "centre", "town": "Opole", "directions": "null"}
    editor.post(address(Organisation, "add"), sent)
    assert Organisation.objects.get().slug == "rops-opole"


def test_register_is_searched(editor: Client) -> None:
    participation("2007052")
    participation("1808032")
    text = editor.get(address(Participation, "list"), {"q": "Piątnica"}).content.decode()
    assert "Piątnica" in text
    assert "Kuryłówka" not in text


def test_cost_of_the_lists_does_not_grow(editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(10, 40):
        commune(f"2007{number}2", f"Wola {number}")
        participation(f"2007{number}2")
        organisation(f"Ośrodek {number}")
    for model in (Participation, Organisation):
        editor.get(address(model, "list"))
        with django_assert_max_num_queries(20):
            editor.get(address(model, "list"))
