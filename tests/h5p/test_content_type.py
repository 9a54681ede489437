"""The content type that we ship: a valid library whose texts, languages and files agree with each other."""

import io
import json
import re
from typing import Any

import pytest

from h5p import content_types
from h5p.archive import Archive
from h5p.build import build, manifest_for
from h5p.package import read
from h5p.resolution import resolve

FOLDERS = content_types.library_folders()
LONGEST = 400


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def built(request: pytest.FixtureRequest) -> Any:
    return content_types.read_folder(request.param)


def test_there_is_one() -> None:
    assert [folder.name for folder in FOLDERS] == ["H5P.AccessibleQuestionSet-1.0"]


def test_it_needs_nothing_and_is_free(built: Any) -> None:
    description = built.library.description
    assert description.license == "MIT"
    assert description.runnable
    assert description.dependencies == ()
    assert description.core_api <= (1, 24)


def test_all_its_scripts_and_styles_load_and_stay_small(built: Any) -> None:
    description, files = built.library.description, built.library.files
    named = {*description.scripts, *description.styles}
    assert named == {name for name in files if name.endswith((".js", ".css"))}
    sizes = {name: len(text(built, name).splitlines()) for name in named | {"semantics.json"}}
    assert max(sizes.values()) <= LONGEST


def test_a_package_with_it_is_valid_and_the_same_each_time(built: Any) -> None:
    resolution = resolve(built.library.name, {}, lambda _name: built.library)
    manifest = manifest_for(built.library, resolution, title="Pytania", language="pl")
    packed = []
    for _ in range(2):
        target = io.BytesIO()
        build(target, manifest, {"questions": []}, {}, [built])
        packed.append(target.getvalue())
    assert packed[0] == packed[1]
    with Archive(io.BytesIO(packed[0])) as archive:
        package = read(archive)
    assert package.main_library == built.library.name
    assert package.missing == ()
    assert package.warnings == ()
    assert package.libraries[0].library.tree_hash == built.library.tree_hash


@pytest.mark.parametrize("language", ["en", "pl"])
def test_languages_mirror_the_semantics(built: Any, language: str) -> None:
    compare(built.library.semantics, built.library.languages[language]["semantics"], "")


def compare(fields: Any, texts: Any, place: str) -> None:
    assert len(fields) == len(texts), place
    for field, text in zip(fields, texts, strict=True):
        here = f"{place}/{field['name']}"
        for key in ("label", "description", "entity"):
            assert bool(field.get(key)) == bool(text.get(key)), f"{here}: {key}"
        if field["type"] == "text" and "default" in field:
            assert places(field["default"]) == places(text["default"]), here
        assert len(field.get("options", [])) == len(text.get("options", [])), here
        compare(field.get("fields", []), text.get("fields", []), here)
        if "field" in field:
            compare([field["field"]], [text["field"]], here)


def places(sentence: str) -> list[str]:
    return sorted(re.findall(r"@[a-z]+", sentence))


def test_the_script_knows_the_same_words_as_the_semantics(built: Any) -> None:
    texts = next(field for field in built.library.semantics if field["name"] == "l10n")["fields"]
    known = re.findall(r'^    (\w+):\s+("(?:[^"\\]|\\.)*"),$', text(built, "js/words.js"), re.MULTILINE)
    assert {name: json.loads(word) for name, word in known} == {field["name"]: field["default"] for field in texts}


def test_every_word_is_used(built: Any) -> None:
    scripts = "".join(text(built, name) for name in built.files if name.endswith(".js") and "words" not in name)
    texts = next(field for field in built.library.semantics if field["name"] == "l10n")["fields"]
    by_name = {"correct", "partial", "wrong", "none"}  # verdicts, and hints by the kind
    names = [field["name"] for field in texts if not field["name"].startswith("hint_")]
    assert [name for name in names if name not in by_name and not re.search(rf"l10n\.{name}\b", scripts)] == []


def text(built: Any, name: str) -> str:
    with built.files[name]() as file:
        return str(file.read().decode())
