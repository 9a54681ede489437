"""What every page of the site has."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction

from elearning.cms import structured
from elearning.cms.search.texts import one_text, text_of


class BasePage(Page):
    """The common part of all pages: a lead that cards, lists and search show."""

    lead = models.TextField("lead", max_length=300, blank=True, help_text="Jedno lub dwa zdania. Widać je na listach.")

    # The order of pages is the order of modules and lessons, of menus and of the catalogue.
    admin_default_ordering = "ord"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    # Whether the charts in it may be taken as files, by whoever may read it as a page of Wagtail.
    gives_charts: ClassVar[bool] = False

    # Whether search engines are told of it: not of what only people who take part can open.
    in_sitemap: ClassVar[bool] = True

    # Among which results the search of the site shows it (`elearning.cms.search.kinds`); empty: it is never found.
    search_kind: ClassVar[str] = "page"

    # Whether all may read it whom privacy does not keep out; others are found as the hook `open_in_search` says.
    search_is_open: ClassVar[bool] = True

    # Whether its `search_text` is made of other rows too, which change without a new revision of the page.
    search_gathers: ClassVar[bool] = False

    class Meta:
        abstract = True

    def crumbs(self) -> list[dict[str, str]]:
        """The way from the home page to here, as the `breadcrumbs` component takes it. One query for a deep page."""
        return self._crumbs

    @cached_property
    def _crumbs(self) -> list[dict[str, str]]:
        if self.depth in (2, 3):
            return [{"title": "Start", "url": "/"}, {"title": self.title, "url": page_path(self)}][: self.depth - 1]
        pages = self.get_ancestors(inclusive=True).filter(depth__gte=2)
        return [{"title": "Start" if page.depth == 2 else page.title, "url": page_path(page)} for page in pages]

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Those of this page and of all above it, as Wagtail finds them, but in one query where there is no alias."""
        if self.alias_of_id is not None:
            found: QuerySet[PageViewRestriction] = super().get_view_restrictions()
            return found
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        return PageViewRestriction.objects.filter(page__path__in=[self.path[:end] for end in ends])

    def meta_title(self) -> str:
        """What those who share the address show as its title."""
        return str(self.seo_title or self.title)

    def meta_description(self) -> str:
        """One or two sentences for search engines and for those who share the address."""
        return str(self.search_description or self.lead or f"{self.title} – {settings.WAGTAIL_SITE_NAME}")

    def meta_image(self) -> AbstractImage | None:
        """The picture that stands for the page where its address is shared."""
        return None

    def search_text(self) -> str:
        """All that the search of the site finds it by beside its title, as plain text, a paragraph a line."""
        return one_text([self.lead, text_of(self)])

    def search_tracks(self) -> list[str]:
        """The models of cooperation that it is about, for filtering what was found."""
        track = getattr(self, "track", "")
        return [str(track)] if track else []

    def search_date(self) -> date | None:
        """The day that it is about, for showing and filtering what was found."""
        return None

    @classmethod
    def search_parts(cls) -> Mapping[int, int]:
        """Of its pages those whose text is another page's too: the keys of both, as they belong together now."""
        return {}

    def schema_org(self) -> structured.Thing:
        """What the page is about, as `structured` makes it; a view may give its template another as `structured`."""
        return structured.web_page(
            name=self.meta_title(), description=self.meta_description(), modified=self.last_published_at
        )


def page_path(page: Page) -> str:
    """The address of a page below the site's root page, from its own row alone."""
    return address_of(page.url_path)


def address_of(url_path: str) -> str:
    """The address of the page with this `url_path`.

    Wagtail's `page.url` asks the shared cache for the sites; this platform is one site whose root is a child of the
    tree's root, so the first part of `url_path` is all there is to drop.
    """
    return "/" + url_path.split("/", 2)[2]
