"""How long it takes to merge and to credit what was watched of a film of two hours, in as many parts as are kept."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median

from media.watching import MOST, Account, Interval, credited, merge

FILM = 7_200_000  # milliseconds
LIMIT = 5.0  # milliseconds, for merging
ROUNDS = 31


def parts(count: int) -> list[Interval]:
    """That many parts, apart from each other, in no order: what a person leaves who skips through the film all day."""
    step = FILM // count
    return [(place * step, place * step + 100 + place % (step - 500)) for place in _mixed(count)]


def _mixed(count: int) -> Iterator[int]:
    """The numbers below `count`, each once, far from those beside it."""
    return (number * 1237 % count for number in range(count))


def measure() -> int:
    """Print the medians; 1 where merging takes longer than the limit."""
    played = parts(MOST)
    start = datetime(2026, 10, 7, 8, tzinfo=UTC)
    now = start + timedelta(minutes=10)
    account = Account(merge(played, duration=FILM), 0, start)
    session = [(600_000, 660_000), (720_000, 900_000)]
    numbers = [begin for begin, _end in played]
    floor = milliseconds(lambda: sorted(numbers))
    merging = milliseconds(lambda: merge(played, duration=FILM))
    crediting = milliseconds(lambda: credited(account, claimed=session, session_started=start, now=now, duration=FILM))
    sys.stdout.write(f"{len(account.played)} parts of a film of two hours, medians of {ROUNDS} rounds (CPU)\n")
    sys.stdout.write(f"{'sorting as many numbers':34}{floor:7.2f} ms\n")
    for name, took in (("merging them", merging), ("crediting a report to them", crediting)):
        verdict = f"  {'within' if took < LIMIT else 'ABOVE'} {LIMIT:g} ms"
        sys.stdout.write(f"{name:34}{took:7.2f} ms  {took / floor:5.1f} ×{verdict}\n")
    return int(max(merging, crediting) >= LIMIT)


def milliseconds(work: Callable[[], object]) -> float:
    """The median of the rounds, in time of the processor."""
    taken = []
    for _ in range(ROUNDS):
        started = time.thread_time()
        work()
        taken.append((time.thread_time() - started) * 1000)
    return median(taken)
