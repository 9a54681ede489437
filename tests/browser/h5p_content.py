"""A card to answer and a hostile card, and the pages on which they are played."""

from decimal import Decimal
from uuid import uuid4

from playwright.sync_api import FrameLocator, Page

from h5p.django.models import ContentVersion
from h5p.django.results import Activity
from h5p.policies import CompletionPolicy
from tests.h5p.django import urls


def activity(version: ContentVersion, policy: str = "passed", **fields: int) -> Activity:
    """An activity with a page of its own at `address`."""
    made = Activity(uuid4(), version.pk, version.content.title, CompletionPolicy(policy), Decimal("0.5"), **fields)
    urls.activities[made.key] = made
    return made


def address(made: Activity) -> str:
    return f"/page/{made.key}/"


def frame(page: Page) -> FrameLocator:
    """What is inside the frame of the player."""
    return page.frame_locator("h5p-player iframe")
