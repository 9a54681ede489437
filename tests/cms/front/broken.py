"""A cache whose server is away."""

from typing import Any

from django.core.cache.backends.base import BaseCache


class BrokenCache(BaseCache):
    """Refuses everything."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, *arguments: Any, **options: Any) -> Any:
        raise ConnectionError("The cache is away.")

    set = add = get
