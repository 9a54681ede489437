"""Pages outside of courses: what readers get, what editors preview, and how many queries they take."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import (
    ActivityPage,
    CatalogueIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
    QuizPage,
    TrainingIndexPage,
    TrainingPage,
)
from elearning.accounts.models import User
from elearning.cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from library.models import DocumentIndexPage, DocumentPage, VersionPage
from media.models import FilmIndexPage, FilmPage
from tests import make, trainings
from tests.courses import activities
from tests.library import documents
from tests.media import films

pytestmark = pytest.mark.django_db

PARAGRAPH = [("paragraph", "<p>Treść strony.</p>")]


@pytest.fixture
def news(site: HomePage) -> NewsIndexPage:
    return make.publish(site.add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci")))


@pytest.fixture
def as_editor(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


def add_news(news: NewsIndexPage, *days: date) -> None:
    for number, day in enumerate(days):
        index = NewsIndexPage.objects.get(pk=news.pk)
        page = NewsPage(title=f"Wiadomość {day:%Y}/{number}", slug=f"w{day:%Y}{number}", date=day, body=PARAGRAPH)
        make.publish(index.add_child(instance=page))


@pytest.fixture
def one_of_each(site: HomePage, news: NewsIndexPage) -> dict[type[Page], Page]:
    """A published page of every type."""
    add_news(news, date(2026, 10, 7))
    make.publish(
        HomePage.objects.get().add_child(instance=StandardPage(title="Kontakt", slug="kontakt", body=PARAGRAPH))
    )
    course = make.course("Kurs", lessons=1)
    make.quiz(course)
    activities.page(course)
    make.publish(films.film("Film", slug="film"))
    make.publish(films.index())
    documents.version(documents.document("Wzór", slug="wzor"), days=5)  # editors change what is not in force yet
    trainings.training()
    found = {model: model.objects.first() for model in get_page_models() if model is not Page}
    assert None not in found.values()
    return found


def test_the_types_of_pages_are_known() -> None:
    """A new type of page belongs into the tests below."""
    ours = {HomePage, StandardPage, NewsIndexPage, NewsPage}
    courses = {CatalogueIndexPage, CoursePage, ModulePage, LessonPage, ActivityPage, QuizPage}
    libraries = {FilmIndexPage, FilmPage, DocumentIndexPage, DocumentPage, VersionPage}
    events = {TrainingIndexPage, TrainingPage}
    assert set(get_page_models()) - {Page} == ours | courses | libraries | events


def test_pages_open_for_a_stranger(client: Client, one_of_each: dict[type[Page], Page]) -> None:
    known = (HomePage, StandardPage, NewsIndexPage, NewsPage, CatalogueIndexPage, CoursePage)
    libraries = (FilmIndexPage, FilmPage, DocumentIndexPage, DocumentPage, VersionPage)
    for model in (*known, *libraries, TrainingIndexPage, TrainingPage):
        response = client.get(one_of_each[model].get_url())
        assert response.status_code == 200, model
        assert response.content.decode().count("<h1") == 1, model


def test_editors_preview_every_type_of_page(as_editor: Client, one_of_each: dict[type[Page], Page]) -> None:
    for model, page in one_of_each.items():
        response = as_editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert response.status_code == 200, model
        assert page.title in response.content.decode(), model


def test_an_editor_previews_while_writing(as_editor: Client, one_of_each: dict[type[Page], Page]) -> None:
    lesson = one_of_each[LessonPage]
    form = nested_form_data(
        {
            "title": "Nowy tytuł",
            "slug": lesson.slug,
            "lead": "",
            "minutes": 5,
            "required": "on",
            "body": streamfield([("paragraph", rich_text("<p>Nowa treść.</p>"))]),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
    )
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert as_editor.post(url, form).json() == {"is_valid": True, "is_available": True}
    page = as_editor.get(url).content.decode()
    assert "Nowy tytuł" in page
    assert "Nowa treść." in page


def test_the_accessibility_checker_comes_with_the_preview_only(
    as_editor: Client, one_of_each: dict[type[Page], Page]
) -> None:
    """Its scripts and styles are Wagtail's own, which the rest of the site does not allow."""
    lesson = one_of_each[LessonPage]
    preview = as_editor.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])).content.decode()
    assert "<wagtail-userbar>" in preview
    assert "wagtail-userbar" not in as_editor.get("/").content.decode()


def test_every_type_of_page_opens_in_the_editor(as_editor: Client, one_of_each: dict[type[Page], Page]) -> None:
    for model, page in one_of_each.items():
        assert as_editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, model


def test_news_are_listed_by_year_newest_first(client: Client, news: NewsIndexPage) -> None:
    add_news(news, date(2025, 3, 1), date(2026, 5, 2), date(2026, 6, 3))
    page = client.get("/aktualnosci/").content.decode()
    assert page.index("Wiadomość 2026/2") < page.index("Wiadomość 2026/1") < page.index("Wiadomość 2025/0")
    older = client.get("/aktualnosci/?rok=2025").content.decode()
    assert "Wiadomość 2025/0" in older
    assert "Wiadomość 2026/1" not in older
    assert "Wiadomość 2026/1" in client.get("/aktualnosci/?rok=%27x&strona=-7").content.decode()


def test_news_have_pages(client: Client, news: NewsIndexPage) -> None:
    add_news(news, *[date(2026, 1, 1)] * 12)
    assert 'href="?strona=2"' in client.get("/aktualnosci/").content.decode()
    second = client.get("/aktualnosci/?rok=2026&strona=2").content.decode()
    assert "Wiadomość 2026/0" in second or "Wiadomość 2026/1" in second


def test_an_empty_list_of_news_says_so(client: Client, news: NewsIndexPage) -> None:
    assert "Nie ma jeszcze aktualności" in client.get("/aktualnosci/").content.decode()


def test_the_home_page_leads_to_the_courses_of_each_model(client: Client, site: HomePage) -> None:
    site.teasers = [("teaser", {"track": "urban", "title": "Miasta", "text": "Kooperacje 3D"})]
    make.publish(site)
    page = client.get("/").content.decode()
    assert 'href="/kursy/?model=urban"' in page


def test_the_home_page_names_the_next_trainings(client: Client, site: HomePage) -> None:
    assert "Najbliższe szkolenia" not in client.get("/").content.decode()
    for days in (40, -9, 10, 30, 20):
        trainings.training(f"Za {days} dni", on=timezone.localdate() + timedelta(days=days))
    trainings.training("Odwołane", on=timezone.localdate() + timedelta(days=5), called_off=True)
    trainings.training("Kiedyś", days=[])
    page = client.get("/").content.decode()
    places = [page.index(f"Za {days} dni") for days in (10, 20, 30)]
    assert places == sorted(places)
    assert not any(title in page for title in ("Za 40 dni", "Za -9 dni", "Odwołane", "Kiedyś"))


@pytest.mark.parametrize("rows", [2, 12])
def test_query_budgets_hold_as_news_grow(
    client: Client, news: NewsIndexPage, rows: int, django_assert_max_num_queries: Any
) -> None:
    add_news(news, *[date(2026, 1, 1)] * rows)
    for _ in range(rows):
        trainings.training()
    client.get("/")
    with django_assert_max_num_queries(7):
        client.get("/")
    with django_assert_max_num_queries(10):
        client.get("/aktualnosci/")


def test_search_engines_are_told_what_to_leave_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /redakcja/" in response.content.decode()
