"""Our questions as items of QTI, in the spelling of 2.x."""

import re
from collections.abc import Mapping

from courses.exchange.base import Found, LeftOut
from courses.exchange.images import addressed, option_image, own_images
from courses.exchange.moodle_weights import point
from courses.exchange.rich_text import clean, one_line
from courses.exchange.xml_tree import Child, Element, parse
from courses.questions import Question, load
from courses.questions.choices import Option
from courses.questions.gaps import GAP, Gaps
from courses.questions.matching import Matching
from courses.questions.multiple_choice import MultipleChoice
from courses.questions.number import Number
from courses.questions.open_text import Criterion, OpenText
from courses.questions.ordering import Ordering
from courses.questions.short_text import ShortText
from courses.questions.single_choice import SingleChoice
from courses.questions.true_false import TrueFalse

from . import rules
from .rules import tag

RESPONSE = "RESPONSE"


class ItemWriter:
    """Writes one question. `addresses` are the files of its images, seen from the item."""

    def __init__(self, question: Found, identifier: str, addresses: Mapping[str, str]) -> None:
        self.question = question
        self.identifier = identifier
        self.addresses = addresses
        self.declarations: list[Element] = []
        self.rules: list[Element] = []
        self.notes: list[str] = []
        self.feedback: dict[str, str] = {}
        self.top = 1  # points for all

    def item(self) -> Element:
        """The item. Raises `InvalidQuestion`."""
        loaded = load(self.question.kind, self.question.data)
        body = self._body(loaded)
        general = self._rich(loaded.feedback)
        outcomes = [rules.score(self.top)]
        if general:
            outcomes.append(rules.always_shown())
        if self.feedback:
            many = isinstance(loaded, MultipleChoice)
            outcomes.append(
                tag(
                    "outcomeDeclaration",
                    identifier="FEEDBACK",
                    baseType="identifier",
                    cardinality="multiple" if many else "single",
                )
            )
        shown = [self._modal("GENERAL", "always", general)] if general else []
        shown += [self._modal("FEEDBACK", key, text) for key, text in self.feedback.items()]
        return tag(
            "assessmentItem",
            *self.declarations,
            *outcomes,
            tag("itemBody", *body),
            tag("responseProcessing", *self.rules),
            *shown,
            identifier=self.identifier,
            title=one_line(self.question.title),
            adaptive="false",
            timeDependent="false",
        )

    def _body(self, loaded: Question) -> list[Child]:
        match loaded:
            case Gaps():
                return self._gaps(loaded)
            case SingleChoice() | MultipleChoice():
                asked = self._choice(loaded)
            case TrueFalse():
                asked = self._truth(loaded)
            case Number():
                asked = self._number(loaded)
            case Matching():
                asked = self._matching(loaded)
            case Ordering():
                asked = self._ordering(loaded)
            case _:
                asked = self._written(loaded)
        return [*self._elements(loaded.text), *asked]

    def _written(self, loaded: Question) -> list[Child]:
        match loaded:
            case ShortText():
                return self._short_text(loaded)
            case OpenText():
                return self._open_text(loaded)
            case _:
                raise LeftOut("QTI nie ma takiego rodzaju pytania.")

    def _choice(self, loaded: SingleChoice | MultipleChoice) -> list[Child]:
        keys = {option.id: f"o{number}" for number, option in enumerate(loaded.options, start=1)}
        right = [keys[option.id] for option in loaded.options if option.correct]
        is_many = isinstance(loaded, MultipleChoice)
        if is_many:
            points = {keys[option.id]: 1 if option.correct else -1 for option in loaded.options}
            self._declare(right, "multiple", "identifier", rules.mapping(points, top=len(right)))
            self.top = len(right)
        else:
            self._declare(right, "single", "identifier")
        self.rules.append(rules.mapped() if is_many else rules.all_or_nothing())
        self.feedback = {keys[o.id]: text for o in loaded.options if (text := self._rich(o.feedback))}
        if self.feedback:
            self.rules.append(rules.show_chosen())
        choices = [tag("simpleChoice", *self._option(o), identifier=keys[o.id]) for o in loaded.options]
        return [rules.interaction("choiceInteraction", *choices, shuffle="true", maxChoices="0" if is_many else "1")]

    def _option(self, option: Option) -> list[Child]:
        image = option_image(option, self.question)
        return [one_line(option.text), *([" ", *self._parsed(image)] if image else [])]

    def _truth(self, loaded: TrueFalse) -> list[Child]:
        self._declare([str(loaded.answer).lower()], "single", "identifier")
        self.rules.append(rules.all_or_nothing())
        choices = [tag("simpleChoice", word, identifier=key) for key, word in (("true", "Prawda"), ("false", "Fałsz"))]
        return [rules.interaction("choiceInteraction", *choices, shuffle="false", maxChoices="1")]

    def _number(self, loaded: Number) -> list[Child]:
        self._declare([point(loaded.answer)], "single", "float")
        self.rules.append(rules.near(point(loaded.tolerance)))
        unit: list[Child] = [" ", tag("span", loaded.unit, **{"class": "unit"})] if loaded.unit else []
        return [tag("p", rules.interaction("textEntryInteraction", expectedLength="20"), *unit)]

    def _gaps(self, loaded: Gaps) -> list[Child]:
        names = [f"{RESPONSE}_{number}" for number in range(1, len(loaded.gaps) + 1)]
        for name, accepted in zip(names, loaded.gaps, strict=True):
            points = dict.fromkeys(accepted, 1)
            self._declare([accepted[0]], "single", "string", rules.mapping(points, is_text=True), name)
        self.rules.append(rules.summed(names))
        self.top = len(names)
        gaps = iter(names)

        def field(_gap: re.Match[str]) -> str:
            return f'<textEntryInteraction responseIdentifier="{next(gaps)}" expectedLength="20" class="gap"/>'

        return self._parsed(GAP.sub(field, self._rich(loaded.text)))

    def _matching(self, loaded: Matching) -> list[Child]:
        rights = list(dict.fromkeys([*(pair.right for pair in loaded.pairs), *loaded.extra]))
        keys = {right: f"r{number}" for number, right in enumerate(rights, start=1)}
        pairs = [f"l{number} {keys[pair.right]}" for number, pair in enumerate(loaded.pairs, start=1)]
        self._declare(pairs, "multiple", "directedPair", rules.mapping(dict.fromkeys(pairs, 1)))
        self.rules.append(rules.mapped())
        self.top = len(pairs)
        lefts = [
            tag("simpleAssociableChoice", one_line(pair.left), identifier=f"l{number}", matchMax="1")
            for number, pair in enumerate(loaded.pairs, start=1)
        ]
        others = [
            tag("simpleAssociableChoice", one_line(right), identifier=key, matchMax="0") for right, key in keys.items()
        ]
        sets = tag("simpleMatchSet", *lefts), tag("simpleMatchSet", *others)
        return [rules.interaction("matchInteraction", *sets, shuffle="true", maxAssociations=str(len(pairs)))]

    def _ordering(self, loaded: Ordering) -> list[Child]:
        keys = [f"i{number}" for number in range(1, len(loaded.items) + 1)]
        self._declare(keys, "ordered", "identifier")
        self.rules += [rules.in_place(number) for number in range(1, len(keys) + 1)]
        self.top = len(keys)
        items = [
            tag("simpleChoice", one_line(item.text), identifier=key)
            for key, item in zip(keys, loaded.items, strict=True)
        ]
        return [rules.interaction("orderInteraction", *items, shuffle="true")]

    def _short_text(self, loaded: ShortText) -> list[Child]:
        texts = {one_line(accepted.text): accepted for accepted in loaded.accepted}
        points = {text: accepted.percent / 100 for text, accepted in texts.items()}
        best = max(points, key=lambda text: points[text])
        self._declare([best], "single", "string", rules.mapping(points, is_text=True))
        self.rules.append(rules.mapped())
        for number, (text, accepted) in enumerate(texts.items(), start=1):
            if feedback := self._rich(accepted.feedback):
                self.feedback[f"f{number}"] = feedback
                self.rules.append(rules.show_for(text, f"f{number}"))
        classes = "short-text ignore-diacritics" if loaded.ignore_diacritics else "short-text"
        return [tag("p", rules.interaction("textEntryInteraction", **{"expectedLength": "40", "class": classes}))]

    def _open_text(self, loaded: OpenText) -> list[Child]:
        self._declare([], "single", "string")
        self.top = loaded.out_of
        limits = {"min": loaded.min_words, "max": loaded.max_words}
        classes = " ".join(f"{side}-words-{limit}" for side, limit in limits.items() if limit)
        notes: list[Child] = [tag("ul", *map(_criterion, loaded.criteria), **{"class": "criteria"})]
        if guidance := self._elements(loaded.guidance):
            notes.insert(0, tag("div", *guidance, **{"class": "guidance"}))
        field = rules.interaction(
            "extendedTextInteraction", **{"expectedLines": "15", "class": f"essay {classes}".strip()}
        )
        return [tag("rubricBlock", *notes, view="scorer", use="scoring"), field]

    def _declare(
        self, correct: list[str], cardinality: str, base_type: str, mapping: Element | None = None, name: str = RESPONSE
    ) -> None:
        children: list[Child] = [mapping] if mapping else []
        if correct:
            children.insert(0, tag("correctResponse", *(tag("value", value) for value in correct)))
        self.declarations.append(
            tag("responseDeclaration", *children, identifier=name, cardinality=cardinality, baseType=base_type)
        )

    def _modal(self, outcome: str, identifier: str, rich: str) -> Element:
        attributes = {"outcomeIdentifier": outcome, "identifier": identifier, "showHide": "show"}
        return tag("modalFeedback", *self._parsed(rich), **attributes)

    def _elements(self, text: str) -> list[Child]:
        return self._parsed(self._rich(text))

    def _rich(self, text: str) -> str:
        """The text in our marks, whatever else the editor's field keeps in it."""
        cleaned = clean(text, own_images(self.question))
        self.notes += [note for note in cleaned.notes if note not in self.notes]
        return cleaned.html

    def _parsed(self, rich: str) -> list[Child]:
        """Our rich text is XML already."""
        text = addressed(rich, self.addresses)
        return parse(f"<div>{text}</div>".encode()).children


def _criterion(row: Criterion) -> Element:
    return tag("li", one_line(row.text) + " ", tag("span", str(row.points), **{"class": "points"}))
