"""What every page of the site has."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class BasePage(Page):
    """The common part of all pages: a lead that cards, lists and search show."""

    lead = models.TextField("lead", max_length=300, blank=True, help_text="Jedno lub dwa zdania. Widać je na listach.")

    # The order of pages is the order of modules and lessons, of menus and of the catalogue.
    admin_default_ordering = "ord"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def crumbs(self) -> list[dict[str, str]]:
        """The way from the home page to here, as the `breadcrumbs` component takes it. One query."""
        pages = self.get_ancestors(inclusive=True).filter(depth__gte=2)
        return [{"title": "Start" if page.depth == 2 else page.title, "url": page_path(page)} for page in pages]


def page_path(page: Page) -> str:
    """The address of a page below the site's root page, from its own row alone.

    Wagtail's `page.url` asks the shared cache for the sites; this platform is one site whose root is a child of the
    tree's root, so the first part of `url_path` is all there is to drop.
    """
    return "/" + page.url_path.split("/", 2)[2]
