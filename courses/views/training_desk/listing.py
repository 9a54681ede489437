"""„Szkolenia” in the admin: the trainings whose desk a person sees, those to come first, with their numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, DateTimeField, F, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.models import PageQuerySet
from wagtail.permissions import page_permission_policy

from courses.models import TrainingIndexPage, TrainingPage
from courses.trainings.access import organised
from courses.trainings.desk_numbers import Figures, figures
from elearning.accounts.models import User
from elearning.cms.words import fold

from .entrance import TITLE, paged, query_without_page

PER_PAGE = 50
NO_ACCESS = "Nie masz uprawnienia do organizowania szkoleń."


class FilterForm(forms.Form):
    """What of the list is shown. Nothing chosen means all of it."""

    szukaj = forms.CharField(label="Szukaj", required=False, max_length=200)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False, choices=[("", "wszystkie"), *TrainingPage.Kind.choices])
    stan = forms.ChoiceField(
        label="Stan",
        required=False,
        choices=[
            ("", "wszystkie"),
            ("coming", "nadchodzące i\xa0trwające"),
            ("past", "minione"),
            ("draft", "szkice"),
            ("called_off", "odwołane"),
        ],
    )
    od = forms.DateField(
        label="Od dnia", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    do = forms.DateField(
        label="Do dnia", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("od") and found.get("do") and found["od"] > found["do"]:
            self.add_error("do", "Ten dzień musi być taki sam jak „Od dnia” albo późniejszy.")
        return found

    def chosen(self, pages: "PageQuerySet[TrainingPage]", now: datetime) -> "PageQuerySet[TrainingPage]":
        """Those of the trainings that were asked for; a field that is wrong chooses nothing. One query for words."""
        typed = {name: value for name, value in self.cleaned_data.items() if value} if self.is_bound else {}
        states = {
            "coming": Q(live=True, called_off=False) & (Q(ends_at__gte=now) | Q(ends_at=None)),
            "past": Q(ends_at__lt=now),
            "draft": Q(live=False),
            "called_off": Q(called_off=True),
        }
        if "rodzaj" in typed:
            pages = pages.filter(kind=typed["rodzaj"])
        if "stan" in typed:
            pages = pages.filter(states[typed["stan"]])
        if "od" in typed:
            pages = pages.filter(ends_at__date__gte=typed["od"])
        if "do" in typed:
            pages = pages.filter(starts_at__date__lte=typed["do"])
        return _with_words(pages, typed["szukaj"]) if "szukaj" in typed else pages


@dataclass(frozen=True, slots=True)
class Row:
    """One training with its figures."""

    page: TrainingPage
    figures: Figures
    is_past: bool


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The list. The same queries for one training and for five hundred."""
    if not isinstance(request.user, User) or not may_enter(request.user):
        raise PermissionDenied(NO_ACCESS)
    now = timezone.now()
    form = FilterForm(request.GET, label_suffix="")
    form.is_valid()
    page = paged(_ordered(form.chosen(organised(request.user), now), now), PER_PAGE, request)
    trainings = list(page.object_list)
    counted = figures([training.pk for training in trainings])
    context = {
        "header_title": TITLE,
        "header_subtitle": "",
        "trail": [],
        "form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "rows": [
            Row(training, counted[training.pk], training.ends_at is not None and training.ends_at < now)
            for training in trainings
        ],
        "page_obj": page,
        "query": query_without_page(request),
        "add_url": _add_url(request.user),
    }
    return render(request, "courses/training_desk/list.html", context)


def may_enter(user: User) -> bool:
    """Whether there may be trainings whose desk this person sees: coordinators, and whoever may change some page."""
    coordinates = user.is_active and user.has_perm("records.view_registration")
    may_edit: bool = page_permission_policy.user_has_any_permission(user, ["add", "change"])
    return coordinates or may_edit


class DeskMenuItem(MenuItem):
    """„Szkolenia” for those whom the list has something to say."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and may_enter(request.user)


def _add_url(user: User) -> str:
    """Wagtail's form of a new training, for those who may add one; else nothing."""
    parent = TrainingIndexPage.objects.first()
    if parent is None or not parent.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["courses", "trainingpage", parent.pk])


def _ordered(pages: "PageQuerySet[TrainingPage]", now: datetime) -> "PageQuerySet[TrainingPage]":
    """Those to come by their beginning, those without a programme, then the past ones from the last."""
    return (
        pages.select_related("series")
        .defer_streamfields()
        .annotate(
            part=Case(
                When(ends_at__gte=now, then=Value(0)),
                When(ends_at=None, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
            ahead=Case(When(ends_at__gte=now, then=F("starts_at")), default=None, output_field=DateTimeField()),
        )
        .order_by("part", "ahead", "-starts_at", "title", "pk")
    )


def _with_words(pages: "PageQuerySet[TrainingPage]", words: str) -> "PageQuerySet[TrainingPage]":
    """Those in whose title, series or place all the words stand, written with Polish letters or without."""
    wanted = fold(words).split()
    known = pages.values_list("pk", "draft_title", "series__name", "venue", "address")
    found = [pk for pk, *texts in known if _has_all(wanted, " ".join(filter(None, texts)))]
    return pages.filter(pk__in=found)


def _has_all(wanted: list[str], text: str) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)
