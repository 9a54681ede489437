"""A piece of news: who and when, pictures, files, related news, the way back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from elearning.accounts.models import User
from elearning.cms.models import NewsIndexPage, NewsPage
from tests import make
from tests.cms.news import builders

pytestmark = pytest.mark.django_db


def body(client: Client, page: NewsPage, query: str = "") -> str:
    response = client.get(page.get_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_names_its_author_and_the_time(client: Client, index: NewsIndexPage) -> None:
    page = body(client, builders.news(author="Anna Nowak", date=date(2021, 10, 25), time="12:30"))
    assert (
        '<time datetime="2021-10-25T12:30:00+02:00">25\xa0października\xa02021\xa0r., godz.&nbsp;12:30</time>' in page
    )
    assert "Tekst: Anna Nowak" in page


def test_a_date_that_means_something_else_says_so(client: Client, index: NewsIndexPage) -> None:
    page = body(client, builders.news(date=date(2021, 3, 5), date_note="dzień spotkania"))
    assert '<time datetime="2021-03-05">5\xa0marca\xa02021\xa0r.</time> (dzień spotkania)' in page
    assert "datePublished" not in page


def test_news_without_a_date_say_why(client: Client, index: NewsIndexPage) -> None:
    news = builders.news(date_note="źródło nie podaje daty")
    assert news.date is None
    page = body(client, news)
    assert "Bez daty: źródło nie podaje daty" in page
    assert "<time" not in page
    assert "datePublished" not in page


def test_the_lead_image_is_described(client: Client, index: NewsIndexPage) -> None:
    news = builders.news(lead_image=builders.picture(), lead_image_alt="Cztery osoby przy stole")
    page = body(client, news)
    assert 'alt="Cztery osoby przy stole"' in page
    assert 'property="og:image"' in page
    assert news.meta_image() == news.lead_image


def gallery(*rows: dict[str, Any], title: str = "Galeria") -> list[Any]:
    return [("gallery", {"title": title, "photos": list(rows)})]


def test_a_gallery_shows_described_pictures(client: Client, index: NewsIndexPage) -> None:
    rows = [
        {"image": builders.picture(), "alt": "Sala z ludźmi", "caption": "Łomża 2021"},
        {"image": builders.picture(), "alt": "Podpisanie porozumienia", "caption": ""},
    ]
    page = body(client, builders.news(body=gallery(*rows, title="Spotkanie w Łomży")))
    assert 'alt="Sala z ludźmi"' in page
    assert 'alt="Podpisanie porozumienia"' in page
    assert page.count("<figcaption>") == 1


def test_pictures_that_are_lost_are_left_out(client: Client, index: NewsIndexPage) -> None:
    lost, deleted, kept = builders.picture(), builders.picture(), builders.picture()
    rows = [
        {"image": image, "alt": f"Zdjęcie {number}", "caption": ""}
        for number, image in enumerate((lost, deleted, kept))
    ]
    news = builders.news(body=gallery(*rows))
    lost.file.storage.delete(lost.file.name)
    deleted.delete()
    page = body(client, news)
    assert 'alt="Zdjęcie 2"' in page
    assert "Zdjęcie 0" not in page
    assert "Zdjęcie 1" not in page


def test_a_file_says_its_type_and_size(client: Client, index: NewsIndexPage) -> None:
    page = body(client, builders.news(body=[("attachment", {"document": builders.file(), "title": ""})]))
    assert "Program (PDF, 2\xa0KB)" in page


def test_a_file_that_is_lost_is_no_dead_link(client: Client, index: NewsIndexPage) -> None:
    lost, deleted = builders.file("Zgubiony"), builders.file("Usunięty")
    news = builders.news(body=[("attachment", {"document": found, "title": ""}) for found in (lost, deleted)])
    lost.file.storage.delete(lost.file.name)
    address = lost.url
    deleted.delete()
    page = body(client, news)
    assert address not in page
    assert "Zgubiony" in page
    assert "teraz niedostępny" in page
    assert client.get(address).status_code == 404


def test_related_news_are_those_chosen_filled_up_by_shared_topics(client: Client, index: NewsIndexPage) -> None:
    chosen = builders.news("Wybrana", date=date(2015, 1, 1))
    builders.news("Dwa wspólne", topics=["a", "b"], date=date(2016, 1, 1))
    builders.news("Jeden wspólny nowszy", topics=["a"], date=date(2020, 1, 1))
    builders.news("Jeden wspólny starszy", topics=["b"], date=date(2018, 1, 1))
    builders.news("Obca", topics=["c"], date=date(2021, 1, 1))
    page = body(client, builders.news("Ta", topics=["a", "b"], related=[chosen]))
    below = page[page.index("Zobacz też") :]
    places = [below.index(title) for title in ("Wybrana", "Dwa wspólne", "Jeden wspólny nowszy")]
    assert places == sorted(places)
    assert "starszy" not in below
    assert "Obca" not in below


def test_related_news_that_are_gone_or_closed_are_not_named(client: Client, index: NewsIndexPage) -> None:
    gone, closed, deleted = (builders.news(title, topics=["a"]) for title in ("Zdjęta", "Zamknięta", "Usunięta"))
    news = builders.news("Ta", topics=["a"], related=[gone, closed, deleted])
    gone.unpublish()
    builders.restrict(closed)
    NewsPage.objects.get(pk=deleted.pk).delete()
    page = body(client, news)
    assert "Zobacz też" not in page


@pytest.fixture
def many(index: NewsIndexPage) -> list[NewsPage]:
    """25 news, the oldest first; every other one is about meetings."""
    return [
        builders.news(f"Numer {n}", date=date(2021, 1, 1) + timedelta(n), topics=["spotkania"] if n % 2 else ["inne"])
        for n in range(25)
    ]


def test_the_way_back_leads_to_the_page_of_the_list(client: Client, many: list[NewsPage]) -> None:
    assert 'class="link link--back" href="/aktualnosci/"' in body(client, many[24])
    assert 'href="/aktualnosci/?strona=2"' in body(client, many[10])
    assert 'href="/aktualnosci/?strona=3"' in body(client, many[0])
    assert "Numer 0" in client.get("/aktualnosci/?strona=3").content.decode()


def test_the_way_back_keeps_what_was_chosen(client: Client, many: list[NewsPage]) -> None:
    assert 'href="/aktualnosci/?temat=spotkania&amp;strona=2"' in body(client, many[1], "?temat=spotkania")
    assert 'href="/aktualnosci/?rok=2021&amp;temat=spotkania"' in body(client, many[23], "?rok=2021&temat=spotkania")


@pytest.mark.parametrize("query", ["?temat=inne", "?rok=1999", "?temat=%27%3C&rok=x", "?temat=https://evil.example"])
def test_a_way_back_that_does_not_fit_leads_to_the_whole_list(client: Client, many: list[NewsPage], query: str) -> None:
    page = body(client, many[23], query)
    assert 'class="link link--back" href="/aktualnosci/"' in page
    assert "evil.example" not in page


def test_restricted_news_ask_strangers_to_log_in(client: Client, index: NewsIndexPage, learner: User) -> None:
    news = builders.news("Zamknięta")
    builders.restrict(news)
    assert client.get(news.get_url()).status_code == 302
    client.force_login(learner)
    assert "Zamknięta" in body(client, news)


@pytest.mark.parametrize("rows", [2, 12])
def test_query_budget_holds_as_pictures_and_news_grow(
    client: Client, index: NewsIndexPage, rows: int, django_assert_max_num_queries: Any
) -> None:
    others = [builders.news(topics=["a", "b"]) for _ in range(rows)]
    photos = [{"image": builders.picture(), "alt": f"Opis {number}", "caption": ""} for number in range(rows)]
    files = [("attachment", {"document": builders.file(), "title": ""}) for _ in range(rows)]
    topics = ["a", "b", *(f"t{number}" for number in range(rows))]
    news = builders.news(body=[*gallery(*photos), *files], topics=topics, related=others[:1])
    client.get(news.get_url())
    with django_assert_max_num_queries(12):
        client.get(others[0].get_url())
    with django_assert_max_num_queries(15):  # one more each for pictures, what was made of them, and files
        client.get(news.get_url() + "?temat=a")


def test_an_article_is_published_again_without_losing_its_day(index: NewsIndexPage) -> None:
    news = builders.news()
    day = news.date
    assert day is not None
    NewsPage.objects.filter(pk=news.pk).update(first_published_at=news.first_published_at - timedelta(days=3))
    again = make.publish(NewsPage.objects.get(pk=news.pk))
    assert again.date == day
