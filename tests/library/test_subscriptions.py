"""„Powiadom mnie o zmianie”: asked for, confirmed, stopped and taken up again, by people and by mail programs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from elearning.accounts.models import User
from elearning.notifications.models import Message
from library import subscriptions
from library.models import DocumentPage, Holding, How, Subscription
from library.views.subscriptions import TRIES
from tests.library import documents

pytestmark = pytest.mark.django_db

ADDRESS = "ola@example.org"


@pytest.fixture
def document(db: None) -> DocumentPage:
    return documents.document("Porozumienie")


def asking(document: DocumentPage) -> str:
    return reverse("documents:subscribe", args=[document.slug])


def of(name: str, subscription: Subscription) -> str:
    return reverse(f"documents:{name}", args=[subscription.token])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&nbsp;", " ").replace("\xa0", " ")


def leave(client: Client, document: DocumentPage, address: str = ADDRESS) -> Any:
    return client.post(asking(document), {"email": address})


def confirmed(document: DocumentPage, **fields: Any) -> Subscription:
    return Subscription.objects.create(
        document=document, **{"email": ADDRESS, "confirmed_at": timezone.now(), **fields}
    )


# --- A visitor --------------------------------------------------------------------------------------------------------
def test_address_counts_once_its_owner_has_pressed_the_button(document: DocumentPage, client: Client) -> None:
    answer = leave(client, document, "Ola@Example.org")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("documents:document", args=[document.slug])
    asked = Subscription.objects.get()
    assert (asked.email, asked.user, asked.confirmed_at) == (ADDRESS, None, None)
    assert not subscriptions.counts(asked)
    letter = Message.objects.get()
    assert letter.recipient == ADDRESS
    assert of("confirm", asked) in letter.body
    assert "„Porozumienie”" in letter.subject

    for _ in range(2):  # a mail program opens the link by itself
        assert "Potwierdzam" in text(client.get(of("confirm", asked)))
    asked.refresh_from_db()
    assert asked.confirmed_at is None

    answer = client.post(of("confirm", asked), follow=True)
    assert "Powiadomienia są włączone" in text(answer)
    asked.refresh_from_db()
    assert subscriptions.counts(asked)
    first = asked.confirmed_at
    client.post(of("confirm", asked))
    asked.refresh_from_db()
    assert asked.confirmed_at == first


@pytest.mark.parametrize("known", ["unknown", "asked", "confirmed", "stopped", "account"])
def test_answer_does_not_say_whether_the_address_is_known(
    document: DocumentPage, client: Client, learner: User, known: str
) -> None:
    if known == "asked":
        confirmed(document, confirmed_at=None)
    elif known in {"confirmed", "stopped"}:
        confirmed(document, stopped_at=timezone.now() if known == "stopped" else None)
    answer = leave(client, document, learner.email if known == "account" else ADDRESS)
    assert (answer.status_code, answer["Location"]) == (302, reverse("documents:document", args=[document.slug]))
    words = [str(message) for message in answer.wsgi_request._messages]
    assert words == [
        "Sprawdź pocztę. Powiadomienia włączysz przyciskiem na stronie, do której prowadzi link z\xa0wiadomości."
    ]
    assert Message.objects.count() == 1


def test_asking_again_writes_one_letter_a_day_and_keeps_the_row(document: DocumentPage, client: Client) -> None:
    for address in (ADDRESS, ADDRESS, "OLA@example.org"):
        assert leave(client, document, address).status_code == 302
    assert Subscription.objects.count() == 1
    assert Message.objects.count() == 1


def test_stranger_who_types_an_address_again_and_again_gets_few_letters_written(client: Client) -> None:
    for number in range(subscriptions.MOST_WAITING + 2):
        assert leave(client, documents.document(f"Dokument {number}")).status_code == 302
    assert Message.objects.count() == subscriptions.MOST_WAITING


def test_one_network_leaves_few_addresses_in_an_hour(document: DocumentPage, client: Client) -> None:
    for number in range(TRIES):
        assert leave(client, document, f"osoba{number}@example.org").status_code == 302
    refused = leave(client, document, "jeszcze@example.org")
    assert refused.status_code == 429
    assert Subscription.objects.count() == TRIES
    assert client.get(asking(document)).status_code == 200


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Podaj adres e-mail."),
        ("ola", "Podaj pełny adres"),
        ("ola@example.org\r\nBcc: jan@example.org", "Podaj pełny adres"),
        (f"{'o' * 330}@example.org", "adres"),
    ],
)
def test_what_is_no_address_is_said_at_the_field(
    document: DocumentPage, client: Client, address: str, words: str
) -> None:
    answer = leave(client, document, address)
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    assert not Subscription.objects.exists()
    assert not Message.objects.exists()


def test_addresses_nobody_confirmed_are_forgotten_after_a_week(document: DocumentPage, learner: User) -> None:
    now = timezone.now()
    rows = {
        "unconfirmed": confirmed(document, email="a@example.org", confirmed_at=None),
        "young": confirmed(document, email="b@example.org", confirmed_at=None),
        "confirmed": confirmed(document, email="c@example.org"),
        "stopped": confirmed(document, email="d@example.org", stopped_at=now),
        "account": confirmed(document, email="", user=learner, confirmed_at=None),
    }
    Subscription.objects.update(created_at=now - timedelta(days=8))
    Subscription.objects.filter(pk=rows["young"].pk).update(created_at=now - timedelta(days=6))
    call_command("forget_unconfirmed")
    left = set(Subscription.objects.values_list("pk", flat=True))
    assert left == {row.pk for name, row in rows.items() if name != "unconfirmed"}


def test_asking_again_begins_the_week_anew(document: DocumentPage, client: Client) -> None:
    leave(client, document)
    Subscription.objects.update(created_at=timezone.now() - timedelta(days=6, hours=23))
    leave(client, document)
    assert subscriptions.forget_unconfirmed(timezone.now() + timedelta(days=1)) == 0


# --- Who is logged in -------------------------------------------------------------------------------------------------
def test_logged_in_person_follows_and_stops_with_one_button(
    document: DocumentPage, as_learner: Client, learner: User
) -> None:
    assert "Powiadom mnie o zmianie" in text(as_learner.get(asking(document)))
    as_learner.post(asking(document), {"powiadamiaj": "tak"})
    as_learner.post(asking(document), {"powiadamiaj": "tak"})
    assert subscriptions.is_following(learner, document)
    assert "Nie powiadamiaj mnie" in text(as_learner.get(asking(document)))
    as_learner.post(asking(document), {"powiadamiaj": "nie"})
    assert not subscriptions.is_following(learner, document)
    as_learner.post(asking(document), {"powiadamiaj": "tak"})
    assert subscriptions.is_following(learner, document)
    assert Subscription.objects.get().email == ""
    assert not Message.objects.exists()


def test_who_took_a_version_follows_until_they_stop(document: DocumentPage, learner: User, colleague: User) -> None:
    Holding.objects.create(user=learner, version=documents.version(document), how=How.DOWNLOAD)
    assert subscriptions.is_following(learner, document)
    assert not subscriptions.is_following(colleague, document)
    subscriptions.unfollow(learner, document)
    assert not subscriptions.is_following(learner, document)


def test_what_a_person_decides_holds_for_their_account_and_their_address(document: DocumentPage, learner: User) -> None:
    by_address = confirmed(document, email="ANNA@example.org")
    assert subscriptions.is_following(learner, document)
    subscriptions.stop(by_address)
    assert not subscriptions.is_following(learner, document)
    subscriptions.follow(learner, document)
    by_address.refresh_from_db()
    assert subscriptions.is_following(learner, document)
    assert by_address.stopped_at is None
    subscriptions.unfollow(learner, document)
    by_address.refresh_from_db()
    assert by_address.stopped_at is not None


def test_one_decision_says_nothing_of_other_documents_and_people(
    document: DocumentPage, learner: User, colleague: User
) -> None:
    other = documents.document("Inny")
    for page in (document, other):
        for person in (learner, colleague):
            subscriptions.follow(person, page)
    subscriptions.unfollow(learner, document)
    assert Subscription.objects.exclude(stopped_at=None).count() == 1
    assert subscriptions.is_following(learner, other)
    assert subscriptions.is_following(colleague, document)


# --- Stopping ---------------------------------------------------------------------------------------------------------
def test_page_behind_the_link_stops_nothing_until_its_one_button_is_pressed(
    document: DocumentPage, client: Client
) -> None:
    told = confirmed(document)
    page = text(client.get(of("stop", told)))
    assert page.count("Nie wysyłaj mi powiadomień o tym dokumencie") == 1
    client.head(of("stop", told))
    told.refresh_from_db()
    assert told.stopped_at is None

    assert "Powiadomienia są wyłączone" in text(client.post(of("stop", told)))
    told.refresh_from_db()
    first = told.stopped_at
    assert first is not None
    assert "Powiadomienia są wyłączone" in text(client.post(of("stop", told)))
    told.refresh_from_db()
    assert told.stopped_at == first


def test_mail_program_stops_with_one_post_of_its_own(document: DocumentPage) -> None:
    told = confirmed(document)
    program = Client(enforce_csrf_checks=True)  # no cookie, no token
    answer = program.post(
        of("stop", told), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200  # RFC 8058: no redirect
    told.refresh_from_db()
    assert told.stopped_at is not None


def test_only_the_stop_goes_without_a_token(document: DocumentPage) -> None:
    asked = confirmed(document, confirmed_at=None)
    forger = Client(enforce_csrf_checks=True)
    assert forger.post(of("confirm", asked)).status_code == 403
    assert forger.post(asking(document), {"email": ADDRESS}).status_code == 403
    asked.refresh_from_db()
    assert asked.confirmed_at is None


def test_stopped_one_can_be_taken_up_again(document: DocumentPage, client: Client) -> None:
    told = confirmed(document, stopped_at=timezone.now())
    assert of("confirm", told) in text(client.get(of("stop", told)))
    assert "Potwierdzam" in text(client.get(of("confirm", told)))
    client.post(of("confirm", told))
    told.refresh_from_db()
    assert subscriptions.counts(told)


def test_link_of_an_account_works_without_logging_in(document: DocumentPage, client: Client, learner: User) -> None:
    subscriptions.follow(learner, document)
    own = Subscription.objects.get()
    answer = client.post(of("stop", own))
    assert learner.email not in text(answer)
    assert not subscriptions.is_following(learner, document)


# --- Addresses --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["confirm", "stop"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_key_is_not_found(site: object, client: Client, name: str, method: str) -> None:
    address = reverse(f"documents:{name}", args=[uuid4()])
    assert getattr(client, method)(address).status_code == 404


@pytest.mark.parametrize("name", ["confirm", "stop"])
def test_other_methods_are_refused_and_nothing_is_kept_in_caches(
    document: DocumentPage, client: Client, name: str
) -> None:
    told = confirmed(document)
    assert client.delete(of(name, told)).status_code == 405
    assert client.put(asking(document)).status_code == 405
    answer = client.get(of(name, told))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in text(answer)


def test_document_that_is_not_open_takes_nobody(document: DocumentPage, client: Client, as_learner: Client) -> None:
    draft = documents.document("Projekt", live=False)
    PageViewRestriction.objects.create(page=document, restriction_type=PageViewRestriction.LOGIN)
    for someone, page, status in ((client, document, 403), (client, draft, 404), (as_learner, draft, 404)):
        assert someone.get(asking(page)).status_code == status
        assert leave(someone, page).status_code == status
    assert as_learner.post(asking(document), {"powiadamiaj": "tak"}).status_code == 302
    assert Subscription.objects.get().user is not None
    assert not Message.objects.exists()


def test_stopping_works_when_the_document_is_closed(document: DocumentPage, client: Client) -> None:
    told = confirmed(document)
    assert "Zobacz dokument" in text(client.get(of("stop", told)))
    document.unpublish()
    page = text(client.post(of("stop", told)))
    assert "Powiadomienia są wyłączone" in page
    assert "Zobacz dokument" not in page


def test_pages_take_few_queries(
    document: DocumentPage,
    client: Client,
    as_learner: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [confirmed(document, email=f"osoba{number}@example.org") for number in range(5)]
    for someone, address, most in (
        (client, asking(document), 12),
        (as_learner, asking(document), 16),
        (client, of("confirm", rows[0]), 12),
        (client, of("stop", rows[0]), 12),
    ):
        someone.get(address)
        with django_assert_max_num_queries(most):
            assert someone.get(address).status_code == 200
