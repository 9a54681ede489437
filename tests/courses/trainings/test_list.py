"""The list of trainings and their calendar: what they show, what they find, what they cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from courses.models import TrainingIndexPage, TrainingPage, TrainingSeries
from elearning.accounts.models import User
from elearning.institutions.models import TerritorialUnit
from elearning.records.places import Standing
from tests import make, trainings

pytestmark = pytest.mark.django_db


def text(query: str = "", client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/szkolenia/{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def one_day(title: str, on: date, **fields: Any) -> TrainingPage:
    return trainings.training(title, days=[trainings.day(on)], **fields)


def full(page: TrainingPage, **numbers: int) -> None:
    """Registrations of these standings, by their names."""
    for standing, number in numbers.items():
        for _ in range(number):
            trainings.registered(page, standing=Standing(standing))


TITLES = ("Konferencja w Łomży", "Webinarium o prawie", "Szkolenie PCPR")


@pytest.fixture
def three() -> list[TrainingPage]:
    """A conference in a town, a webinar of a series, a course in a powiat with one model."""
    poland = {"20": "podlaskie", "26": "świętokrzyskie"}
    for code, name in poland.items():
        TerritorialUnit.objects.create(code=code, name=name, kind="voivodeship")
    town = TerritorialUnit.objects.create(code="2062011", name="Łomża", kind="commune", commune_type=1)
    county = TerritorialUnit.objects.create(code="2604", name="kielecki", kind="county")
    series = TrainingSeries.objects.create(name="Szkoła Kooperacji")
    return [
        one_day("Konferencja w Łomży", in_days(20), kind="conference", place=town, address="ul. Szkolna 1, Łomża"),
        one_day("Webinarium o prawie", in_days(10), kind="webinar", mode="online", series=series, venue=""),
        one_day(
            "Szkolenie PCPR", in_days(30), place=county, urban=False, urban_rural=False, audience="Pracownicy powiatów."
        ),
    ]


def shown(query: str) -> list[str]:
    page = text(query)
    return sorted((title for title in TITLES if title in page), key=page.index)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Webinarium o prawie", "Konferencja w Łomży", "Szkolenie PCPR"]),
        ("?rodzaj=webinar", ["Webinarium o prawie"]),
        ("?tryb=on_site", ["Konferencja w Łomży", "Szkolenie PCPR"]),
        ("?model=urban", ["Webinarium o prawie", "Konferencja w Łomży"]),
        ("?wojewodztwo=20", ["Konferencja w Łomży"]),
        ("?wojewodztwo=26", ["Szkolenie PCPR"]),
        ("?wojewodztwo=26&rodzaj=webinar", []),
        ("?rodzaj=x&model=&wojewodztwo=99&cykl=abc&widok=obrazek", list(TITLES)),
    ],
)
def test_trainings_are_chosen_by_what_stands_in_the_address(
    three: list[TrainingPage], query: str, expected: list[str]
) -> None:
    found = shown(query)
    assert found == expected or sorted(found) == sorted(expected) == sorted(TITLES)


def test_a_series_is_chosen(three: list[TrainingPage]) -> None:
    TrainingSeries.objects.create(name="Cykl bez szkoleń")
    assert shown(f"?cykl={three[1].series_id}") == ["Webinarium o prawie"]
    assert "Cykl bez szkoleń" not in text()


@pytest.mark.usefixtures("indexing")
def test_words_are_found_whatever_their_endings(three: list[TrainingPage]) -> None:
    call_command("update_index", verbosity=0)
    assert shown("?q=konferencje") == ["Konferencja w Łomży"]
    assert shown("?q=szkolna lomza") == ["Konferencja w Łomży"]
    assert shown("?q=POWIAT") == ["Szkolenie PCPR"]
    assert shown("?q=lokomotywa") == []
    assert "Nie ma takich wydarzeń" in text("?q=lokomotywa")


def test_past_trainings_are_in_the_archive_the_latest_first() -> None:
    one_day("Dawne", date(2021, 3, 5))
    one_day("Niedawne", in_days(-3))
    one_day("Przyszłe", in_days(3))
    coming, archive = text(), text("?widok=archiwum")
    assert "Przyszłe" in coming
    assert "Dawne" not in coming
    assert archive.index("Niedawne") < archive.index("Dawne")
    assert "Przyszłe" not in archive
    assert "5 marca 2021 r." in archive
    assert "już się odbyło" in archive


def test_what_goes_on_now_is_still_listed_and_what_has_no_days_yet_comes_last() -> None:
    trainings.training("Trwa", on=in_days(-1), days=[trainings.day(in_days(-1)), trainings.day(in_days(1))])
    trainings.training("Kiedyś", days=[])
    one_day("Wkrótce", in_days(5))
    page = text()
    assert page.index("Trwa") < page.index("Wkrótce") < page.index("Kiedyś")
    assert "termin podamy wkrótce" in page


@pytest.mark.parametrize(
    ("fields", "numbers", "words"),
    [
        ({"capacity": 20}, {"admitted": 16, "offered": 1}, "wolne miejsca: 3 z 20"),
        ({"capacity": 2}, {"admitted": 2, "reserved": 1}, "brak miejsc – lista rezerwowa"),
        ({"capacity": 2, "automatic_promotion": False}, {"admitted": 1, "reserved": 1}, "brak miejsc – lista"),
        ({"capacity": 2}, {"cancelled": 2, "rejected": 1, "lapsed": 1}, "wolne miejsca: 2 z 2"),
        ({}, {"admitted": 2}, "zapisy otwarte"),
        ({"has_registration": False}, {}, "bez zapisów na platformie"),
        ({"by_invitation": True}, {}, "tylko dla osób zaproszonych"),
        ({"called_off": True, "called_off_reason": "Choroba."}, {}, "odwołane"),
        ({"registration_opens_at": timezone.now() + timedelta(days=3)}, {}, "zapisy od "),
        ({"registration_closes_at": timezone.now() - timedelta(days=3)}, {}, "zapisy zakończone"),
    ],
)
def test_a_card_says_whether_one_can_register(fields: Any, numbers: dict[str, int], words: str) -> None:
    full(one_day("Szkolenie", in_days(9), **fields), **numbers)
    assert words in text()


def test_only_trainings_with_free_places_on_demand() -> None:
    for number, (title, fields, numbers) in enumerate(
        [
            ("Pełne", {"capacity": 2}, {"admitted": 2}),
            ("Z miejscem", {"capacity": 2}, {"admitted": 1, "cancelled": 4}),
            ("Zaoferowane", {"capacity": 1}, {"offered": 1}),
            ("Bez granic", {}, {"admitted": 3}),
            ("Ręczne", {"capacity": 2, "automatic_promotion": False}, {"admitted": 1, "reserved": 1}),
            ("Odwołane", {"called_off": True}, {}),
            ("Zamknięte", {"registration_closes_at": timezone.now() - timedelta(hours=1)}, {}),
            ("Wkrótce otwarte", {"registration_opens_at": timezone.now() + timedelta(days=1)}, {}),
            ("Zaproszeni", {"by_invitation": True}, {}),
            ("Gdzie indziej", {"has_registration": False}, {}),
        ]
    ):
        full(one_day(f"{title}.", in_days(9 + number), **fields), **numbers)
    page = text("?wolne=on")
    assert [title for title in ("Z miejscem.", "Bez granic.", "Wkrótce otwarte.") if title not in page] == []
    refused = ("Pełne.", "Zaoferowane.", "Ręczne.", "Odwołane.", "Zamknięte.", "Zaproszeni.", "Gdzie indziej.")
    assert [title for title in refused if title in page] == []


def test_a_card_says_when_where_and_by_whom(three: list[TrainingPage]) -> None:
    trainings.training("Dwa dni", on=date(2027, 3, 27), organiser="ROPS w Łodzi", zone="Europe/Kyiv")
    page = text()
    assert "27–28 marca 2027 r." in page
    assert "9:00–16:00 (czas w Kijowie)" in page
    assert "Organizator: ROPS w Łodzi" in page
    assert "ul. Szkolna 1, Łomża" in page
    assert "<span>online</span>" in page
    assert "webinarium, Szkoła Kooperacji" in page


def test_the_calendar_shows_a_month_with_hours() -> None:
    trainings.training("Szkolenie w marcu", on=date(2027, 3, 27))
    one_day("Kwietniowe", date(2027, 4, 1), called_off=True)
    march = text("?widok=kalendarz&miesiac=2027-03")
    assert march.count("Szkolenie w marcu") == 2
    assert "dzień 1 z 2" in march
    assert 'datetime="2027-03-27"' in march
    assert "9:00–16:00" in march
    assert "Kwietniowe" not in march
    assert "widok=kalendarz&amp;miesiac=2027-04" in march
    april = text("?widok=kalendarz&miesiac=2027-04")
    assert "Kwietniowe" in april
    assert "odwołane" in april
    assert "miesiac=2027-03" in april
    assert "miesiac=2027-05" not in april


def test_the_calendar_has_days_at_the_ends_of_a_month_in_wall_time() -> None:
    early, late = trainings.block("0:10", "1:00"), trainings.block("23:00", "23:50")
    trainings.training("Nocne", days=[trainings.day(date(2027, 4, 1), early)])
    trainings.training("Wieczorne", days=[trainings.day(date(2027, 3, 31), late)])
    march, april = (text(f"?widok=kalendarz&miesiac=2027-0{number}") for number in (3, 4))
    assert ("Wieczorne" in march, "Nocne" in march) == (True, False)
    assert ("Wieczorne" in april, "Nocne" in april) == (False, True)


def test_filters_stay_from_view_to_view_and_months_do_not(three: list[TrainingPage]) -> None:
    page = text("?widok=kalendarz&miesiac=2027-03&rodzaj=webinar&strona=4&q=")
    assert 'href="/szkolenia/?rodzaj=webinar"' in page
    assert 'href="/szkolenia/?rodzaj=webinar&amp;widok=archiwum"' in page
    assert 'name="widok" value="kalendarz"' in page


@pytest.mark.parametrize(
    "query",
    [
        "?q=" + "a" * 500,
        "?q=%25%27%22%3C%5C",
        "?q=%00",
        "?strona=9999",
        "?strona=x",
        "?widok=kalendarz&miesiac=0000-00",
        "?widok=kalendarz&miesiac=2027-13",
        "?widok=kalendarz&miesiac=9999-12",
        "?widok=kalendarz&miesiac=2099-12",
        "?widok=kalendarz&miesiac=2000-01",
        "?widok=kalendarz&miesiac=%D9%A2%D9%A0%D9%A2%D9%A7-03",
        "?cykl=99999999999999999999",
        "?wolne=%00",
    ],
)
def test_odd_addresses_give_sensible_pages(three: list[TrainingPage], query: str) -> None:
    text(query)


def test_drafts_are_not_listed() -> None:
    one_day("Szkic", in_days(5)).unpublish()
    assert "Szkic" not in text()
    assert "Szkic" not in text(f"?widok=kalendarz&miesiac={in_days(5):%Y-%m}")


def test_an_empty_list_says_so() -> None:
    trainings.index()
    assert "Nie ma nadchodzących wydarzeń" in text()
    assert "Archiwum jest jeszcze puste" in text("?widok=archiwum")
    assert "W tym miesiącu nie ma wydarzeń" in text("?widok=kalendarz")
    assert "Nie ma takich wydarzeń" in text("?rodzaj=webinar")


def test_there_is_no_list_before_it_is_published() -> None:
    TrainingIndexPage.objects.filter(pk=trainings.index().pk).update(live=False)
    assert Client().get("/szkolenia/").status_code == 404


def test_the_list_goes_over_several_pages() -> None:
    for number in range(14):
        one_day(f"Szkolenie {number}", in_days(number + 1), mode="online")
    assert "14 wydarzeń" in text()
    assert "?tryb=online&amp;strona=2" in text("?tryb=online")
    assert "Szkolenie 13" in text("?strona=2")


def test_nothing_personal_is_in_the_list(as_learner: Client, learner: User) -> None:
    page = one_day("Szkolenie", in_days(4), capacity=3)
    trainings.registered(page, user=learner)
    assert "Masz miejsce" not in text(client=as_learner)
    assert "wolne miejsca: 2 z 3" in text(client=as_learner)


@pytest.mark.usefixtures("indexing")
@pytest.mark.parametrize("number", [3, 24])
def test_the_list_costs_the_same_for_many_trainings(
    number: int, three: list[TrainingPage], django_assert_max_num_queries: Any
) -> None:
    for each in range(number):
        page = one_day(
            f"Szkolenie prawne numer {each}", in_days(each + 2), capacity=9, place_id="26", series=three[1].series
        )
        full(page, admitted=2, reserved=1)
    call_command("update_index", verbosity=0)
    text()
    with django_assert_max_num_queries(8):
        text()
    with django_assert_max_num_queries(12):
        text("?q=szkolenia prawne numer sala&model=rural&wojewodztwo=26&wolne=on&tryb=on_site")
    with django_assert_max_num_queries(8):
        text(f"?widok=kalendarz&miesiac={in_days(9):%Y-%m}")
    client = Client()
    client.force_login(make.user())
    text(client=client)
    with django_assert_max_num_queries(10):
        text(client=client)
