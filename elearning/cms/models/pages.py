"""The home page, ordinary pages and news."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from elearning.cms.blocks import content_blocks

from .base import BasePage


class HomePage(BasePage):
    """The front of the site."""

    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "strona główna"


class StandardPage(BasePage):
    """An ordinary page of text."""

    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "strona"
        verbose_name_plural = "strony"
