"""What somebody may have meant by words that stand nowhere."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from elearning.cms.models.search import SearchEntry, SearchPosting, SearchSpelling
from elearning.institutions.names import near, slips

from . import excerpts, normal
from .query import Query, Word, replaced

MOST_UNKNOWN = 3  # words of a query that are looked at
MOST_LIKE = 6000  # spellings that are compared
ROOM = 2  # letters by which a misspelt word may be longer or shorter


@dataclass(frozen=True, slots=True)
class Standing:
    """That a word stands on so many pages, and on which first."""

    pages: int
    entry: int


def correction(query: Query, unknown: tuple[str, ...], entries: QuerySet[SearchEntry]) -> str:
    """The text of the query as it may have been meant; empty where nothing better is known.

    Only words are offered that stand in one of `entries`, written as they are there. Three queries.
    """
    wrong = [word for word in query.words if word.stem in unknown and len(normal.plain(word.typed)) >= normal.SHORTEST]
    meant = _likely(wrong[:MOST_UNKNOWN])
    standing = _standing({normal.stem(form) for forms in meant.values() for form in forms}, entries)
    chosen = {typed: form for typed, forms in meant.items() if (form := _best(typed, forms, standing))}
    texts = entries.in_bulk({standing[normal.stem(form)].entry for form in chosen.values()})
    better = {}
    for typed, form in chosen.items():
        entry = texts.get(standing[normal.stem(form)].entry)
        if entry is not None and (written := _written(form, f"{entry.title}\n{entry.text}")):
            better[typed] = written
    return replaced(query, better) if better else ""


def _likely(words: list[Word]) -> dict[str, list[str]]:
    """Spellings of other words, folded, by the words that may be slips or beginnings of them. One query."""
    asked = Q(pk=None)
    for word in words:
        typed = normal.plain(word.typed)
        like = Q(first=typed[0]) | Q(inner=typed[1:4])
        asked |= like & Q(length__range=(len(typed) - ROOM, len(typed) + ROOM))
        asked |= Q(form__startswith=typed)
    forms = list(SearchSpelling.objects.filter(asked).values_list("form", flat=True)[:MOST_LIKE]) if words else []
    found = {}
    for word in words:
        typed = normal.plain(word.typed)
        longer = sorted((form for form in forms if form.startswith(typed)), key=lambda form: (len(form), form))
        found[word.typed] = [*near(typed, forms), *longer[:ROOM]]
    return found


def _standing(stems: set[str], entries: QuerySet[SearchEntry]) -> dict[str, Standing]:
    """Where these words stand, among the entries. One query."""
    rows = SearchPosting.objects.filter(word__in=stems, entry__in=entries).values_list("word").order_by()
    return {word: Standing(pages, entry) for word, pages, entry in rows.annotate(Count("pk"), Min("entry"))}


def _best(typed: str, forms: list[str], standing: dict[str, Standing]) -> str:
    """The nearest, of equally near ones that which stands on the most pages; empty where none stands anywhere."""
    plain = normal.plain(typed)
    known = [form for form in forms if normal.stem(form) in standing]
    return min(known, key=lambda form: (slips(plain, form), -standing[normal.stem(form)].pages, form), default="")


def _written(form: str, text: str) -> str:
    """A folded word as it stands in a text, or another form of it that does."""
    hits = [text[hit.start : hit.end] for hit in excerpts.hits_of(text, {normal.stem(form)})]
    same = [word for word in hits if normal.plain(word) == form]
    return next(iter([*same, *hits]), "").lower()
