"""Attendance reports of conferencing tools, read into who was there from when to when. Pure.

`read` takes the bytes of a file of Microsoft Teams, Zoom, Webex, ClickMeeting or of a plain table of ours; `match` in
`matching` says whose stays they are. What the tools write is told beside their headings in `layouts`.
"""

from .base import Fault, Report, Stay, Tool, Unreadable
from .reading import LARGEST, read

__all__ = ["LARGEST", "Fault", "Report", "Stay", "Tool", "Unreadable", "read"]
