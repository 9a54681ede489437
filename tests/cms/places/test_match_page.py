"""„Który model dla mojej gminy?”: answers, choices and help."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.models import CoursePage
from elearning.cms.models import MatchPage, TrackIndexPage, TrackPage
from elearning.institutions.models import TerritorialUnit
from tests import make

from .builders import commune, participation

pytestmark = pytest.mark.django_db

ADDRESS = "/modele/moja-gmina/"


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    call_command("load_teryt", verbosity=0)


@pytest.fixture(autouse=True)
def course(_register: None) -> CoursePage:
    """The page, the three models, and a course of the first."""
    course = make.course("Kurs dla wsi", lessons=0)
    index = make.publish(make.site().add_child(instance=TrackIndexPage(title="Modele", slug="modele")))
    for slug, track in (("gminy-wiejskie", "rural"), ("gminy-miejsko-wiejskie", "urban_rural"), ("miasta", "urban")):
        page = TrackPage(title=f"Model: {slug}", slug=slug, track=track, course=course if track == "rural" else None)
        make.publish(TrackIndexPage.objects.get(pk=index.pk).add_child(instance=page))
    page = MatchPage(title="Który model dla mojej gminy?", slug="moja-gmina", lead="Wpisz gminę.")
    make.publish(TrackIndexPage.objects.get(pk=index.pk).add_child(instance=page))
    return course


def shown(client: Client, **query: str) -> str:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("typed", ["Piątnica", "piatnica", "GMINA PIĄTNICA", "gm. piatnica", "2007052"])
def test_gmina_gets_its_model_why_and_the_course(client: Client, typed: str) -> None:
    text = shown(client, gmina=typed)
    assert "Gmina wiejska Piątnica" in text
    assert "powiat łomżyński, województwo podlaskie" in text
    assert "Model w&nbsp;gminach wiejskich" in text or "Model w\xa0gminach wiejskich" in text
    assert "To gmina wiejska." in text
    assert 'href="/modele/gminy-wiejskie/"' in text
    assert 'href="/kursy/kurs' in text


def test_closed_course_is_not_led_to(client: Client, course: CoursePage) -> None:
    course.unpublish()
    text = shown(client, gmina="Piątnica")
    assert 'href="/modele/gminy-wiejskie/"' in text
    assert "Zobacz kurs" not in text


def test_name_that_repeats_is_a_choice(client: Client) -> None:
    text = shown(client, gmina="lomza")
    assert "Wybierz swoją gminę" in text
    assert "gmina wiejska, powiat łomżyński, województwo podlaskie" in text
    assert "gmina miejska, województwo podlaskie" in text
    assert 'href="?gmina=lomza&amp;kod=2007022"' in text
    assert "Gmina wiejska Łomża" in shown(client, gmina="lomza", kod="2007022")
    city = shown(client, gmina="lomza", kod="2062011")
    assert "Miasto Łomża" in city
    assert "To miasto na prawach powiatu." in city


def test_powiat_lists_its_gminy(client: Client) -> None:
    text = shown(client, gmina="powiat łomżyński")
    assert "kod=2007022" in text
    assert "kod=2007052" in text


def test_town_of_unknown_size_is_asked_about(client: Client) -> None:
    text = shown(client, gmina="Oświęcim")
    assert "Ilu mieszkańców ma to miasto?" in text
    assert "Model dla tej gminy" not in text
    large = shown(client, gmina="Oświęcim", kod="1213011", mieszkancy="ponad")
    assert 'href="/modele/miasta/"' in large
    small = shown(client, gmina="Oświęcim", kod="1213011", mieszkancy="do")
    assert "Żaden model nie jest wprost dla tej gminy" in small
    assert 'href="/modele/gminy-wiejskie/"' in small


@pytest.mark.parametrize(("population", "expected"), [(37_000, "/modele/miasta/"), (20_000, "Żaden model")])
def test_known_size_decides_whatever_the_address_says(client: Client, population: int, expected: str) -> None:
    TerritorialUnit.objects.filter(pk="1213011").update(population=population)
    for said in ("", "ponad", "do"):
        text = shown(client, gmina="Oświęcim", mieszkancy=said)
        assert expected in text
        assert "Ilu mieszkańców ma to miasto?" not in text


def test_who_took_part_nearby(client: Client) -> None:
    participation("2007022", first_year=2019, last_year=2020)
    participation("2005092")
    participation("1808032")
    text = shown(client, gmina="Piątnica")
    assert 'href="/gminy/2007022/"' in text
    assert "W tym samym powiecie" in text
    assert "Dalej w&nbsp;województwie" in text
    assert 'href="/gminy/2005092/"' in text
    assert "1808032" not in text
    assert "Ta gmina brała udział" not in text
    participation("2007052")
    assert "Ta gmina brała udział w&nbsp;projekcie" in shown(client, gmina="Piątnica")


def test_nobody_nearby_is_said(client: Client) -> None:
    assert "W&nbsp;rejestrze nie ma innych gmin" in shown(client, gmina="Piątnica")


def test_unknown_gmina_gets_help(client: Client) -> None:
    text = shown(client, gmina="Nie ma takiej")
    assert "Nie ma takiej gminy w&nbsp;rejestrze" in text
    assert "104&nbsp;gminy z&nbsp;2477" in text
    assert 'href="/modele/gminy-miejsko-wiejskie/"' in text
    assert "Czy chodzi o" not in text


def test_a_slip_is_offered_a_correction(client: Client) -> None:
    text = shown(client, gmina="Piontnica")
    assert 'href="?gmina=Pi%C4%85tnica"' in text


@pytest.mark.parametrize(
    "typed",
    ["", " ", "x" * 500, "%'\"<\\", "🙂🙂", "' OR 1=1; DROP TABLE x; --", "\0", "<script>alert(1)</script>", "{{ 7 }}"],
)
def test_hostile_input_gets_a_sensible_page(client: Client, typed: str) -> None:
    for query in ({"gmina": typed}, {"gmina": typed, "kod": typed, "mieszkancy": typed}, {"kod": typed}):
        text = shown(client, **query)
        assert "<h1>Który model dla mojej gminy?</h1>" in text
        assert "<script>alert" not in text
        assert "Model wybierzesz też po typie gminy" in text


def test_code_alone_answers_and_a_wrong_code_helps(client: Client) -> None:
    assert "Gmina wiejska Piątnica" in shown(client, kod="2007052")
    assert "Nie ma takiej gminy" in shown(client, kod="9999999")


def test_cost_does_not_grow(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    counties = list(TerritorialUnit.objects.filter(kind="county").values_list("pk", flat=True))
    TerritorialUnit.objects.bulk_create(
        [
            TerritorialUnit(
                code=f"{counties[number % 300]}{10 + number // 300}2",
                name=f"Wola {number}",
                search_name=f"wola {number}",
                kind="commune",
                commune_type=2,
                parent_id=counties[number % 300],
            )
            for number in range(2400)
        ],
        ignore_conflicts=True,
    )
    commune("2007992", "Wola")
    for code in ("2007022", "2005092", "2006032", "2007052"):
        participation(code)
    for typed in ("Wola", "wola 1", "Wolla 17", "Piątnica", "Oświęcim", ""):
        with django_assert_max_num_queries(12):
            shown(client, gmina=typed)
