"""The body of an item as HTML, with its interactions taken out and images under the names of the package."""

import html
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from courses.exchange.base import LeftOut
from courses.exchange.draft import Draft
from courses.exchange.xml_tree import Child, Element

KEPT = ("src", "alt", "href")


class Body:
    """Turns elements into HTML. Collects what stands in the body and belongs elsewhere.

    `unit` is the text after a number to type; `feedback` what the body shows only after an answer; `scorer` what only
    the person who grades sees.
    """

    def __init__(self, draft: Draft, path: str, read: Callable[[str], bytes | None]) -> None:
        self.draft = draft
        self.path = path
        self.read = read
        self.unit = ""
        self.feedback: list[Element] = []
        self.scorer: list[Element] = []

    def html(self, children: list[Child], stand: Callable[[Element], str | None] = lambda _element: None) -> str:
        """The children as HTML; `stand` says what stands for an element instead of itself."""
        return "".join(
            html.escape(child, quote=False) if isinstance(child, str) else self._element(child, stand)
            for child in children
        )

    def rich(self, children: list[Child]) -> str:
        """The children as our rich text."""
        return self.draft.rich(self.html(children))

    def plain(self, element: Element) -> str:
        """An option as one line, without the feedback inside it."""
        return self.draft.plain(self.html(_without_feedback(element)))

    def option(self, element: Element) -> tuple[str, dict[str, str] | None]:
        """An option to choose and its image, without the feedback inside it."""
        return self.draft.option(self.html(_without_feedback(element)))

    def _element(self, element: Element, stand: Callable[[Element], str | None]) -> str:
        instead = stand(element)
        if instead is None:
            instead = self._elsewhere(element)
        if instead is not None:
            return instead
        name = {"contentBody": "div", "prompt": "p"}.get(element.name, element.name)
        attributes = {key: value for key, value in element.attributes.items() if key in KEPT}
        if name == "object" and element.get("type").startswith("image/"):
            attributes = {"src": element.get("data"), "alt": element.text().strip()}
            return f"<img{self._attributes(attributes)}/>"
        inner = self.html(element.children, stand)
        if name in ("br", "img", "hr"):
            return f"<{name}{self._attributes(attributes)}/>"
        return f"<{name}{self._attributes(attributes)}>{inner}</{name}>"

    def _elsewhere(self, element: Element) -> str | None:
        """Nothing for what belongs elsewhere than into the text."""
        if element.name in ("printedVariable", "templateInline", "templateBlock"):
            raise LeftOut("Treść zależy od wartości losowanych w czasie testu.")
        if element.name in ("feedbackBlock", "feedbackInline"):
            self.feedback.append(element)
        elif element.name == "rubricBlock" and "candidate" not in element.get("view", "candidate"):
            self.scorer.append(element)
        elif element.name == "span" and "unit" in element.get("class").split():
            self.unit = element.text().strip()
        elif element.name not in ("stylesheet", "catalogInfo", "companionMaterialsInfo"):
            return None
        return ""

    def _attributes(self, attributes: dict[str, str]) -> str:
        if "src" in attributes:
            attributes = {**attributes, "src": self._image(attributes["src"])}
        return "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())

    def _image(self, address: str) -> str:
        """The address of an image from the root of the package; its content goes to the draft."""
        if ":" in address.partition("/")[0]:
            return address
        path = normpath(join(dirname(self.path), unquote(address)))
        if (content := self.read(path)) is not None:
            self.draft.files[path] = content
        return path


def _without_feedback(element: Element) -> list[Child]:
    return [
        child
        for child in element.children
        if isinstance(child, str) or child.name not in ("feedbackInline", "feedbackBlock")
    ]
