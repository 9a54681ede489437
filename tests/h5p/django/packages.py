"""Packages for the tests of the host: small ones of our own, and the real ones that lie beside the project."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from h5p.django.models import Content
from tests.h5p import hostile

REAL = Path(__file__).parents[4] / "shared" / "h5p-packages"


def real(name: str) -> BinaryIO:
    """A real package; skips the test where the packages are not beside the project."""
    if not (REAL / name).exists():
        pytest.skip("the packages are not part of the project: put them beside it, in shared/h5p-packages")
    return (REAL / name).open("rb")


def package(
    *,
    title: str = "Rozmowa z klientem",
    text: str = "Zażółć",
    patch: int = 7,
    script: str = "H5P.Sample = function () {};",
    files: Mapping[str, bytes] | None = None,
    **changes: Any,
) -> BinaryIO:
    """A content that plays with H5P.Sample 1.0, of that patch and with that script."""
    described = {**hostile.description(patchVersion=patch), **changes.pop("description", {})}
    contents = hostile.files(
        manifest={**hostile.manifest(title=title), **changes.pop("manifest", {})},
        params={"text": text},
        description=described,
        **changes,
    )
    contents[f"{hostile.LIBRARY}/sample.js"] = script.encode()
    return io.BytesIO(hostile.packed({**contents, **(files or {})}))


def without_libraries(**changes: Any) -> BinaryIO:
    """The same content, alone."""
    contents = hostile.files(**changes)
    return io.BytesIO(
        hostile.packed({path: data for path, data in contents.items() if not path.startswith(hostile.LIBRARY)})
    )


def text_of(content: Content) -> str:
    """What the live version of a content says."""
    content.refresh_from_db()
    assert content.live_version is not None
    return str(content.live_version.params["text"])
