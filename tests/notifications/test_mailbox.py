"""The mailbox of a demonstration."""

from itertools import count

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from elearning.notifications.models import Message

pytestmark = pytest.mark.django_db
_numbers = count(1)


def sent(subject: str, body: str = "Treść") -> Message:
    return Message.objects.create(
        key=str(next(_numbers)), recipient="ola@example.org", subject=subject, body=body, sent_at=timezone.now()
    )


def test_it_exists_in_a_demonstration_only(client: Client, settings: Settings) -> None:
    settings.DEMO_MAILBOX = False
    assert client.get("/poczta/").status_code == 404
    settings.DEMO_MAILBOX = True
    assert "Skrzynka jest pusta" in client.get("/poczta/").content.decode()


def test_newest_message_comes_first(client: Client, settings: Settings) -> None:
    settings.DEMO_MAILBOX = True
    sent("Pierwsza")
    sent("Druga", body="Kod: 123456 <script>")
    page = client.get("/poczta/").content.decode()
    assert page.index("Druga") < page.index("Pierwsza")
    assert "Kod: 123456 &lt;script&gt;" in page


def test_writing_to_it_is_no_method(client: Client, settings: Settings) -> None:
    settings.DEMO_MAILBOX = True
    assert client.post("/poczta/").status_code == 405


def test_cost_does_not_grow_with_messages(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO_MAILBOX = True
    for number in range(45):
        sent(f"Wiadomość {number}")
    client.get("/poczta/")
    with django_assert_num_queries(2):
        page = client.get("/poczta/?strona=2").content.decode()
    assert "Wiadomość 24" in page
    assert "Wiadomość 25" not in page
