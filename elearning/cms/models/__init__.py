"""Pages and snippets of the site as a whole."""

from .base import BasePage
from .data import Datum
from .news import NewsIndexPage, NewsPage
from .pages import HomePage, StandardPage
from .projects import Project

__all__ = ["BasePage", "Datum", "HomePage", "NewsIndexPage", "NewsPage", "Project", "StandardPage"]
