"""Pages in the Wagtail admin: contents, libraries and updates of libraries."""
