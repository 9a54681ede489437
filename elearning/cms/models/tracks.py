"""The three Models of Cooperation: their list with the comparison, and a page for each."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from elearning.cms.blocks import RICH_TEXT, content_blocks
from elearning.cms.blocks.datum import DatumBlock
from elearning.cms.blocks.track import BenefitsBlock, ComparisonBlock, RoleBlock, SourceBlock, StageBlock, levels
from elearning.cms.restrictions import open_to_all
from elearning.institutions.tracks import Track

from .base import BasePage, page_path
from .projects import Project

Link = dict[str, str]


class TrackIndexPage(BasePage):
    """The three models: a card for each, and what they have in common and what not."""

    body = StreamField(content_blocks(), verbose_name="treść", blank=True)
    comparison = StreamField([("row", ComparisonBlock())], verbose_name="podobieństwa i\xa0różnice", blank=True)
    comparison_note = models.TextField("uwaga pod porównaniem", max_length=500, blank=True)

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.TrackPage", "cms.MatchPage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("comparison"),
        FieldPanel("comparison_note"),
    ]
    gives_charts: ClassVar[bool] = True
    search_kind: ClassVar[str] = "track"

    class Meta:
        verbose_name = "lista modeli"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the pages below that everybody may read, and the comparison in two parts. Two queries."""
        children = open_to_all(self.get_children().live())
        models_found = {page.pk: page for page in TrackPage.objects.filter(pk__in=[page.pk for page in children])}
        others = [page for page in children if page.pk not in models_found]
        return {
            **super().get_context(request, *args, **kwargs),
            "tracks": [models_found[page.pk] for page in children if page.pk in models_found],
            "match": {"title": others[0].title, "url": page_path(others[0])} if others else None,
            "common": [block.value for block in self.comparison if block.value["is_common"]],
            "different": [block.value for block in self.comparison if not block.value["is_common"]],
        }


class TrackPage(BasePage):
    """One model: aim, for whom, who is who, stages and steps, benefits on each level, needs and results."""

    track = models.CharField("model kooperacji", max_length=20, choices=Track, unique=True)
    aim = RichTextField("cel", features=RICH_TEXT, blank=True)
    audience = RichTextField("dla kogo", features=RICH_TEXT, blank=True)
    needs = RichTextField("czego potrzeba", features=RICH_TEXT, blank=True)
    roles = StreamField([("role", RoleBlock())], verbose_name="kto jest kim", blank=True)
    stages = StreamField([("stage", StageBlock())], verbose_name="etapy i\xa0kroki", blank=True)
    stages_are_sample = models.BooleanField(
        "etapy są treścią przykładową", default=False, help_text="Zaznacz, gdy kolejności kroków nie podaje źródło."
    )
    benefits = StreamField([("level", BenefitsBlock())], verbose_name="korzyści na poziomach", blank=True)
    figures = StreamField(
        [("datum", DatumBlock()), ("paragraph", blocks.RichTextBlock(features=RICH_TEXT, label="Tekst"))],
        verbose_name="wyniki",
        blank=True,
    )
    pack = StreamField([("page", blocks.PageChooserBlock(label="Strona"))], verbose_name="pakiet na start", blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name="źródła", blank=True)
    course = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kurs")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="projekt (znaki)"
    )

    parent_page_types = ["cms.TrackIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("track"), FieldPanel("project")]),
        PageChooserPanel("course"),
        MultiFieldPanel([FieldPanel("aim"), FieldPanel("audience"), FieldPanel("needs")], heading="W\xa0skrócie"),
        FieldPanel("figures"),
        FieldPanel("pack"),
        FieldPanel("sources"),
    ]
    practice_panels = [
        FieldPanel("roles"),
        FieldPanel("stages_are_sample"),
        FieldPanel("stages"),
        FieldPanel("benefits"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Opis"),
            ObjectList(practice_panels, heading="Role, etapy, korzyści"),
            ObjectList(BasePage.promote_panels, heading="Promocja"),
        ]
    )
    search_kind: ClassVar[str] = "track"

    class Meta:
        verbose_name = "model kooperacji"
        verbose_name_plural = "modele kooperacji"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the stages and the pages they lead to, as far as everybody may open them. Five queries at most."""
        pack = [block.value for block in self.pack]
        links = _links(page for page in [*self._step_pages(), *pack, self.course] if page)
        return {
            **super().get_context(request, *args, **kwargs),
            "ladder": self._ladder(),
            "stages": [_stage(block.value, links) for block in self.stages],
            "benefits": [
                {
                    "id": f"korzysci-{block.value['level']}",
                    "title": NAMES[block.value["level"]],
                    "body": block.value["text"],
                }
                for block in self.benefits
            ],
            "pack": _open(links, pack),
            "course": links.get(self.course_id),
        }

    def _step_pages(self) -> Iterator[Page | None]:
        for block in self.stages:
            for step in block.value["steps"]:
                yield from step["pages"]

    def _ladder(self) -> list[dict[str, Any]]:
        """The levels with the bodies and people of each, the widest level first."""
        roles = [block.value for block in self.roles]
        found = [
            {"title": NAMES[level], "roles": [role for role in roles if role["level"] == level]}
            for level, _ in levels()
        ]
        return [level for level in found if level["roles"]]


NAMES = {level: name[:1].upper() + name[1:] for level, name in levels()}


def _links(pages: Iterable[Page]) -> dict[int, Link]:
    """What everybody may open, by the key of its page. One query, besides that for the pages."""
    return {
        page.pk: {"kind": str(page.page_type_display_name), "title": page.title, "url": page_path(page)}
        for page in open_to_all(pages)
    }


def _open(links: dict[int, Link], pages: Iterable[Page | None]) -> list[Link]:
    return [links[page.pk] for page in pages if page and page.pk in links]


def _stage(stage: Any, links: dict[int, Link]) -> dict[str, Any]:
    steps = [
        {"title": step["title"], "text": step["text"], "links": _open(links, step["pages"])} for step in stage["steps"]
    ]
    return {"title": stage["title"], "time": stage["time"], "text": stage["text"], "steps": steps}
