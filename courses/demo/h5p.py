"""H5P contents of the demo site: two sets of questions in our own content type, as packages that editors upload."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from courses import h5p_export
from courses.exchange import Found, h5p_params
from courses.exchange.h5p_params import Asked, Behaviour, Content

from .files import Table, read

PASS_PERCENTAGE = 60
NOT_ASKED = {"kind", "source"}


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A content of the demo. `key` names it in the texts of lessons; `sources` are short names, as in the lessons."""

    key: str
    title: str
    content: Content
    sources: str

    @property
    def package(self) -> bytes:
        """A .h5p file; the same one each time."""
        target = BytesIO()
        h5p_export.pack(self.content, title=self.title, target=target)
        return target.getvalue()


def question_sets() -> Iterator[QuestionSet]:
    """The contents of `h5p.toml`, in its order."""
    for row in read("h5p.toml")["set"]:
        asked = [_asked(row["key"], number, question) for number, question in enumerate(row["question"], 1)]
        behaviour = Behaviour(pass_percentage=PASS_PERCENTAGE)
        content = h5p_params.content(asked, behaviour=behaviour, intro=row["intro"])
        named = [name for question in row["question"] for name in question["source"].split(", ")]
        yield QuestionSet(row["key"], row["title"], content, ", ".join(dict.fromkeys(named)))


def _asked(key: str, number: int, question: Table) -> Asked:
    data = {name: value for name, value in question.items() if name not in NOT_ASKED}
    found = Found(kind=question["kind"], title=f"{key} {number}", data=data)
    return Asked(found=found, points=1, sub_content_id=str(uuid5(NAMESPACE_URL, f"demo/h5p/{key}/{number}")))
