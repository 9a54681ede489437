"""Views of films."""
