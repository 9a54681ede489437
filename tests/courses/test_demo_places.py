"""The demo's register of gminy and its directory: what the sources say, and no more."""

import re

import pytest
from django.core.management import call_command

from courses.demo import places
from courses.demo.files import read
from courses.demo.streams import Shelves
from elearning.cms.models import (
    DirectoryPage,
    HomePage,
    MatchPage,
    Organisation,
    Participation,
    PlacesPage,
    TrackIndexPage,
)
from elearning.institutions.models import TerritorialUnit
from tests import make

pytestmark = pytest.mark.django_db

# Rows 70–76 of the inventory of the sources: code, name and powiat as the sources write them.
NAMED = {
    "0603072": ("Leśniowice", "chełmski"),
    "0609082": ("Konopnica", "lubelski"),
    "0609142": ("Wólka", "lubelski"),
    "0610012": ("Cyców", "łęczyński"),
    "0610062": ("Spiczyn", "łęczyński"),
    "2007022": ("Łomża", "łomżyński"),
    "2007052": ("Piątnica", "łomżyński"),
}
SEATS = {
    *("Białystok", "Gdańsk", "Katowice", "Kielce", "Kraków", "Lublin", "Łódź", "Olsztyn", "Opole", "Poznań"),
    *("Rzeszów", "Szczecin", "Toruń", "Warszawa", "Zielona Góra"),
}
LEADERS = {"rural": "Rzeszów", "urban_rural": "Toruń", "urban": "Katowice"}
CONTACT = ("street", "phone", "fax", "email")


@pytest.fixture(autouse=True)
def built(db: None) -> HomePage:
    """Built as the demo does, after the register and the page of the models."""
    call_command("load_teryt", verbosity=0)
    home = make.site()
    make.publish(home.add_child(instance=TrackIndexPage(title="Modele", slug="modele")))
    places.build(home, Shelves({}, {}))
    return home


def test_gminy_of_the_sources_are_there() -> None:
    for code, (name, county) in NAMED.items():
        unit = TerritorialUnit.objects.select_related("parent").get(pk=code)
        assert (unit.name, unit.parent.name if unit.parent else "") == (name, county)
        entry = Participation.objects.get(unit=unit)
        assert (entry.track, entry.phase, entry.source != "") == ("rural", "testing", True)


def test_every_unit_of_the_file_is_in_the_register_once() -> None:
    codes = [code for row in read("places.toml")["participation"] for code in row["units"]]
    assert len(codes) == len(set(codes))
    assert set(Participation.objects.values_list("unit_id", flat=True)) == set(codes)
    for entry in Participation.objects.select_related("unit"):
        entry.full_clean()


def test_model_fits_the_type_of_each_gmina() -> None:
    fitting = {1: "urban", 2: "rural", 3: "urban_rural"}
    for entry in Participation.objects.filter(unit__kind="commune").select_related("unit"):
        assert fitting[entry.unit.commune_type or 0] == entry.track, entry


def test_list_that_the_source_cuts_off_is_not_called_complete() -> None:
    assert not Participation.objects.get(unit="0610062").list_is_complete
    text = str(PlacesPage.objects.get().body)
    assert "urywa się" in text
    assert "Nikogo nie dopisaliśmy" in text


def test_fifteen_centres_and_their_leaders() -> None:
    centres = Organisation.objects.filter(kind="centre")
    assert {centre.town for centre in centres} == SEATS
    assert centres.count() == 15
    assert {centre.track: centre.town for centre in centres.filter(role="leader")} == LEADERS
    for organisation in Organisation.objects.all():
        organisation.full_clean()


def test_contact_of_the_leader_is_that_of_the_source() -> None:
    leader = Organisation.objects.get(slug="rops-rzeszow")
    assert (leader.street, leader.postcode, leader.town) == ("ul. Hetmańska 9", "35-045", "Rzeszów")
    assert (leader.phone, leader.fax, leader.email) == (
        "17 747 06 00",
        "17 747 06 01",
        "sekretariat@rops.rzeszow.pl",
    )
    assert leader.directions == ""  # no source describes the way


def test_whatever_contact_is_given_has_a_source_and_a_day() -> None:
    for organisation in Organisation.objects.all():
        if any(getattr(organisation, name) for name in CONTACT):
            assert organisation.source, organisation
            assert organisation.checked_on, organisation


def test_partners_of_the_first_project_and_the_university() -> None:
    provinces = Organisation.objects.filter(kind="voivodeship").values_list("province__name", flat=True)
    assert sorted(provinces) == ["lubelskie", "mazowieckie", "podkarpackie", "podlaskie", "świętokrzyskie"]
    assert Organisation.objects.get(kind="other").track == "urban_rural"


def test_ten_kinds_of_provincial_bodies_are_named() -> None:
    assert len(re.findall("<li>", str(DirectoryPage.objects.get().body))) == 10


def test_second_run_changes_nothing(built: HomePage) -> None:
    entry = Participation.objects.get(unit="2007052")
    entry.source = "Poprawka redakcji"
    entry.save()
    before = [model.objects.count() for model in (Participation, Organisation, PlacesPage, DirectoryPage, MatchPage)]
    places.build(built, Shelves({}, {}))
    after = [model.objects.count() for model in (Participation, Organisation, PlacesPage, DirectoryPage, MatchPage)]
    assert before == after
    assert after[-1] == 1
    entry.refresh_from_db()
    assert entry.source == "Poprawka redakcji"
