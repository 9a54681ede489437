"""What search engines are told of a page, in the words of schema.org. Pure: values in, dictionaries out.

Properties are those that search engines require or recommend for their results; a property without a value is left out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
LANGUAGE = "pl"
# So that no text of a page can end the element of the data, or begin another.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


class Attendance(StrEnum):
    """How people take part in an event."""

    ON_SITE = "OfflineEventAttendanceMode"
    ONLINE = "OnlineEventAttendanceMode"
    HYBRID = "MixedEventAttendanceMode"


@dataclass(frozen=True, slots=True)
class Site:
    """The site that publishes: `base` is its address without a slash at the end, `logo` a path."""

    base: str
    name: str
    logo: str

    def address(self, path: str) -> str:
        """The whole address of a path; what is whole already stays."""
        return path if "://" in path else self.base + path

    @property
    def organization_id(self) -> str:
        return f"{self.base}/#organizacja"

    @property
    def website_id(self) -> str:
        return f"{self.base}/#serwis"


@dataclass(frozen=True, slots=True)
class Venue:
    """Where an event takes place: the name of the place, its address in one line, its gmina or a wider region."""

    name: str
    street: str = ""
    town: str = ""
    region: str = ""


def as_json(things: Iterable[Thing]) -> str:
    """All things of a page in one piece of JSON, fit to stand inside a script element."""
    graph = {"@context": CONTEXT, "@graph": [thing for thing in things if thing]}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def organization(site: Site) -> Thing:
    return {
        "@type": "Organization",
        "@id": site.organization_id,
        "name": site.name,
        "url": f"{site.base}/",
        "logo": site.address(site.logo),
    }


def website(site: Site, *, search: str) -> Thing:
    """The whole site, with its search: the path to which words are added, such as „/szukaj/?q=”."""
    return {
        "@type": "WebSite",
        "@id": site.website_id,
        "name": site.name,
        "url": f"{site.base}/",
        "inLanguage": LANGUAGE,
        "publisher": {"@id": site.organization_id},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": site.address(search) + "{search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(site: Site, crumbs: Sequence[Mapping[str, str]]) -> Thing:
    """The way to a page, from the home page; nothing for the home page itself."""
    if len(crumbs) < 2:
        return {}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb["title"], "item": site.address(crumb["url"])}
            for number, crumb in enumerate(crumbs, start=1)
        ],
    }


def web_page(*, name: str, description: str = "", kind: str = "WebPage", modified: datetime | None = None) -> Thing:
    """An ordinary page; `kind` may be another of schema.org's kinds of pages, such as CollectionPage."""
    return _told({"@type": kind, "name": name, "description": description, "dateModified": _moment(modified)})


def news_article(
    *, headline: str, published: date | None, modified: datetime | None, description: str = "", author: str = ""
) -> Thing:
    """A piece of news; without an author the site's organisation speaks. Nobody may know when it was published."""
    return _told(
        {
            "@type": "NewsArticle",
            "headline": headline,
            "description": description,
            "datePublished": published.isoformat() if published else "",
            "dateModified": _moment(modified),
            "author": {"@type": "Person", "name": author} if author else {},
        }
    )


def course(*, name: str, description: str, provider: str, hours: int = 0, blended: bool = False) -> Thing:
    """A course of that many teaching hours of 45 minutes; courses of this platform are free."""
    instance = {
        "@type": "CourseInstance",
        "courseMode": "Blended" if blended else "Online",
        "courseWorkload": _duration(timedelta(minutes=45 * hours)) if hours else "",
    }
    return _told(
        {
            "@type": "Course",
            "name": name,
            "description": description,
            "isAccessibleForFree": True,
            "offers": {"@type": "Offer", "category": "Free"},
            "provider": {"@type": "Organization", "name": provider},
            "hasCourseInstance": _told(instance),
        }
    )


def event(  # noqa: PLR0913 - an event has that many facts
    *,
    name: str,
    description: str,
    starts: datetime,
    ends: datetime,
    attendance: Attendance,
    url: str,
    venue: Venue | None = None,
    organiser: str = "",
    is_called_off: bool = False,
) -> Thing:
    """A training or meeting; `url` is where those online take part from, the page of the event."""
    places = [_place(venue)] if venue and attendance is not Attendance.ONLINE else []
    if attendance is not Attendance.ON_SITE:
        places.append({"@type": "VirtualLocation", "url": url})
    return _told(
        {
            "@type": "Event",
            "name": name,
            "description": description,
            "startDate": _moment(starts),
            "endDate": _moment(ends),
            "eventStatus": f"{CONTEXT}/{'EventCancelled' if is_called_off else 'EventScheduled'}",
            "eventAttendanceMode": f"{CONTEXT}/{attendance}",
            "location": places[0] if len(places) == 1 else places,
            "organizer": {"@type": "Organization", "name": organiser} if organiser else {},
        }
    )


def video(  # noqa: PLR0913 - as here
    *,
    name: str,
    description: str,
    uploaded: datetime,
    thumbnail: str,
    milliseconds: int | None = None,
    content: str = "",
    player: str = "",
) -> Thing:
    """A film: the address of its file, or that of a player elsewhere. Nothing without a picture, which is required."""
    if not thumbnail:
        return {}
    return _told(
        {
            "@type": "VideoObject",
            "name": name,
            "description": description,
            "thumbnailUrl": [thumbnail],
            "uploadDate": _moment(uploaded),
            "duration": _duration(timedelta(milliseconds=milliseconds)) if milliseconds else "",
            "contentUrl": content,
            "embedUrl": player,
        }
    )


def placed(thing: Thing, site: Site, *, url: str, image: str = "") -> Thing:
    """A thing as the matter of the page at that address, published by the site."""
    if not thing:
        return {}
    belongs = {"isPartOf": {"@id": site.website_id}} if thing["@type"].endswith("Page") else {"mainEntityOfPage": url}
    who = {"@id": site.organization_id}
    spoken = {"publisher": who, "author": thing.get("author", who)} if thing["@type"] == "NewsArticle" else {}
    tongue = {} if thing["@type"] == "Event" else {"inLanguage": LANGUAGE}
    pictures = {"image": [image]} if image and thing["@type"] != "VideoObject" else {}
    return {"@id": f"{url}#tresc", "url": url, **tongue, **belongs, **pictures, **thing, **spoken}


def _place(venue: Venue) -> Thing:
    parts = {"streetAddress": venue.street, "addressLocality": venue.town, "addressRegion": venue.region}
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {"@type": "PostalAddress", **_told(parts), "addressCountry": "PL"},
    }


def _told(thing: Thing) -> Thing:
    """Without what has no value; False and 0 are values."""
    return {name: value for name, value in thing.items() if value not in ("", None, {}, [])}


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _duration(length: timedelta) -> str:
    """As ISO 8601 writes it: „PT1H30M5S”."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number)
    return f"PT{parts or '0S'}"
