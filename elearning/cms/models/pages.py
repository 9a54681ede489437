"""The home page and ordinary pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from elearning.cms.blocks import FieldsBlock, content_blocks
from elearning.institutions.tracks import Track

from .base import BasePage
from .news import NewsPage

NEWS_ON_HOME = 3


def tracks() -> list[tuple[str, str]]:
    return list(Track.choices)


class TeaserBlock(FieldsBlock):
    """One model of cooperation on the home page; it leads to the courses of that model."""

    track = blocks.ChoiceBlock(tracks)
    title = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock(max_length=300)

    class Meta:
        icon = "site"
        label = "Model"
        labels = {"track": "Model kooperacji", "title": "Tytuł", "text": "Tekst"}
        label_format = "{title}"


class HomePage(BasePage):
    """The front of the site: what it is, the three models, the newest news."""

    headline = models.CharField("hasło", max_length=120, blank=True, help_text="Bez niego widać tytuł strony.")
    teasers = StreamField([("teaser", TeaserBlock())], verbose_name="modele", blank=True)
    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("teasers"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "strona główna"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the newest news. One query."""
        newest = NewsPage.objects.live().public().order_by("-date", "-pk")[:NEWS_ON_HOME]
        return {**super().get_context(request, *args, **kwargs), "news": newest}


class StandardPage(BasePage):
    """An ordinary page of text."""

    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")
    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("is_sample"), FieldPanel("body")]

    class Meta:
        verbose_name = "strona"
        verbose_name_plural = "strony"
