"""Which news are listed, in what order and by what filters; what goes with one of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Case, Count, F, Q, QuerySet, When

from .alphabet import alphabetical
from .models.news_parts import NewsTag

if TYPE_CHECKING:
    from .models import NewsPage

ON_A_PAGE = 10
MOST_RELATED = 3
UNDATED = "bez-daty"
YEAR = re.compile(rf"[0-9]{{4}}|{UNDATED}")
TOPIC = re.compile(r"[a-z0-9_-]{1,100}")

News = QuerySet["NewsPage"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for: news of one year („2021”, or „bez-daty”), about one topic, both or all."""

    year: str = ""
    topic: str = ""

    @property
    def query(self) -> str:
        """As it stands in addresses."""
        return urlencode({name: value for name, value in (("rok", self.year), ("temat", self.topic)) if value})

    def among(self, news: News) -> News:
        """Those of the news that were asked for."""
        if self.year:
            news = news.filter(date=None) if self.year == UNDATED else news.filter(date__year=int(self.year))
        return news.filter(tagged_items__tag__slug=self.topic) if self.topic else news


@dataclass(frozen=True, slots=True)
class Option:
    """One link of a filter."""

    label: str
    query: str
    is_chosen: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """The links by which news are filtered, and what they are filtered by now."""

    choice: Choice
    years: tuple[Option, ...]
    topics: tuple[Option, ...]

    @property
    def year_label(self) -> str:
        return next((option.label for option in self.years if option.is_chosen and self.choice.year), "")

    @property
    def topic_label(self) -> str:
        return next((option.label for option in self.topics if option.is_chosen and self.choice.topic), "")


def newest_first(news: News) -> News:
    """In the order of lists; those without a date come last."""
    return news.order_by(F("date").desc(nulls_last=True), F("time").desc(nulls_last=True), "-pk")


def read(asked: Mapping[str, str]) -> Choice:
    """What may be a choice in a query; whatever cannot be one is left out."""
    year, topic = asked.get("rok", ""), asked.get("temat", "")
    return Choice(year if YEAR.fullmatch(year) else "", topic if TOPIC.fullmatch(topic) else "")


def filters(news: News, asked: Choice) -> Filters:
    """The filters of these news: each counts what the other one leaves. Two queries, three where there is a topic.

    A year that these news do not have is no choice, nor is a topic that they do not have in that year.
    """
    years = _years(news)
    year = asked.year if asked.year in years else ""
    topics = _topics(Choice(year=year).among(news))
    choice = Choice(year, asked.topic if asked.topic in topics else "")
    if choice.topic:
        years = _years(Choice(topic=choice.topic).among(news))
    every_year = Option("Wszystkie lata", replace(choice, year="").query, not choice.year)
    every_topic = Option("Wszystkie tematy", replace(choice, topic="").query, not choice.topic)
    of_years = [
        Option(_year_label(year), replace(choice, year=year).query, year == choice.year, number)
        for year, number in years.items()
    ]
    of_topics = [
        Option(tag.name, replace(choice, topic=slug).query, slug == choice.topic, number)
        for slug, (tag, number) in topics.items()
    ]
    return Filters(choice, (every_year, *of_years), (every_topic, *of_topics))


def page_of(key: int | None, news: News) -> int:
    """The number of the page of the list on which this one stands; 0 where it does not. One query."""
    keys = list(newest_first(news).values_list("pk", flat=True))
    return keys.index(key) // ON_A_PAGE + 1 if key in keys else 0


def related(page: "NewsPage", news: News, topics: Sequence[NewsTag]) -> list["NewsPage"]:
    """What an editor chose, filled up with news about the same topics, the most alike first. Two queries."""
    wanted = [link.target_id for link in page.related_links.all()]
    shared = Count("tagged_items__tag", filter=Q(tagged_items__tag__in=topics), distinct=True)
    found = (
        news.exclude(pk=page.pk)
        .annotate(shared=shared, chosen=Case(When(pk__in=wanted, then=1), default=0))
        .filter(Q(chosen=1) | Q(shared__gt=0))
        .order_by("-chosen", "-shared", F("date").desc(nulls_last=True), "-pk")
    )
    rows = list(found[: MOST_RELATED + len(wanted)])
    chosen = sorted((row for row in rows if row.pk in wanted), key=lambda row: wanted.index(row.pk))
    return [*chosen, *(row for row in rows if row.pk not in wanted)][:MOST_RELATED]


def in_order(topics: Iterable[NewsTag]) -> list[NewsTag]:
    """In the order of the alphabet."""
    return sorted(topics, key=lambda tag: alphabetical(tag.name))


def _years(news: News) -> dict[str, int]:
    """How many there are of each year, newest first, those without a date last."""
    rows = news.order_by().values_list("date__year").annotate(Count("pk"))
    counted = {str(year): number for year, number in sorted(rows, key=lambda row: -(row[0] or 0)) if year}
    undated = sum(number for year, number in rows if not year)
    return {**counted, UNDATED: undated} if undated else counted


def _topics(news: News) -> dict[str, tuple[NewsTag, int]]:
    """The topics of these news by their addresses, each with how many are about it, in the order of the alphabet."""
    tags = NewsTag.objects.filter(tagged__content_object__in=news.order_by().values("pk"))
    counted = tags.annotate(number=Count("tagged__content_object", distinct=True))
    return {tag.slug: (tag, tag.number) for tag in in_order(counted)}


def _year_label(year: str) -> str:
    return "bez daty" if year == UNDATED else year
