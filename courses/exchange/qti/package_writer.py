"""Our questions as a package of QTI: an item each, their images, and the manifest that names them."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from courses.exchange.base import Effect, Found, LeftOut, Problem, Written
from courses.exchange.images import file_names
from courses.exchange.rich_text import one_line
from courses.exchange.xml_tree import Element, document

from .names import as_3
from .rules import tag
from .writer import ItemWriter

SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
LOM = "http://ltsc.ieee.org/xsd/LOM"


@dataclass(frozen=True, slots=True)
class Version:
    """What differs between the versions in names and addresses (the binding documents of QTI 2.1 and 3.0)."""

    item: str
    item_schema: str
    manifest: str
    item_type: str
    schema: str
    schema_version: str


VERSIONS: Mapping[str, Version] = {
    "2.1": Version(
        "http://www.imsglobal.org/xsd/imsqti_v2p1",
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "imsqti_item_xmlv2p1",
        "QTIv2.1 Package",
        "1.0.0",
    ),
    "3.0": Version(
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "imsqti_item_xmlv3p0",
        "QTI Package",
        "3.0.0",
    ),
}


def write(questions: Sequence[Found], version: str) -> Written:
    """The package, in version 2.1 or 3.0. Raises `InvalidQuestion` for data that make no question."""
    names = VERSIONS[version]
    resources: list[Element] = []
    problems: list[Problem] = []
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for number, question in enumerate(questions, start=1):
            files = file_names(question, f"item{number}-")
            writer = ItemWriter(question, f"item{number}", {key: f"../media/{name}" for key, name in files.items()})
            try:
                item = document(_versioned(writer.item(), version, names))
            except LeftOut as reason:
                problems.append(Problem(question.title, question.kind, str(reason), Effect.LEFT_OUT))
                continue
            package.writestr(_entry(f"items/item{number}.xml"), item)
            for image in question.images:
                package.writestr(_entry(f"media/{files[image.source]}"), image.content)
            resources.append(_resource(f"item{number}", list(files.values()), question, names))
            problems += [Problem(question.title, question.kind, note, Effect.CHANGED) for note in writer.notes]
        package.writestr(_entry("imsmanifest.xml"), document(_manifest(resources, names)))
    return Written(buffer.getvalue(), ".zip", "application/zip", tuple(problems))


def _versioned(item: Element, version: str, names: Version) -> Element:
    if version == "3.0":
        for element in item.walk():
            if element.name in ("modalFeedback", "rubricBlock"):
                element.children = [tag("contentBody", *element.children)]
        item = as_3(item)
    spaces = {
        "xmlns": names.item,
        "xmlns:xsi": SCHEMA,
        "xsi:schemaLocation": f"{names.item} {names.item_schema}",
    }
    item.attributes = {**spaces, **item.attributes}
    return item


def _manifest(resources: list[Element], names: Version) -> Element:
    metadata = tag("metadata", tag("schema", names.schema), tag("schemaversion", names.schema_version))
    spaces = {"xmlns": names.manifest, "xmlns:lom": LOM, "identifier": "manifest"}
    return tag("manifest", metadata, tag("organizations"), tag("resources", *resources), **spaces)


def _resource(identifier: str, media: Sequence[str], question: Found, names: Version) -> Element:
    path = f"items/{identifier}.xml"
    files = [tag("file", href=name) for name in (path, *(f"media/{name}" for name in media))]
    about = [*_keywords(question.tags), *_category(question.category)]
    metadata = [tag("metadata", tag("lom:lom", *about))] if about else []
    return tag("resource", *metadata, *files, identifier=f"r-{identifier}", type=names.item_type, href=path)


def _keywords(tags: Sequence[str]) -> list[Element]:
    words = [tag("lom:keyword", tag("lom:string", one_line(word))) for word in tags]
    return [tag("lom:general", *words)] if words else []


def _category(category: Sequence[str]) -> list[Element]:
    taxons = [tag("lom:taxon", tag("lom:entry", tag("lom:string", level))) for level in category]
    return [tag("lom:classification", tag("lom:taxonPath", *taxons))] if taxons else []


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry of the zip that is the same whenever it is written."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
