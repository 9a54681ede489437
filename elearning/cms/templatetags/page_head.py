"""What the head of a page tells search engines and those who share its address."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from elearning.cms import structured
from elearning.cms.models.base import BasePage, page_path

SEARCH = "/szukaj/?q="
PAGING = "strona"
PICTURE = "fill-1200x630|format-jpeg"  # the size that those who show shared addresses ask for

register = template.Library()


@dataclass(frozen=True, slots=True)
class Data:
    """JSON that is fit to stand in an element as it is."""

    text: str

    def __html__(self) -> str:
        return self.text


@register.inclusion_tag("cms/page_head.html", takes_context=True)
def page_head(context: Context) -> dict[str, Any]:
    """Canonical address, Open Graph and data of the page that stands at this address; nothing for any other view.

    One query for the way to the page where its template has not asked for it yet, two for a picture.
    """
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or not page.pk or not request or request.path != page_path(page):
        return {"page": None}
    site = this_site()
    url = canonical(site, page, context)
    image = _picture(site, page)
    crumbs = page.crumbs()
    thing = context.get("structured") or page.schema_org()
    things = [
        structured.organization(site),
        structured.website(site, search=SEARCH),
        structured.breadcrumbs(site, crumbs),
        structured.placed(thing, site, url=url, image=image["url"] if image else ""),
    ]
    return {
        "page": page,
        "canonical": url,
        "site_name": site.name,
        "kind": "article" if thing.get("@type") == "NewsArticle" else "website",
        "image": image,
        "data": data_element(things),
    }


@register.simple_tag(takes_context=True)
def page_description(context: Context) -> SafeString | str:
    """The description of the page that a view shows; nothing where it shows none."""
    page = context.get("page")
    if not isinstance(page, BasePage):
        return ""
    return format_html('<meta name="description" content="{}">', page.meta_description())


def this_site() -> structured.Site:
    return structured.Site(settings.BASE_URL, settings.WAGTAIL_SITE_NAME, static("img/mark.svg"))


def canonical(site: structured.Site, page: BasePage, context: Context) -> str:
    """The one address of what is shown: each page of a list has its own, a filtered list is the list itself."""
    url = site.address(page_path(page))
    chosen = {name for name, value in context["request"].GET.items() if value}
    listed = context.get("page_obj")
    if listed is None or listed.number == 1 or chosen != {PAGING}:
        return url
    return f"{url}?{PAGING}={listed.number}"


def data_element(things: list[structured.Thing]) -> SafeString:
    """A block of data: browsers never run it, so the policy of the site allows it."""
    return format_html('<script type="application/ld+json">{}</script>', Data(structured.as_json(things)))


def _picture(site: structured.Site, page: BasePage) -> dict[str, Any] | None:
    found: AbstractImage | None = page.meta_image()
    if found is None:
        return None
    made = found.get_rendition(PICTURE)
    return {"url": site.address(made.url), "width": made.width, "height": made.height, "alt": found.description}
