"""What an organiser decides about differences: one by one, or for all that is ticked what one source says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, QueryDict

from courses.trainings import attendance_grid
from courses.trainings.attendance_forms import VOICES, DecisionForm, VoiceForm, prefix_of
from courses.trainings.attendance_grid import Difference, Resolutions
from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural
from elearning.records import attendance, attendance_import
from elearning.records.models import Registration
from elearning.records.presence import Presence, Source
from elearning.records.training import Training

MOST = 50  # asked at once; the others come after them
MEANWHILE = "{}: od otwarcia strony ktoś coś dopisał. Sprawdź i\xa0zdecyduj jeszcze raz."
SILENT = "{}: wybrane źródło nic o\xa0tym nie mówi, więc nic się nie zmieniło."
GONE = "O\xa0części rozbieżności ktoś zdecydował już wcześniej. Historię zobaczysz przy osobie."
NO_VOICE = "Wybierz źródło, które uznajesz dla zaznaczonych."
NOTHING = "Nic nie wybrano, więc nic się nie zmieniło."
Wanted = Sequence[tuple[int, UUID]]


@dataclass(frozen=True, slots=True)
class Answers:
    """The differences shown, each with its form; `gone` were sent and differ no more."""

    forms: tuple[DecisionForm, ...]
    voice: VoiceForm
    more: int = 0
    gone: bool = False

    def is_valid(self) -> bool:
        """Whether all of it can be kept; else each form has its errors."""
        are_valid = all(form.is_valid() for form in (*self.forms, self.voice))
        if are_valid and self.picked and self.voice.source is None:
            self.voice.add_error("voice", NO_VOICE)
            return False
        return are_valid

    @property
    def picked(self) -> list[DecisionForm]:
        return [form for form in self.forms if form.is_bound and form.cleaned_data.get("pick")]

    @property
    def errors(self) -> list[dict[str, str]]:
        """What is wrong, each with the address of its field."""
        named = [(words_of(form.difference), form) for form in self.forms]
        return [
            {"href": f"#{field.id_for_label}", "text": f"{name}: {error}"}
            for name, form in [*named, ("Decyzja zbiorcza", self.voice)]
            for field in form
            for error in field.errors
        ]


def blank(wanted: Wanted, people: Mapping[int, Registration], resolutions: Resolutions) -> Answers:
    """The first differences, for a decision."""
    found = attendance_grid.differences_of(wanted[:MOST], people, resolutions)
    return Answers(tuple(DecisionForm(difference=each) for each in found), VoiceForm(), max(0, len(wanted) - MOST))


def answers_of(
    sent: QueryDict, wanted: Wanted, people: Mapping[int, Registration], resolutions: Resolutions
) -> Answers:
    """What was decided about the differences that are still there."""
    names = {name.removesuffix("-newest") for name in sent if name.endswith("-newest")}
    asked = [(key, block) for key, block in wanted if f"c{key}-{block.hex}" in names][:MOST]
    found = attendance_grid.differences_of(asked, people, resolutions)
    forms = tuple(DecisionForm(sent, difference=each) for each in found)
    return Answers(forms, VoiceForm(sent), gone=len(names) > len({prefix_of(each) for each in found}))


def keep(request: HttpRequest, training: Training, answers: Answers, *, by: User) -> None:
    """Keep the decisions and say what was done. Of what somebody else has spoken about meanwhile nothing is decided."""
    with transaction.atomic():
        attendance_import.lock(training)
        troubles = [_keep(training, form, answers.voice.source, by=by) for form in answers.forms]
    kept = troubles.count("")
    for text in filter(None, troubles):
        messages.warning(request, text)
    if kept:
        words = plural(kept, "decyzja jest zapisana,decyzje są zapisane,decyzji jest zapisanych")
        messages.success(request, f"{kept}\xa0{words}.")
    if answers.gone:
        messages.warning(request, GONE)
    elif set(troubles) <= {None}:
        messages.info(request, NOTHING)


def _keep(training: Training, form: DecisionForm, voice: Source | None, *, by: User) -> str | None:
    """What is in the way of this decision, nothing where it was kept, None where there is none."""
    decided, note = _decision(form, voice)
    difference = form.difference
    if decided is None:
        return SILENT.format(words_of(difference)) if form.cleaned_data["pick"] else None
    if form.cleaned_data["newest"] != difference.mark.pk:
        return MEANWHILE.format(words_of(difference))
    try:
        attendance.decide(difference.person, training, [difference.block], decided, by=by, note=note)
    except attendance.Refused as error:
        return str(error)
    return ""


def words_of(difference: Difference) -> str:
    """„Nowak Jan, 6.10.2026, Diagnoza”."""
    person, mark = difference.person, difference.mark
    return f"{person.last_name} {person.first_name}, {mark.day:%d.%m.%Y}, {mark.topic}"


def _decision(form: DecisionForm, voice: Source | None) -> tuple[Presence | None, str]:
    """What counts from now on, and why. A decision of its own goes before the one for all that is ticked."""
    if form.decided is not None:
        return form.decided, form.cleaned_data["note"]
    if voice is None or not form.cleaned_data["pick"]:
        return None, ""
    said = [mark.presence for mark in form.difference.resolution.standing if mark.source is voice]
    note = form.cleaned_data["note"] or f"Uznano {VOICES[voice]}."
    return (said[-1], note) if said else (None, "")
