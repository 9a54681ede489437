"""What an item declares as right, and how it says that answers are scored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from courses.exchange.base import LeftOut
from courses.exchange.weighed import decimal, percent
from courses.exchange.xml_tree import Element

CONDITIONS = ("responseIf", "responseElseIf")
COMPARISONS = ("match", "stringMatch", "equal")
# Whatever else a file computes with is a rule of its own that no kind of ours follows.
USUAL = frozenset(
    [
        "responseCondition",
        "responseIf",
        "responseElseIf",
        "responseElse",
        "setOutcomeValue",
        "match",
        "stringMatch",
        "equal",
        "variable",
        "correct",
        "baseValue",
        "mapResponse",
        "sum",
        "isNull",
        "not",
        "and",
        "or",
        "index",
        "multiple",
        "member",
        "gte",
        "gt",
        "lt",
        "lte",
    ]
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A response: its key in the order of the file, and the points of answers where it maps them."""

    identifier: str
    cardinality: str
    base_type: str
    correct: list[str]
    points: dict[str, Fraction] = field(default_factory=dict)
    is_cased: bool = False

    @property
    def is_number(self) -> bool:
        return self.base_type in ("float", "integer")

    def right(self) -> list[str]:
        """The answers worth the most: those mapped to the most points, else the key."""
        if not self.points:
            return self.correct
        most = max(self.points.values())
        return [key for key, points in self.points.items() if points == most and points > 0]


class Scoring:
    """The declarations and the response processing of an item, in the spelling of 2.x."""

    def __init__(self, item: Element) -> None:
        self.declarations = {
            element.get("identifier"): _declaration(element) for element in item.elements("responseDeclaration")
        }
        self.processing = item.first("responseProcessing")
        template = self.processing.get("template") or self.processing.get("templateLocation") if self.processing else ""
        self.template = template.rpartition("/")[2].removesuffix(".xml")

    def declaration(self, interaction: Element) -> Declaration:
        """The response of an interaction. Raises `LeftOut` where the item does not declare it."""
        try:
            return self.declarations[interaction.get("responseIdentifier")]
        except KeyError:
            raise LeftOut("Pytanie nie ma deklaracji swojej odpowiedzi.") from None

    def keyed(self, interaction: Element) -> Declaration:
        """The same. Raises `LeftOut` where nothing says what is right."""
        declaration = self.declaration(interaction)
        if declaration.right():
            return declaration
        points = dict(self._compared(declaration.identifier))
        if not points:
            raise LeftOut("Plik nie mówi, która odpowiedź jest poprawna.")
        return Declaration(
            declaration.identifier, declaration.cardinality, declaration.base_type, [], points, is_cased=True
        )

    def is_mapped(self, declaration: Declaration) -> bool:
        """Whether parts of an answer are worth something, and not only the whole."""
        if self.template:
            return self.template == "map_response"
        return any(element.get("identifier") == declaration.identifier for element in self._all("mapResponse"))

    def is_by_place(self) -> bool:
        """Whether each place of an order is looked at by itself."""
        return next(self._all("index"), None) is not None

    def is_usual(self) -> bool:
        """Whether no more is computed than points for answers."""
        return self.processing is None or {element.name for element in self.processing.walk()} <= USUAL

    def tolerance(self, declaration: Declaration, value: Decimal) -> Decimal:
        """How far from the value an answer may be. Raises `LeftOut` where it may be farther on one side."""
        for element in self._all("equal"):
            if not any(child.get("identifier") == declaration.identifier for child in element.elements("variable")):
                continue
            given = [decimal(part) for part in element.get("tolerance").split()] or [Decimal(0)]
            if len(set(given)) > 1:
                raise LeftOut("Tolerancja jest inna w górę niż w dół.")
            mode = element.get("toleranceMode", "exact")
            return {"absolute": given[0], "relative": abs(value) * given[0] / 100}.get(mode, Decimal(0))
        return Decimal(0)

    def feedback_of_answers(self) -> dict[tuple[str, str], str]:
        """The answers for which a condition asks the item to show a feedback: by outcome and its identifier."""
        found = {}
        for condition, answer in self._conditions():
            for outcome in condition.elements("setOutcomeValue"):
                if (shown := outcome.first("baseValue")) and shown.get("baseType") == "identifier":
                    found[outcome.get("identifier"), shown.text().strip()] = answer
        return found

    def shown_by_choice(self) -> set[str]:
        """The outcomes that are the chosen answers themselves."""
        return {
            outcome.get("identifier")
            for outcome in self._all("setOutcomeValue")
            if (value := outcome.first("variable")) and value.get("identifier") in self.declarations
        }

    def _compared(self, identifier: str) -> Iterator[tuple[str, Fraction]]:
        """The answers that conditions compare with, and the points they give."""
        for condition, answer in self._conditions(identifier):
            for outcome in condition.elements("setOutcomeValue"):
                points = outcome.find("baseValue")
                if outcome.get("identifier") == "SCORE" and points and points.get("baseType") in ("float", "integer"):
                    yield answer, percent(points.text())

    def _conditions(self, identifier: str = "") -> Iterator[tuple[Element, str]]:
        """The conditions that are one comparison of a response, of this one or any, with an answer."""
        for condition in self._all(*CONDITIONS):
            test = next(condition.elements(), None)
            variable = test.first("variable") if test and test.name in COMPARISONS else None
            answer = test.first("baseValue") if test and variable else None
            if (
                variable
                and answer
                and variable.get("identifier") in ({identifier} if identifier else self.declarations)
            ):
                yield condition, answer.text().strip()

    def _all(self, *names: str) -> Iterator[Element]:
        if self.processing:
            yield from (element for element in self.processing.walk() if element.name in names)


def _declaration(element: Element) -> Declaration:
    correct = element.first("correctResponse")
    mapping = element.first("mapping")
    entries = list(mapping.elements("mapEntry")) if mapping else []
    return Declaration(
        element.get("identifier"),
        element.get("cardinality", "single"),
        element.get("baseType"),
        [value.text().strip() for value in correct.elements("value")] if correct else [],
        {entry.get("mapKey"): percent(entry.get("mappedValue", "0")) for entry in entries},
        is_cased=any(entry.get("caseSensitive", "true") == "true" for entry in entries),
    )
