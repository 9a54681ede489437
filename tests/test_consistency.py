"""What no tool checks: templates that are used and clean, settings that are documented, files that stay small."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from wagtail.models import get_page_models

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
LONGEST_MODULE = 400

# What Django and Wagtail look up by themselves.
FOUND_BY_NAME = re.compile(r"(400|403|403_csrf|404|500)\.html")
# Written into one string, these would find themselves in this file.
REGISTRIES = ("npm" + "js.", "python" + "hosted.", "py" + "pi.", "//reg" + "istry.", "github" + "usercontent")
MACHINE_PATHS = ("/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/", "/ho" + "me/")

DIRTY = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style[\s>]"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(ld\+)?json\")[^>]*>"),
    "an event handler": re.compile(r"\son[a-z]+\s*="),
    "a string declared safe": re.compile(r"\|\s*(safe|safeseq)\b"),
    "a page without escaping": re.compile(r"{%\s*autoescape off"),
    "Django's English plural": re.compile(r"\|\s*pluralize\b"),
    "gettext": re.compile(r"{%\s*(load i18n|trans|translate|blocktrans|blocktranslate)\b"),
}
# Mail programs ignore stylesheets: a letter carries its style in its elements.
LETTERS = {"notifications/letter.html"}


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository, new ones included; in an export without Git every file that is no product of a run."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in sorted(filter(None, names)) if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return tracked("*.py")


def source_files() -> list[Path]:
    """Python that is not a test: a template that only a test names is unused."""
    return [path for path in python_files() if "tests" not in path.relative_to(ROOT).parts]


# --- Templates --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".html", ".txt"))])
def test_template_compiles(name: str) -> None:
    assert get_template(name).template.origin.name == str(TEMPLATES / name)


@pytest.fixture(scope="module")
def used_patterns() -> list[re.Pattern[str]]:
    """Names of templates as the code and other templates write them; a part put in at run time matches anything."""
    patterns = [re.escape(model.template) for model in get_page_models() if model.template]
    for path in source_files():
        patterns += _strings(ast.parse(path.read_text()))
    for name in NAMES:
        patterns += [re.escape(found) for found in re.findall(r"""["']([\w./-]+\.(?:html|txt))["']""", _text(name))]
    return [re.compile(pattern) for pattern in set(patterns)]


@pytest.mark.parametrize("name", NAMES)
def test_template_is_used(name: str, used_patterns: list[re.Pattern[str]]) -> None:
    wanted = {name, re.sub(r"(_subject)?\.txt$", "", name)}  # the outbox makes two names of one
    if not name.endswith((".html", ".txt")):
        wanted.add(Path(name).name)  # opened as a file, not through Django's loaders
    used = any(pattern.fullmatch(word) for pattern in used_patterns for word in wanted)
    assert used or FOUND_BY_NAME.fullmatch(name) or _replaces_one_of_an_app(name), f"Nothing uses {name}."


@pytest.mark.parametrize("name", NAMES)
def test_template_is_clean(name: str) -> None:
    text = re.sub(r"{#.*?#}", "", _text(name))
    allowed = {"an inline style", "a style element"} if name in LETTERS else set()
    if name.endswith(".txt"):
        allowed.add("a page without escaping")
    assert [what for what, pattern in DIRTY.items() if what not in allowed and pattern.search(text)] == []


def _text(name: str) -> str:
    return (TEMPLATES / name).read_text()


def _strings(tree: ast.AST) -> Iterator[str]:
    """Every string of a module as a pattern; what an f-string puts in may be anything but a folder's bar."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values]
            if any(isinstance(part, ast.Constant) and "/" in str(part.value) for part in node.values):
                yield "".join(parts)


def _replaces_one_of_an_app(name: str) -> bool:
    """Whether an installed app, or Django's forms, brings a template of that name, which ours stands for."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    return any((folder / name).exists() for folder in folders)


def test_undefined_variables_are_noticed(template_variables: list[str]) -> None:
    """The watch that `tests/conftest.py` keeps over all tests sees what it has to see, and only in our templates."""
    engine = engines["django"]
    get_template("components/datum.html").render({"value": "1", "label": ""})
    assert template_variables == []
    get_template("components/datum.html").render({"value": "1"})
    assert template_variables == ["label in components/datum.html"]
    template_variables.clear()
    assert engine.from_string("{{ nothing }}{{ nothing|default:'word' }}").render({}) == "word"
    assert template_variables == []


# --- Settings ---------------------------------------------------------------------------------------------------------
def test_documented_settings_are_those_that_are_read() -> None:
    tree = ast.parse((ROOT / "elearning" / "settings.py").read_text())
    read = {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }
    documented = re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    assert sorted(documented) == sorted(read)


def test_only_the_settings_read_the_environment() -> None:
    """`run.py` and what prepares the machine hand their own environment to the processes they start."""
    readers = [
        str(path.relative_to(ROOT))
        for path in source_files()
        if re.search(r"os\.environ|os\.getenv|\bgetenv\(", path.read_text())
    ]
    allowed = {"manage.py", "run.py", "elearning/wsgi.py"}
    outside = [name for name in readers if not name.startswith(("elearning/bootstrap/", "bench/"))]
    assert set(outside) <= allowed


# --- Files ------------------------------------------------------------------------------------------------------------
def test_modules_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_files()
        if "migrations" not in path.parts
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_no_module_is_a_bag() -> None:
    bags = {"utils", "helpers", "common", "misc", "services"}
    assert [str(path) for path in python_files() if path.stem in bags] == []


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_file_names_the_machine_it_was_made_on(words: tuple[str, ...]) -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {word}" for word in words if word in text]
    assert found == []
