"""Addresses of the feeds of news, below /aktualnosci/-/."""

from django.urls import path

from .news_feeds import AtomNews, RssNews

app_name = "news"
urlpatterns = [
    path("kanal.atom", AtomNews(), name="atom"),
    path("kanal.rss", RssNews(), name="rss"),
]
