"""`{% static %}` that works the address of a fixed name out once; Django does so at each of the twenty on a page."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags import static

register = template.Library()


class FixedStaticNode(static.StaticNode):
    """Templates are kept for the life of a process, and so are the addresses of static files."""

    address: str | None = None

    def url(self, context: Context) -> Any:
        if self.address is not None:
            return self.address
        address = super().url(context)
        if isinstance(self.path.var, str) and not settings.DEBUG:
            self.address = address
        return address


@register.tag("static")
def do_static(parser: Parser, token: Token) -> static.StaticNode:
    """`{% static "css/base.css" %}` and `{% static "img/icons.svg" as icons %}`, as Django's own."""
    return FixedStaticNode.handle_token(parser, token)


register.tag("get_static_prefix", static.get_static_prefix)
register.tag("get_media_prefix", static.get_media_prefix)
