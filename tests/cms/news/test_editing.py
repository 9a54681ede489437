"""News as an editor writes them: proposals, errors at their fields, publishing on a day to come."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from elearning.accounts.models import User
from elearning.cms.models import NewsIndexPage, NewsPage, NewsTag
from tests.cms.news import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


def form(**fields: Any) -> Any:
    """What the form sends of news with one paragraph."""
    return nested_form_data(
        {
            "title": "Zaproszenie na spotkanie",
            "slug": "zaproszenie",
            "lead": "Zapraszamy.",
            "body": streamfield([("paragraph", rich_text("<p>Przyjdź.</p>"))]),
            "related_links": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def send(client: Client, index: NewsIndexPage, **fields: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=("cms", "newspage", index.pk))
    return client.post(address, form(**fields))


def errors(response: Any) -> str:
    assert response.status_code == 200, "It was saved."
    return response.content.decode()


def test_the_form_proposes_the_editor_and_explains_in_polish(as_editor: Client, index: NewsIndexPage) -> None:
    page = as_editor.get(reverse("wagtailadmin_pages:add", args=("cms", "newspage", index.pk))).content.decode()
    assert 'value="Adam Mazur"' in page
    for words in ("Kto i\xa0kiedy", "wpiszemy dzień publikacji", "Zdjęcie główne", "tematy", "Zobacz też"):
        assert words.lower() in page.lower(), words


def test_title_and_text_are_enough_to_publish_today(as_editor: Client, index: NewsIndexPage) -> None:
    response = send(as_editor, index, **{"author": "Adam Mazur", "action-publish": "1", "tags": "Spotkania"})
    assert response.status_code == 302
    news = NewsPage.objects.get()
    assert news.live
    assert news.date == timezone.localdate()
    assert news.moment == news.first_published_at
    text = as_editor.get("/aktualnosci/zaproszenie/").content.decode()
    assert "Tekst: Adam Mazur" in text
    assert "Spotkania" in text
    assert "godz." in text


def test_a_topic_is_not_made_twice(as_editor: Client, index: NewsIndexPage) -> None:
    builders.news(topics=["rodzina"])
    send(as_editor, index, **{"tags": "RODZINA, Gminy, gminy", "action-publish": "1"})
    assert sorted(NewsTag.objects.values_list("name", flat=True)) == ["Gminy", "rodzina"]


def test_a_draft_gets_the_day_on_which_it_is_published(as_editor: Client, index: NewsIndexPage) -> None:
    send(as_editor, index)
    news = NewsPage.objects.get()
    assert not news.live
    assert news.date is None
    news.get_latest_revision().publish()
    assert NewsPage.objects.get().date == timezone.localdate()


def test_what_is_planned_goes_live_by_the_clock_with_the_day_of_then(
    as_editor: Client, index: NewsIndexPage, client: Client
) -> None:
    then = timezone.localtime() + timedelta(days=3)
    send(as_editor, index, **{"go_live_at": then.strftime("%Y-%m-%d %H:%M"), "action-publish": "1"})
    news = NewsPage.objects.get()
    assert not news.live
    assert news.date is None
    stranger = Client()
    call_command("publish_scheduled")
    assert stranger.get("/aktualnosci/zaproszenie/").status_code == 404
    assert "Zaproszenie" not in stranger.get("/aktualnosci/").content.decode()
    assert "Zaproszenie" not in stranger.get("/aktualnosci/-/kanal.atom").content.decode()

    revision = news.get_latest_revision()
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled")
    news = NewsPage.objects.get()
    assert news.live
    assert news.date == timezone.localdate()
    assert "Zaproszenie" in stranger.get("/aktualnosci/").content.decode()
    assert "Zaproszenie" in stranger.get("/aktualnosci/-/kanal.atom").content.decode()


def test_a_date_that_was_given_stays(as_editor: Client, index: NewsIndexPage) -> None:
    send(as_editor, index, **{"date": "2021-10-25", "time": "12:30", "action-publish": "1"})
    news = NewsPage.objects.get()
    assert news.date == date(2021, 10, 25)
    assert news.moment == timezone.make_aware(datetime(2021, 10, 25, 12, 30))  # noqa: DTZ001 - made aware here


def test_an_image_without_a_description_is_refused_at_its_field(as_editor: Client, index: NewsIndexPage) -> None:
    page = errors(send(as_editor, index, lead_image=builders.picture().pk, lead_image_alt=" "))
    assert "Opisz zdjęcie główne" in page
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize(("alt", "said"), [("", "To pole jest wymagane"), ("IMG_1234.JPG", "To nazwa pliku")])
def test_a_photo_without_a_description_is_refused_at_its_field(
    as_editor: Client, index: NewsIndexPage, alt: str, said: str
) -> None:
    photo = {"image": builders.picture().pk, "alt": alt, "caption": ""}
    gallery = {
        "title": "",
        "photos": {"count": "1", "0": {"deleted": "", "order": "0", "id": "", "value": photo, "type": "item"}},
    }
    body = streamfield([("gallery", gallery)])
    page = errors(send(as_editor, index, **{"body": body, "action-publish": "1"}))
    assert said in page
    assert not NewsPage.objects.exists()
