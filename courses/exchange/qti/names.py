"""QTI 3.0 calls everything as 2.x does, in another spelling: `qti-choice-interaction` is `choiceInteraction`."""

import re

from courses.exchange.xml_tree import Element

# Elements of XHTML keep their names in both.
HTML = frozenset(["p", "b", "i", "a", "br", "img", "ul", "ol", "li", "div", "span"])
PREFIX = "qti-"
HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
DASH = re.compile(r"-([a-z0-9])")


def as_2(element: Element) -> Element:
    """The tree in the spelling of 2.x; a tree of 2.x comes back as it is."""
    name = element.name
    return Element(
        _camel(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else name,
        {key if key.startswith("data-") else _camel(key): value for key, value in element.attributes.items()},
        [child if isinstance(child, str) else as_2(child) for child in element.children],
        element.line,
    )


def as_3(element: Element) -> Element:
    """A tree of ours in the spelling of 3.0."""
    is_html = element.name in HTML
    return Element(
        element.name if is_html else PREFIX + _dashed(element.name),
        {key if ":" in key else _dashed(key): value for key, value in element.attributes.items()},
        [child if isinstance(child, str) else as_3(child) for child in element.children],
        element.line,
    )


def _camel(name: str) -> str:
    return DASH.sub(lambda found: found[1].upper(), name)


def _dashed(name: str) -> str:
    return HUMP.sub(lambda found: "-" + found[1].lower(), name)
