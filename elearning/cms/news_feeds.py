"""News for feed readers, as Atom (RFC 4287) and RSS 2.0: what everybody may read, the newest first."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from .excerpts import writable
from .models import NewsIndexPage, NewsPage
from .models.base import page_path
from .models.news import TOPICS
from .news_list import newest_first
from .restrictions import is_restricted, open_to

MOST = 30


class AtomNews(Feed[NewsPage, NewsIndexPage]):
    """The newest news. All addresses are whole, so that readers find them from anywhere."""

    feed_type: type[SyndicationFeed] = Atom1Feed
    language = settings.LANGUAGE_CODE
    author_name = settings.WAGTAIL_SITE_NAME  # Atom wants one for news that name none
    name = "news:atom"

    def get_object(self, request: HttpRequest) -> NewsIndexPage:
        """The list of news; 404 where there is none for everybody."""
        index = NewsIndexPage.objects.live().first()
        if index is None or is_restricted(AnonymousUser(), index):
            raise Http404
        return index

    def title(self, obj: NewsIndexPage) -> str:
        return writable(f"{obj.title} – {settings.WAGTAIL_SITE_NAME}")

    def description(self, obj: NewsIndexPage) -> str:
        return writable(obj.lead or str(obj.title))

    def subtitle(self, obj: NewsIndexPage) -> str:
        return self.description(obj)

    def link(self, obj: NewsIndexPage) -> str:
        return settings.BASE_URL + page_path(obj)

    def feed_url(self, obj: NewsIndexPage) -> str:
        return settings.BASE_URL + reverse(self.name)

    def items(self, obj: NewsIndexPage) -> list[NewsPage]:
        news = open_to(AnonymousUser(), NewsPage.objects.child_of(obj).live())
        return list(newest_first(news).prefetch_related(TOPICS)[:MOST])

    def item_title(self, item: NewsPage) -> str:
        return writable(str(item.title))

    def item_description(self, item: NewsPage) -> str:
        return writable(item.excerpt)

    def item_link(self, item: NewsPage) -> str:
        return settings.BASE_URL + page_path(item)

    def item_guid(self, item: NewsPage) -> str:
        return self.item_link(item)

    def item_author_name(self, item: NewsPage) -> str:
        return writable(item.author or settings.WAGTAIL_SITE_NAME)

    def item_categories(self, item: NewsPage) -> list[str]:
        return [writable(topic.name) for topic in item.topics]

    def item_pubdate(self, item: NewsPage) -> datetime | None:
        """The day of publication; a date that is the day of something else is none."""
        if item.date is None or item.date_note:
            return None
        return item.moment or timezone.make_aware(datetime.combine(item.date, time()))

    def item_updateddate(self, item: NewsPage) -> datetime:
        return item.last_published_at or timezone.now()


class RssNews(AtomNews):
    """The same for readers that know RSS only."""

    feed_type = Rss201rev2Feed
    name = "news:rss"

    def item_author_name(self, item: NewsPage) -> str:
        """Nobody: RSS wants the e-mail address of an author."""
        return ""
