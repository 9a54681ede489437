"""The search of the whole site: see docs/decisions/0018-search.md."""
