"""The directory of regional centres and partners, and the way to each of them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from elearning.cms import phones
from elearning.cms.models import DirectoryPage, Organisation

from .builders import directory_page, organisation


@pytest.fixture
def page(db: None) -> DirectoryPage:
    """A leader with everything, a partner with nothing, a university."""
    call_command("load_teryt", verbosity=0)
    organisation(
        "ROPS w Rzeszowie",
        slug="rops-rzeszow",
        province_id="18",
        track="rural",
        role="leader",
        street="ul. Hetmańska 9",
        postcode="35-045",
        phone="17 747 06 00",
        fax="17 747 06 01",
        email="sekretariat@rops.rzeszow.pl",
        website="https://www.rops.rzeszow.pl/",
        source="ROPS",
        checked_on=date(2021, 10, 7),
    )
    organisation("ROPS w Kielcach", slug="rops-kielce", track="rural", role="partner", town="Kielce")
    organisation("ROPS bez roli", slug="rops-bez-roli", town="Łódź")
    organisation("Uniwersytet", slug="uniwersytet", kind="other", track="urban_rural", role="partner", town="Toruń")
    return directory_page()


def test_it_works(client: Client, page: DirectoryPage) -> None:
    text = client.get("/partnerzy/").content.decode()
    assert 'href="tel:+48177470600"' in text
    assert 'href="mailto:sekretariat@rops.rzeszow.pl"' in text
    assert ">rops.rzeszow.pl<" in text
    assert "Źródła nie podają danych do kontaktu." in text
    assert text.index("ROPS w\xa0Rzeszowie") < text.index("ROPS w\xa0Kielcach") < text.index("Pozostałe ośrodki")
    assert text.index("Pozostałe ośrodki") < text.index("Województwa i&nbsp;inni partnerzy") < text.index("Uniwersytet")


def test_page_of_an_organisation_says_the_way(client: Client, page: DirectoryPage) -> None:
    text = client.get("/partnerzy/rops-rzeszow/").content.decode()
    assert 'id="jak-dojechac"' in text
    assert "ul. Hetmańska 9, 35-045 Rzeszów" in text
    assert "openstreetmap.org/search?query=ul.+Hetma%C5%84ska+9%2C+35-045+Rzesz%C3%B3w" in text
    assert "<iframe" not in text
    assert "Słownego opisu dojazdu jeszcze nie ma" in text
    assert "7\xa0października\xa02021\xa0r." in text
    Organisation.objects.filter(slug="rops-rzeszow").update(directions="<p>Autobus 0A, przystanek Hetmańska.</p>")
    told = client.get("/partnerzy/rops-rzeszow/").content.decode()
    assert "Autobus 0A" in told
    assert "Słownego opisu dojazdu jeszcze nie ma" not in told


def test_what_is_not_known_is_not_invented(client: Client, page: DirectoryPage) -> None:
    text = client.get("/partnerzy/rops-kielce/").content.decode()
    assert "nie podają danych do kontaktu" in text
    assert "jak-dojechac" not in text
    assert "openstreetmap" not in text


@pytest.mark.parametrize("slug", ["nie-ma", "x" * 500, "-"])
def test_unknown_organisation_is_not_found(client: Client, page: DirectoryPage, slug: str) -> None:
    assert client.get(f"/partnerzy/{slug}/").status_code == 404


def test_empty_directory_says_so(client: Client, db: None) -> None:
    directory_page()
    assert "Lista jest jeszcze pusta" in client.get("/partnerzy/").content.decode()


def test_cost_does_not_grow(
    client: Client, page: DirectoryPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        organisation(f"Ośrodek {number}", slug=f"o-{number}", province_id="18", track="urban", role="partner")
    for address in ("/partnerzy/", "/partnerzy/o-7/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_directory_is_mapped_and_found_by_names(page: DirectoryPage) -> None:
    locations = [url["location"] for url in page.get_sitemap_urls()]
    assert f"{locations[0]}rops-rzeszow/" in locations
    assert len(locations) == 5
    assert "ROPS w Kielcach" in page.search_text()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"phone": "zadzwoń"}, "phone"),
        ({"phone": "747 06 00"}, "phone"),
        ({"street": "ul. Prosta 1", "postcode": ""}, "postcode"),
        ({"postcode": "35045"}, "postcode"),
        ({"role": "leader"}, "track"),
        ({"province_id": "2007"}, "province"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_editors_are_told_what_is_wrong(page: DirectoryPage, fields: dict[str, str], field: str) -> None:
    new = Organisation(**{"name": "Nowy", "slug": "nowy", "kind": "centre", "town": "Kielce", **fields})  # type: ignore[misc]
    with pytest.raises(ValidationError) as refused:
        new.full_clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("17 747 06 00", "tel:+48177470600"),
        ("(17) 747-06-00", "tel:+48177470600"),
        ("+48 17 747 06 00", "tel:+48177470600"),
        ("747 06 00", ""),
        ("", ""),
    ],
)
def test_numbers_are_dialled_in_full(written: str, dialled: str) -> None:
    assert phones.link(written) == dialled


@given(st.text(max_size=40))
def test_only_what_can_be_dialled_is_taken(written: str) -> None:
    try:
        phones.validate(written)
    except ValidationError:
        return
    assert phones.link(written).removeprefix("tel:+").isdecimal()
