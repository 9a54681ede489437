"""One question of Moodle XML: its texts and answers, as its types need them."""

from collections.abc import Iterator

from .base import LeftOut
from .draft import Draft
from .rich_text import one_line
from .text_formats import NAMES, to_html
from .weighed import Weighed, percent
from .xml_tree import Element


class MoodleQuestion:
    """The element of a question, and the draft that collects its texts. `feedback` may grow while answers are read."""

    def __init__(self, element: Element, draft: Draft) -> None:
        self.element = element
        self.draft = draft
        self.feedback = self.rich("generalfeedback")

    def text(self, name: str, default: str = "") -> str:
        """The bare text of a child, with or without <text> inside."""
        child = self.element.first(name)
        return _bare(child).strip() if child else default

    def is_on(self, name: str) -> bool:
        """Whether a switch is on: 1, true, or there with nothing inside."""
        child = self.element.first(name)
        return child is not None and child.text().strip().lower() in ("1", "true", "")

    def html(self, element: Element | None) -> str:
        """The text of an element as HTML."""
        if element is None:
            return ""
        text_format = NAMES.get(element.get("format", "html"), "moodle")
        return to_html(_bare(element), text_format)

    def rich(self, name: str) -> str:
        """The text of a child as our rich text."""
        return self.draft.rich(self.html(self.element.first(name)))

    def plain(self, element: Element | None) -> str:
        """The text of an element as one line. A plain text of Moodle's is taken as it is."""
        if element is None:
            return ""
        if NAMES.get(element.get("format", "html")) == "plain":
            return one_line(_bare(element))
        return self.draft.plain(self.html(element))

    def option(self, element: Element) -> tuple[str, dict[str, str] | None]:
        """The text of an answer and its image."""
        if NAMES.get(element.get("format", "html")) == "plain":
            return one_line(_bare(element)), None
        return self.draft.option(self.html(element))

    def bare(self, element: Element | None) -> str:
        """The text of an element as one line, where no format has a say."""
        return one_line(_bare(element)) if element else ""

    def answers(self, *, typed: bool = False) -> Iterator[Weighed]:
        """The answers with their weights; `typed` ones are no HTML. Raises `LeftOut` where there are none."""
        elements = list(self.element.elements("answer"))
        if not elements:
            raise LeftOut("Pytanie nie ma odpowiedzi.")
        for element in elements:
            text, image = (self.bare(element), None) if typed else self.option(element)
            feedback = self.draft.rich(self.html(element.first("feedback")))
            yield Weighed(text, percent(element.get("fraction", "0")), feedback, image)


def _bare(element: Element) -> str:
    """What stands in <text>; in old files directly in the element, before its other elements."""
    text = element.first("text")
    if text is not None:
        return text.text()
    return "".join(child for child in element.children if isinstance(child, str))
