"""The feedback of an item: for everyone, or for those who gave one answer."""

from courses.exchange.xml_tree import Element

from .body import Body
from .scoring import Scoring


class Feedback:
    """Sorts the feedback of an item by what it depends on."""

    def __init__(self, item: Element, scoring: Scoring, body: Body) -> None:
        self.body = body
        self.by_answer: dict[str, str] = {}
        self._general: list[Element] = []
        self._mixed: list[Element] = []
        always = {
            outcome.get("identifier"): default.text().strip()
            for outcome in item.elements("outcomeDeclaration")
            if (default := outcome.first("defaultValue"))
        }
        of_answers, shown = scoring.feedback_of_answers(), scoring.shown_by_choice()
        for element in item.elements("modalFeedback"):
            outcome, identifier = element.get("outcomeIdentifier"), element.get("identifier")
            answer = of_answers.get((outcome, identifier), identifier if outcome in shown else "")
            if answer:
                self.by_answer[answer] = self.by_answer.get(answer, "") + body.rich(element.children)
            elif always.get(outcome) == identifier and outcome not in shown:
                self._general.append(element)
            else:
                self._mixed.append(element)

    def of_choice(self, choice: Element) -> str:
        """What is shown to those who chose it, wherever the item keeps it."""
        inside = "".join(self.body.rich(child.children) for child in choice.elements("feedbackInline", "feedbackBlock"))
        return self.by_answer.pop(choice.get("identifier"), "") + inside

    def of_text(self, text: str) -> str:
        """What is shown to those who typed it."""
        return self.by_answer.pop(text, "")

    def general(self) -> str:
        """All that is left, for everyone. To be asked last: the answers take theirs, the body finds some."""
        mixed = [*self._mixed, *self.body.feedback]
        rest = "".join(self.by_answer.values())
        if mixed or rest:
            self.body.draft.changed("Informacje zwrotne zależne od odpowiedzi połączono w jedno wyjaśnienie.")
        return "".join(self.body.rich(element.children) for element in [*self._general, *mixed]) + rest
