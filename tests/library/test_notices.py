"""A new version takes effect: whoever has an earlier one, or asked, is told once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import PageViewRestriction

from elearning.accounts.models import User
from elearning.cms.templatetags.polish import polish_date
from elearning.notifications.models import Message
from library import notices, subscriptions
from library.models import Announcement, DocumentPage, Holding, How, Subscription, VersionPage
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
LETTER = re.compile(r"SAVEPOINT|notifications_message")


@pytest.fixture
def document(db: None) -> DocumentPage:
    return documents.document("Porozumienie")


@pytest.fixture
def first(document: DocumentPage) -> VersionPage:
    """In force for a month, and announced as every first version is: to nobody."""
    made = documents.version(document)
    assert notices.announce_due(TODAY()) == 0
    return made


def newer(document: DocumentPage, days: int = 0, **fields: Any) -> VersionPage:
    return documents.version(
        document, days=days, **{"changes": "Zmieniono § 3, bo zmieniła się ustawa.", "approved_by": "Jan", **fields}
    )


def hold(person: User, version: VersionPage, how: How = How.DOWNLOAD) -> User:
    Holding.objects.create(user=person, version=version, how=how)
    return person


def subscribe(document: DocumentPage, email: str, **fields: Any) -> Subscription:
    return Subscription.objects.create(document=document, email=email, **{"confirmed_at": timezone.now(), **fields})


def restrict(page: Any, kind: str, *groups: Group) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind).groups.set(groups)


def told() -> list[str]:
    return sorted(Message.objects.values_list("recipient", flat=True))


# --- Who --------------------------------------------------------------------------------------------------------------
def test_it_works(
    first: VersionPage, document: DocumentPage, learner: User, colleague: User, settings: Settings
) -> None:
    settings.BASE_URL = "https://kooperacja.example.org"
    hold(learner, first)
    version = newer(document)

    assert notices.announce_due(TODAY()) == 1

    letter = Message.objects.get()
    assert (letter.recipient, letter.user) == ("anna@example.org", learner)
    assert letter.subject == "Nowa wersja dokumentu „Porozumienie”"
    own = Subscription.objects.get(user=learner)
    expected = [
        "Dzień dobry, Anna!",
        "Zmieniono § 3, bo zmieniła się ustawa.",
        f"Obowiązuje od {polish_date(version.in_force_on)}",
        *(
            settings.BASE_URL + reverse(f"documents:{name}", args=arguments)
            for name, arguments in (
                ("comparison", [document.slug, version.slug]),
                ("version", [document.slug, version.slug]),
                ("stop", [own.token]),
            )
        ),
    ]
    assert [part for part in expected if part not in letter.body] == []
    assert letter.body.count("https://") == 3
    assert letter.unsubscribe_url == subscriptions.stop_url(own)
    announcement = Announcement.objects.get(version=version)
    assert announcement.recipients == 1
    assert Announcement.objects.get(version=first).recipients == 0


def test_nobody_is_told_twice(first: VersionPage, document: DocumentPage, learner: User) -> None:
    second = newer(document, -3)
    for version in (first, second):
        for how in How:
            hold(learner, version, how)
    subscribe(document, "anna@example.org")
    newer(document)
    assert notices.announce_due(TODAY()) == 1
    assert notices.announce_due(TODAY()) == 0
    call_command("announce_versions")
    assert told() == ["anna@example.org"]


def test_who_has_only_the_new_one_or_another_document_is_not_told(
    first: VersionPage, document: DocumentPage, learner: User, colleague: User
) -> None:
    hold(learner, documents.version(documents.document("Inny")))
    hold(colleague, newer(document))
    assert notices.announce_due(TODAY()) == 0


def test_who_asked_is_told_without_having_any(first: VersionPage, document: DocumentPage, learner: User) -> None:
    subscriptions.follow(learner, document)
    subscribe(document, "ola@example.org")
    newer(document)
    assert notices.announce_due(TODAY()) == 2
    assert told() == ["anna@example.org", "ola@example.org"]
    letter = Message.objects.get(recipient="ola@example.org")
    assert letter.body.startswith("Dzień dobry!")
    assert letter.user is None


def test_who_stopped_it_by_account_or_by_address_is_not_told(
    first: VersionPage, document: DocumentPage, learner: User, colleague: User, stranger: User
) -> None:
    for person in (learner, colleague, stranger):
        hold(person, first)
    subscriptions.unfollow(learner, document)
    now = timezone.now()
    subscribe(document, "EWA@example.org", stopped_at=now)  # left before she had an account
    subscribe(document, "stop@example.org", stopped_at=now)
    subscribe(document, "czeka@example.org", confirmed_at=None)
    newer(document)
    assert notices.announce_due(TODAY()) == 1
    assert told() == ["jan@example.org"]


def test_who_stopped_and_took_it_up_again_is_told(first: VersionPage, document: DocumentPage, learner: User) -> None:
    hold(learner, first)
    subscriptions.unfollow(learner, document)
    subscriptions.follow(learner, document)
    newer(document)
    assert notices.announce_due(TODAY()) == 1


def test_each_new_version_is_told_of_until_it_is_stopped(
    first: VersionPage, document: DocumentPage, learner: User
) -> None:
    hold(learner, first)
    for days in (-3, -2):
        newer(document, days)
        assert notices.announce_due(TODAY()) == 1
    subscriptions.stop(Subscription.objects.get())
    newer(document)
    assert notices.announce_due(TODAY()) == 0
    assert subscriptions.is_following(learner, document) is False


def test_closed_account_is_not_written_to(first: VersionPage, document: DocumentPage, learner: User) -> None:
    hold(learner, first)
    subscriptions.follow(learner, document)
    User.objects.filter(pk=learner.pk).update(is_active=False)
    newer(document)
    assert notices.announce_due(TODAY()) == 0


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (PageViewRestriction.NONE, ["anna@example.org", "ewa@example.org", "ola@example.org", "red@example.org"]),
        (PageViewRestriction.LOGIN, ["anna@example.org", "ewa@example.org", "red@example.org"]),
        (PageViewRestriction.GROUPS, ["anna@example.org", "red@example.org"]),
        (PageViewRestriction.PASSWORD, ["red@example.org"]),
    ],
)
def test_who_may_no_longer_open_the_document_is_not_told(
    first: VersionPage, learner: User, colleague: User, kind: str, expected: list[str]
) -> None:
    document = DocumentPage.objects.get()
    editor = make.user("Renata", "Redaktorska", email="red@example.org")
    editor.groups.add(Group.objects.get(name="Redakcja"))
    for person in (learner, colleague, editor):
        hold(person, first)
    subscribe(document, "ola@example.org")
    newer(document)
    learner.groups.set([Group.objects.create(name="Zespół"), Group.objects.create(name="Drugi zespół")])
    if kind != PageViewRestriction.NONE:
        restrict(document, kind, *(learner.groups.all() if kind == PageViewRestriction.GROUPS else ()))
    assert notices.announce_due(TODAY()) == len(expected)
    assert told() == expected


@pytest.mark.parametrize("where", ["library", "version"])
def test_what_is_above_the_document_and_the_version_itself_may_be_closed_too(
    first: VersionPage, document: DocumentPage, learner: User, where: str
) -> None:
    hold(learner, first)
    subscribe(document, "ola@example.org")
    version = newer(document)
    restrict({"library": documents.index(), "version": version}[where], PageViewRestriction.LOGIN)
    notices.announce_due(TODAY())
    assert told() == ["anna@example.org"]


# --- When -------------------------------------------------------------------------------------------------------------
def test_version_for_later_is_announced_on_its_day(first: VersionPage, document: DocumentPage, learner: User) -> None:
    hold(learner, first)
    version = newer(document, 5)
    for days, expected in ((0, 0), (4, 0), (5, 1), (6, 0)):
        assert notices.announce_due(documents.day(days)) == expected
    assert Announcement.objects.get(version=version).recipients == 1


def test_version_withdrawn_before_its_day_is_not_announced(
    first: VersionPage, document: DocumentPage, learner: User
) -> None:
    hold(learner, first)
    newer(document, 5).unpublish()
    newer(document, 0, live=False)
    assert notices.announce_due(documents.day(5)) == 0
    assert Announcement.objects.count() == 1


def test_holders_of_a_withdrawn_version_are_told_without_a_comparison(
    first: VersionPage, document: DocumentPage, learner: User
) -> None:
    hold(learner, first)
    first.unpublish()
    newer(document)
    assert notices.announce_due(TODAY()) == 1
    assert "porownanie" not in Message.objects.get().body


def test_of_two_versions_that_were_missed_only_the_one_in_force_is_told(
    first: VersionPage, document: DocumentPage, learner: User
) -> None:
    hold(learner, first)
    newer(document, -9)
    last = newer(document, -2)
    assert notices.announce_due(TODAY()) == 1
    assert reverse("documents:version", args=[document.slug, last.slug]) in Message.objects.get().body
    assert Announcement.objects.count() == 3
    assert notices.announce_due(TODAY()) == 0


def test_document_that_is_not_published_waits(first: VersionPage, document: DocumentPage, learner: User) -> None:
    hold(learner, first)
    newer(document)
    DocumentPage.objects.update(live=False)
    assert notices.announce_due(TODAY()) == 0
    DocumentPage.objects.update(live=True)
    assert notices.announce_due(TODAY()) == 1


def test_version_without_a_word_on_its_changes_is_announced_all_the_same(
    first: VersionPage, document: DocumentPage, learner: User
) -> None:
    hold(learner, first)
    version = newer(document)
    VersionPage.objects.filter(pk=version.pk).update(changes="")
    assert notices.announce_due(TODAY()) == 1
    assert "Co się zmieniło" not in Message.objects.get().body


def test_command_says_how_many(
    first: VersionPage, document: DocumentPage, learner: User, capsys: pytest.CaptureFixture[str]
) -> None:
    hold(learner, first)
    newer(document)
    call_command("announce_versions")
    call_command("announce_versions")
    assert capsys.readouterr().out == "Nowe wiadomości: 1.\nNowe wiadomości: 0.\n"


# --- Many -------------------------------------------------------------------------------------------------------------
def crowd(version: VersionPage, count: int) -> None:
    people = [User(email=f"osoba{number:04}@example.org", first_name="Ola", password="!") for number in range(count)]
    made = User.objects.bulk_create(people)
    Holding.objects.bulk_create(Holding(user=one, version=version, how=How.DOWNLOAD) for one in made)


def test_many_are_told_in_chunks(first: VersionPage, document: DocumentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "CHUNK", 4)
    for count in (0, 3, 4, 8, 9):
        Holding.objects.all().delete()
        Subscription.objects.all().delete()
        User.objects.all().delete()
        Message.objects.all().delete()
        crowd(first, count)
        version = newer(document)
        assert notices.announce_due(TODAY()) == count
        assert len(set(told())) == count
        assert Announcement.objects.get(version=version).recipients == count


@pytest.mark.parametrize("chunks", [1, 2])
def test_what_a_dying_worker_left_is_written_by_the_next(
    first: VersionPage, document: DocumentPage, monkeypatch: pytest.MonkeyPatch, chunks: int
) -> None:
    monkeypatch.setattr(notices, "CHUNK", 4)
    crowd(first, 10)
    version = newer(document)
    news = notices.news_of(version, TODAY())
    assert news is not None
    subscriptions.enlist(document, User.objects.all())
    reached: int | None = 0
    for _ in range(chunks):  # then it dies
        _written, reached = notices.tell(news, reached or 0)
    assert Message.objects.count() == 4 * chunks
    assert not Announcement.objects.filter(version=version).exists()

    assert notices.announce_due(TODAY()) == 10 - 4 * chunks
    assert len(set(told())) == Message.objects.count() == 10
    assert Announcement.objects.get(version=version).recipients == 10


def test_every_minute_costs_one_query(
    first: VersionPage, document: DocumentPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    newer(document, 5)
    newer(document, 0, live=False)
    with django_assert_max_num_queries(1):
        notices.announce_due(TODAY())


@pytest.mark.parametrize("kind", [PageViewRestriction.NONE, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
def test_finding_the_recipients_takes_no_more_queries_for_more_of_them(
    first: VersionPage, document: DocumentPage, kind: str
) -> None:
    group = Group.objects.create(name="Zespół")
    if kind != PageViewRestriction.NONE:
        restrict(document, kind, group)
    used = []
    for count in (3, 30):
        Holding.objects.all().delete()
        Subscription.objects.all().delete()
        User.objects.all().delete()
        crowd(first, count)
        group.user_set.set(User.objects.all())
        version = newer(document)
        with CaptureQueriesContext(connection) as queries:
            assert notices.announce(version, TODAY()) == count
        # A letter takes queries of its own, each the same.
        used.append([one["sql"] for one in queries if not LETTER.search(one["sql"])])
    assert len(used[0]) == len(used[1]) <= 22


def in_threads(count: int, work: Callable[[], int]) -> list[int]:
    """What each of so many workers got; raises what any of them raised."""

    def closed(_number: int) -> int:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(closed, range(count)))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_tell_each_person_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "CHUNK", 5)
    document = documents.document("Porozumienie")
    crowd(documents.version(document), 23)
    version = newer(document)

    counts = in_threads(3, lambda: notices.announce_due(TODAY()))

    assert sum(counts) == Message.objects.count() == len(set(told())) == 23
    assert Announcement.objects.get(version=version).recipients == 23
