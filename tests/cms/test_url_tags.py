"""The `url` tag: fixed addresses are worked out once, all others as Django does."""

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch


@override_settings(DEBUG=False)
def test_a_fixed_address_follows_where_the_site_hangs() -> None:
    template = Template("{% url 'panel' %}")

    assert template.render(Context()) == "/panel/"
    with override_script_prefix("/szkolenia/"):
        assert template.render(Context()) == "/szkolenia/panel/"
    assert template.render(Context()) == "/panel/"


def test_other_forms_are_djangos() -> None:
    assert Template("{% url name as address %}{{ address }}").render(Context({"name": "panel"})) == "/panel/"
    assert Template("{% url 'courses:course' slug %}").render(Context({"slug": "kurs"})) == "/kursy/kurs/"
    assert Template("{% url 'nowhere' as address %}[{{ address }}]").render(Context()) == "[]"
    with pytest.raises(NoReverseMatch):
        Template("{% url 'nowhere' %}").render(Context())
