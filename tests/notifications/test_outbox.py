"""Writing messages: once for a key, in the transaction that causes them."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction

from elearning import settings as project_settings
from elearning.accounts.models import User
from elearning.notifications import outbox
from elearning.notifications.backend import AttachmentsNotSupported, OutboxBackend
from elearning.notifications.models import Message

STOP = "https://example.org/zakoncz/1/"
LETTER = outbox.Letter(subject="Temat", body="Treść <b> & https://example.org/")


@pytest.mark.django_db
def test_key_is_used_once(learner: User) -> None:
    assert outbox.write(key="raz", recipient=learner.email, letter=LETTER, user=learner)
    assert not outbox.write(key="raz", recipient=learner.email, letter=LETTER, user=learner)
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_address_that_stops_a_message_is_kept_with_it(learner: User) -> None:
    words = {"quiz": "Test", "number": 1, "path": "/", "course": "Kurs"}
    outbox.queue(
        key="raz",
        template="records/messages/attempt_marked",
        user=learner,
        context={**words, "unsubscribe_url": STOP},
    )
    outbox.write(key="dwa", recipient=learner.email, letter=LETTER)
    assert dict(Message.objects.values_list("key", "unsubscribe_url")) == {"raz": STOP, "dwa": ""}


@pytest.mark.django_db
def test_calendar_goes_with_the_message(learner: User) -> None:
    words = {"quiz": "Test", "number": 1, "path": "/", "course": "Kurs"}
    template = "records/messages/attempt_marked"
    outbox.queue(key="raz", template=template, user=learner, context=words, calendar="METHOD:REQUEST")
    outbox.queue(key="dwa", template=template, user=learner, context=words)
    assert dict(Message.objects.values_list("key", "calendar")) == {"raz": "METHOD:REQUEST", "dwa": ""}


@pytest.mark.django_db
def test_html_is_made_of_the_text(learner: User) -> None:
    outbox.write(key="raz", recipient=learner.email, letter=LETTER)
    html = Message.objects.get().html_body
    assert "Treść &lt;b&gt; &amp;" in html
    assert 'href="https://example.org/"' in html


@pytest.mark.django_db
def test_nobody_is_no_recipient() -> None:
    with pytest.raises(ValueError, match="no recipient"):
        outbox.write(key="raz", recipient="", letter=LETTER)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_message_of_a_rolled_back_transaction_is_never_sent() -> None:
    def fail() -> None:
        with transaction.atomic():
            outbox.write(key="raz", recipient="ola@example.org", letter=LETTER)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Message.objects.exists()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_message_is_sent_when_the_transaction_commits() -> None:
    with transaction.atomic():
        outbox.write(key="raz", recipient="ola@example.org", letter=LETTER)
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [["ola@example.org"]]
    assert Message.objects.get().sent_at is not None


@pytest.mark.django_db
def test_mail_of_others_is_queued_for_each_recipient(learner: User, stranger: User) -> None:
    message = EmailMultiAlternatives("Do\nakceptacji", "Tekst", to=[learner.email.upper(), "obca@example.org"])
    message.attach_alternative("<p>Tekst</p>", "text/html")
    assert OutboxBackend().send_messages([message]) == 1
    rows = Message.objects.order_by("pk")
    assert [row.recipient for row in rows] == [learner.email.upper(), "obca@example.org"]
    assert [row.html_body for row in rows] == ["<p>Tekst</p>"] * 2
    assert rows[0].subject == "Do akceptacji"


@pytest.mark.django_db
def test_owner_of_the_address_is_kept_for_their_data_export(learner: User) -> None:
    OutboxBackend().send_messages([EmailMessage("Temat", "Tekst", to=[learner.email])])
    assert Message.objects.get().user == learner


@pytest.mark.django_db
def test_attachment_is_refused_by_name() -> None:
    message = EmailMessage("Temat", "Tekst", to=["ola@example.org"], attachments=[("a.txt", "x", "text/plain")])
    with pytest.raises(AttachmentsNotSupported):
        OutboxBackend().send_messages([message])


def test_site_sends_through_the_outbox() -> None:
    # The project's own setting, for the test runner replaces EMAIL_BACKEND.
    assert isinstance(get_connection(project_settings.EMAIL_BACKEND), OutboxBackend)
