"""The shelf of documents: which of them somebody sees, by what they are chosen, and what a card says of each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from elearning.cms.restrictions import Person, open_to
from elearning.cms.words import stems
from elearning.institutions.tracks import Track
from library import outputs
from library.models import DocumentIndexPage, DocumentKind, DocumentPage, Stage, VersionPage
from library.models.documents import Audience
from library.timeline import Dated, Timeline, timeline

ON_A_PAGE = 30
MOST_WORDS, MOST_FOUND = 5, 2000  # words that are looked for, and pages by each


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A document in the list; without a version while none is published.

    `formats` are the types of its files: „DOCX”, „PDF”. `is_upcoming` says that the version is not in force yet,
    `is_filled_in` that there is a form for it now.
    """

    page: DocumentPage
    url: str
    version: VersionPage | None = None
    is_upcoming: bool = False
    is_filled_in: bool = False
    formats: tuple[str, ...] = ()


class Filters(forms.Form):
    """What documents are chosen by; all of it stands in the address. An unknown choice filters nothing."""

    q = forms.CharField(label="Szukaj w\xa0dokumentach", required=False, max_length=200)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)
    dla = forms.ChoiceField(label="Dla kogo", required=False)
    model = forms.ChoiceField(label="Model kooperacji", required=False)
    etap = forms.ChoiceField(label="Etap pracy", required=False)

    FIELDS = {"rodzaj": "kind", "dla": "audience", "etap": "stage"}

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._offer("rodzaj", [("", "Wszystkie rodzaje"), *DocumentKind.choices])
        self._offer("dla", [("", "Dla wszystkich"), *Audience.choices])
        self._offer("model", [("", "Wszystkie modele"), *Track.choices])
        self._offer("etap", [("", "Wszystkie etapy"), *Stage.choices])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def chosen(self, name: str) -> str:
        """A valid choice, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields beside the one for words."""
        return [self[name] for name in self.fields if name != "q"]

    @property
    def words(self) -> str:
        """What is looked for; too long a text is cut."""
        return str(self.data.get("q", ""))[:200].replace("\0", "").strip()

    @property
    def is_filtered(self) -> bool:
        return bool(self.words) or any(self.chosen(name) for name in self.fields if name != "q")


def documents_for(user: Person) -> QuerySet[DocumentPage]:
    """The published documents that this person may open. Two queries, made at once."""
    return open_to(user, DocumentPage.objects.live())


def filtered(documents: QuerySet[DocumentPage], filters: Filters) -> QuerySet[DocumentPage]:
    """Those of the documents that fit all that was chosen."""
    for name, field in Filters.FIELDS.items():
        if chosen := filters.chosen(name):
            documents = documents.filter(**{field: chosen})
    if track := filters.chosen("model"):
        documents = documents.filter(**{track: True})
    if filters.words:
        documents = documents.filter(path__in=found_by(filters.words))
    return documents


def found_by(words: str) -> set[str]:
    """The paths of documents in which all of these words stand, whatever their endings.

    They stand on the document's own page or in its version in force. A query for each word, and two more.
    """
    shelf = DocumentIndexPage.objects.live().first()
    wanted = stems(words)[:MOST_WORDS]
    if shelf is None or not wanted:
        return set()
    below = Page.objects.live().descendant_of(shelf).only("path")
    in_force = {order.current.key for order in timelines().values() if order.current}
    length = len(shelf.path) + Page.steplen
    found = []
    for stem in wanted:
        # Ranking takes a search of its own for each page that was found.
        pages = below.autocomplete(stem, order_by_relevance=False)[:MOST_FOUND]
        found.append({page.path[:length] for page in pages if len(page.path) == length or page.pk in in_force})
    return set.intersection(*found)


def timelines() -> dict[str, Timeline]:
    """The published versions of all documents today, by the paths of the documents. One query."""
    found = defaultdict(list)
    live = VersionPage.objects.live().values_list("path", "pk", "number", "in_force_on")
    for path, key, number, day in live:
        found[path[: -Page.steplen]].append(Dated(key, number, day))
    today = timezone.localdate()
    return {path: timeline(versions, today) for path, versions in found.items()}


def listed(documents: QuerySet[DocumentPage], number: str | None) -> ListPage[DocumentPage]:
    """One page of the list, by title; a wrong number gives the nearest page."""
    return Paginator(documents.order_by("title", "pk"), ON_A_PAGE).get_page(number)


def cards(documents: Iterable[DocumentPage]) -> list[Card]:
    """Documents as the list shows them. Two queries."""
    shown: Sequence[DocumentPage] = list(documents)
    orders = timelines()
    found = {page.pk: orders[page.path] for page in shown if page.path in orders}
    keys = {pk: first.key for pk, order in found.items() if (first := order.current or order.upcoming)}
    versions = VersionPage.objects.select_related("file").defer("parts", "file_text").in_bulk(keys.values())
    return [_card(page, versions.get(keys.get(page.pk, 0))) for page in shown]


def _card(page: DocumentPage, version: VersionPage | None) -> Card:
    return Card(
        page=page,
        url=reverse("documents:document", args=[page.slug]),
        version=version,
        is_upcoming=version is not None and not version.has_begun,
        is_filled_in=version is not None and version.has_begun and version.is_filled_in,
        formats=outputs.formats_of(version) if version else (),
    )
