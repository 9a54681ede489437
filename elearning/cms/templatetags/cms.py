"""Addresses of pages for templates."""

from django import template

from elearning.cms.models.base import page_path as path_of

register = template.Library()

register.simple_tag(path_of, name="page_path")
