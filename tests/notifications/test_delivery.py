"""Sending: each message once, whatever fails and however many workers there are."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from pytest_django import Settings

from elearning.notifications import delivery
from elearning.notifications.models import CLAIM_LASTS, Message

NOW = timezone.now()


class BrokenBackend(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("ola@example.org")


@pytest.fixture
def broken(settings: Settings) -> None:
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.BrokenBackend"


def message(key: str = "a", **fields: object) -> Message:
    return Message.objects.create(
        **{
            "key": key,
            "recipient": "ola@example.org",
            "subject": "Temat",
            "body": "123456",
            "not_before": NOW,
            **fields,
        }
    )


@pytest.mark.django_db
def test_due_message_is_sent_once() -> None:
    row = message(html_body="<p>123456</p>")
    assert delivery.send(row.pk, NOW)
    assert not delivery.send(row.pk, NOW)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].alternatives[0].content == "<p>123456</p>"
    row.refresh_from_db()
    assert row.sent_at == NOW
    assert row.body == "123456"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {}),
        (
            "https://example.org/zakoncz/1/",
            {
                "List-Unsubscribe": "<https://example.org/zakoncz/1/>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        ),
        # One click is for HTTPS alone; the button then opens the page.
        ("http://localhost:8000/zakoncz/1/", {"List-Unsubscribe": "<http://localhost:8000/zakoncz/1/>"}),
    ],
)
def test_mail_programs_learn_how_to_stop_a_message(url: str, expected: dict[str, str]) -> None:
    delivery.send(message(unsubscribe_url=url).pk, NOW)
    sent = mail.outbox[0].message()
    assert {name: value for name, value in sent.items() if name.startswith("List-")} == expected
    assert sent["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_long_address_of_a_stop_page_stays_whole() -> None:
    url = f"https://example.org/{'droga/' * 40}"
    delivery.send(message(unsubscribe_url=url).pk, NOW)
    lines = mail.outbox[0].message().as_bytes().decode().splitlines()
    assert f" <{url}>" in lines


@pytest.mark.django_db
def test_secret_is_erased_when_sent() -> None:
    row = message(is_secret=True, html_body="123456")
    delivery.send(row.pk, NOW)
    assert mail.outbox[0].body == "123456"
    row.refresh_from_db()
    assert (row.body, row.html_body) == ("", "")


@pytest.mark.django_db
def test_demonstration_keeps_codes_for_its_mailbox(settings: Settings) -> None:
    settings.DEMO_MAILBOX = True
    row = message(is_secret=True)
    delivery.send(row.pk, NOW)
    row.refresh_from_db()
    assert row.body == "123456"


@pytest.mark.django_db
def test_message_for_later_waits() -> None:
    message(not_before=NOW + timedelta(minutes=1))
    assert delivery.send_due(NOW) == 0
    assert delivery.send_due(NOW + timedelta(minutes=1)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("broken")
def test_failed_try_is_put_off_longer_each_time(caplog: pytest.LogCaptureFixture) -> None:
    row = message(is_secret=True)
    now = NOW
    for wait in delivery.BACK_OFF:
        assert delivery.send_due(now) == 0
        row.refresh_from_db()
        assert row.not_before == now + wait
        assert row.failed_at is None
        assert row.body == "123456"
        now = row.not_before
    delivery.send_due(now)
    row.refresh_from_db()
    assert row.failed_at == now
    assert row.body == ""
    assert row.error.startswith("ConnectionRefusedError")
    assert "ola@example.org" not in caplog.text


@pytest.mark.django_db
def test_message_of_a_dead_worker_is_taken_over_after_a_while() -> None:
    row = message(claimed_at=NOW)
    assert not delivery.send(row.pk, NOW + CLAIM_LASTS)
    assert delivery.send(row.pk, NOW + CLAIM_LASTS + timedelta(seconds=1))


@pytest.mark.django_db
def test_claimed_message_is_left_to_the_worker_that_has_it() -> None:
    row = message()
    assert delivery.claim(row.pk, NOW)
    assert not delivery.claim(row.pk, NOW)
    assert not delivery.send(row.pk, NOW)
    assert mail.outbox == []


CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX-NAME:Zażółć\r\n METHOD:CANCEL\r\nEND:VCALENDAR\r\n"


@pytest.mark.django_db
def test_calendars_find_the_file_among_the_alternatives_and_people_as_an_attachment() -> None:
    delivery.send(message(html_body="<p>123456</p>", calendar=CALENDAR).pk, NOW)
    sent = message_from_bytes(mail.outbox[0].message().as_bytes(linesep="\r\n"), policy=policy.default)
    alternatives, attachment = sent.get_payload()
    kinds = [part.get_content_type() for part in alternatives.get_payload()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    invitation = alternatives.get_payload()[-1]
    assert invitation.get_param("method") == "REQUEST"
    assert invitation.get_param("charset") == "utf-8"
    assert not invitation.is_attachment()
    assert invitation.get_payload(decode=True).decode() == CALENDAR
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "szkolenie.ics"
    assert attachment.get_payload(decode=True).decode() == CALENDAR


@pytest.mark.django_db
def test_file_without_a_method_is_no_invitation() -> None:
    delivery.send(message(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").pk, NOW)
    assert mail.outbox[0].alternatives == []
    assert [attachment.filename for attachment in mail.outbox[0].attachments] == ["szkolenie.ics"]


@pytest.mark.django_db
def test_calendar_of_a_secret_message_is_erased() -> None:
    row = message(is_secret=True, calendar=CALENDAR)
    delivery.send(row.pk, NOW)
    row.refresh_from_db()
    assert row.calendar == ""
