"""What research says: figures, charts, and the register of all figures with their sources."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from elearning.cms.blocks import content_blocks
from elearning.cms.search.texts import one_text

from .base import BasePage, page_path
from .data import Datum


class EvidencePage(BasePage):
    """„Wnioski z badań”. Below its text stands every figure of the site, so that each has an address to be cited by."""

    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    gives_charts: ClassVar[bool] = True
    search_kind: ClassVar[str] = "evidence"
    search_gathers: ClassVar[bool] = True

    class Meta:
        verbose_name = "wnioski z badań"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With all figures by their source, in the order in which they were entered. One query."""
        by_source: dict[str, list[Datum]] = {}
        for datum in Datum.objects.order_by("pk"):
            by_source.setdefault(datum.source, []).append(datum)
        return {
            **super().get_context(request, *args, **kwargs),
            "sources": list(by_source.items()),
            "address": settings.BASE_URL + page_path(self),
        }

    def search_text(self) -> str:
        """Its own text, and every figure with its source. One query."""
        return one_text([super().search_text(), *(datum.in_words for datum in Datum.objects.order_by("pk"))])
