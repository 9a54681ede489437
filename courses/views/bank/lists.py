"""Lists of the bank: questions with their filters, the places that use one, and the categories."""

from typing import Any

from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django_filters import ModelMultipleChoiceFilter
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn, UpdatedAtColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup, UsageView

from courses import question_bank
from courses.models import Question, QuestionCategory


def _used_tags(_request: HttpRequest | None) -> QuerySet[Tag]:
    """Tags of questions; images and documents have tags of their own."""
    return Tag.objects.filter(courses_questiontag_items__isnull=False).distinct().order_by("name")


class QuestionFilterSet(WagtailFilterSet):
    """By kind, category and tags; of several tags, questions with any of them."""

    tags = ModelMultipleChoiceFilter(
        label="Tag", queryset=_used_tags, method="with_tags", widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Question
        fields = ["kind", "category"]

    def with_tags(self, questions: QuerySet[Question], _name: str, tags: list[Tag]) -> QuerySet[Question]:
        """By the questions' numbers: the search, which may come after, can filter by nothing else."""
        if not tags:
            return questions
        tagged = Question.objects.filter(tagged_items__tag__in=tags).values_list("pk", flat=True)
        return questions.filter(pk__in=list(tagged))


class QuestionUsageView(UsageView):
    """„Używane w”: the quizzes that ask the question, and those that may draw it from its category."""

    page_title = "Używane w"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return question_bank.uses(self.object)

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("quiz", label="Test", accessor=lambda use: use.quiz.title, get_url=_edit_url),
            Column("course", label="Kurs"),
            Column("how", label="W jaki sposób", accessor=_how),
        ]

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        """The rows are no references, which Wagtail's own table would look up."""
        return BaseListingView.get_table(self, object_list, **kwargs)


def _edit_url(use: question_bank.Use) -> str:
    return reverse("wagtailadmin_pages:edit", args=[use.quiz.pk])


def _how(use: question_bank.Use) -> str:
    if use.draw is None:
        return "pytanie wybrane do testu"
    return f"losowanie z kategorii „{use.draw.category}”: {use.draw.wanted} z {use.draw.found}"


class QuestionViewSet(SnippetViewSet):
    """Questions, found by their words and tags, filtered by kind, category and tag."""

    model = Question
    icon = "help"
    menu_label = "Pytania"
    list_display = [
        "title",
        Column("get_kind_display", label="Rodzaj", sort_key="kind"),
        Column("category", label="Kategoria", sort_key="category__name"),
        Column("tags", label="Tagi", accessor=lambda question: ", ".join(question.tag_names)),
        UpdatedAtColumn(),
    ]
    filterset_class = QuestionFilterSet
    usage_view_class = QuestionUsageView
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return Question.objects.select_related("category").prefetch_related("tagged_items__tag")


class QuestionCategoryViewSet(SnippetViewSet):
    """The shelves of the bank."""

    model = QuestionCategory
    icon = "folder-open-inverse"
    menu_label = "Kategorie"
    search_fields = ["name"]
    list_display = ["name", Column("size", label="Liczba pytań", sort_key="size")]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionCategory]:
        return QuestionCategory.objects.annotate(size=Count("questions"))


class BankViewSetGroup(SnippetViewSetGroup):
    """„Baza pytań” in the menu."""

    items = (QuestionViewSet, QuestionCategoryViewSet)
    menu_label = "Baza pytań"
    menu_name = "bank"
    menu_icon = "help"
    menu_order = 210
