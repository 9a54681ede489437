"""The form by which somebody registers for a training: the person, the organiser's questions, criteria and clauses.

Fields of a training are named by the ids of its questions, criteria and clauses, so that an edit of the page between
two visits mixes nothing up. A tick of one version of a clause is no tick of the next.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from elearning.accounts.forms import OTHER, PersonFields
from elearning.accounts.models import User
from elearning.records.models import Invitation
from elearning.records.training import AnswerKind, Clause, Criterion, ExtraQuestion, Training

YES, NO = "tak", "nie"
GONE = "Tej możliwości już nie ma. Wybierz jedną z\xa0tych, które widzisz."
NO_ANSWER = ("", "Bez odpowiedzi")
# More possibilities than these are a list to choose from, not a row of buttons.
MOST_BUTTONS = 8
# What nobody types and what hides or turns around what is read beside it (Unicode Technical Report 36, 3.2).
UNSEEN = r"\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
UNSEEN_IN_LINE = re.compile(rf"[\t\n\r{UNSEEN}]")
UNSEEN_IN_TEXT = re.compile(rf"[{UNSEEN}]")

Answer = dict[str, Any]


def one_line(text: str) -> None:
    """Raises `ValidationError` for signs that have no place in one line of text."""
    if UNSEEN_IN_LINE.search(text):
        raise ValidationError("Usuń znaki, których nie widać, i\xa0wpisz ten tekst od nowa.")


def lines(text: str) -> None:
    """The same for a text of several lines."""
    if UNSEEN_IN_TEXT.search(text):
        raise ValidationError("Usuń znaki, których nie widać, i\xa0wpisz ten tekst od nowa.")


class RegistrationForm(PersonFields):
    """A registration as it is typed. Who is signed in keeps the name and the address of the account.

    `person` fills the fields in beforehand, and so does `invitation`. One query: the register of institutions.
    """

    field_order = ["first_name", "last_name", "email", "institution", "institution_name", "function"]

    email = forms.EmailField(
        label="Adres e-mail",
        max_length=254,
        error_messages={
            "required": "Wpisz adres e-mail.",
            "invalid": "Wpisz pełny adres e-mail, na przykład ola@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    accessibility_needs = forms.CharField(
        label="Czego potrzebujesz, aby wygodnie uczestniczyć",
        required=False,
        max_length=1000,
        help_text="Na przykład: tłumaczenie na polski język migowy, pętla indukcyjna, miejsce na wózek, dieta.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[lines],
    )

    def __init__(
        self,
        *args: Any,
        training: Training,
        person: User | None = None,
        invitation: Invitation | None = None,
        **kwargs: Any,
    ) -> None:
        self.training, self.person_known = training, person
        super().__init__(*args, **{"initial": _initial(person, invitation), **kwargs})
        for name in ("first_name", "last_name", "institution_name", "function", "email"):
            self.fields[name].validators.append(one_line)
        self.fields["function"].required = False
        self.fields["last_name"].help_text = (
            "Imię i\xa0nazwisko wydrukujemy na zaświadczeniu." if training.needed else ""
        )
        self.fields["email"].help_text = _mail_hint(invitation)
        if person is not None:
            for name in ("first_name", "last_name", "email"):
                del self.fields[name]
        self._ask_more(training)

    def _ask_more(self, training: Training) -> None:
        for question in training.questions:
            self.fields[_question_name(question)] = _question_field(question)
        for criterion in training.criteria:
            self.fields[_criterion_name(criterion)] = forms.BooleanField(label=criterion.text, required=False)
        for clause in training.clauses:
            self.fields[clause_name(clause)] = _clause_field(clause)

    def clean_first_name(self) -> str:
        return " ".join(self.cleaned_data["first_name"].split())

    def clean_last_name(self) -> str:
        return " ".join(self.cleaned_data["last_name"].split())

    def clean_email(self) -> str:
        """One address in one spelling: in small letters, letters of other alphabets included."""
        return str(self.cleaned_data["email"]).lower()

    # --- For the page -------------------------------------------------------------------------------------------------
    @property
    def about_person(self) -> list[BoundField]:
        names = ("first_name", "last_name", "email", "institution", "institution_name", "function")
        return [self[name] for name in names if name in self.fields]

    @property
    def about_questions(self) -> list[BoundField]:
        return [self[_question_name(question)] for question in self.training.questions]

    @property
    def about_criteria(self) -> list[tuple[BoundField, int]]:
        """Each with its points."""
        return [(self[_criterion_name(criterion)], criterion.points) for criterion in self.training.criteria]

    @property
    def about_clauses(self) -> list[tuple[BoundField, Clause]]:
        return [(self[clause_name(clause)], clause) for clause in self.training.clauses]

    # --- For the registration -----------------------------------------------------------------------------------------
    @property
    def institution_id(self) -> int | None:
        """The institution of the register, or None where it was typed in."""
        chosen = self.cleaned_data["institution"]
        return None if chosen == OTHER else int(chosen)

    def answers(self) -> list[Answer]:
        """What was answered, with the question as it was asked: a text, a list of texts, or whether it is so."""
        found = ((question, self.cleaned_data[_question_name(question)]) for question in self.training.questions)
        return [
            {"id": str(question.id), "question": question.text, "answer": _kept(question, answer)}
            for question, answer in found
            if answer
        ]

    def criteria(self) -> list[Answer]:
        """The criteria that the person says to meet."""
        return [
            {"id": str(criterion.id), "text": criterion.text, "points": criterion.points}
            for criterion in self.training.criteria
            if self.cleaned_data[_criterion_name(criterion)]
        ]

    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that the person accepted."""
        return tuple(clause for clause in self.training.clauses if self.cleaned_data[clause_name(clause)])


