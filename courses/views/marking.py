"""„Do oceny”: the queue of answers that wait for a person, and the page on which one of them is marked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from courses import papers
from courses.grading_forms import MarkForm
from courses.models import CoursePage, Question, QuizPage
from courses.outline import outline_of
from courses.questions.open_text import OpenText
from elearning.accounts.models import User
from elearning.records import access, marking
from elearning.records.models import Answer, Mark
from elearning.records.outline import Outline, UnknownItem
from elearning.records.staff_lists import RecordViewSet

OLDEST_FIRST = ("attempt__submitted_at", "pk")
REFUSALS: dict[type[Exception], str] = {
    marking.OwnAnswer: "To Twoja odpowiedź. Oceni ją inna osoba.",
    marking.OwnSecondOpinion: "O drugą opinię prosisz Ty, dlatego oceni inna osoba.",
    marking.ResultKnown: "To podejście ma już wynik. Możesz poprawić ocenę, ale bez prośby o drugą opinię.",
    UnknownItem: "Ten test jest wycofany z publikacji. Ocenisz go, gdy wróci na stronę.",
}


class QueueFilterSet(WagtailFilterSet):
    """By state, course, quiz and second opinion."""

    state = ChoiceFilter(
        label="Stan", method="keep", empty_label="czekają na ocenę", choices=[("marked", "mają już ocenę")]
    )
    course = ModelChoiceFilter(
        label="Kurs", field_name="attempt__enrolment__course", queryset=CoursePage.objects.order_by("title")
    )
    quiz = ModelChoiceFilter(label="Test", field_name="attempt__page", queryset=QuizPage.objects.order_by("title"))
    opinion = ChoiceFilter(
        label="Druga opinia", method="filter_opinion", choices=[("asked", "z prośbą"), ("first", "bez prośby")]
    )

    class Meta:
        model = Answer
        fields: list[str] = []

    def keep(self, queryset: QuerySet[Answer], name: str, value: str) -> QuerySet[Answer]:
        """The state decides which answers are looked at in the first place: see `_answers`."""
        return queryset

    def filter_opinion(self, queryset: QuerySet[Answer], name: str, value: str) -> QuerySet[Answer]:
        asked = Exists(Mark.objects.filter(answer=OuterRef("pk"), second_opinion=True))
        return queryset.filter(asked if value == "asked" else ~asked)


class QueueView(IndexView):
    """The list, whose links keep its filters, so that „następna” is the next of the same list."""

    page_title = "Do oceny"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("question_title", label="Pytanie", get_url=self.get_inspect_url),
            Column("quiz", label="Test", accessor="attempt.title", sort_key="attempt__title"),
            Column("course", label="Kurs", accessor="attempt.enrolment.course_title"),
            Column("learner", label="Osoba", accessor="attempt.enrolment.user"),
            DateColumn("since", label="Czeka od", accessor="attempt.submitted_at", sort_key="attempt__submitted_at"),
            Column("opinion", label="Druga opinia", accessor=_opinion),
        ]

    def get_base_queryset(self) -> QuerySet[Answer]:
        titles = Question.objects.filter(pk=OuterRef("source")).values("title")
        marks = Prefetch("marks", Mark.objects.select_related("marked_by"))
        found = _answers(self.request).select_related("attempt__enrolment__user").defer("attempt__questions")
        return found.annotate(question_title=Subquery(titles)).prefetch_related(marks)

    def get_inspect_url(self, instance: Answer) -> str:
        return _url(self.request, instance)


class QueueMenuItem(MenuItem):
    """„Do oceny” with the number of answers that this person can mark. One query."""

    def is_shown(self, request: HttpRequest) -> bool:
        return access.may_see_marks(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = marking.waiting_for(request.user).count() if isinstance(request.user, User) else 0
        label = f"{self.label} ({number})" if number else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


class QueueViewSet(RecordViewSet):
    """„Do oceny” in the menu."""

    model = Answer
    name = "do-oceny"
    icon = "edit"
    menu_label = "Do oceny"
    menu_name = "do-oceny"
    menu_order = 229
    menu_item_class = QueueMenuItem
    ordering = OLDEST_FIRST
    search_fields = ["attempt__enrolment__user__last_name", "attempt__enrolment__user__email", "attempt__title"]
    filterset_class = QueueFilterSet
    index_view_class = QueueView

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "inspect"]
        return [*kept, path("ocen/<int:pk>/", answer, name="inspect")]


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer with its question, criteria and earlier marks; for those who may mark, the form."""
    if not isinstance(request.user, User) or not access.may_see_marks(request.user):
        raise PermissionDenied("Nie masz uprawnienia do oceniania odpowiedzi.")
    if request.method == "POST" and not access.may_mark(request.user):
        raise PermissionDenied("Możesz czytać oceny, ale nie możesz ich wystawiać.")
    row, question = _to_be_marked(pk)
    newest = marking.newest_mark(row)
    form = MarkForm(
        request.POST or None,
        criteria=question.criteria,
        mark=newest if row.score is not None else None,
        may_ask=row.attempt.score is None,
    )
    seen = _number(request.POST.get("seen")) if request.method == "POST" else getattr(newest, "pk", None)
    if request.method == "POST" and form.is_valid():
        try:
            return _marked(request, row, form, seen)
        except marking.MarkedMeanwhile as error:
            seen, newest = error.mark.pk, error.mark
            form.add_error(None, f"Tę odpowiedź ocenia też {newest.marked_by}. Sprawdź ocenę na dole strony.")
        except tuple(REFUSALS) as error:
            form.add_error(None, REFUSALS[type(error)])
    return render(request, "courses/admin/marking.html", _context(request, row, question, form, seen))


