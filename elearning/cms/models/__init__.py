"""Pages and snippets of the site as a whole."""

from .base import BasePage
from .pages import HomePage, StandardPage
from .projects import Project

__all__ = ["BasePage", "HomePage", "Project", "StandardPage"]
