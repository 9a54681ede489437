"""Which pages are found by some words, by whom, in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from wagtail import hooks
from wagtail.models import get_page_models

from elearning.cms.models.base import BasePage
from elearning.cms.models.search import SearchEntry, SearchPosting
from elearning.cms.restrictions import Person, closed_paths

from .query import Query

# Pages with all the words are enough where there are so many; otherwise those with some of them come after.
FEW = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found: by how many of the words, how well, and what it is filtered by."""

    entry: int
    words: int
    score: float
    kind: str
    tracks: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The pages that were found, the best first. `unknown` are the words that stand on no page at all."""

    hits: tuple[Hit, ...] = ()
    unknown: tuple[str, ...] = ()


def open_to(user: Person) -> QuerySet[SearchEntry]:
    """What is known of the pages that this person may read now, as far as it is what they say now.

    Two queries, made at once, and those of the hooks: four for somebody with an account.
    """
    entries = SearchEntry.objects.filter(
        Q(part=None) | Q(part__live=True, part_revision=Coalesce(F("part__live_revision_id"), 0)),
        page__live=True,
        revision=Coalesce(F("page__live_revision_id"), 0),
    )
    for path in closed_paths(user):
        entries = entries.exclude(page__path__startswith=path).exclude(part__path__startswith=path)
    keys = {key for open_in_search in hooks.get_hooks("open_in_search") for key in open_in_search(user)}
    return entries.filter(~Q(kind__in=_guarded_kinds()) | Q(page__in=keys))


def find(query: Query, entries: QuerySet[SearchEntry]) -> Found:
    """The pages among these entries. Three queries at most."""
    numbers = dict(
        SearchPosting.objects.filter(word__in=query.stems).values_list("word").annotate(Count("pk")).order_by()
    )
    unknown = tuple(word for word in query.stems if word not in numbers)
    hits = [] if unknown else _matching(query.stems, numbers, entries, least=len(query.stems))
    if len(hits) < FEW and len(query.stems) > 1 and numbers:
        hits = _matching(list(numbers), numbers, entries, least=1)
        most = max((hit.words for hit in hits), default=0)
        # One word less than the best is near it; of fewer there would be too many.
        hits = [hit for hit in hits if hit.words >= most - 1]
    hits.sort(key=lambda hit: (-hit.words, -hit.score, hit.entry))
    return Found(tuple(hits), unknown)


def _matching(
    stems: Sequence[str], numbers: Mapping[str, int], entries: QuerySet[SearchEntry], *, least: int
) -> list[Hit]:
    """The pages with at least so many of the words. One query."""
    total = SearchEntry.objects.count()
    rarity = Case(*(When(word=stem, then=Value(_rarity(numbers[stem], total))) for stem in stems))
    rows = (
        SearchPosting.objects.filter(word__in=stems, entry__in=entries)
        .values_list("entry_id")
        .annotate(words=Count("pk"), score=Sum(F("weight") * rarity))
        .filter(words__gte=least)
        .values_list("entry_id", "words", "score", "entry__kind", "entry__tracks", "entry__year")
        .order_by()
    )
    return [Hit(*row) for row in rows]


def _rarity(number: int, total: int) -> float:
    """How much a word tells that stands on so many pages (BM25's inverse document frequency)."""
    return log(1 + (total - number + 0.5) / (number + 0.5))


@cache
def _guarded_kinds() -> frozenset[str]:
    """The kinds of pages that only hooks open."""
    models = (model for model in get_page_models() if issubclass(model, BasePage))
    return frozenset(model.search_kind for model in models if not model.search_is_open)
