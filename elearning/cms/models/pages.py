"""The home page and ordinary pages."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from elearning.cms.blocks import FieldsBlock, content_blocks
from elearning.cms.news_list import newest_first
from elearning.cms.restrictions import open_to_all
from elearning.institutions.tracks import Track

from .base import BasePage, page_path
from .news import NewsPage

NEWS_ON_HOME = 3


def tracks() -> list[tuple[str, str]]:
    return list(Track.choices)


class TeaserBlock(FieldsBlock):
    """One model of cooperation on the home page; it leads to the page of that model."""

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

    gives_charts: ClassVar[bool] = True

    class Meta:
        verbose_name = "strona główna"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the models, where one finds out which is for a gmina, and the newest news. Four queries."""
        newest = newest_first(NewsPage.objects.live().public())[:NEWS_ON_HOME]
        addresses = _addresses()
        return {
            **super().get_context(request, *args, **kwargs),
            "models": [_teaser(block.value, addresses) for block in self.teasers],
            "match_url": addresses.get(None, ""),
            "news": newest,
        }

    def meta_title(self) -> str:
        return self.seo_title or self.headline or str(self.title)


def _addresses() -> dict[str | None, str]:
    """The address of each model's page that everybody may open, and of the page that chooses one, under `None`."""
    found = Page.objects.filter(Q(trackpage__isnull=False) | Q(matchpage__isnull=False))
    return {page.track: page_path(page) for page in open_to_all(found.annotate(track=F("trackpage__track")))}


def _teaser(teaser: Any, addresses: dict[str | None, str]) -> dict[str, str]:
    """A model as its card shows it; it leads to the courses of the model while that has no page."""
    track = teaser["track"]
    return {
        "title": teaser["title"],
        "text": teaser["text"],
        "url": addresses.get(track, f"/kursy/?model={track}"),
    }


class StandardPage(BasePage):
    """An ordinary page of text."""

    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")
    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("is_sample"), FieldPanel("body")]

    gives_charts: ClassVar[bool] = True

    class Meta:
        verbose_name = "strona"
        verbose_name_plural = "strony"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the pages below that stand in menus and are open to all. Two queries, and one for each type of them."""
        below = open_to_all(self.get_children().in_menu().specific())
        return {**super().get_context(request, *args, **kwargs), "below": below}
