"""`{% url %}` that works the address of a fixed name out once; Django does so at each of the many on a page."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.urls import get_script_prefix, get_urlconf

register = template.Library()


class FixedURLNode(URLNode):
    """Templates are kept for the life of a process; a fixed address depends only on where the site hangs."""

    def __init__(self, view_name: FilterExpression) -> None:
        super().__init__(view_name, [], {}, None)
        self.addresses: dict[tuple[str | None, str], str] = {}

    def render(self, context: Context) -> Any:
        place = (get_urlconf(), get_script_prefix())
        if settings.DEBUG or place not in self.addresses:
            self.addresses[place] = super().render(context)
        return self.addresses[place]


@register.tag("url")
def do_url(parser: Parser, token: Token) -> URLNode:
    """`{% url "panel" %}` and all other forms, as Django's own; a name in a namespace may mean another app's page."""
    node = url(parser, token)
    name = node.view_name.var
    is_fixed = isinstance(name, str) and ":" not in name and not (node.args or node.kwargs or node.asvar)
    return FixedURLNode(node.view_name) if is_fixed else node
