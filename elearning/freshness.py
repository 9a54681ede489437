"""Whether what was drawn for everybody is still true: one token, exchanged when the content of public pages changes.

`renewing()` stands around every way into the database: requests (`elearning.cms.page_cache`), commands (`manage.py`)
and the clocks of the worker. It needs no list of verbs that publish, which would always lack one.

The token is random and not a number: of two writers who count at once one would be lost, or bring an old number back.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.core.cache import caches
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

CACHE = "pages"
TOKEN = "token"  # noqa: S105 - the name under which it is kept

WRITING = re.compile(r"(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) [\"`]?(\w+)")
READING = re.compile(
    r"\W*(?:SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|SHOW|EXPLAIN|DECLARE|FETCH)\b"
)
CHANGED = re.compile(r"[\"`](\w+)[\"`] = ")

# What no page shows to people without an account: their own rows, the work of the worker, drafts, traces, indexes that
# only the uncached search asks. Whatever is missing here makes pages anew too often, and never too late.
UNSEEN = re.compile(
    r"accounts?_\w+|cache|cms_search\w+|django_(?:session|tasks_\w+)|h5p_(?:attempt|state|statement)"
    r"|library_(?:announcement|holding|subscription|usage)|media_watch|mfa_\w+|notifications_\w+"
    r"|records_(?:acceptedclause|answer|attempt|attendance\w+|calendarfeed|certificate|certificatecounter|enrolment"
    r"|extension|mark|meetingstay|regrade|result|survey\w+)|usersessions_\w+|wagtailadmin_\w+"
    r"|wagtailcore_(?:comment|commentreply|modellogentry|pagelogentry|pagesubscription|revision|uploadedfile)"
    r"|wagtailimages_rendition|wagtailsearch_\w+|wagtailusers_userprofile"
)
# What saving a draft writes into the row of its page: the editor does so every few seconds while somebody types.
DRAFT = frozenset({"draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at"})


def token() -> str:
    """The token of now; whoever keeps what they draw reads it before they read anything else. Empty: keep nothing."""
    try:
        kept = caches[CACHE]
        found = kept.get(TOKEN)
        if found is None:
            kept.add(TOKEN, uuid4().hex, timeout=None)
            found = kept.get(TOKEN, "")
    except Exception:
        logger.exception("The cache of pages does not answer")
        return ""
    return str(found)


def renew() -> None:
    """From now on nothing counts that was drawn before."""
    try:
        caches[CACHE].set(TOKEN, uuid4().hex, timeout=None)
    except Exception:  # a broken cache may keep pages for its lifetime; it must not keep an editor from publishing
        logger.exception("The cache of pages could not be renewed")


@contextmanager
def renewing() -> Iterator[None]:
    """Renew after every change of public content made in this thread, once it is committed and others can see it."""
    with connection.execute_wrapper(_watch):
        yield


def is_public(sql: str) -> bool:
    """Whether a statement changes what public pages may show."""
    found = WRITING.match(sql)
    if found is None:
        return READING.match(sql) is None
    if found[1] == "wagtailcore_page" and sql.startswith("UPDATE"):
        columns = set(CHANGED.findall(sql.partition(" SET ")[2].partition(" WHERE ")[0]))
        return not columns or not columns <= DRAFT
    return UNSEEN.fullmatch(found[1]) is None


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    if is_public(str(sql)) and not _will_renew(context["connection"]):
        transaction.on_commit(renew, using=context["connection"].alias)
    return result


def _will_renew(writer: BaseDatabaseWrapper) -> bool:
    """Whether the change before this one, in the same transaction, has asked for it already: imports make many."""
    if not writer.in_atomic_block or not writer.run_on_commit:
        return False
    savepoints, asked = writer.run_on_commit[-1][:2]
    return asked is renew and set(savepoints) <= set(writer.savepoint_ids)
