"""`{% h5p_player version %}` shows a content; with an activity and an address it also keeps results and states."""

from typing import Any

from django import template
from django.template.context import Context

from h5p.django import playing
from h5p.django.models import ContentVersion
from h5p.django.results import Activity

register = template.Library()


@register.inclusion_tag("h5p/player.html", takes_context=True)
def h5p_player(
    context: Context, version: ContentVersion, activity: Activity | None = None, save_url: str = ""
) -> dict[str, Any]:
    """The player of a version. `activity` and `save_url` go together; the person is the request's."""
    request = context["request"]
    wants_newest = activity is not None and request.GET.get(playing.NEWEST) == str(activity.key)
    shown = playing.player_context(
        version,
        activity=activity,
        user=request.user if activity else None,
        save_url=save_url,
        newest=wants_newest,
    )
    return {"h5p": shown, "csrf_token": context.get("csrf_token")}
