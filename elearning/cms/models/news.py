"""News."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import PageViewRestriction
from wagtail.url_routing import RouteResult

from elearning.cms import excerpts, news_list, restrictions, structured
from elearning.cms.blocks import content_blocks
from elearning.cms.blocks.gallery import GalleryBlock
from elearning.cms.news_form import NewsPageForm
from elearning.cms.restrictions import open_to

from .base import BasePage, page_path
from .news_parts import NewsPageTag, NewsTag

TOPICS = models.Prefetch("tagged_items", NewsPageTag.objects.select_related("tag"))


class LightlyGuarded:
    """Asks once what is restricted, as the list of news and the news are deep in the tree and full of queries."""

    def get_view_restrictions(self: Any) -> models.QuerySet[PageViewRestriction]:
        return super().get_view_restrictions() if self.alias_of_id else restrictions.on(self)  # type: ignore[misc]


class NewsIndexPage(LightlyGuarded, BasePage):
    """The list of news, newest first."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    admin_default_ordering = "-latest_revision_created_at"

    class Meta:
        verbose_name = "lista aktualności"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """News are read whole at once; Wagtail asks for any page first and then for its type."""
        news = NewsPage.objects.child_of(self).live().select_related("lead_image")
        found = news.filter(slug=path_components[0]).first() if len(path_components) == 1 else None
        if found is None:
            return super().route(request, path_components)
        found._cached_parent_obj = self
        return found.route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With one page of the news that this person may read, and the filters; a wrong number gives the nearest page.

        Seven queries, one more where pages are restricted.
        """
        news = open_to(request.user, NewsPage.objects.child_of(self).live())
        asked = news_list.read(request.GET)
        filters = news_list.filters(news, asked)
        chosen = news_list.newest_first(filters.choice.among(news)).prefetch_related(TOPICS)
        paginator = Paginator(chosen, news_list.ON_A_PAGE)
        current = paginator.get_page(request.GET.get("strona"))
        return {
            **super().get_context(request, *args, **kwargs),
            "address": page_path(self),
            "filters": filters,
            "is_unknown": asked != filters.choice,
            "query": filters.choice.query,
            "page_obj": current,
            "page_range": paginator.get_elided_page_range(current.number),
        }


class NewsPage(LightlyGuarded, BasePage):
    """One piece of news. Without a date it is dated on the day on which it is first public, planned or not."""

    date = models.DateField(
        "data",
        null=True,
        blank=True,
        help_text="Zostaw puste, a\xa0wpiszemy dzień publikacji, także tej zaplanowanej.",
    )
    time = models.TimeField(
        "godzina", null=True, blank=True, help_text="Bez niej widać godzinę publikacji, jeśli to ten sam dzień."
    )
    date_note = models.CharField(
        "dopisek do daty",
        max_length=120,
        blank=True,
        help_text=(
            "Gdy data to nie dzień publikacji, napisz, czego jest, na przykład „dzień spotkania”. Gdy nikt jej nie "
            "zna, zostaw datę pustą i\xa0napisz tu dlaczego: wtedy nic nie wpiszemy."
        ),
    )
    author = models.CharField(
        "autor lub autorka",
        max_length=120,
        blank=True,
        help_text="Wpisujemy Ciebie. Możesz to zmienić, na przykład na „Redakcja”.",
    )
    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")
    lead_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zdjęcie główne",
        help_text="Stoi pod tytułem. Widać je też tam, gdzie ktoś udostępni adres.",
    )
    lead_image_alt = models.CharField(
        "co widać na zdjęciu",
        max_length=250,
        blank=True,
        help_text="Opis dla osób, które nie widzą zdjęcia. Jest wymagany, gdy wybierzesz zdjęcie.",
    )
    lead_image_caption = models.CharField("podpis zdjęcia", max_length=250, blank=True)
    body = StreamField([*content_blocks(), ("gallery", GalleryBlock())], verbose_name="treść", blank=True)
    tags = ClusterTaggableManager(
        through="cms.NewsPageTag",
        blank=True,
        verbose_name="tematy",
        help_text="Oddziel je przecinkami. Po tematach filtruje się listę i\xa0dobiera podobne aktualności.",
    )

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    base_form_class = NewsPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt"), FieldPanel("lead_image_caption")],
            heading="Zdjęcie główne",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldRowPanel([FieldPanel("date"), FieldPanel("time")]),
                FieldPanel("date_note"),
                FieldPanel("is_sample"),
            ],
            heading="Kto i\xa0kiedy",
        ),
        FieldPanel("tags"),
        InlinePanel(
            "related_links",
            heading="Zobacz też",
            label="Aktualność",
            max_num=news_list.MOST_RELATED,
            help_text="Do trzech. Wolne miejsca uzupełnimy aktualnościami o\xa0tych samych tematach.",
        ),
    ]

    gives_charts: ClassVar[bool] = True
    search_kind: ClassVar[str] = "news"

    class Meta:
        verbose_name = "aktualność"
        verbose_name_plural = "aktualności"

    def clean(self) -> None:
        super().clean()
        if self.lead_image_id and not self.lead_image_alt.strip():
            raise ValidationError({"lead_image_alt": "Opisz zdjęcie główne dla osób, które go nie widzą."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A day is given here because news go live in many ways, some of them by the clock."""
        is_planned = self.go_live_at is not None and self.go_live_at > timezone.now()
        if self.live and not is_planned and self.date is None and not self.date_note:
            self.date = timezone.localdate(self.first_published_at)
        super().save(*args, **kwargs)

    def search_date(self) -> dt.date | None:
        return self.date

    @property
    def moment(self) -> dt.datetime | None:
        """When it was published, where the hour is known: told, or our own."""
        if self.date is None:
            return None
        if self.time is not None:
            return timezone.make_aware(dt.datetime.combine(self.date, self.time))
        first: dt.datetime | None = self.first_published_at
        return first if first is not None and timezone.localdate(first) == self.date else None

    @property
    def excerpt(self) -> str:
        """The lead, or the beginning of the text."""
        if self.lead:
            return str(self.lead)
        texts = (block.value.source for block in self.body if block.block_type == "paragraph")
        return excerpts.excerpt(next(texts, ""))

    @property
    def topics(self) -> list[NewsTag]:
        """For lists, which prefetch them. One query for each topic where they were not."""
        return news_list.in_order(item.tag for item in self.tagged_items.all())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With related news and the way back to the page of the list from which one came. Eight queries at most."""
        news = open_to(request.user, NewsPage.objects.live())
        topics = self._topics(as_typed=getattr(request, "is_preview", False))
        return {
            **super().get_context(request, *args, **kwargs),
            "topics": news_list.in_order(topics),
            "related": news_list.related(self, news, topics),
            "address": self.crumbs()[-2]["url"],
            "back": self._back(news_list.read(request.GET), news),
        }

    @cached_property
    def _crumbs(self) -> list[dict[str, str]]:
        index = self.get_parent()
        pages = [{"title": page.title, "url": page_path(page)} for page in (index, self)]
        return [{"title": "Start", "url": "/"}, *pages]

    def _topics(self, *, as_typed: bool) -> list[NewsTag]:
        """Those of what is published by one query, those of a preview as they are typed."""
        items = (
            self.tagged_items.all()
            if self.has_unpublished_changes
            else NewsPageTag.objects.filter(content_object=self).select_related("tag")
        )
        return [item.tag for item in items]

    def _back(self, choice: news_list.Choice, news: models.QuerySet["NewsPage"]) -> str:
        """The query of the list's page on which this stands, filtered as it was if this is among what was chosen."""
        number = news_list.page_of(self.pk, choice.among(news))
        if not number:
            choice = news_list.Choice()
            number = news_list.page_of(self.pk, news)
        parts = [choice.query, f"strona={number}" if number > 1 else ""]
        return "&".join(filter(None, parts))

    def meta_description(self) -> str:
        return str(self.search_description or self.excerpt or super().meta_description())

    def meta_image(self) -> AbstractImage | None:
        return self.lead_image

    def schema_org(self) -> structured.Thing:
        """A date that is not the day of publication is not told as one."""
        return structured.news_article(
            headline=self.meta_title(),
            published=None if self.date_note else self.moment or self.date,
            modified=self.last_published_at,
            description=self.meta_description(),
            author=self.author,
        )
