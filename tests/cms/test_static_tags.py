"""`{% static %}` works out a fixed name once, and a name in a variable each time."""

from unittest.mock import patch

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context, engines

FIXED = '{% load static %}{% static "css/base.css" %}'
AS_NAME = '{% load static %}{% static "img/icons.svg" as icons %}[{{ icons }}]'
VARIABLE = "{% load static %}{% static name %}"


def rendered(text: str, times: int, **values: str) -> tuple[list[str], int]:
    """What a template gives each time, and how often the storage was asked."""
    template = engines["django"].from_string(text).template
    with patch.object(staticfiles_storage, "url", wraps=staticfiles_storage.url) as asked:
        return [template.render(Context(values)) for _ in range(times)], asked.call_count


def test_a_fixed_name_is_looked_up_once() -> None:
    assert rendered(FIXED, 3) == (["/static/css/base.css"] * 3, 1)


def test_an_address_is_kept_under_a_name() -> None:
    assert rendered(AS_NAME, 2) == (["[/static/img/icons.svg]"] * 2, 1)


def test_a_name_in_a_variable_is_looked_up_each_time() -> None:
    assert rendered(VARIABLE, 2, name="css/base.css") == (["/static/css/base.css"] * 2, 2)
