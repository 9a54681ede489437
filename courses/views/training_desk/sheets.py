"""Paper for a day of a training: the list to sign, and the code to scan at the door."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.models import TrainingPage
from courses.trainings import access as training_access
from courses.trainings import attendance_sheet, check_in_codes
from courses.trainings.dates import day_in_words
from courses.trainings.terms import schedule_of
from elearning.cms.delivery import deliver_bytes
from elearning.records.schedule import Day
from elearning.records.training import CHECK_IN_BEFORE


@dataclass(frozen=True, slots=True)
class Room:
    """A training and one of its days."""

    page: TrainingPage
    day: Day


@require_safe
def sheet(request: HttpRequest, pk: int, day: UUID) -> HttpResponseBase:
    """The attendance list as PDF."""
    room = _room(request, pk, day)
    return deliver_bytes(
        request,
        attendance_sheet.attendance_pdf(room.page, room.day),
        content_type="application/pdf",
        filename=f"lista-obecnosci-{room.page.slug}-{room.day.date.isoformat()}.pdf",
        attachment=True,
    )


@require_safe
def code(request: HttpRequest, pk: int, day: UUID) -> HttpResponse:
    """The code on a page to print or to show on the wall."""
    room = _room(request, pk, day)
    context = {
        "page": room.page,
        "day": day_in_words(room.day),
        "opens": room.day.starts_at - CHECK_IN_BEFORE,
        "closes": room.day.ends_at,
        "address": _address(room),
        "picture_url": reverse("training_desk:code_picture", args=[pk, day]),
    }
    return render(request, "courses/training_desk/code.html", context)


@require_safe
def code_picture(request: HttpRequest, pk: int, day: UUID) -> HttpResponse:
    """The code as SVG."""
    picture = BytesIO()
    made = segno.make(_address(_room(request, pk, day)), error="m")
    made.save(picture, kind="svg", border=2, scale=8, xmldecl=False, dark="#000", light="#fff", omitsize=True)
    return HttpResponse(
        picture.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"}
    )


def _address(room: Room) -> str:
    path = reverse("trainings:check_in", args=[check_in_codes.code_of(room.page.pk, room.day.id)])
    return f"{settings.BASE_URL}{path}"


def _room(request: HttpRequest, pk: int, day: UUID) -> Room:
    page = get_object_or_404(TrainingPage.objects.select_related("project__logo_strip"), pk=pk)
    if not training_access.may_check_in(request.user, page):
        raise PermissionDenied
    found = next((one for one in schedule_of(page).days if one.id == day), None)
    if found is None:
        raise Http404
    return Room(page, found)