def _marked(request: HttpRequest, row: Answer, form: MarkForm, seen: int | None) -> HttpResponse:
    """Keep the mark and go on. Raises as `marking.mark`."""
    person = _person(request)
    mark, _is_new = marking.mark(
        row,
        form.judgement(seen),
        by=person,
        outline=_outline(row),
        grade=papers.grade,
        now=timezone.now(),
    )
    messages.success(request, _success(mark))
    following = _following(request, person) if "next" in request.POST else None
    if following:
        return redirect(_url(request, following))
    if "next" in request.POST:
        messages.info(request, "Na tej liście nic już na Ciebie nie czeka.")
    return redirect(_with_filters(request, reverse("do-oceny:index")))


def _context(
    request: HttpRequest, row: Answer, question: OpenText, form: MarkForm, seen: int | None
) -> dict[str, object]:
    attempt = row.attempt
    criteria = [criterion.text for criterion in question.criteria]
    given = question.describe(row.value)
    marks = Mark.objects.filter(answer=row).select_related("marked_by").order_by("-pk")
    return {
        "header_title": f"Ocena odpowiedzi: {attempt.title}",
        "answer": row,
        "attempt": attempt,
        "learner": attempt.enrolment.user,
        "course": attempt.enrolment.course_title,
        "question": question,
        "given": given,
        "words": sum(len(line.split()) for line in given),
        "form": form,
        "seen": seen or "",
        "may_mark": access.may_mark(request.user),
        "marks": [(mark, list(zip(criteria, mark.points, strict=False))) for mark in marks],
        "back_url": _with_filters(request, reverse("do-oceny:index")),
    }


def _answers(request: HttpRequest) -> QuerySet[Answer]:
    return marking.marked() if request.GET.get("state") == "marked" else marking.waiting()


def _following(request: HttpRequest, person: User) -> Answer | None:
    """The oldest answer of the same list that this person can mark."""
    mine = marking.waiting_for(person).order_by(*OLDEST_FIRST)
    found: Answer | None = QueueFilterSet(request.GET, queryset=mine, request=request).qs.first()
    return found


def _to_be_marked(pk: int) -> tuple[Answer, OpenText]:
    """An answer that a person has to judge, with its question. Raises Http404."""
    known = Answer.objects.select_related("attempt__enrolment__user").prefetch_related("marks")
    row = get_object_or_404(known, pk=pk, attempt__submitted_at__isnull=False)
    question = papers.question_of(marking.asked_of(row.attempt, row))
    if not isinstance(question, OpenText) or not question.is_answered(row.value):
        raise Http404("Tej odpowiedzi nie ocenia człowiek.")
    return row, question


def _outline(row: Answer) -> Outline:
    """The course as it is published. Raises `UnknownItem` where the quiz is not."""
    course = CoursePage.objects.live().filter(pk=row.attempt.enrolment.course_id).first()
    if course is None:
        raise UnknownItem(row.attempt.item)
    outline = outline_of(course)
    outline.item(row.attempt.item)
    return outline


def _success(mark: Mark) -> str:
    attempt = mark.answer.attempt
    attempt.refresh_from_db(fields=["score"])
    if mark.second_opinion:
        return "Ocena jest zapisana. Odpowiedź czeka na drugą opinię."
    if attempt.score is None:
        return "Ocena jest zapisana. Podejście czeka jeszcze na inne oceny."
    return f"Ocena jest zapisana. Podejście ma wynik: {papers.percent(attempt.score)}%."


def _opinion(row: Answer) -> str:
    newest = marking.newest_mark(row)
    return f"prosi {newest.marked_by}" if newest and newest.second_opinion else ""


def _url(request: HttpRequest, row: Answer) -> str:
    return _with_filters(request, reverse("do-oceny:inspect", args=[row.pk]))


def _with_filters(request: HttpRequest, url: str) -> str:
    """The address with the filters of the list, without its page."""
    kept = request.GET.copy()
    for name in ("p", "_w_filter_fragment"):
        kept.pop(name, None)
    return f"{url}?{kept.urlencode()}" if kept else url


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
