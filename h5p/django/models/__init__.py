"""What the host keeps: files once each, libraries, contents in versions, and what people did with them."""

from .contents import Content, ContentFile, ContentVersion, PinnedLibrary
from .files import Blob
from .libraries import Library, LibraryFile, LibraryUpdate, UpdatedContent
from .results import Attempt, State, Statement

__all__ = [
    "Attempt",
    "Blob",
    "Content",
    "ContentFile",
    "ContentVersion",
    "Library",
    "LibraryFile",
    "LibraryUpdate",
    "PinnedLibrary",
    "State",
    "Statement",
    "UpdatedContent",
]
