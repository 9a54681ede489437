"""Pages and snippets of the site as a whole."""

from .base import BasePage
from .data import Datum
from .directory import DirectoryPage
from .evidence import EvidencePage
from .match import MatchPage
from .news import NewsIndexPage, NewsPage
from .news_parts import NewsPageTag, NewsTag, RelatedNews
from .organisations import Organisation
from .pages import HomePage, StandardPage
from .participation import Participation
from .places import PlacesPage
from .project_pages import ProjectPage
from .projects import Project
from .search import SearchEntry, SearchPosting, SearchSpelling
from .statement import AccessibilityStatementPage
from .terms import GlossaryPage, Term
from .timeline import TimelinePage
from .tracks import TrackIndexPage, TrackPage

__all__ = [
    "AccessibilityStatementPage",
    "BasePage",
    "Datum",
    "DirectoryPage",
    "EvidencePage",
    "GlossaryPage",
    "HomePage",
    "MatchPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsPageTag",
    "NewsTag",
    "Organisation",
    "Participation",
    "PlacesPage",
    "Project",
    "ProjectPage",
    "RelatedNews",
    "SearchEntry",
    "SearchPosting",
    "SearchSpelling",
    "StandardPage",
    "Term",
    "TimelinePage",
    "TrackIndexPage",
    "TrackPage",
]
