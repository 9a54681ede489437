"""The editor's form of a training: what cannot be is said at its field, keeps what was typed, and changes nothing."""

import html
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.models import TrainingIndexPage, TrainingPage
from courses.trainings import page_form as training_form
from elearning.accounts.models import User
from tests import trainings

pytestmark = pytest.mark.django_db

NOTHING: Any = object()


@pytest.fixture
def index() -> TrainingIndexPage:
    return trainings.index()


@pytest.fixture
def admin(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


def blocks(*times: tuple[str, str]) -> Any:
    rows = [
        {"value": {"start": start, "end": end, "topic": f"Temat {number}", "trainer": "", "hours": "4"}}
        for number, (start, end) in enumerate(times)
    ]
    return {
        "count": str(len(rows)),
        **{str(n): {**row, "deleted": "", "order": str(n), "type": "item"} for n, row in enumerate(rows)},
    }


def day(in_days: int = 30, *times: tuple[str, str]) -> tuple[str, Any]:
    date = timezone.localdate() + timedelta(days=in_days)
    return "day", {"date": date.isoformat(), "blocks": blocks(*(times or (("9:00", "12:00"),)))}


def typed(*, days: Any = NOTHING, **fields: Any) -> dict[str, Any]:
    """What a browser sends from the form of a new training, which is published."""
    return nested_form_data(
        {
            "title": "Szkolenie",
            "slug": "szkolenie",
            "lead": "",
            "kind": "course",
            "about": rich_text("<p>Opis</p>"),
            "days": streamfield([day()] if days is NOTHING else days),
            "zone": "Europe/Warsaw",
            "mode": "on_site",
            "venue": "Sala",
            "has_registration": "on",
            "automatic_promotion": "on",
            "criteria": streamfield([]),
            "questions": streamfield([]),
            "quotas": inline_formset([]),
            "rules": rich_text(""),
            "reminder_days": "7, 1",
            "presence_share": "75",
            "lateness": "15",
            "gives_certificates": "on",
            "certificate_share": "80",
            "materials": streamfield([]),
            "survey": streamfield([]),
            "action-publish": "1",
            **fields,
        }
    )


def send(admin: Client, index: TrainingIndexPage, **fields: Any) -> Any:
    return admin.post(f"/redakcja/pages/add/courses/trainingpage/{index.pk}/", typed(**fields))


def test_a_training_is_published(admin: Client, index: TrainingIndexPage) -> None:
    response = send(admin, index, capacity="20", days=[day(31, ("13:00", "16:00"), ("9:00", "12:00")), day(30)])
    assert response.status_code == 302
    page = TrainingPage.objects.get()
    assert page.live
    assert page.starts_at is not None
    assert timezone.localdate(page.starts_at) == timezone.localdate() + timedelta(days=30)
    assert page.ends_at is not None
    assert timezone.localtime(page.ends_at).hour == 16


SOON = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
LATER = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
MUCH_LATER = (timezone.now() + timedelta(days=90)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"capacity": "-3"}, "większa lub równa 0"),
        ({"capacity": "0"}, "większa lub równa 1"),
        ({"capacity": "dużo"}, "Wpisz liczbę całkowitą"),
        ({"days": [day(30, ("12:00", "9:00"))]}, "Koniec musi być po początku"),
        ({"days": [day(30, ("9:00", "11:00"), ("10:00", "12:00"))]}, "zaczyna się, zanim skończy się"),
        ({"days": [day(30), day(30)]}, "Ten dzień jest już"),
        ({"registration_opens_at": LATER, "registration_closes_at": SOON}, training_form.END_BEFORE_START),
        ({"registration_closes_at": MUCH_LATER}, training_form.CLOSES_TOO_LATE),
        ({"venue": ""}, training_form.NO_PLACE),
        ({"by_criteria": "on"}, training_form.NO_CRITERIA),
        ({"called_off": "on"}, "Napisz, dlaczego odwołujesz"),
        ({"reminder_days": "jutro"}, "Podaj liczby dni po przecinku"),
        ({"certificate_share": "0"}, "większa lub równa 1"),
        ({"offer_hours": "0"}, "większa lub równa 1"),
        ({"join_url": "javascript:alert(1)"}, "Wpisz poprawny URL."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_what_cannot_be_is_said(admin: Client, index: TrainingIndexPage, fields: dict[str, Any], said: str) -> None:
    response = send(admin, index, lead="Moja zapowiedź", **fields)
    text = response.content.decode().replace("&nbsp;", "\xa0")
    assert response.status_code == 200
    # Errors of a stream come as JSON, which its script shows at the block.
    assert said in text or json.dumps(said)[1:-1] in html.unescape(text)
    assert "Moja zapowiedź" in text
    assert not TrainingPage.objects.exists()


def test_a_training_online_needs_no_place(admin: Client, index: TrainingIndexPage) -> None:
    assert send(admin, index, mode="online", venue="").status_code == 302


def test_a_draft_may_wait_for_its_days(admin: Client, index: TrainingIndexPage) -> None:
    assert send(admin, index, days=[]).status_code == 302
    assert TrainingPage.objects.get().starts_at is None


def test_the_list_of_trainings_keeps_its_address(admin: Client, index: TrainingIndexPage) -> None:
    index.slug = "inne"
    with pytest.raises(Exception, match="stały adres"):
        index.full_clean()
