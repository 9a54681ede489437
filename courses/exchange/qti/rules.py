"""The rules that our items score by, and the declarations they need."""

from collections.abc import Mapping, Sequence

from courses.exchange.xml_tree import Child, Element

SCORE = "SCORE"
RESPONSE = "RESPONSE"


def tag(name: str, /, *children: Child, **attributes: str) -> Element:
    """An element with what is in it; empty text is nothing."""
    return Element(name, attributes, [child for child in children if child != ""])


def interaction(name: str, /, *children: Child, **attributes: str) -> Element:
    """An interaction with the only response of its item."""
    return tag(name, *children, **{"responseIdentifier": RESPONSE, **attributes})


def score(top: int) -> Element:
    """The points of the item: from 0 up to this."""
    zero = tag("defaultValue", tag("value", "0"))
    return tag(
        "outcomeDeclaration",
        zero,
        identifier=SCORE,
        cardinality="single",
        baseType="float",
        normalMinimum="0",
        normalMaximum=str(top),
    )


def always_shown() -> Element:
    """The outcome of a feedback that does not depend on the answer."""
    value = tag("defaultValue", tag("value", "always"))
    return tag("outcomeDeclaration", value, identifier="GENERAL", cardinality="single", baseType="identifier")


def mapping(points: Mapping[str, float], *, top: int | None = None, is_text: bool = False) -> Element:
    """The points of each answer, never below 0 in all."""
    case = {"caseSensitive": "false"} if is_text else {}
    entries = [tag("mapEntry", **{"mapKey": key, "mappedValue": f"{value:g}", **case}) for key, value in points.items()]
    bounds = {"lowerBound": "0", "upperBound": str(top)} if top else {"lowerBound": "0"}
    return tag("mapping", *entries, **{**bounds, "defaultValue": "0"})


def all_or_nothing() -> Element:
    """A point for the key."""
    return _if(tag("match", _variable(), tag("correct", identifier=RESPONSE)), _set(_value("float", "1")))


def near(tolerance: str) -> Element:
    """A point for a number not farther from the key than this."""
    equal = tag(
        "equal",
        _variable(),
        tag("correct", identifier=RESPONSE),
        toleranceMode="absolute",
        tolerance=f"{tolerance} {tolerance}",
    )
    return _if(equal, _set(_value("float", "1")))


def mapped() -> Element:
    """The points that the mapping gives."""
    return _set(tag("mapResponse", identifier=RESPONSE))


def summed(names: Sequence[str]) -> Element:
    """The points that the mappings of several responses give together."""
    return _set(tag("sum", *(tag("mapResponse", identifier=name) for name in names)))


def in_place(number: int) -> Element:
    """A point more for the right item in this place, counted from 1."""
    given = tag("index", _variable(), n=str(number))
    right = tag("index", tag("correct", identifier=RESPONSE), n=str(number))
    more = tag("sum", tag("variable", identifier=SCORE), _value("float", "1"))
    return _if(tag("match", given, right), _set(more))


def show_chosen() -> Element:
    """Show the feedback of the chosen answers: it goes by their identifiers."""
    return tag("setOutcomeValue", _variable(), identifier="FEEDBACK")


def show_for(text: str, identifier: str) -> Element:
    """Show a feedback to those who typed this."""
    typed = tag("stringMatch", _variable(), _value("string", text), caseSensitive="false")
    return _if(typed, tag("setOutcomeValue", _value("identifier", identifier), identifier="FEEDBACK"))


def _if(condition: Element, outcome: Element) -> Element:
    return tag("responseCondition", tag("responseIf", condition, outcome))


def _set(value: Element) -> Element:
    return tag("setOutcomeValue", value, identifier=SCORE)


def _variable() -> Element:
    return tag("variable", identifier=RESPONSE)


def _value(base_type: str, text: str) -> Element:
    return tag("baseValue", text, baseType=base_type)
