"""What the types of the packages report and remember, as measured with a stock player, and which packages fail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """Of a type: verbs on load, verbs of which each must come while it is played, verbs of which one must.

    `score`: a result of the whole with a score is stored; `state`: what was entered is there again after reloading.
    """

    load: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    score: bool = False
    state: bool = False


def _type(load: str = "", every: str = "", one_of: str = "", *, score: bool = False, state: bool = False) -> Expected:
    first, needed, some = (frozenset(names.split()) for names in (load, every, one_of))
    return Expected(first, needed, some, score=score, state=state)


SET = _type("attempted", "answered completed", score=True, state=True)
QUESTION = _type("attempted", "interacted answered", score=True, state=True)
DRAGGED = _type("attempted", "answered", score=True, state=True)
SILENT = _type()
TYPES = {
    "H5P.AccessibleQuestionSet": SET,
    "H5P.Accordion": _type("consume"),
    "H5P.Blanks": QUESTION,
    "H5P.Column": _type("", "progressed answered", state=True),
    "H5P.CoursePresentation": _type("", "progressed", state=True),
    "H5P.Crossword": _type("", "", "answered completed", score=True, state=True),
    "H5P.Dialogcards": _type(state=True),
    "H5P.DocumentationTool": _type("", "", "interacted consume progressed"),
    "H5P.DragQuestion": DRAGGED,
    "H5P.DragText": DRAGGED,
    "H5P.Essay": _type("", "", "answered passed", score=True, state=True),
    "H5P.Flashcards": _type("", "", "answered completed", score=True),
    "H5P.GreetingCard": SILENT,
    "H5P.ImageHotspots": SILENT,
    "H5P.InteractiveVideo": _type("attempted"),
    "H5P.MarkTheWords": DRAGGED,
    "H5P.MultiChoice": QUESTION,
    "H5P.QuestionSet": SET,
    "H5P.Questionnaire": _type("", "", "interacted consume progressed"),
    "H5P.SingleChoiceSet": _type("", "answered completed", score=True, state=True),
    "H5P.Summary": _type("attempted", "answered", score=True, state=True),
    "H5P.Timeline": SILENT,
    "H5P.TrueFalse": QUESTION,
}
# One of these codes must be among the reasons.
REFUSED = {
    "graasp__illegal-extension.h5p": "extension-in-library",
    "lumi__2-invalid-libraries.h5p": "language-name-invalid",
    "lumi__broken-content-json.h5p": "json-invalid",
    "lumi__corrupt_archive.h5p": "not-a-zip",
    "lumi__invalid-h5p-json-schema.h5p": "field-missing",
    "lumi__missing-preloaded-js.h5p": "asset-missing",
    "lumi__xss-svg.h5p": "svg-in-content",
    "moodle__no-json-file.h5p": "missing-h5p-json",
}
LIBRARIES_ONLY = {"parsons__quiz_1.6.h5p"}
# Contents that lack what their own type needs: no player shows them.
BROKEN = {"clicreator__comprehensive-demo.h5p": "its own fault: the content lacks „behaviour”"}
