"""Limits on what a stranger can try, where allauth's own do not reach: it counts posts, not reads."""

from time import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def may_try(request: HttpRequest, *, action: str, limit: int, seconds: int = 60) -> bool:
    """Count one try of this address and say whether it is within the limit of this window of time.

    Windows are fixed, so twice the limit fits around a border; two reads and writes of the cache.
    """
    window = int(time() // seconds)
    key = f"tries:{action}:{get_adapter(request).get_client_ip(request)}:{window}"
    cache.add(key, 0, timeout=2 * seconds)
    return int(cache.incr(key)) <= limit
