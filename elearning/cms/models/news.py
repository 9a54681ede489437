"""News."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from elearning.cms.blocks import content_blocks

from .base import BasePage

NEWS_ON_A_PAGE = 10


class NewsIndexPage(BasePage):
    """The list of news, newest first."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    admin_default_ordering = "-latest_revision_created_at"

    class Meta:
        verbose_name = "lista aktualności"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With one page of the news of all years or one; a wrong number gives the nearest page. Three queries."""
        news = NewsPage.objects.child_of(self).live()
        years = [day.year for day in news.dates("date", "year", order="DESC")]
        year = next((year for year in years if str(year) == request.GET.get("rok")), None)
        chosen = news.filter(date__year=year) if year else news
        paginator = Paginator(chosen.order_by("-date", "-pk"), NEWS_ON_A_PAGE)
        current = paginator.get_page(request.GET.get("strona"))
        return {
            **super().get_context(request, *args, **kwargs),
            "years": years,
            "year": year,
            "query": f"rok={year}" if year else "",
            "page_obj": current,
            "page_range": paginator.get_elided_page_range(current.number),
        }


class NewsPage(BasePage):
    """One piece of news."""

    date = models.DateField("data", default=timezone.localdate)
    author = models.CharField("autor lub autorka", max_length=120, blank=True)
    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")
    body = StreamField(content_blocks(), verbose_name="treść", blank=True)

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("author"), FieldPanel("is_sample")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "aktualność"
        verbose_name_plural = "aktualności"
