"""The survey of a training: read from its page, asked as a form, and when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from courses.blocks.training import choices_of
from courses.models import TrainingPage
from elearning.records.survey import LONGEST_TEXT, SCALE, SurveyKind, SurveyQuestion

# People fill it in before they leave.
OPENS_BEFORE_END = timedelta(minutes=60)
NOTHING = "Odpowiedz na co najmniej jedno pytanie."


def questions_of(page: TrainingPage) -> tuple[SurveyQuestion, ...]:
    """The questions in their order. No query."""
    return tuple(_question(child) for child in page.survey)


def is_open(page: TrainingPage, now: datetime) -> bool:
    """Whether it can be answered: from an hour before the end, up to the last day that the editor set."""
    if not page.survey or page.ends_at is None or page.called_off:
        return False
    return page.ends_at - OPENS_BEFORE_END <= now and not is_over(page, now)


def is_over(page: TrainingPage, now: datetime) -> bool:
    """Whether the last day for answers has passed."""
    return page.survey_closes_on is not None and page.survey_closes_on < timezone.localdate(now)


def _question(child: Any) -> SurveyQuestion:
    value, kind = child.value, SurveyKind(child.block_type)
    if kind is SurveyKind.SCALE:
        return SurveyQuestion(UUID(child.id), kind, value["text"], low=value["low"], high=value["high"])
    if kind is SurveyKind.CHOICE:
        options = choices_of(value["choices"])
        return SurveyQuestion(UUID(child.id), kind, value["text"], options, multiple=value["multiple"])
    return SurveyQuestion(UUID(child.id), kind, value["text"])


class SurveyForm(forms.Form):
    """A survey as a form. No question has to be answered, but one of them has."""

    def __init__(self, questions: tuple[SurveyQuestion, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[self._name(question)] = _field(question)

    @staticmethod
    def _name(question: SurveyQuestion) -> str:
        return f"pytanie-{question.id.hex}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(NOTHING)
        return cleaned

    def answers(self) -> dict[UUID, tuple[str, ...]]:
        """What was chosen and written, for `surveys.answer`."""
        return dict(self._answers())

    def _answers(self) -> Iterator[tuple[UUID, tuple[str, ...]]]:
        for question in self.questions:
            value = self.cleaned_data.get(self._name(question)) or ()
            yield question.id, (value,) if isinstance(value, str) else tuple(value)


def _field(question: SurveyQuestion) -> forms.Field:
    if question.kind is SurveyKind.OPEN_TEXT:
        hint = "Nie wpisuj danych, po których można poznać Ciebie lub kogoś innego."
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            label=question.text, max_length=LONGEST_TEXT, required=False, widget=widget, help_text=hint
        )
    if question.kind is SurveyKind.CHOICE and question.multiple:
        options = [(option, option) for option in question.options]
        return forms.MultipleChoiceField(
            label=question.text, choices=options, required=False, widget=forms.CheckboxSelectMultiple
        )
    options = _scale(question) if question.kind is SurveyKind.SCALE else [(one, one) for one in question.options]
    return forms.ChoiceField(label=question.text, choices=options, required=False, widget=forms.RadioSelect)


def _scale(question: SurveyQuestion) -> list[tuple[str, str]]:
    names = {SCALE[0]: f"1 – {question.low}", SCALE[-1]: f"5 – {question.high}"}
    return [(value, names.get(value, value)) for value in SCALE]
