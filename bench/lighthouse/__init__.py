"""Lighthouse, pinned by its own lock and fetched only when it is asked for."""
