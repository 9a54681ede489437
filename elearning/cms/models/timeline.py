"""The history of the projects."""

from itertools import groupby
from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from elearning.cms.blocks import content_blocks
from elearning.cms.blocks.event import EventBlock, kinds, span_of
from elearning.cms.restrictions import open_to_all

from .base import BasePage, page_path


class TimelinePage(BasePage):
    """What happened when. Entries are put in order by their dates; those of an unknown year stand at the end."""

    entries = StreamField([("entry", EventBlock())], verbose_name="wpisy", blank=True)
    body = StreamField(content_blocks(), verbose_name="treść pod osią", blank=True)

    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("entries"), FieldPanel("body")]
    gives_charts: ClassVar[bool] = True
    search_kind: ClassVar[str] = "page"

    class Meta:
        verbose_name = "oś czasu"
        verbose_name_plural = "osie czasu"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the entries by year. Two queries: for the pages to which they lead, and for what is restricted."""
        return {**super().get_context(request, *args, **kwargs), "years": self._years()}

    def _years(self) -> list[dict[str, Any]]:
        events = sorted(self._events(), key=lambda event: event["span"].key)
        years = groupby(events, key=lambda event: event["span"].start.year)
        return [{"year": year, "id": f"rok-{year or 'nieznany'}", "events": list(found)} for year, found in years]

    def _events(self) -> list[dict[str, Any]]:
        values = [block.value for block in self.entries]
        open_pages = {page.pk for page in open_to_all(value["page"] for value in values if value["page"])}
        names = dict(kinds())
        return [
            {
                "span": span_of(value),
                "kind": names.get(value["kind"], ""),
                "title": value["title"],
                "text": value["text"],
                "source": value["source"],
                "source_url": value["source_url"],
                "page": _link(value["page"]) if value["page"] and value["page"].pk in open_pages else None,
            }
            for value in values
        ]


def _link(page: Page) -> dict[str, str]:
    return {"title": page.title, "url": page_path(page)}
