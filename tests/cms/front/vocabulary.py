"""What search engines ask of the things that our pages tell them of, and a check of one thing against it.

Required and recommended properties as the documentation of Google's results for structured data lists them, for the
types that this site uses; kinds of values as schema.org defines them.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

REQUIRED = {
    "BreadcrumbList": {"itemListElement"},
    "Course": {"name", "description"},
    "CourseInstance": {"courseMode"},
    "EntryPoint": {"urlTemplate"},
    "Event": {"name", "startDate", "location"},
    "ListItem": {"position", "name", "item"},
    "NewsArticle": {"headline"},
    "Offer": set(),
    "Organization": {"name"},
    "Person": {"name"},
    "Place": {"address"},
    "PostalAddress": {"addressCountry"},
    "SearchAction": {"target", "query-input"},
    "VideoObject": {"name", "thumbnailUrl", "uploadDate"},
    "VirtualLocation": {"url"},
    "WebPage": {"name", "url"},
    "WebSite": {"name", "url"},
}
# Those that every page of ours can give; pictures and performers are not always there.
RECOMMENDED = {
    "Course": {"provider", "hasCourseInstance", "offers", "url"},
    "Event": {"endDate", "eventStatus", "eventAttendanceMode", "description"},
    "NewsArticle": {"datePublished", "dateModified", "author", "publisher"},
    "VideoObject": {"description", "duration"},
    "WebSite": {"potentialAction", "publisher"},
}
ALLOWED = {
    "BreadcrumbList": set(),
    "Course": {"isAccessibleForFree", "inLanguage", "image", "mainEntityOfPage"},
    "CourseInstance": {"courseWorkload"},
    "Event": {"organizer", "url", "image", "mainEntityOfPage"},
    "NewsArticle": {"description", "url", "image", "inLanguage", "mainEntityOfPage"},
    "Offer": {"category"},
    "Organization": {"url", "logo"},
    "Place": {"name"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressRegion"},
    "VideoObject": {"contentUrl", "embedUrl", "url", "inLanguage", "mainEntityOfPage"},
    "WebPage": {"description", "dateModified", "inLanguage", "isPartOf", "image"},
    "WebSite": {"inLanguage"},
}
ADDRESSES = {"url", "logo", "item", "contentUrl", "embedUrl", "thumbnailUrl", "mainEntityOfPage", "image"}
MOMENTS = {"startDate", "endDate", "uploadDate", "dateModified"}
DURATION = re.compile(r"PT(?=\d)(\d+H)?(\d+M)?(\d+S)?")


def faults(thing: Any) -> list[str]:
    """What is wrong with a thing and with all that it holds."""
    return list(_faults(thing))


def _faults(thing: dict[str, Any]) -> Iterator[str]:
    if set(thing) == {"@id"}:
        return
    kind = thing.get("@type", "nothing")
    if kind not in REQUIRED:
        yield f"{kind} is no type of ours"
        return
    names = {name for name in thing if not name.startswith("@")}
    needed = REQUIRED[kind] | RECOMMENDED.get(kind, set())
    yield from (f"{kind} lacks {name}" for name in needed - names)
    yield from (f"{kind} knows no {name}" for name in names - needed - ALLOWED.get(kind, set()))
    for name in names:
        for value in thing[name] if isinstance(thing[name], list) else [thing[name]]:
            if isinstance(value, dict):
                yield from _faults(value)
            elif not _is_fit(name, value):
                yield f"{kind}.{name} is {value!r}"


def _is_fit(name: str, value: Any) -> bool:
    if name in ADDRESSES:
        return bool(urlsplit(value).scheme and urlsplit(value).netloc)
    if name in MOMENTS:
        return datetime.fromisoformat(value).tzinfo is not None
    if name == "datePublished":
        return bool(date.fromisoformat(value[:10]))
    if name in {"duration", "courseWorkload"}:
        return DURATION.fullmatch(value) is not None
    return value not in ("", None)
