"""The only writer of what the search knows of pages."""

from collections.abc import Iterable, Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from wagtail.models import Page, get_page_models

from elearning.cms.models.base import BasePage
from elearning.cms.models.search import SearchEntry, SearchPosting, SearchSpelling

from . import normal, weights
from .kinds import KINDS

AT_ONCE = 50  # pages that are read and written together
ROWS_AT_ONCE = 2000

LIVE_REVISION = Coalesce(F("live_revision_id"), 0)


def renew(*, everything: bool = False) -> int:
    """Read the pages whose published text is not the one that the search knows; how many were read.

    Of what was withdrawn or deleted nothing stays. A few queries where nothing has changed.
    """
    types = _types()
    parts = {page: part for model in types.values() for page, part in model.search_parts().items()}
    _forget(types)
    keys = list(_stale(types, parts, everything=everything))
    for start in range(0, len(keys), AT_ONCE):
        _read(keys[start : start + AT_ONCE], parts)
    if everything:
        _forget_spellings()
    return len(keys)


def _types() -> dict[int, type[BasePage]]:
    """The types of pages that are found, by the keys of their content types."""
    models = [model for model in get_page_models() if issubclass(model, BasePage) and model.search_kind in KINDS]
    found = ContentType.objects.get_for_models(*models)
    return {found[model].pk: model for model in models}


def _forget(types: Iterable[int]) -> None:
    gone = SearchEntry.objects.exclude(page__live=True, page__content_type__in=types)
    gone.delete()


def _stale(types: Mapping[int, type[BasePage]], parts: Mapping[int, int], *, everything: bool) -> Iterator[int]:
    """The keys of the pages to read, in the order of the tree."""
    gathering = {key for key, model in types.items() if model.search_gathers}
    pages = Page.objects.live().filter(content_type__in=types).order_by("path").annotate(revision=LIVE_REVISION)
    known = {
        page: (revision, part or 0, part_revision)
        for page, revision, part, part_revision in SearchEntry.objects.filter(rules=normal.VERSION).values_list(
            "page_id", "revision", "part_id", "part_revision"
        )
    }
    revisions = dict(Page.objects.filter(pk__in=parts.values()).annotate(at=LIVE_REVISION).values_list("pk", "at"))
    for key, content_type, revision in pages.values_list("pk", "content_type_id", "revision"):
        part = parts.get(key, 0)
        now = (revision, part, revisions.get(part, 0))
        if everything or content_type in gathering or known.get(key) != now:
            yield key


def _read(keys: list[int], parts: Mapping[int, int]) -> None:
    """Write anew what is known of some pages, where it differs: all of them, or none where something breaks."""
    wanted = [*keys, *(parts[key] for key in keys if key in parts)]
    with transaction.atomic():
        pages = {page.pk: page for page in Page.objects.live().filter(pk__in=wanted).specific()}
        known = {entry.page_id: entry for entry in SearchEntry.objects.filter(page__in=keys)}
        fresh = [_entry(pages[key], pages.get(parts.get(key, 0))) for key in keys if key in pages]
        changed = [entry for entry in fresh if not _is_same(entry, known.get(entry.page_id))]
        SearchEntry.objects.filter(page__in=[entry.page_id for entry in changed]).delete()
        SearchEntry.objects.bulk_create(changed)
        postings = [
            SearchPosting(entry=entry, word=word, weight=weight)
            for entry in changed
            for word, weight in weights.weigh(entry.title, entry.text).items()
        ]
        SearchPosting.objects.bulk_create(postings, batch_size=ROWS_AT_ONCE)
        _spell({form for entry in changed for form in weights.forms(entry.title, entry.text)})


def _entry(page: BasePage, part: BasePage | None) -> SearchEntry:
    day = page.search_date()
    texts = [page.search_text(), part.search_text() if part else ""]
    return SearchEntry(
        page_id=page.pk,
        revision=page.live_revision_id or 0,
        part_id=part.pk if part else None,
        part_revision=(part.live_revision_id or 0) if part else 0,
        rules=normal.VERSION,
        kind=page.search_kind,
        tracks=" ".join(page.search_tracks()),
        year=day.year if day else None,
        date=day,
        title=page.title,
        text="\n".join(filter(None, texts)).replace("\0", ""),
    )


def _is_same(one: SearchEntry, other: SearchEntry | None) -> bool:
    left_out = {"id", "indexed_at"}
    names = [field.attname for field in SearchEntry._meta.concrete_fields if field.name not in left_out]
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in names)


def _spell(forms: Iterable[str]) -> None:
    rows = [SearchSpelling(form=form, first=form[0], inner=form[1:4], length=len(form)) for form in sorted(forms)]
    SearchSpelling.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def _forget_spellings() -> None:
    """Of words that no page has any more. Reads all texts."""
    used: set[str] = set()
    for title, text in SearchEntry.objects.values_list("title", "text").iterator(chunk_size=AT_ONCE):
        used |= weights.forms(title, text)
    unused = [key for key, form in SearchSpelling.objects.values_list("pk", "form").iterator() if form not in used]
    for start in range(0, len(unused), ROWS_AT_ONCE // 4):
        SearchSpelling.objects.filter(Q(pk__in=unused[start : start + ROWS_AT_ONCE // 4])).delete()
