"""What makes kept pages anew: every change of public content, whoever makes it, and nothing else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from elearning import freshness
from elearning.accounts.models import User
from elearning.cms.models import Datum, NewsPage
from elearning.records.places import Standing
from tests import make, trainings

pytestmark = pytest.mark.usefixtures("kept")
Committing = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "cms_newspage" ("page_ptr_id") VALUES (%s)',
        'INSERT OR IGNORE INTO "taggit_tag" ("name") VALUES (%s)',
        'UPDATE "wagtailcore_page" SET "live" = %s, "draft_title" = %s WHERE "wagtailcore_page"."id" = %s',
        "UPDATE wagtailcore_page SET numchild=numchild+1 WHERE path = %s",
        'DELETE FROM "cms_datum" WHERE "cms_datum"."id" IN (%s)',
        'UPDATE "records_registration" SET "standing" = %s',
        'INSERT INTO "wagtailcore_pageviewrestriction" ("page_id") VALUES (%s)',
        'INSERT INTO "a_table_of_tomorrow" ("id") VALUES (%s)',
        'ALTER TABLE "cms_newspage" ADD COLUMN "author" text',
        "TRUNCATE cms_newspage",
    ],
)
def test_what_changes_public_pages(sql: str) -> None:
    assert freshness.is_public(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "cms_newspage"."title" FROM "cms_newspage"',
        "(SELECT 1) UNION (SELECT 2)",
        'SAVEPOINT "s1"',
        "BEGIN IMMEDIATE",
        'UPDATE "accounts_user" SET "last_login" = %s',
        'INSERT INTO "django_session" ("session_key") VALUES (%s)',
        'INSERT INTO "records_answer" ("id") VALUES (%s)',
        'UPDATE "records_surveytally" SET "count" = %s',
        'INSERT INTO "wagtailimages_rendition" ("id") VALUES (%s)',
        'UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "wagtailcore_page"."id" = 1',
    ],
)
def test_what_does_not(sql: str) -> None:
    assert not freshness.is_public(sql)


def test_what_learners_write_all_day_lies_in_tables_that_exist() -> None:
    named = "accounts_user h5p_state library_usage media_watch records_answer records_result records_surveytally"
    tables = set(connection.introspection.django_table_names())
    assert set(named.split()) <= {table for table in tables if freshness.UNSEEN.fullmatch(table)}
    content = {table for table in tables if table.startswith(("cms_", "courses_", "media_film", "wagtailcore_site"))}
    unseen = {table for table in content if freshness.UNSEEN.fullmatch(table)}
    assert {table for table in unseen if not table.startswith("cms_search")} == set()  # only the search asks its index


@pytest.mark.django_db
def test_a_change_renews_once_it_is_committed(committing: Committing) -> None:
    before = freshness.token()
    with committing(), freshness.renewing():
        Datum.objects.create(value="74%", label="rodzin", source="badanie")
        assert freshness.token() == before
    assert freshness.token() != before


@pytest.mark.django_db
def test_many_changes_in_one_transaction_renew_once(committing: Committing) -> None:
    with committing(), freshness.renewing():
        for number in range(5):
            Datum.objects.create(value=str(number), label=str(number), source="badanie")
        assert len(connection.run_on_commit) == 1


@pytest.mark.django_db
def test_a_change_after_one_that_was_taken_back_still_renews(committing: Committing) -> None:
    before = freshness.token()
    with committing(), freshness.renewing():
        try:
            with transaction.atomic():
                Datum.objects.create(value="1", label="cofnięte", source="badanie")
                raise LookupError
        except LookupError:
            Datum.objects.create(value="2", label="zostaje", source="badanie")
    assert freshness.token() != before


@pytest.mark.django_db
def test_what_is_taken_back_renews_nothing(committing: Committing) -> None:
    before = freshness.token()
    with committing(), freshness.renewing(), transaction.atomic():
        Datum.objects.create(value="1", label="cofnięte", source="badanie")
        transaction.set_rollback(True)
    assert freshness.token() == before


@pytest.mark.django_db
def test_a_draft_renews_nothing_and_publishing_it_does(article: NewsPage, committing: Committing) -> None:
    before = freshness.token()
    with committing(), freshness.renewing():
        article.title = "Szkic"
        revision = article.save_revision()
    assert freshness.token() == before
    with committing(), freshness.renewing():
        revision.publish()
    assert freshness.token() != before


@pytest.mark.django_db
def test_a_day_of_learning_renews_nothing(learner: User, committing: Committing) -> None:
    course = make.course(lessons=1)
    outline = make.outline_of(course)
    before = freshness.token()
    with committing(), freshness.renewing():
        enrolment = make.enrolment(learner, course)
        make.complete(enrolment, outline)
    assert enrolment.completed_at or enrolment.pk
    assert freshness.token() == before


@pytest.mark.django_db
def test_a_registration_renews_because_it_takes_a_place(committing: Committing) -> None:
    page = trainings.training(capacity=2)
    before = freshness.token()
    with committing(), freshness.renewing():
        trainings.registered(page, "ewa@example.org", standing=Standing.ADMITTED)
    assert freshness.token() != before


@pytest.mark.django_db
def test_what_is_published_by_the_clock_renews(article: NewsPage, committing: Committing) -> None:
    article.title = "Na czas"
    article.go_live_at = timezone.now()
    article.save_revision(approved_go_live_at=timezone.now())
    before = freshness.token()
    with committing(), freshness.renewing():
        call_command("publish_scheduled", verbosity=0)
    assert freshness.token() != before
    article.refresh_from_db()
    assert article.title == "Na czas"


def test_an_operator_can_renew_everything() -> None:
    before = freshness.token()
    call_command("renew_pages")
    assert freshness.token() != before


def test_a_broken_cache_gives_no_token_and_stops_nobody(settings: Any) -> None:
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "tests.cms.front.broken.BrokenCache"}}
    assert freshness.token() == ""
    freshness.renew()
