"""Options to choose from: what single and multiple choice share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .base import InvalidAnswer, list_error, rows_of, said, shuffled, stable_id
from .form import Group, Line, Picture, RichText, Rows, Tick

OPTIONS = Rows(
    label="Odpowiedzi",
    of=Group(
        label="Odpowiedź",
        icon="radio-empty",
        fields={
            "text": Line(label="Odpowiedź", max_length=500),
            "image": Picture(label="Obraz"),
            "correct": Tick(label="Poprawna"),
            "feedback": RichText(label="Wyjaśnienie dla osoby, która ją wybierze", required=False),
        },
    ),
    least=2,
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `text` is plain; `feedback` is rich text for the person who chose it.

    `image` is {src, alt, width, height} as it may be shown, or nothing.
    """

    id: str
    text: str
    correct: bool
    feedback: str = ""
    image: Mapping[str, Any] | None = None


def load_options(data: Mapping[str, Any], errors: dict[str, str]) -> tuple[Option, ...]:
    """The options of a question; notes what is wrong with them."""
    options = tuple(
        Option(
            id=str(row.get("id") or stable_id(str(row.get("text") or ""))),
            text=str(row.get("text") or "").strip(),
            correct=bool(row.get("correct")),
            feedback=said(row.get("feedback")),
            image=_image(row.get("image")),
        )
        for row in rows_of(data, "options")
    )
    if error := list_error([option.text for option in options], least=2, what="odpowiedzi"):
        errors["options"] = error
    return options


def public_options(
    options: Sequence[Option], *, seed: str, shuffle: bool, chosen: Sequence[str]
) -> list[dict[str, Any]]:
    """The options as a browser may see them."""
    shown = shuffled(options, seed=seed, ids=[option.id for option in options]) if shuffle else options
    return [
        {"id": option.id, "text": option.text, "image": option.image, "checked": option.id in chosen}
        for option in shown
    ]


def known(options: Sequence[Option], ids: Sequence[str]) -> None:
    """Raises `InvalidAnswer` where an option is not the question's."""
    if not set(ids) <= {option.id for option in options}:
        raise InvalidAnswer("Tej odpowiedzi nie ma w pytaniu. Odśwież stronę.")


def _image(image: object) -> Mapping[str, Any] | None:
    """An image that can be shown; in the bank it is only named, and has no address yet."""
    return image if isinstance(image, Mapping) and image.get("src") else None
