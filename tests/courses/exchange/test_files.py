"""Files of other people: as many questions as Moodle 4.5 makes of them, and every other item named."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from courses.exchange import Effect, read
from courses.questions import load

FILES = Path(__file__).parents[4] / "shared" / "question-files"
# Moodle's names of what has a kind of ours.
OURS = frozenset(
    (
        "truefalse",
        "multichoice",
        "match",
        "shortanswer",
        "numerical",
        "essay",
        "multianswer",
        "ordering",
        "gapselect",
        "ddwtos",
    )
)
# Files from which nothing may be imported.
BROKEN = {
    "format_blackboard_six_sample_blackboard_pool.dat": "<POOL>",
    "format_multianswer_broken_multianswer_1.txt": "Cloze",
    "format_multianswer_questions.multianswer.txt": "Cloze",
    "WebDeveloperTest1-incomplete.zip": "uszkodzona albo niepełna",
    "NotContentPackage.zip": "imsmanifest.xml",
    "ExternalHref.zip": "../outside.xml",
    "MissingFile.zip": "missing.xml",
    "ZipSlip.zip": "ścieżce, która z niej wychodzi",
    "fixtures_test_qti_1.2.zip": "QTI 1.2",
    "minimal_qti_1.2_sample.zip": "QTI 1.2",
}
# How many questions of QTI, which Moodle does not read, we had when this was written: never fewer.
QTI = {
    "fixtures_test_qti_2.1.zip": 4,
    "BadMix.zip": 6,
    "qtiv2p2-examples_items_items.zip": 23,
    "fixtures_test_qti_2.2.zip": 4,
    "no-max-score-all-items.zip": 6,
    "no-response-processing.zip": 1,
    "shared-vocabulary-imsmanifest.zip": 4,
    "BBQsTest.zip": 9,
    "CASEWithOutcome.zip": 19,
    "CASE_CASE.zip": 3,
    "basicFeedbackTest.zip": 2,
    "englishBasicLevelV2.zip": 52,
    "englishHighLevelV2.zip": 9,
    "externalMetadata.zip": 3,
    "metaData.zip": 1,
    "svg.zip": 1,
    "testWithLti.zip": 1,
}


def _rows() -> list[Any]:
    if not FILES.is_dir():
        reason = "the files are not part of the project: put them beside it, in shared/question-files"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason), id="absent")]
    with (FILES / "MANIFEST.tsv").open(encoding="utf-8", newline="") as manifest:
        return [pytest.param(row, id=row["file"]) for row in csv.DictReader(manifest, delimiter="\t")]


def _of(names: dict[str, Any], name: str) -> Any:
    return next((value for end, value in names.items() if name.endswith(end)), None)


@pytest.mark.parametrize("row", _rows())
def test_a_file_gives_what_moodle_makes_of_it_and_names_the_rest(row: dict[str, str]) -> None:
    path = FILES / row["file"]
    reading = read(path.read_bytes(), path.name)
    moodle = json.loads(row["moodle45_types"] or "{}") or {}
    least = sum(count for kind, count in moodle.items() if kind in OURS)

    assert len(reading.found) >= max(least, _of(QTI, path.name) or 0), reading.problems
    for question in reading.found:
        load(question.kind, question.data)
        assert question.title
        assert question.place
    if says := _of(BROKEN, path.name):
        assert reading.is_broken
        assert reading.found == ()
        assert any(says in problem.reason for problem in reading.problems)
    else:
        assert not reading.is_broken, reading.problems
    left_out = [problem for problem in reading.problems if problem.effect is Effect.LEFT_OUT]
    assert all(problem.place and problem.reason for problem in reading.problems)
    if row["expected_questions"] and not reading.is_broken:
        assert len(reading.found) + len(left_out) >= min(int(row["expected_questions"]), 1)
    if row["format"] in ("GIFT", "Moodle XML"):
        assert len(reading.found) + len(left_out) >= int(row["expected_questions"])
