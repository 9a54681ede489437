"""Documents and their versions, the files behind them, and who took them."""

from .documents import DocumentIndexPage, DocumentKind, DocumentPage, Stage
from .files import StoredFile
from .uses import Announcement, Form, Holding, How, Subscription, Usage
from .versions import VersionPage

__all__ = [
    "Announcement",
    "DocumentIndexPage",
    "DocumentKind",
    "DocumentPage",
    "Form",
    "Holding",
    "How",
    "Stage",
    "StoredFile",
    "Subscription",
    "Usage",
    "VersionPage",
]
