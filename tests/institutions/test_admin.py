"""The register in the editors' admin."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from elearning.accounts.models import User
from elearning.institutions.models import Institution, TerritorialUnit
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(administrator: User, settings: Settings) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client = Client()
    client.force_login(administrator)
    return client


def address(name: str, *, model: type = Institution) -> str:
    return reverse(model.snippet_viewset.get_url_name(name))  # type: ignore[attr-defined]


def test_list_is_searched_and_filtered(editor: Client) -> None:
    make.institution("PCPR w Łomży")
    make.institution("GOPS w Piątnicy", kind="ops")
    assert "PCPR w Łomży" in editor.get(address("list")).content.decode()
    for query in [{"q": "Piątnic"}, {"kind": "ops"}]:
        page = editor.get(address("list"), query).content.decode()
        assert "GOPS w Piątnicy" in page
        assert "PCPR w Łomży" not in page


def test_editor_adds_an_institution(editor: Client) -> None:
    TerritorialUnit.objects.create(code="20", name="podlaskie", kind="voivodeship")
    editor.post(address("add"), {"name": "ROPS w Białymstoku", "kind": "rops", "unit": "20"})
    assert Institution.objects.get().unit_id == "20"


def test_unit_is_found_by_its_code(editor: Client) -> None:
    TerritorialUnit.objects.create(code="1213011", name="Oświęcim", kind="commune", commune_type=1)
    page = editor.get(address("list", model=TerritorialUnit), {"q": "1213"}).content.decode()
    assert "gmina miejska" in page


def test_cost_of_the_list_does_not_grow(editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    unit = TerritorialUnit.objects.create(code="20", name="podlaskie", kind="voivodeship")
    for number in range(30):
        make.institution(f"GOPS {number}", kind="ops", unit=unit)
    editor.get(address("list"))
    with django_assert_max_num_queries(14):
        editor.get(address("list"))
