"""Forms in which people decide about attempts: a mark, individual terms, a regrade."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from courses import quiz_rules
from courses.questions.open_text import Criterion
from elearning.records.attempt_rules import Allowance
from elearning.records.marking import Judgement
from elearning.records.models import Extension, Mark

# Minutes: a week. Attempts: more are no exception any more.
MOST_MINUTES = 7 * 24 * 60
MOST_ATTEMPTS = 100
# Characters of a comment: about a page and a half.
MOST_COMMENT = 4_000


class MarkForm(forms.Form):
    """Points for each criterion, a comment, and where the result is not known yet a second opinion."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], mark: Mark | None, may_ask: bool, **kwargs: Any
    ) -> None:
        """`mark` is the one to correct, whose points are filled in."""
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        given = mark.points if mark and len(mark.points) == len(criteria) else [None] * len(criteria)
        for place, criterion in enumerate(criteria):
            self.fields[self.criterion_field(place)] = _points_field(criterion, given[place])
        self.fields["comment"] = forms.CharField(
            label="Komentarz dla osoby uczącej się",
            required=False,
            max_length=MOST_COMMENT,
            initial=mark.comment if mark else "",
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        if may_ask:
            self.fields["second_opinion"] = forms.BooleanField(
                label="Poproś o drugą opinię",
                required=False,
                help_text="Odpowiedź będzie czekać, aż oceni ją inna osoba. Jej ocena będzie obowiązywać.",
            )

    @staticmethod
    def criterion_field(place: int) -> str:
        """The name of the field of a criterion, which are counted from 0."""
        return f"kryterium-{place}"

    def clean_comment(self) -> str:
        """The comment with the line ends that it is kept with."""
        comment: str = self.cleaned_data["comment"]
        return comment.replace("\r\n", "\n")

    def judgement(self, seen: int | None) -> Judgement:
        """What was decided by a person who has seen that mark as the newest."""
        places = range(len(self.criteria))
        return Judgement(
            points=tuple(self.cleaned_data[self.criterion_field(place)] for place in places),
            maxima=tuple(criterion.points for criterion in self.criteria),
            comment=self.cleaned_data["comment"],
            second_opinion=self.cleaned_data.get("second_opinion", False),
            seen=seen,
        )


class ExtensionForm(forms.Form):
    """What one person may have beyond the rules of a quiz, filled in with what holds now."""

    minutes = forms.IntegerField(
        label="Dodatkowe minuty",
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
        help_text="Ponad limit czasu testu. Trwające podejście też się wydłuży.",
    )
    attempts = forms.IntegerField(
        label="Dodatkowe podejścia",
        required=False,
        min_value=0,
        max_value=MOST_ATTEMPTS,
        help_text="Ponad liczbę podejść testu.",
    )
    closes_at = forms.DateTimeField(
        label="Otwarty do",
        required=False,
        widget=AdminDateTimeInput,
        help_text="Data późniejsza niż zamknięcie testu. Puste pole oznacza datę testu.",
    )
    reason = forms.CharField(
        label="Powód",
        max_length=255,
        help_text="Zobaczą go osoby z redakcji i koordynacji.",
        error_messages={"required": "Podaj powód."},
    )

    def __init__(self, *args: Any, newest: Extension | None, closes_at: datetime | None, **kwargs: Any) -> None:
        """`closes_at` is when the quiz closes for everyone."""
        super().__init__(*args, **kwargs)
        self.quiz_closes_at = closes_at
        if newest:
            still = newest.closes_at if newest.closes_at and newest.closes_at > timezone.now() else None
            self.initial = {"minutes": newest.minutes, "attempts": newest.attempts, "closes_at": still}

    def clean_closes_at(self) -> datetime | None:
        """Raises `ValidationError` for a date that would change nothing."""
        chosen: datetime | None = self.cleaned_data["closes_at"]
        if chosen is None:
            return None
        if chosen <= timezone.now():
            raise ValidationError("Ta data już minęła. Podaj późniejszą.")
        if self.quiz_closes_at is None:
            raise ValidationError("Ten test nie ma daty zamknięcia. Zostaw to pole puste.")
        if chosen <= self.quiz_closes_at:
            closes = quiz_rules.moment(self.quiz_closes_at)
            raise ValidationError(f"Test jest otwarty dla wszystkich do: {closes}. Podaj późniejszą datę.")
        return chosen

    @property
    def allowance(self) -> Allowance:
        return Allowance(
            minutes=self.cleaned_data["minutes"] or 0,
            attempts=self.cleaned_data["attempts"] or 0,
            closes_at=self.cleaned_data["closes_at"],
        )


class RegradeForm(forms.Form):
    """Why results are worked out anew, and the plan that the person has seen."""

    reason = forms.CharField(
        label="Powód",
        max_length=255,
        help_text="Zostanie w historii razem z Twoim nazwiskiem i listą zmian.",
        error_messages={"required": "Podaj powód."},
    )


def _points_field(criterion: Criterion, given: int | None) -> forms.IntegerField:
    error = f"Wpisz liczbę całkowitą od 0 do {criterion.points}."
    return forms.IntegerField(
        label=f"{criterion.text} (od 0 do {criterion.points})",
        min_value=0,
        max_value=criterion.points,
        initial=given,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), error),
    )
