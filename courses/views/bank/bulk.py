"""Changes to many questions of the bank at once: a category, tags."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from taggit.forms import TagField
from wagtail.admin.widgets import AdminTagWidget
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from courses import question_bank
from courses.models import Question, QuestionCategory
from courses.models.questions import QuestionTag


class MoveForm(forms.Form):
    """Where to; `confirmed` names the category of which the consequences were shown."""

    category = forms.ModelChoiceField(QuestionCategory.objects.all(), label="Nowa kategoria")
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_confirmed(self) -> bool:
        """Whether the consequences of this very choice were shown."""
        return bool(self.cleaned_data["confirmed"] == str(self.cleaned_data["category"].pk))


class TagForm(forms.Form):
    """Which tags to add."""

    tags = TagField(label="Dodaj tagi", widget=AdminTagWidget(tag_model=QuestionTag.tag_model()))


class QuestionBulkAction(SnippetBulkAction):
    """What many questions have done to them at once, by a person who may change questions."""

    models: ClassVar = [Question]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user, "form": self.cleaned_form}


class MoveQuestions(QuestionBulkAction):
    """Two steps: choose the category, then read what that means for the quizzes that draw, and confirm."""

    display_name = "Przenieś"
    aria_label = "Przenieś zaznaczone pytania do innej kategorii"
    action_type = "move"
    action_priority = 10
    template_name = "courses/admin/bank/move.html"
    form_class = MoveForm

    def form_valid(self, form: MoveForm) -> HttpResponse:
        if not form.is_confirmed:
            return self.render_to_response(self.get_context_data(form=form, consequences=self._consequences(form)))
        response: HttpResponse = super().form_valid(form)
        return response

    def _consequences(self, form: MoveForm) -> dict[str, Any]:
        target = form.cleaned_data["category"]
        questions, _without_access = self.get_actionable_objects()
        moved = [question for question in questions if question.category_id != target.pk]
        sources = QuestionCategory.objects.filter(pk__in={question.category_id for question in moved})
        return {
            "target": target,
            "moved": len(moved),
            "staying": len(questions) - len(moved),
            "left": question_bank.drawing_from(sources, without={question.pk for question in moved}),
            "entered": question_bank.drawing_from([target]) if moved else [],
        }

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        category = kwargs["form"].cleaned_data["category"]
        return question_bank.move(objects, category, user=kwargs["user"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return f"Liczba przeniesionych pytań: {num_parent_objects}."


class TagQuestions(QuestionBulkAction):
    """Add tags."""

    display_name = "Dodaj tagi"
    aria_label = "Dodaj tagi do zaznaczonych pytań"
    action_type = "tag"
    action_priority = 20
    template_name = "courses/admin/bank/tag.html"
    form_class = TagForm

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        names = kwargs["form"].cleaned_data["tags"]
        return question_bank.tag(objects, names, user=kwargs["user"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return f"Pytania z nowymi tagami: {num_parent_objects}."
