"""The demo courses as files: structure, keys that meet, and how the Polish text is set. No database."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Tree = dict[str, Any]

DEMO = Path(__file__).resolve().parents[2] / "courses" / "demo"
RURAL = "kooperacja-w-gminach-wiejskich"
COURSE_FILES = sorted(DEMO.glob("*/course.toml"))
MODULE_FILES = sorted(path for course in COURSE_FILES for path in course.parent.glob("[0-9][0-9]-*.toml"))

COURSE_KEYS = {
    *("slug", "title", "short_title", "track", "form", "lead"),
    *("aim", "audience", "hours", "order", "pass_rules", "related"),
}
LESSON_KEYS = {"slug", "title", "summary", "minutes", "sample", "sources", "body"}
QUIZ_KEYS = {"slug", "title", "intro", "pass_mark", "attempts", "questions"}
QUESTION_KEYS = {"key", "category", "title", "kind", "text", "feedback", "source"}
DATUM_KEYS = {"value", "label", "source", "date", "note"}
TRACK_OF_CATEGORY = {
    "Wspólne": "rural",
    "Gminy wiejskie": "rural",
    "Gminy miejsko-wiejskie": "urban_rural",
    "Miasta": "urban",
}
KEYS_OF_KIND = {
    "single_choice": {"options"},
    "multiple_choice": {"options"},
    "true_false": {"answer"},
    "number": {"answer", "tolerance", "unit"},
    "gaps": set(),
    "matching": {"pairs", "extra"},
    "ordering": {"items"},
}
KEYS_OF_BLOCK = {
    "heading": {"text", "level"},
    "quote": {"quote", "author", "role"},
    "callout": {"kind", "title", "text"},
    "steps": {"title", "steps"},
    "accordion": {"title", "items"},
    "table": {"caption", "header", "rows", "row_headers"},
    "task": {"title", "text", "minutes"},
    "h5p": {"content", "title", "required", "policy", "pass_mark", "minutes"},
    "film": {"title", "description"},
    "document": {"title", "description"},
}
OPTIONAL_KEYS = {"film", "document"}  # which one; without it the place is only announced
TEXT_BLOCKS = {"paragraph", "datum"}
NOT_PROSE = {
    "slug",
    "key",
    "kind",
    "type",
    "track",
    "form",
    "order",
    "level",
    "sources",
    "questions",
    "related",
}

TAG = re.compile(r"</?([a-z0-9]+)[^>]*>")
RICH_TEXT_TAGS = {"p", "ul", "ol", "li", "b", "i", "a"}
GAP = re.compile(r"\{\{[^{}]+\}\}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{11}(?!\d)")
LOOSE_LETTER = re.compile(r"(?<![^\s(„>])[iwzoauIWZOAU] (?=\S)")
LOOSE_UNIT = re.compile(r"\d (r\.|zł|%)")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ„])|\n")


def load(path: Path) -> Tree:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(DEMO))


def lessons(path: Path) -> list[Tree]:
    found: list[Tree] = load(path).get("lesson", [])
    return found


def bank() -> dict[str, Tree]:
    return {question["key"]: question for question in load(DEMO / "questions.toml")["question"]}


def prose(value: object) -> Iterator[str]:
    """Every string a person reads, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_PROSE:
                yield from prose(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from prose(inner)


def sentences(text: str) -> list[str]:
    plain = re.sub(r"</?(p|ul|ol|li)>", "\n", text)
    plain = TAG.sub("", plain)
    return [part for part in (piece.strip() for piece in SENTENCE_END.split(plain)) if part]


all_files = pytest.mark.parametrize("path", sorted(DEMO.rglob("*.toml")), ids=name)
all_modules = pytest.mark.parametrize("path", MODULE_FILES, ids=name)
all_questions = pytest.mark.parametrize("question", bank().values(), ids=list(bank()))


def test_rural_course_has_every_lesson_of_the_outline() -> None:
    counts = [len(lessons(path)) for path in MODULE_FILES if path.parent.name == RURAL]
    assert counts == [3, 3, 4, 3, 2]


@pytest.mark.parametrize("path", COURSE_FILES, ids=name)
def test_course_has_the_facts_its_page_shows(path: Path) -> None:
    course = load(path)
    assert set(course) == COURSE_KEYS
    assert course["slug"] == path.parent.name
    assert course["track"] in {"rural", "urban_rural", "urban"}
    assert course["order"] in {"sequential", "free"}
    assert course["form"] == "online"
    assert len(course["lead"]) <= 200
    assert course["hours"] > 0
    assert list(path.parent.glob("[0-9][0-9]-*.toml"))


@all_modules
def test_module_has_lessons_with_text(path: Path) -> None:
    module = load(path)
    assert {"slug", "title", "summary", "lesson"} <= set(module) <= {"slug", "title", "summary", "lesson", "quiz"}
    assert path.stem.split("-", 1)[1] == module["slug"]
    slugs = [item["slug"] for item in [*module["lesson"], *([module["quiz"]] if "quiz" in module else [])]]
    assert len(slugs) == len(set(slugs))
    assert all(SLUG.fullmatch(slug) for slug in slugs)
    for lesson in module["lesson"]:
        assert set(lesson) == LESSON_KEYS, lesson["slug"]
        assert len(lesson["summary"]) <= 160, lesson["slug"]
        assert lesson["minutes"] > 0
        assert isinstance(lesson["sample"], bool)
        words = sum(len(text.split()) for block in lesson["body"] for text in prose(block["value"]))
        assert 200 <= words <= 700, (lesson["slug"], words)


@all_modules
def test_lesson_blocks_are_of_known_types_and_shapes(path: Path) -> None:
    data = load(DEMO / "data.toml")["data"]
    for lesson in lessons(path):
        for block in lesson["body"]:
            place = (lesson["slug"], block["type"])
            value = block["value"]
            if block["type"] in TEXT_BLOCKS:
                assert isinstance(value, str), place
                assert block["type"] != "datum" or value in data, (*place, value)
                continue
            assert set(value) - OPTIONAL_KEYS == KEYS_OF_BLOCK[block["type"]], place
            assert value.get("level") in {None, "h2", "h3"}, place
            assert value.get("kind") in {None, "info", "important", "example"}, place
            for part in [*value.get("steps", []), *value.get("items", [])]:
                assert set(part) == {"title", "text"}, place
            assert all(len(row) == len(value["header"]) for row in value.get("rows", [])), place


@all_modules
def test_headings_are_not_stacked_or_skipped(path: Path) -> None:
    for lesson in lessons(path):
        previous, level = "", 1
        for block in lesson["body"]:
            if block["type"] == "heading":
                assert previous != "heading", (lesson["slug"], block["value"]["text"])
                assert int(block["value"]["level"][1]) <= level + 1, (
                    lesson["slug"],
                    block["value"]["text"],
                )
                level = int(block["value"]["level"][1])
            previous = block["type"]
        assert previous != "heading", lesson["slug"]


@all_files
def test_rich_text_uses_only_the_tags_the_editor_has(path: Path) -> None:
    for text in prose(load(path)):
        assert set(TAG.findall(text)) <= RICH_TEXT_TAGS, text
        for tag in RICH_TEXT_TAGS:
            assert text.count(f"</{tag}>") == len(re.findall(rf"<{tag}[ >]", text)), text


@all_modules
def test_quiz_asks_questions_of_the_bank_once_each(path: Path) -> None:
    quiz = load(path).get("quiz")
    if quiz is None:
        return
    assert set(quiz) == QUIZ_KEYS
    assert 1 <= quiz["pass_mark"] <= 100
    assert quiz["attempts"] >= 0
    assert quiz["questions"]
    assert len(quiz["questions"]) == len(set(quiz["questions"]))
    assert set(quiz["questions"]) <= set(bank())


def test_bank_holds_all_questions_of_the_outline_once() -> None:
    keys = [question["key"] for question in load(DEMO / "questions.toml")["question"]]
    assert len(keys) == len(set(keys))
    assert {f"q{number:02}" for number in range(1, 37)} <= set(keys)


def test_every_question_of_a_present_course_is_asked() -> None:
    used = {key for path in MODULE_FILES for key in load(path).get("quiz", {}).get("questions", [])}
    tracks = {load(path)["track"] for path in COURSE_FILES}
    expected = {key for key, question in bank().items() if TRACK_OF_CATEGORY[question["category"]] in tracks}
    assert expected - used == set()


@all_questions
def test_question_has_what_its_kind_needs(question: Tree) -> None:
    assert set(question) == QUESTION_KEYS | KEYS_OF_KIND[question["kind"]]
    assert question["category"] in TRACK_OF_CATEGORY
    assert len(question["title"]) <= 60
    assert question["text"].startswith("<p>")
    assert question["feedback"].startswith("<p>")
    assert question["source"]


@all_questions
def test_choice_has_as_many_right_options_as_its_kind_allows(question: Tree) -> None:
    options = question.get("options", [])
    right = sum(option["correct"] for option in options)
    allowed = {"single_choice": {1}, "multiple_choice": set(range(1, len(options)))}
    assert right in allowed.get(question["kind"], {0})


@all_questions
def test_typed_answer_can_be_graded(question: Tree) -> None:
    if question["kind"] == "number":
        assert Decimal(question["answer"]).is_finite()
        assert Decimal(question["tolerance"]) >= 0
    if question["kind"] == "true_false":
        assert isinstance(question["answer"], bool)
    assert bool(GAP.search(question["text"])) == (question["kind"] == "gaps")


@all_questions
def test_arranged_answer_has_one_right_arrangement(question: Tree) -> None:
    if question["kind"] == "ordering":
        assert len(set(question["items"])) == len(question["items"]) >= 3
    if question["kind"] == "matching":
        rights = [pair["right"] for pair in question["pairs"]] + question["extra"]
        assert len(set(rights)) == len(rights)
        assert len({pair["left"] for pair in question["pairs"]}) == len(question["pairs"]) >= 2


@all_questions
def test_wrong_option_says_why_it_is_wrong(question: Tree) -> None:
    for option in question.get("options", []):
        assert set(option) == {"text", "correct", "feedback"}
        assert option["correct"] or option["feedback"], option["text"]


def test_figures_name_their_source_and_date() -> None:
    for key, datum in load(DEMO / "data.toml")["data"].items():
        assert set(datum) == DATUM_KEYS, key
        assert SLUG.fullmatch(key)
        assert all(datum[field] for field in ("value", "label", "source", "date")), key
        assert re.search(r"\d", datum["value"]), key


@all_files
def test_short_words_and_units_never_hang_at_the_end_of_a_line(path: Path) -> None:
    for text in prose(load(path)):
        assert LOOSE_LETTER.search(text) is None, text
        assert LOOSE_UNIT.search(text) is None, text


@all_files
def test_no_text_has_digits_that_look_like_a_pesel_number(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ELEVEN_DIGITS.search(text) is None


@all_files
def test_quotation_marks_are_polish(path: Path) -> None:
    for text in prose(load(path)):
        assert '"' not in TAG.sub("", text), text
        assert text.count("„") == text.count("”"), text


@all_modules
def test_sentences_are_short_on_average(path: Path) -> None:
    for lesson in lessons(path):
        found = [sentence for block in lesson["body"] for text in prose(block["value"]) for sentence in sentences(text)]
        average = sum(len(sentence.split()) for sentence in found) / len(found)
        assert average <= 20, (lesson["slug"], average)


@pytest.mark.parametrize("path", COURSE_FILES, ids=name)
def test_the_lead_of_a_course_has_short_sentences(path: Path) -> None:
    long = [sentence for sentence in sentences(load(path)["lead"]) if len(sentence.split()) > 20]
    assert long == []


@all_modules
def test_an_intro_does_not_count_the_questions_of_its_quiz(path: Path) -> None:
    """The page of the quiz says how many there are; editors add and remove them."""
    intro = load(path).get("quiz", {}).get("intro", "")
    assert not re.search(r"\b(dwa|trzy|cztery|pięć|sześć|siedem|osiem)\b.*pyta", intro, re.IGNORECASE)
    assert not re.search(r"\d+\s+pyta", intro)


@all_files
def test_titles_hold_no_quotation_marks(path: Path) -> None:
    """Pages quote titles: „Zalicz test „…””."""
    tree = load(path)
    lessons_of = tree.get("lesson", []) if path in MODULE_FILES else []
    titled = [tree, *lessons_of, tree.get("quiz", {})]
    assert not [item["title"] for item in titled if "„" in str(item.get("title", ""))]
