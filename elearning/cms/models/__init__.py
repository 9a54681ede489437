"""Pages and snippets of the site as a whole."""

from .base import BasePage
from .data import Datum
from .directory import DirectoryPage
from .evidence import EvidencePage
from .news import NewsIndexPage, NewsPage
from .organisations import Organisation
from .pages import HomePage, StandardPage
from .participation import Participation
from .places import PlacesPage
from .project_pages import ProjectPage
from .projects import Project
from .timeline import TimelinePage

__all__ = [
    "BasePage",
    "Datum",
    "DirectoryPage",
    "EvidencePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "Participation",
    "PlacesPage",
    "Project",
    "ProjectPage",
    "StandardPage",
    "TimelinePage",
]
