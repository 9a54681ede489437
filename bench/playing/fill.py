"""Builds the site on which packages are played and prints, as JSON, what became of each.

`python -m bench.playing.fill FOLDER`, in a process of its own, with the settings of `bench.server.environment`.
"""

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs Django's apps
from wagtail.models import Collection  # noqa: E402

from bench.fill import session_of  # noqa: E402
from courses.demo.h5p import question_sets  # noqa: E402
from elearning.accounts.models import User  # noqa: E402
from h5p.django.importing import import_package, install_libraries  # noqa: E402
from h5p.issues import InvalidPackage  # noqa: E402

LACKING = {"missing-library", "missing-main-library"}


def added(package: bytes, root: Collection) -> dict[str, Any]:
    """The version that came of a package, or the codes for which it was refused."""
    try:
        version = import_package(BytesIO(package), user=None, collection=root, trust=True).version
    except InvalidPackage as error:
        codes = sorted({issue.code for issue in error.issues})
        return {"codes": codes} if codes != ["missing-h5p-json"] else only_libraries(package, codes)
    return {"version": version.pk, "type": str(version.main_library)}


def only_libraries(package: bytes, codes: list[str]) -> dict[str, Any]:
    """What has no content may still be a package of libraries, for administrators to install."""
    try:
        installed = install_libraries(BytesIO(package), user=None, trust=True)
    except InvalidPackage as error:
        return {"codes": sorted({*codes, *(issue.code for issue in error.issues)})}
    return {"codes": codes, "libraries": [str(library) for library in installed]}


def fill(folder: Path) -> dict[str, Any]:
    """Each package by its name; those that need libraries of others come after these."""
    root = Collection.get_first_root_node()
    packages = {path.name: path.read_bytes() for path in sorted(folder.glob("*.h5p"))}
    packages |= {f"ours__{one.key}.h5p": one.package for one in question_sets()}
    found = {name: added(package, root) for name, package in packages.items()}
    again = [name for name, what in found.items() if LACKING.intersection(what.get("codes", ()))]
    return found | {name: added(packages[name], root) for name in again}


if __name__ == "__main__":
    call_command("prepare", stdout=sys.stderr)
    people = [User.objects.create_user(email=f"osoba{n}@example.org", first_name="Ola") for n in range(2)]
    site = {"packages": fill(Path(sys.argv[1])), "sessions": [session_of(person) for person in people]}
    sys.stdout.write(json.dumps(site))
