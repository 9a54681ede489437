"""Learners in the admin: who takes which course, and where one of them stands by the rule of the course page."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView

from courses.models import CoursePage
from courses.outline import outline_of
from courses.views import extensions
from courses.wording import whole_percent
from elearning.records import access, recording
from elearning.records.models import Enrolment
from elearning.records.outline import Outline, Progress, Status
from elearning.records.staff_lists import DayColumn, RecordViewSet

STATUS = {
    Status.NOT_STARTED: "nierozpoczęte",
    Status.IN_PROGRESS: "w toku",
    Status.COMPLETED: "ukończone",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a course as the editor reads it; `score` in whole percents."""

    title: str
    status: str
    score: str
    at: datetime | None


def state_of(enrolment: Enrolment) -> str:
    """Where an enrolment stands. What was completed stays so, also for a person who left."""
    if enrolment.completed_at:
        return "ukończone"
    return "wypisano" if enrolment.left_at else "w toku"


class EnrolmentFilterSet(WagtailFilterSet):
    """By course and state."""

    course = ModelChoiceFilter(label="Kurs", queryset=CoursePage.objects.order_by("title"))
    state = ChoiceFilter(
        label="Stan",
        method="filter_state",
        choices=[("running", "w toku"), ("completed", "ukończone"), ("left", "wypisane osoby")],
    )

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet[Enrolment], name: str, value: str) -> QuerySet[Enrolment]:
        states = {
            "running": Q(completed_at__isnull=True, left_at__isnull=True),
            "completed": Q(completed_at__isnull=False),
            "left": Q(left_at__isnull=False),
        }
        return queryset.filter(states[value])


class LearnerView(InspectView):
    """One learner in one course: every item with its state, and „Dlaczego nie ukończono?”."""

    template_name = "courses/admin/learner.html"
    page_title = "Postęp w kursie"

    def get_object(self, queryset: QuerySet[Enrolment] | None = None) -> Enrolment:
        return get_object_or_404(Enrolment.objects.select_related("user__institution"), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enrolment: Enrolment = self.object
        course = CoursePage.objects.live().filter(pk=enrolment.course_id).first()
        outline = outline_of(course) if course else None
        progress = recording.progress(enrolment, outline) if outline else None
        return {
            **super().get_context_data(**kwargs),
            "outline": outline,
            "progress": progress,
            "rows": _current(progress) if progress else _kept(enrolment),
            "certificates": enrolment.certificates.select_related("replaced_by"),
            "quizzes": self.quizzes(outline),
        }

    def quizzes(self, outline: Outline | None) -> list[extensions.QuizTerms]:
        """The quizzes with the person's own terms, for those who may see them."""
        may_see = access.may_see_extensions(self.request.user)
        return extensions.quizzes(self.object, outline) if may_see else []


def _current(progress: Progress) -> list[Row]:
    """What the course asks for now."""
    return [
        Row(
            title=state.item.title if state.item.required else f"{state.item.title} (nieobowiązkowe)",
            status=STATUS[state.status],
            score=_percent(state.score),
            at=state.at if state.is_completed else None,
        )
        for state in progress.states
    ]


def _kept(enrolment: Enrolment) -> list[Row]:
    """What was achieved in a course that is withdrawn, under the titles of that time."""
    return [
        Row(result.title, STATUS[Status(result.status)], _percent(result.score), result.completed_at)
        for result in enrolment.results.order_by("updated_at")
    ]


def _percent(score: Decimal | None) -> str:
    return f"{whole_percent(score)}%" if score is not None else ""


class EnrolmentViewSet(RecordViewSet):
    """„Uczestnicy kursów” in the menu."""

    model = Enrolment
    name = "uczestnicy"
    icon = "group"
    menu_label = "Uczestnicy kursów"
    menu_order = 230
    list_display = [
        "user",
        Column("institution", label="Instytucja", accessor="user.institution_label"),
        Column("course_title", label="Kurs", sort_key="course_title"),
        Column("state", label="Stan", accessor=state_of),
        DayColumn("enrolled_at", label="Zapis", sort_key="enrolled_at"),
        DayColumn("completed_at", label="Ukończenie", sort_key="completed_at"),
    ]
    search_fields = ["user__last_name", "user__first_name", "user__email", "course_title"]
    filterset_class = EnrolmentFilterSet
    inspect_view_class = LearnerView
    list_related = ("user__institution",)

    def get_urlpatterns(self) -> list[URLPattern]:
        terms = path("warunki/<int:pk>/<int:page>/", extensions.extension, name="extension")
        return [*super().get_urlpatterns(), terms]
