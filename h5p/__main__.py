"""`python -m h5p`: check, describe, unpack and pack .h5p files. Exit status: 0 fine, 1 findings, 2 wrong usage."""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from h5p.archive import Archive
from h5p.build import Reader, pack
from h5p.issues import InvalidPackage, Issue
from h5p.package import Package, read

FINE, FINDINGS, USAGE = 0, 1, 2

_SAYS = {
    "en": {"valid": "valid", "refused": "refused", "note": "note", "missing": "needs", "do": "What to do:"},
    "pl": {"valid": "poprawny", "refused": "odrzucony", "note": "uwaga", "missing": "wymaga", "do": "Co zrobić:"},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InvalidPackage as error:
        _say(_human(error.issues, "refused", options.lang))
        return FINDINGS
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m h5p", description="Check, describe, unpack and pack .h5p files.")
    parser.add_argument("--lang", choices=sorted(_SAYS), default="en", help="language of the findings")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=sorted(_SAYS), default=argparse.SUPPRESS, help="language of the findings")
    shared.add_argument("--json", action="store_true", help="print JSON, for programs")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    check = verbs.add_parser("check", parents=[shared], help="say what is wrong with packages")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    info = verbs.add_parser("info", parents=[shared], help="say what a package holds")
    info.add_argument("file", type=Path, metavar="FILE")
    info.set_defaults(run=_info)
    extract = verbs.add_parser("extract", parents=[shared], help="unpack a valid package into a new folder")
    extract.add_argument("file", type=Path, metavar="FILE")
    extract.add_argument("folder", type=Path, metavar="DIR")
    extract.set_defaults(run=_extract)
    packing = verbs.add_parser("build", parents=[shared], help="pack a folder that extract made, and check the package")
    packing.add_argument("folder", type=Path, metavar="DIR")
    packing.add_argument("file", type=Path, metavar="FILE")
    packing.set_defaults(run=_build)
    return parser


def _check(options: argparse.Namespace) -> int:
    reports = [_report(path, options.lang) for path in options.files]
    if options.json:
        _say(json.dumps(reports, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _say(_text(report, options.lang))
    return FINE if all(report["valid"] for report in reports) else FINDINGS


def _report(path: Path, language: str) -> dict[str, Any]:
    """What `check --json` prints for one file."""
    report: dict[str, Any] = {"file": str(path), "valid": False, "issues": [], "warnings": [], "missing": []}
    try:
        with path.open("rb") as source, Archive(source) as archive:
            package = read(archive)
    except InvalidPackage as error:
        return {**report, "issues": [_plain(issue, language) for issue in error.issues]}
    return {
        **report,
        "valid": True,
        "kind": "content" if package.manifest else "libraries",
        "warnings": [_plain(issue, language) for issue in package.warnings],
        "missing": [{"library": str(need.name), "kind": need.kind.value} for need in package.missing],
    }


def _plain(issue: Issue, language: str) -> dict[str, str]:
    return {
        "code": issue.code,
        "place": issue.place,
        "cause": issue.cause(language),
        "remedy": issue.remedy(language),
    }


def _text(report: dict[str, Any], language: str) -> str:
    says = _SAYS[language]
    lines = [f"{report['file']}: {says['valid' if report['valid'] else 'refused']}"]
    for issue in report["issues"]:
        lines += [f"  [{issue['code']}] {issue['cause']}", f"    {says['do']} {issue['remedy']}"]
    lines += [f"  {says['note']} [{issue['code']}] {issue['cause']}" for issue in report["warnings"]]
    lines += [f"  {says['missing']}: {need['library']} ({need['kind']})" for need in report["missing"]]
    return "\n".join(lines)


def _human(issues: Sequence[Issue], verdict: str, language: str) -> str:
    lines = [_SAYS[language][verdict]]
    for issue in issues:
        lines += [f"  [{issue.code}] {issue.cause(language)}", f"    {_SAYS[language]['do']} {issue.remedy(language)}"]
    return "\n".join(lines)


def _info(options: argparse.Namespace) -> int:
    with options.file.open("rb") as source, Archive(source) as archive:
        facts = _facts(read(archive))
    if options.json:
        _say(json.dumps(facts, ensure_ascii=False, indent=2))
        return FINE
    for key, value in facts.items():
        for position, item in enumerate(value if isinstance(value, list) else [value]):
            _say(f"{key + ':' if position == 0 else '':<15} {item}")
    return FINE


def _facts(package: Package) -> dict[str, Any]:
    """What `info` prints."""
    manifest = package.manifest
    about = {}
    if manifest:
        about = {
            "title": manifest.title,
            "type": str(package.main_library),
            "language": manifest.language,
            "licence": manifest.license,
            "authors": [author.name for author in manifest.authors],
            "content_bytes": sum(file.size for file in package.content_files.values()),
            "content_files": sorted(package.content_files),
        }
    libraries = [packaged.library for packaged in package.libraries]
    return {
        **about,
        "libraries": [
            f"{library.description.name.machine_name} {library.description.version} {library.tree_hash[:12]}"
            for library in libraries
        ],
        "missing": [str(need.name) for need in package.missing],
    }


def _extract(options: argparse.Namespace) -> int:
    """Only a package that passed every check is unpacked, and never over files that are there."""
    with options.file.open("rb") as source, Archive(source) as archive:
        read(archive)
        options.folder.mkdir(parents=True)
        for path in archive.entries:
            target = options.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(path) as packed, target.open("xb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
    return FINE


def _build(options: argparse.Namespace) -> int:
    """Never over a file that is there; nothing is left of a package that does not pass the checks."""
    files = {path.relative_to(options.folder).as_posix(): _reader(path) for path in _files(options.folder)}
    with options.file.open("x+b") as target:
        try:
            pack(target, files)
            target.seek(0)
            with Archive(target) as archive:
                read(archive)
        except BaseException:
            options.file.unlink()
            raise
    return FINE


def _reader(path: Path) -> Reader:
    return lambda: path.open("rb")


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder, without hidden ones, which packages do not have, and links, which could lead anywhere."""
    for path in folder.iterdir():
        if path.name.startswith((".", "_")) or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
