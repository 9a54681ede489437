"""The list of trainings: by what they are chosen, in what order they stand, and what a card says of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateformat import format as format_date

from courses.models import TrainingPage, TrainingSeries
from courses.trainings.date_spans import days_in_words
from courses.trainings.dates import hours_in_words, zone_in_words
from courses.trainings.places import Places, places_of
from courses.trainings.terms import announced
from elearning.cms.words import stems
from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track
from elearning.records import registration
from elearning.records.models import Registration
from elearning.records.places import TAKES_PLACE, Standing
from elearning.records.schedule import Schedule

ON_A_PAGE = 12
MOST_WORDS, MOST_FOUND = 4, 2000  # words that are looked for, and trainings by each
# What only the page of a training shows.
UNLISTED = ("about", "rules", "questions", "criteria", "materials", "survey", "directions", "accessibility")
VOIVODESHIP = 2  # digits of its code, with which the codes below it begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A training in the list. `when` are its days, empty while they are not known; `hours` those of the first day."""

    page: TrainingPage
    url: str
    when: str
    first: datetime | None
    hours: str
    where: str
    places: Places
    tracks: tuple[str, ...]

    @property
    def day(self) -> str:
        """The number of the first day, to catch the eye; `month` is its month."""
        return format_date(self.first, "j") if self.first else ""

    @property
    def month(self) -> str:
        return format_date(self.first, "M Y").lower() if self.first else ""


