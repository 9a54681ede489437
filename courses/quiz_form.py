"""What the editor of a quiz is told before it is saved: contradicting settings, draws that cannot be made."""

from collections import Counter
from random import SystemRandom
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from courses import drawing


class QuizPageForm(WagtailAdminPageForm):
    """The quiz's own fields, checked together."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "Test musi się zamykać później, niż się otwiera.")
        if cleaned.get("review_when") == "closing" and not closes:
            self.add_error("review_when", "Podaj datę „otwarty do”, żeby było wiadomo, kiedy test się zamyka.")
        if cleaned.get("pre_test") == self.instance and self.instance.pk:
            self.add_error("pre_test", "Test nie może być swoim własnym testem wstępnym.")
        self.check_doubles(cleaned)
        self.check_draws(cleaned)
        return cleaned

    def check_doubles(self, cleaned: dict[str, Any]) -> None:
        """A question that stands in two lines would be asked once, and the quiz be shorter than its editor thinks."""
        chosen = Counter(
            child.value["question"] for child in cleaned.get("questions") or () if child.block_type == "question"
        )
        for question, times in chosen.items():
            if question is not None and times > 1:
                self.add_error("questions", f"Pytanie „{question}” jest wybrane {times} razy. Zostaw je raz.")

    def check_draws(self, cleaned: dict[str, Any]) -> None:
        """Categories with fewer questions than a draw wants: a learner could not start."""
        if self.is_deferred_validation or not cleaned.get("questions"):
            return
        try:
            drawing.draw(cleaned["questions"], chance=SystemRandom())
        except drawing.TooFewQuestions as error:
            self.add_error("questions", str(error))
