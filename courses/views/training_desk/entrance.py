"""The way into the desk: who may look, who may decide, and what every page of it shows around its own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from courses.models import TrainingPage
from courses.trainings.access import may_look, may_organise
from elearning.accounts.models import User

NOT_YOURS = "Nie masz uprawnienia do tego szkolenia."
ONLY_LOOK = "Możesz oglądać to szkolenie, ale nie możesz w\xa0nim nic zmieniać."
TITLE = "Szkolenia"


def looked_at(request: HttpRequest, pk: int) -> TrainingPage:
    """The training for somebody who may look at its desk. Raises `Http404` and `PermissionDenied`."""
    page = get_object_or_404(TrainingPage.objects.select_related("project__logo_strip"), pk=pk)
    if not may_look(request.user, page):
        raise PermissionDenied(NOT_YOURS)
    return page


def organised_by(request: HttpRequest, pk: int) -> tuple[TrainingPage, User]:
    """The training and the person, for somebody who decides about it. Raises `Http404` and `PermissionDenied`."""
    page = looked_at(request, pk)
    if not isinstance(request.user, User) or not may_organise(request.user, page):
        raise PermissionDenied(ONLY_LOOK)
    return page, request.user


def frame(page: TrainingPage, title: str = "", *, below: tuple[str, str] | None = None) -> dict[str, Any]:
    """What a page of one training shows around its own: its heading, the training, and the way back.

    Without a title it is the training's own page. `below` is the title and address of a page between that and this one.
    """
    trail = [{"title": TITLE, "url": reverse("training_desk:list")}]
    if title:
        trail.append({"title": page.title, "url": reverse("training_desk:training", args=[page.pk])})
    if below:
        trail.append({"title": below[0], "url": below[1]})
    return {
        "header_title": title or page.title,
        "header_subtitle": page.title if title else "Biurko szkolenia",
        "training": page,
        "trail": trail,
    }


def paged(things: Any, size: int, request: HttpRequest) -> Page[Any]:
    """The part of a list that the parameter `strona` asks for; the nearest one where there is none such."""
    return Paginator(things, size).get_page(request.GET.get("strona"))


def query_without_page(request: HttpRequest) -> str:
    """What is chosen in the address, to be kept in links to other parts of the list."""
    chosen = request.GET.copy()
    chosen.pop("strona", None)
    return chosen.urlencode()
