"""The pages of the three projects."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from elearning.cms import quantities
from elearning.cms.blocks import RICH_TEXT, content_blocks
from elearning.cms.blocks.sourced import AmountBlock, PartnerBlock, SourcedTextBlock
from elearning.cms.restrictions import open_to_all
from elearning.cms.search.texts import one_text
from elearning.institutions.tracks import Track

from .base import BasePage, page_path
from .projects import Project


class ProjectPage(BasePage):
    """One project: aims, effects, value and contribution of the EU, leader and partners.

    Where sources differ, each says its own; where they are silent, the page says that.
    """

    project = models.OneToOneField(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="page",
        verbose_name="projekt (znaki i\xa0finansowanie)",
    )
    track = models.CharField("model kooperacji", max_length=20, choices=Track, blank=True)
    region = models.CharField("makroregion", max_length=120, blank=True, help_text="Na przykład „Makroregion I”.")
    aims = RichTextField("cele", features=RICH_TEXT, blank=True)
    effects = RichTextField("efekty", features=RICH_TEXT, blank=True)
    periods = StreamField([("period", SourcedTextBlock())], verbose_name="czas trwania", blank=True)
    values = StreamField([("amount", AmountBlock())], verbose_name="wartość projektu", blank=True)
    contributions = StreamField([("amount", AmountBlock())], verbose_name="wkład Unii Europejskiej", blank=True)
    leader = models.CharField("lider", max_length=250, blank=True)
    leader_url = models.URLField("strona lidera", blank=True)
    partners = StreamField([("partner", PartnerBlock())], verbose_name="partnerzy", blank=True)
    partners_note = models.CharField(
        "uwaga o\xa0partnerach", max_length=250, blank=True, help_text="Na przykład, czego źródła nie podają."
    )
    model_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="strona modelu"
    )
    course = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kurs o\xa0tym modelu"
    )
    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    parent_page_types = ["cms.StandardPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("project"),
                FieldRowPanel([FieldPanel("track"), FieldPanel("region")]),
                PageChooserPanel("model_page"),
                PageChooserPanel("course"),
            ],
            heading="Projekt",
        ),
        FieldPanel("aims"),
        FieldPanel("effects"),
        FieldPanel("periods"),
        MultiFieldPanel([FieldPanel("values"), FieldPanel("contributions")], heading="Pieniądze"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("leader"), FieldPanel("leader_url")]),
                FieldPanel("partners"),
                FieldPanel("partners_note"),
            ],
            heading="Lider i\xa0partnerzy",
        ),
        FieldPanel("body"),
    ]
    gives_charts: ClassVar[bool] = True
    search_kind: ClassVar[str] = "page"

    class Meta:
        verbose_name = "strona projektu"
        verbose_name_plural = "strony projektów"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With amounts in words, and the pages about the model that everybody may read. Two queries at most."""
        return {
            **super().get_context(request, *args, **kwargs),
            "amounts": _in_words(self.values),
            "contributions": _in_words(self.contributions),
            "related": self._related(),
        }

    def search_text(self) -> str:
        return one_text([self.region, self.leader, self.partners_note, super().search_text()])

    def _related(self) -> list[dict[str, str]]:
        keys = [key for key in (self.model_page_id, self.course_id) if key]
        pages = {page.pk: page for page in open_to_all(Page.objects.filter(pk__in=keys))} if keys else {}
        return [{"title": pages[key].title, "url": page_path(pages[key])} for key in keys if key in pages]


def _in_words(amounts: Any) -> list[dict[str, str]]:
    return [{**block.value, "words": quantities.zlotys(block.value["amount"])} for block in amounts]
