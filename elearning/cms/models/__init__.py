"""Pages and snippets of the site as a whole."""

from .base import BasePage
from .data import Datum
from .evidence import EvidencePage
from .news import NewsIndexPage, NewsPage
from .pages import HomePage, StandardPage
from .project_pages import ProjectPage
from .projects import Project
from .timeline import TimelinePage

__all__ = [
    "BasePage",
    "Datum",
    "EvidencePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Project",
    "ProjectPage",
    "StandardPage",
    "TimelinePage",
]
