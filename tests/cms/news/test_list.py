"""The list of news: pages, archive, topics, junk in the address."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from elearning.accounts.models import User
from elearning.cms.models import NewsIndexPage, NewsTag
from tests.cms.news import builders

pytestmark = pytest.mark.django_db
URL = "/aktualnosci/"
JUNK = ["9999", "-1", "0", "x", "", "1e3", "😀", "%'\"<\\", "1; DROP TABLE", "9" * 500, "2021-01", "\x00"]


def body(client: Client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(client: Client, index: NewsIndexPage) -> None:
    builders.news("Spotkanie", lead="Było spotkanie.", date=date(2021, 3, 5), topics=["Spotkania"])
    page = body(client)
    assert "5\xa0marca\xa02021\xa0r." in page
    assert "Było spotkanie." in page
    assert 'Czytaj więcej<span class="visually-hidden"> – Spotkanie</span>' in page
    assert f'href="{URL}?temat=spotkania"' in page


def test_the_newest_come_first_and_the_undated_last(client: Client, index: NewsIndexPage) -> None:
    builders.news("Bez daty", date_note="źródło nie podaje daty")
    builders.news("Starsza", date=date(2020, 1, 1))
    builders.news("Nowa rano", date=date(2021, 1, 1), time="08:00")
    builders.news("Nowa wieczorem", date=date(2021, 1, 1), time="20:00")
    page = body(client)
    places = [page.index(f" – {title}</span>") for title in ("Nowa wieczorem", "Nowa rano", "Starsza", "Bez daty")]
    assert places == sorted(places)


def test_the_archive_counts_years(client: Client, index: NewsIndexPage) -> None:
    builders.news("Pierwsza", date=date(2020, 1, 1))
    builders.news("Druga", date=date(2021, 5, 1))
    builders.news("Trzecia", date=date(2021, 12, 31))
    builders.news("Czwarta", date_note="nikt nie wie")
    page = body(client)
    for query, label, number in (("2021", "2021", 2), ("2020", "2020", 1), ("bez-daty", "bez daty", 1)):
        assert f'href="{URL}?rok={query}">{label}&nbsp;<span class="news-filters__number">({number})' in page
    of_2021 = body(client, "?rok=2021")
    assert "Druga" in of_2021
    assert "Trzecia" in of_2021
    assert "Pierwsza" not in of_2021
    assert "Czwarta" in body(client, "?rok=bez-daty")
    assert "Druga" not in body(client, "?rok=bez-daty")


def test_topics_filter_and_go_with_years(client: Client, index: NewsIndexPage) -> None:
    builders.news("Łódzka", date=date(2020, 1, 1), topics=["Łódź", "spotkania"])
    builders.news("Nowsza", date=date(2021, 1, 1), topics=["Łódź"])
    builders.news("Inna", date=date(2021, 1, 1), topics=["spotkania"])
    page = body(client, "?temat=lodz")
    assert "Łódzka" in page
    assert "Inna" not in page
    assert f'href="{URL}?rok=2020&amp;temat=lodz"' in page
    both = body(client, "?rok=2020&temat=lodz")
    assert "Łódzka" in both
    assert "Nowsza" not in both
    assert "Aktualności: Łódź, 2020" in both


def test_each_filter_counts_what_the_other_leaves(client: Client, index: NewsIndexPage) -> None:
    builders.news(date=date(2020, 1, 1), topics=["gminy", "stare"])
    builders.news(date=date(2021, 1, 1), topics=["gminy"])
    builders.news(date=date(2021, 2, 1), topics=["powiaty"])
    in_2021 = body(client, "?rok=2021")
    assert 'temat=gminy">gminy&nbsp;<span class="news-filters__number">(1)' in in_2021
    assert "stare" not in in_2021
    assert '?rok=2021&amp;temat=gminy">2021&nbsp;<span class="news-filters__number">(1)' in body(client, "?temat=gminy")
    assert "Pokazujemy pozostałe" in body(client, "?rok=2021&temat=stare")


def test_topics_stand_in_the_order_of_the_alphabet(client: Client, index: NewsIndexPage) -> None:
    builders.news(topics=["Zespoły", "Łódź", "ćwiczenia", "Lublin"])
    page = body(client)
    places = [page.index(f"?temat={slug}") for slug in ("cwiczenia", "lublin", "lodz", "zespoly")]
    assert places == sorted(places)


def test_topics_whose_names_come_out_alike_have_addresses_of_their_own(index: NewsIndexPage) -> None:
    builders.news(topics=["Łódź", "Lodz", "???"])
    assert sorted(NewsTag.objects.values_list("slug", flat=True)) == ["lodz", "lodz-1", "temat"]


def test_pages_keep_what_was_chosen(client: Client, index: NewsIndexPage) -> None:
    for number in range(12):
        builders.news(f"Numer {number}", date=date(2021, 1, 1) + timedelta(number), topics=["spotkania"])
    assert 'href="?temat=spotkania&amp;strona=2"' in body(client, "?temat=spotkania")
    second = body(client, "?temat=spotkania&strona=2")
    assert "Numer 0" in second
    assert "Numer 11" not in second
    assert 'href="/aktualnosci/wiadomosc-' in second
    assert '?temat=spotkania">Numer 0' in second


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("name", ["strona", "rok", "temat"])
def test_junk_in_the_address_gives_a_list(client: Client, index: NewsIndexPage, name: str, junk: str) -> None:
    builders.news("Jedyna", date=date(2021, 1, 1), topics=["spotkania"])
    assert "Jedyna" in body(client, f"?{name}={quote(junk)}")


def test_a_page_too_far_is_the_last_one(client: Client, index: NewsIndexPage) -> None:
    for number in range(11):
        builders.news(f"Numer {number}", date=date(2021, 1, 1) + timedelta(number))
    assert "Numer 0" in body(client, "?strona=9999")
    assert "Numer 10" in body(client, "?page=9999")


def test_a_topic_that_is_gone_is_said_to_be(client: Client, index: NewsIndexPage) -> None:
    builders.news("Jedyna")
    page = body(client, "?temat=dawny")
    assert "Pokazujemy pozostałe" in page
    assert "Jedyna" in page


@pytest.mark.parametrize("query", ["", "?rok=2021", "?temat=x", "?strona=9999"])
def test_an_empty_list_says_so(client: Client, index: NewsIndexPage, query: str) -> None:
    assert "Nie ma jeszcze aktualności" in body(client, query)


def test_news_without_a_lead_show_the_beginning_of_their_text(client: Client, index: NewsIndexPage) -> None:
    builders.news(body=[("heading", {"text": "Wstęp", "level": "h2"}), ("paragraph", "<p>Początek <b>tekstu</b>.</p>")])
    builders.news("Pusta", body=[])
    assert "Początek tekstu ." in body(client) or "Początek tekstu." in body(client)


def test_restricted_news_and_drafts_are_not_listed_for_strangers(
    client: Client, index: NewsIndexPage, learner: User
) -> None:
    closed = builders.news("Tylko dla zalogowanych", topics=["tajne"], date=date(2019, 1, 1))
    builders.restrict(closed)
    builders.news("Zdjęta", topics=["zdjete"]).unpublish()
    builders.news("Otwarta", topics=["jawne"], date=date(2021, 1, 1))
    page = body(client)
    assert "Otwarta" in page
    for hidden in ("Tylko dla zalogowanych", "tajne", "2019", "Zdjęta", "zdjete"):
        assert hidden not in page
    assert "Tylko dla zalogowanych" not in client.get("/").content.decode()
    client.force_login(learner)
    assert "Tylko dla zalogowanych" in body(client)


@pytest.mark.parametrize("rows", [3, 25])
def test_query_budget_holds_as_news_grow(
    client: Client, index: NewsIndexPage, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        builders.news(date=date(2000 + number, 1, 1), topics=["spotkania", f"temat {number}", "gminy"])
    client.get(URL)
    for query in ("", "?temat=gminy", "?rok=2001&temat=gminy"):
        with django_assert_max_num_queries(12):
            client.get(URL + query)
