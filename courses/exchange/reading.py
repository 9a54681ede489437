"""Reading a file of questions: which format it is, and what is in it."""

import re
from collections.abc import Iterator

from . import aiken, gift, moodle_xml, qti
from .base import Broken, Effect, Found, Problem, Progress, Reading, Step, Watcher
from .packages import is_zip
from .xml_tree import Element, parse

MAX_FILE = 20 * 1024 * 1024  # bytes; 2,000 questions without images have 4 MB

XML_START = re.compile(r"\ufeff?\s*<(?:\?xml|!DOCTYPE|[A-Za-z][\w:-]*[\s/>])")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ANSWER_KEY = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE)
NO_QUESTION = re.compile(r"^\s*(?://|\$CATEGORY:).*$", re.MULTILINE)
CLOZE = re.compile(r"(?<!\\)\{\d*:[A-Z_]{2,20}:")
BOXES = re.compile(r"(?<!\\)[{}]")
TEST_ROOTS = ("assessmentTest", "qti-assessment-test", "assessmentSection", "qti-assessment-section")


def read(content: bytes, name: str, *, watch: Watcher | None = None) -> Reading:
    """The questions of a file and everything that is wrong with it; never an exception.

    `name` is only to tell people; the content decides. `watch` is told (done, total) after each item.
    """
    found: list[Found] = []
    problems: list[Problem] = []
    title = ""
    try:
        title, parts = recognise(content)
        for step in parts:
            match step:
                case Found():
                    found.append(step)
                case Problem():
                    problems.append(step)
                case Progress() if watch is not None:
                    watch(step.done, step.total)
    except Broken as error:
        problems.append(error.problem if error.problem.place else _placed(error.problem, name))
    if not found and not problems:
        problems.append(Problem(name, title, "W pliku nie ma żadnego pytania.", Effect.LEFT_OUT))
    return Reading(title, tuple(found), tuple(problems))


def recognise(content: bytes) -> tuple[str, Iterator[Step]]:
    """The name of the format, and its questions one after the other. Raises `Broken`, also while it goes on."""
    if len(content) > MAX_FILE:
        raise Broken(f"Plik jest za duży. Może mieć najwyżej {MAX_FILE // 1024 // 1024} MB.")
    if is_zip(content):
        return "QTI", qti.package_steps(content)
    text = decoded(content)
    if XML_START.match(text):
        return _xml(parse(content if not content.startswith(UTF_16) else text.encode("utf-16")))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Broken("To nie jest plik tekstowy ani paczka zip. Wybierz plik GIFT, Moodle XML albo QTI.")
    if ANSWER_KEY.search(text) and not BOXES.search(text):
        return "Aiken", aiken.steps(text)
    if CLOZE.search(NO_QUESTION.sub("", text)):
        raise Broken("To tekst z lukami w zapisie Cloze. Zaimportuj go w Moodle i wyeksportuj jako Moodle XML.")
    return "GIFT", gift.steps(text)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or, as old Polish programs save, Windows-1250."""
    if content.startswith(UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Broken("Plik jest uszkodzony: nie da się odczytać jego znaków.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def _xml(root: Element) -> tuple[str, Iterator[Step]]:
    if root.name in ("quiz", "question"):
        return "Moodle XML", moodle_xml.steps(root)
    if root.name in ("assessmentItem", "qti-assessment-item"):
        return "QTI", qti.item_steps(root)
    if root.name == "questestinterop":
        raise Broken(qti.OLD)
    if root.name in TEST_ROOTS:
        raise Broken("To test QTI bez treści pytań. Wybierz całą paczkę zip, z której pochodzi.")
    raise Broken(
        f"Nie znamy formatu XML, który zaczyna się od <{root.name[:40]}>. Czytamy Moodle XML, QTI 2.1 i QTI 3.0.",
        place=f"wiersz {root.line}",
    )


def _placed(problem: Problem, name: str) -> Problem:
    return Problem(name, problem.kind, problem.reason, problem.effect)