class Filters(forms.Form):
    """What trainings are chosen by; all of it stands in the address. An unknown choice filters nothing."""

    q = forms.CharField(label="Szukaj w\xa0szkoleniach", required=False, max_length=200)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)
    model = forms.ChoiceField(label="Model kooperacji", required=False)
    wojewodztwo = forms.ChoiceField(label="Województwo", required=False)
    tryb = forms.ChoiceField(label="Tryb", required=False)
    cykl = forms.ChoiceField(label="Cykl", required=False)
    wolne = forms.BooleanField(label="Tylko z\xa0wolnymi miejscami", required=False)

    FIELDS = {"rodzaj": "kind", "tryb": "mode", "cykl": "series"}
    BESIDE = ("q", "wolne")

    def __init__(self, data: QueryDict) -> None:
        """Nobody is offered a place or a series without trainings. Three queries."""
        super().__init__(data)
        self._offer("rodzaj", [("", "Wszystkie rodzaje"), *TrainingPage.Kind.choices])
        self._offer("model", [("", "Wszystkie modele"), *Track.choices])
        self._offer("tryb", [("", "Na miejscu i\xa0online"), *TrainingPage.ModeChoice.choices])
        live = TrainingPage.objects.live().order_by()
        codes = live.exclude(place=None).values_list("place", flat=True).distinct()
        voivodeships = TerritorialUnit.objects.filter(pk__in={code[:VOIVODESHIP] for code in codes}).order_by("name")
        self._offer("wojewodztwo", [("", "Cała Polska"), *voivodeships.values_list("code", "name")])
        series = TrainingSeries.objects.filter(pk__in=live.exclude(series=None).values("series"))
        self._offer(
            "cykl", [("", "Wszystkie cykle"), *((str(pk), name) for pk, name in series.values_list("pk", "name"))]
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def chosen(self, name: str) -> str:
        """A valid choice, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields that are lists of choices; one without any choice is left out."""
        fields = [self[name] for name in self.fields if name not in self.BESIDE]
        return [field for field in fields if len(cast(forms.ChoiceField, field.field).choices) > 1]  # type: ignore[arg-type]

    @property
    def words(self) -> str:
        """What is looked for; too long a text is cut."""
        return str(self.data.get("q", ""))[:200].replace("\0", "").strip()

    @property
    def is_filtered(self) -> bool:
        return bool(self.words) or any(self.chosen(name) for name in self.fields if name != "q")


def published() -> QuerySet[TrainingPage]:
    """All published trainings, with what cards show of them."""
    return TrainingPage.objects.live().select_related("place", "series").defer(*UNLISTED)


def filtered(trainings: QuerySet[TrainingPage], filters: Filters, now: datetime) -> QuerySet[TrainingPage]:
    """Those of the trainings that fit all that was chosen. A query for each word."""
    for name, field in Filters.FIELDS.items():
        if chosen := filters.chosen(name):
            trainings = trainings.filter(**{field: chosen})
    if track := filters.chosen("model"):
        trainings = trainings.filter(**{track: True})
    if voivodeship := filters.chosen("wojewodztwo"):
        trainings = trainings.filter(place__code__startswith=voivodeship)
    if filters.chosen("wolne"):
        trainings = with_places(trainings, now)
    if filters.words:
        trainings = trainings.filter(pk__in=found_by(filters.words))
    return trainings


def found_by(words: str) -> set[int]:
    """The trainings in which all of these words stand, whatever their endings. A query for each word."""
    live = TrainingPage.objects.live().only("pk")
    found = [
        # Ranking takes a search of its own for each page that was found.
        {page.pk for page in live.autocomplete(stem, order_by_relevance=False)[:MOST_FOUND]}
        for stem in stems(words)[:MOST_WORDS]
    ]
    return set.intersection(*found) if found else set()


def with_places(trainings: QuerySet[TrainingPage], now: datetime) -> QuerySet[TrainingPage]:
    """Those in which somebody who registers by the end of registration could get a place: as `places_of` says it."""
    ends = Q(registration_closes_at__gt=now) | Q(registration_closes_at=None, starts_at__gt=now)
    is_open = Q(called_off=False, has_registration=True, by_invitation=False) & (ends | Q(starts_at=None))
    waiting = Q(automatic_promotion=False, held__lt=F("capacity") - F("waiting"))
    is_free = Q(capacity=None) | Q(automatic_promotion=True, held__lt=F("capacity")) | waiting
    counted = trainings.alias(held=_standing_at(*TAKES_PLACE), waiting=_standing_at(Standing.RESERVED))
    return counted.filter(is_open, is_free)


def _standing_at(*standings: Standing) -> Coalesce:
    """How many registrations of a training stand there."""
    there = Registration.objects.filter(training=OuterRef("pk"), standing__in=standings).order_by()
    counted = there.values("training").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def coming(trainings: QuerySet[TrainingPage], now: datetime) -> QuerySet[TrainingPage]:
    """Those that are not over, the next one first; those whose days are not known yet come last."""
    return trainings.filter(Q(ends_at__gt=now) | Q(ends_at=None)).order_by(F("starts_at").asc(nulls_last=True), "pk")


def past(trainings: QuerySet[TrainingPage], now: datetime) -> QuerySet[TrainingPage]:
    """Those that are over, the latest first."""
    return trainings.filter(ends_at__lte=now).order_by("-starts_at", "-pk")


def listed(trainings: QuerySet[TrainingPage], number: str | None) -> ListPage[TrainingPage]:
    """One page of the list; a wrong number gives the nearest page."""
    return Paginator(trainings, ON_A_PAGE).get_page(number)


def cards(trainings: Iterable[TrainingPage], now: datetime) -> list[Card]:
    """Trainings as lists show them. One query."""
    shown: Sequence[TrainingPage] = list(trainings)
    numbers = registration.numbers([page.pk for page in shown])
    return [_card(page, numbers[page.pk], now) for page in shown]


def _card(page: TrainingPage, numbers: registration.Numbers, now: datetime) -> Card:
    told = announced(page)
    days = told.schedule.days
    return Card(
        page=page,
        url=reverse("trainings:training", args=[page.slug]),
        when=days_in_words(day.date for day in days),
        first=told.schedule.starts_at,
        hours=_hours(told.schedule),
        where=where_in_words(page),
        places=places_of(page, told, numbers, now),
        tracks=() if len(page.tracks) == len(Track) else tuple(track.label for track in page.tracks),
    )


def _hours(schedule: Schedule) -> str:
    """„9:00–16:00” where all days have the same hours, else „początek o 9:00”; nothing without days."""
    if not schedule.days:
        return ""
    first, *others = schedule.days
    hours = hours_in_words(first)
    if all(hours_in_words(day) == hours for day in others):
        return hours
    return f"początek o\xa0{format_date(first.starts_at, 'G:i')}{zone_in_words(first.zone)}"


def where_in_words(page: TrainingPage) -> str:
    """The town or the address, and whether one can take part online."""
    if page.mode == TrainingPage.ModeChoice.ONLINE:
        return "online"
    place = page.address or page.venue or (page.place.name if page.place else "")
    return f"{place} i\xa0online" if page.mode == TrainingPage.ModeChoice.HYBRID else place
