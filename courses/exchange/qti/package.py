"""Items of QTI, alone or in a package with its manifest (IMS Content Packaging)."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from courses.exchange.base import Broken, Effect, Found, Problem, Progress, Step
from courses.exchange.packages import Package
from courses.exchange.rich_text import one_line
from courses.exchange.xml_tree import Element, parse

from .item import NOTHING, About, read_item

MANIFEST = "imsmanifest.xml"
OLD = "To QTI 1.2, którego nie czytamy. Wyeksportuj pytania jako QTI 2.1, QTI 3.0 albo Moodle XML."
ITEM_REFERENCES = ("assessmentItemRef", "qti-assessment-item-ref")
ITEMS = ("assessmentItem", "qti-assessment-item")


def item_steps(root: Element) -> Iterator[Step]:
    """The question of an item without a package, and so without images."""
    yield from read_item(root, "", lambda _path: None)
    yield Progress(1, 1)


def package_steps(content: bytes) -> Iterator[Step]:
    """The questions of a package in the order of its manifest. Raises `Broken`."""
    package = Package(content)
    manifests = [name for name in package.names if name.rpartition("/")[2] == MANIFEST]
    if not manifests:
        raise Broken(f"Paczka nie ma pliku {MANIFEST}, więc nie jest paczką QTI.")
    yield from _Reader(package, min(manifests, key=len)).steps()


class _Reader:
    """Reads each item once: those that the manifest names, and those that its tests name."""

    def __init__(self, package: Package, manifest: str) -> None:
        self.package = package
        self.manifest = manifest
        self.read = {manifest}

    def steps(self) -> Iterator[Step]:
        root = parse(self.package.read(self.manifest) or b"")
        resources = [element for element in root.walk() if element.name == "resource"]
        for number, resource in enumerate(resources, start=1):
            yield from self._resource(resource)
            yield Progress(number, len(resources))
        yield from self._forgotten()

    def _resource(self, resource: Element) -> Iterator[Found | Problem]:
        href, kind = resource.get("href"), resource.get("type").lower()
        place = f"{self.manifest}, wiersz {resource.line}"
        if "xmlv1p2" in kind and "qti" in kind:
            yield Problem(place, "QTI 1.2", OLD, Effect.BROKEN)
        elif "qti" in kind and href:
            yield from self._linked(href, self.manifest, place, _about(resource))

    def _linked(self, href: str, source: str, place: str, about: About = NOTHING) -> Iterator[Found | Problem]:
        """The file that another file of the package names."""
        if "://" in href:
            yield Problem(place, "href", f"Pytanie leży poza paczką, pod adresem {href[:100]}.", Effect.LEFT_OUT)
            return
        path = normpath(join(dirname(source), unquote(href)))
        content = self.package.read(path)
        if content is None:
            yield Problem(place, "href", f"W paczce nie ma pliku {path[:100]}.", Effect.BROKEN)
        elif path not in self.read:
            self.read.add(path)
            yield from self._file(path, content, about)

    def _file(self, path: str, content: bytes, about: About) -> Iterator[Found | Problem]:
        if not path.lower().endswith((".xml", ".qti")):
            return
        try:
            root = parse(content)
        except Broken as error:
            place = ", ".join(part for part in (path, error.problem.place) if part)
            yield Problem(place, "XML", error.problem.reason, Effect.BROKEN)
            return
        if root.name in ITEMS:
            yield from read_item(root, path, self.package.read, about)
        elif root.name == "questestinterop":
            yield Problem(path, "QTI 1.2", OLD, Effect.BROKEN)
        for element in root.walk():
            if element.name in ITEM_REFERENCES:
                yield from self._linked(element.get("href"), path, f"{path}, wiersz {element.line}")

    def _forgotten(self) -> Iterator[Problem]:
        """The items that nothing names: by the standard they are not part of the package."""
        for name in self.package.names:
            if name in self.read or not name.endswith(".xml"):
                continue
            try:
                root = parse(self.package.read(name) or b"")
            except Broken:
                continue
            if root.name in ITEMS:
                yield Problem(name, root.name, f"Pliku nie wymienia {MANIFEST}.", Effect.LEFT_OUT)


def _about(resource: Element) -> About:
    """The taxon path and the keywords of the item in its metadata, as our export writes them."""
    path = resource.find("taxonPath")
    taxons = [element for element in path.walk() if element.name == "taxon"] if path else []
    levels = [one_line(entry.text()) for taxon in taxons if (entry := taxon.first("entry"))]
    keywords = [element.text() for element in resource.walk() if element.name == "keyword"]
    return About(tuple(filter(None, levels)), tuple(keywords))
