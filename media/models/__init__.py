"""The films app's tables: films with their text tracks, uploaded videos, and what was watched."""

from .films import FilmIndexPage, FilmPage, FilmTopic, Licence
from .text_tracks import TextTrack
from .videos import Rendition, Video
from .watches import Watch

__all__ = ["FilmIndexPage", "FilmPage", "FilmTopic", "Licence", "Rendition", "TextTrack", "Video", "Watch"]
