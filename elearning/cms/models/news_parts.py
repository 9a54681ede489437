"""What belongs to news: their topics, and the news that an editor chose to go with them."""

from django.db import models
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from elearning.cms.words import fold


class NewsTag(TagBase):
    """A topic of news; its address keeps when its name is corrected."""

    free_tagging = True  # a new topic is made by typing it
    panels = [FieldPanel("name")]

    class Meta:
        verbose_name = "temat aktualności"
        verbose_name_plural = "tematy aktualności"

    def slugify(self, tag: str, i: int | None = None) -> str:
        """With ASCII letters only: „Łódź” is „lodz”. Names that come out alike are told apart by a number."""
        plain = slugify(fold(tag)) or "temat"
        return plain if i is None else f"{plain}-{i}"


class NewsPageTag(ItemBase):
    """Which news are about which topic."""

    tag = models.ForeignKey(NewsTag, models.CASCADE, related_name="tagged")
    content_object = ParentalKey("cms.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class RelatedNews(Orderable):
    """News that an editor chose to stand below other news."""

    page = ParentalKey("cms.NewsPage", on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey("cms.NewsPage", models.CASCADE, related_name="+", verbose_name="aktualność")

    panels = [FieldPanel("target")]
