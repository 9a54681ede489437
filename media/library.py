"""The library of films: which of them a visitor sees, by what they are found, and where in them something is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from wagtail.images import get_image_model

from elearning.cms.restrictions import Person, open_to
from elearning.cms.words import stems
from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track
from media import playing
from media.models import FilmPage, FilmTopic
from media.transcripts import Passage, clock, find

ON_A_PAGE = 12
MOST_WORDS, MOST_FOUND = 5, 1000  # words that are looked for, and films by each
CARD_POSTER = "fill-640x360|format-jpeg"
MINUTE = 60_000  # ms
# What a player needs of a film besides its own row.
PARTS = ("video", "described_video", "signed_video", "place", "poster")
LENGTHS = {"krotkie": (0, 5), "srednie": (5, 15), "dlugie": (15, 24 * 60)}  # minutes, from and below
LENGTH_CHOICES = [
    ("", "Dowolna długość"),
    ("krotkie", "Do 5 minut"),
    ("srednie", "Od 5 do 15 minut"),
    ("dlugie", "Ponad 15 minut"),
]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in which what was looked for is said, with the address that begins there."""

    clock: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A film in the list. `milliseconds` is None where nobody knows how long it is."""

    page: FilmPage
    url: str
    poster: str
    milliseconds: int | None
    hits: tuple[Hit, ...] = field(default=())

    @property
    def length(self) -> str:
        """„1:05”; for a film elsewhere „12 min”."""
        if self.milliseconds is not None:
            return clock(self.milliseconds)
        return f"{self.page.external_minutes}\xa0min" if self.page.external_minutes else ""


class Filters(forms.Form):
    """What films are chosen by; all of it stands in the address. An unknown choice filters nothing."""

    q = forms.CharField(label="Szukaj w\xa0filmach", required=False, max_length=200)
    model = forms.ChoiceField(label="Model kooperacji", required=False)
    wojewodztwo = forms.ChoiceField(label="Województwo", required=False)
    gmina = forms.ChoiceField(label="Gmina", required=False)
    temat = forms.ChoiceField(label="Temat", required=False)
    dlugosc = forms.ChoiceField(label="Długość", required=False, choices=LENGTH_CHOICES)

    def __init__(self, data: QueryDict, *, films: QuerySet[FilmPage]) -> None:
        """`films` are those of which the choices are made: nobody is offered a place without films. Three queries."""
        super().__init__(data)
        self._offer("model", [("", "Wszystkie modele"), *Track.choices])
        shown = films.order_by()
        codes = {code for code in shown.values_list("place", flat=True) if code}
        units = TerritorialUnit.objects.filter(pk__in=codes | {code[:2] for code in codes}).order_by("name")
        by_kind: dict[str, list[tuple[str, str]]] = {"voivodeship": [], "commune": []}
        for unit in units:
            by_kind.setdefault(unit.kind, []).append((unit.code, unit.name))
        self._offer("wojewodztwo", [("", "Cała Polska"), *by_kind["voivodeship"]])
        self._offer("gmina", [("", "Wszystkie gminy"), *by_kind["commune"]])
        topics = FilmTopic.objects.filter(content_object__in=shown.values("pk"))
        names = topics.order_by("tag__name").values_list("tag__slug", "tag__name").distinct()
        self._offer("temat", [("", "Wszystkie tematy"), *names])

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
        return str(self.data.get("q", ""))[:200].strip()

    @property
    def is_filtered(self) -> bool:
        return bool(self.words) or any(self.chosen(name) for name in self.fields if name != "q")


def films_for(user: Person) -> QuerySet[FilmPage]:
    """The published films that this person may watch. One query, made at once."""
    return open_to(user, FilmPage.objects.live())


def filtered(films: QuerySet[FilmPage], filters: Filters) -> QuerySet[FilmPage]:
    """Those of the films that fit all that was chosen."""
    if track := filters.chosen("model"):
        films = films.filter(track=track)
    if place := filters.chosen("gmina") or filters.chosen("wojewodztwo"):
        films = films.filter(place__code__startswith=place)
    if topic := filters.chosen("temat"):
        films = films.filter(tagged_items__tag__slug=topic)
    if length := filters.chosen("dlugosc"):
        films = films.filter(_lasts(*LENGTHS[length]))
    if filters.words:
        films = films.filter(pk__in=found_by(filters.words))
    return films


def found_by(words: str) -> set[int]:
    """The films in which all of these words are written or said, whatever their endings. A query for each word.

    SQLite's index takes the beginning of one word at a time.
    """
    found = [
        {film.pk for film in FilmPage.objects.live().only("pk").autocomplete(stem)[:MOST_FOUND]}
        for stem in stems(words)[:MOST_WORDS]
    ]
    return set.intersection(*found) if found else set()


def listed(films: QuerySet[FilmPage], number: str | None) -> ListPage[FilmPage]:
    """One page of the list, newest first; a wrong number gives the nearest page."""
    return Paginator(_shown(films).prefetch_related("tracks"), ON_A_PAGE).get_page(number)


def cards(films: Iterable[FilmPage], words: str = "") -> list[Card]:
    """Films as the list shows them; with words also where they are said. One query."""
    shown: Sequence[FilmPage] = list(films)
    ready = playing.renditions_of(film.video for film in shown)
    return [
        Card(
            page=film,
            url=playing.address(film),
            poster=_poster(film, ready),
            milliseconds=film.video.duration if film.video else None,
            hits=tuple(_hit(film, passage) for passage in find(film.passages(), words)) if words else (),
        )
        for film in shown
    ]


def related_to(film: FilmPage, user: Person, most: int = 3) -> list[Card]:
    """Other films of the same model, else the newest ones."""
    others = films_for(user).exclude(pk=film.pk)
    same = _shown(others.filter(track=film.track))[:most] if film.track else ()
    return cards(list(same) or _shown(others)[:most])


def _shown(films: QuerySet[FilmPage]) -> QuerySet[FilmPage]:
    """Films with what a card shows of them, newest first."""
    posters = get_image_model().objects.prefetch_renditions(CARD_POSTER)
    shown = films.order_by("-first_published_at", "-pk").select_related("video", "place")
    return shown.prefetch_related(Prefetch("poster", posters))


def _lasts(low: int, high: int) -> Q:
    """Films of that many minutes, uploaded or linked."""
    uploaded = Q(video__duration__gte=low * MINUTE, video__duration__lt=high * MINUTE)
    linked = Q(video=None, external_minutes__gte=low, external_minutes__lt=high)
    return uploaded | linked


def _hit(film: FilmPage, passage: Passage) -> Hit:
    url = playing.address(film)
    if passage.start is None:
        return Hit("", url, passage.text)
    return Hit(clock(passage.start), f"{url}?t={passage.start // 1000}", passage.text)


def _poster(film: FilmPage, ready: playing.Ready) -> str:
    if film.poster:
        return str(film.poster.get_rendition(CARD_POSTER).url)
    return playing.made_poster(film, ready)