def clause_name(clause: Clause) -> str:
    """The field of one version of a clause."""
    return f"zgoda-{clause.key.hex}-{clause.version}"


def _question_name(question: ExtraQuestion) -> str:
    return f"pytanie-{question.id.hex}"


def _criterion_name(criterion: Criterion) -> str:
    return f"kryterium-{criterion.id.hex}"


def _mail_hint(invitation: Invitation | None) -> str:
    if invitation is not None:
        return "Jeśli go zmienisz, wyślemy wiadomość z\xa0prośbą o\xa0potwierdzenie."
    return "Wyślemy na niego wiadomość z\xa0prośbą o\xa0potwierdzenie."


def _initial(person: User | None, invitation: Invitation | None) -> dict[str, str]:
    """What is known beforehand; of an invited person's name the first word is taken for the first name."""
    if person is not None:
        chosen = str(person.institution_id or (OTHER if person.institution_name else ""))
        return {
            "institution": chosen,
            "institution_name": person.institution_name,
            "function": person.function,
        }
    if invitation is None:
        return {}
    first, _, last = invitation.name.strip().partition(" ")
    return {
        "first_name": first,
        "last_name": last.strip(),
        "email": invitation.email,
        "institution": str(invitation.institution_id or ""),
    }


def _question_field(question: ExtraQuestion) -> forms.Field:
    required = question.required
    about: dict[str, Any] = {"label": question.text, "required": required, "help_text": question.hint}
    if question.kind is AnswerKind.TEXT:
        missing = {"required": "Wpisz odpowiedź."}
        return forms.CharField(**about, max_length=300, validators=[one_line], error_messages=missing)
    if question.kind is AnswerKind.LONG_TEXT:
        missing = {"required": "Wpisz odpowiedź."}
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(**about, max_length=2000, validators=[lines], error_messages=missing, widget=area)
    if question.kind is AnswerKind.CHOICES:
        missing = {"required": "Zaznacz co najmniej jedną odpowiedź."}
        choices = [(choice, choice) for choice in question.choices]
        boxes = forms.CheckboxSelectMultiple
        errors = {**missing, "invalid_choice": GONE}
        return forms.MultipleChoiceField(**about, choices=choices, error_messages=errors, widget=boxes)
    return _one_of(question, about)


def _one_of(question: ExtraQuestion, about: dict[str, Any]) -> forms.Field:
    """One possibility; what need not be answered can be left open again, which a row of buttons else does not let."""
    if question.kind is AnswerKind.YES_NO:
        choices, missing = [(YES, "Tak"), (NO, "Nie")], "Wybierz „Tak” albo „Nie”."
    else:
        choices, missing = [(choice, choice) for choice in question.choices], "Wybierz jedną odpowiedź."
    errors = {"required": missing, "invalid_choice": GONE}
    if len(choices) > MOST_BUTTONS:
        listed = [("", "Wybierz"), *choices]
        return forms.ChoiceField(**about, choices=listed, error_messages=errors)
    open_again = [] if question.required else [NO_ANSWER]
    return forms.ChoiceField(
        **about, choices=[*choices, *open_again], error_messages=errors, widget=forms.RadioSelect, initial=None
    )


def _clause_field(clause: Clause) -> forms.Field:
    return forms.BooleanField(
        label=f"Znam i\xa0akceptuję: {clause.title}{'' if clause.required else ' (opcjonalnie)'}",
        required=clause.required,
        error_messages={"required": "Zaznacz to pole. Bez tego nie przyjmiemy zgłoszenia."},
    )


def _kept(question: ExtraQuestion, answer: Any) -> str | list[str] | bool:
    if question.kind is AnswerKind.YES_NO:
        return bool(answer == YES)
    if question.kind is AnswerKind.CHOICES:
        return list(cast(Sequence[str], answer))
    return str(answer)


def answers_in_words(answers: Sequence[Answer]) -> Iterator[tuple[str, str]]:
    """Stored answers as they are read: the question and the answer, possibilities after commas."""
    for row in answers:
        answer = row["answer"]
        if isinstance(answer, bool):
            text = "tak" if answer else "nie"
        else:
            text = ", ".join(answer) if isinstance(answer, list) else str(answer)
        yield row["question"], text
