"""Notices variables that our templates use and nobody defined. Django would print nothing instead."""

import sys
from pathlib import Path
from types import FrameType

from django.conf import settings

FOLDER = str(Path(settings.BASE_DIR) / "templates") + "/"


class UndefinedVariables(str):
    """Stands for the engine's `string_if_invalid`: empty for others' templates, a note of the name for ours."""

    __slots__ = ("found",)

    def __new__(cls) -> "UndefinedVariables":
        made = super().__new__(cls, "")
        made.found = []
        return made

    found: list[str]

    def __bool__(self) -> bool:
        """Asked before the filters of a variable run; false lets Django go on as if we were not there."""
        return template_of(sys._getframe(1)) is not None

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        self.found.append(f"{name} in {template_of(sys._getframe(1))}")
        return ""


def template_of(frame: FrameType | None) -> str | None:
    """Our template whose node is being rendered; None in the templates of others."""
    while frame is not None:
        if frame.f_code.co_name == "render":
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if origin is not None:
                name = str(origin.name)
                return name.removeprefix(FOLDER) if name.startswith(FOLDER) else None
        frame = frame.f_back
    return None
