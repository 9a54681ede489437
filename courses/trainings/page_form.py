"""The editor's form of a training: what cannot be is said at its field, and nothing is lost."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from elearning.records.schedule import faults_of

from .days import days_of
from .reminder_days import parse_reminder_days

END_BEFORE_START = "Koniec zapisów musi być po ich początku."
CLOSES_TOO_LATE = "Zapisy nie mogą trwać dłużej niż samo wydarzenie."
NO_PLACE = "Podaj miejsce albo zmień tryb na „online”."
NO_CRITERIA = "Dodaj co najmniej jedno kryterium albo wybierz kolejność zgłoszeń."
NO_REASON = "Napisz, dlaczego odwołujesz. Ten tekst dostaną zapisani."


class TrainingPageForm(WagtailAdminPageForm):
    """Checks what fields say together."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        days = self._days(cleaned)
        opens, closes = cleaned.get("registration_opens_at"), cleaned.get("registration_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", END_BEFORE_START)
        elif closes and days and closes > max(day.ends_at for day in days) + timedelta(minutes=1):
            self.add_error("registration_closes_at", CLOSES_TOO_LATE)
        if cleaned.get("mode") != "online" and days and not (cleaned.get("venue") or cleaned.get("address")):
            self.add_error("venue", NO_PLACE)
        if cleaned.get("by_criteria") and not cleaned.get("criteria"):
            self.add_error("criteria", NO_CRITERIA)
        if cleaned.get("called_off") and not cleaned.get("called_off_reason"):
            self.add_error("called_off_reason", NO_REASON)
        self._check_reminders(cleaned)
        return cleaned

    def _days(self, cleaned: dict[str, Any]) -> Any:
        if not cleaned.get("days") or not cleaned.get("zone"):
            return ()
        days = days_of(cleaned["days"], cleaned["zone"])
        if faults := faults_of(days):
            self.add_error("days", [ValidationError(f"Dzień {number + 1}. {text}") for number, text in faults])
            return ()
        return days

    def _check_reminders(self, cleaned: dict[str, Any]) -> None:
        try:
            parse_reminder_days(cleaned.get("reminder_days", ""))
        except ValueError:
            self.add_error("reminder_days", "Podaj liczby dni po przecinku, od 0 do 60, na przykład „7, 1”.")
