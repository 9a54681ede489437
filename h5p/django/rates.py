"""How often one person may send. Each process counts for itself: that costs no query, and a flood meets them all."""

from collections import OrderedDict

MOST_PEOPLE = 10_000


class Rate:
    """At most `most` in each window of `seconds`."""

    def __init__(self, most: int, *, seconds: int) -> None:
        self.most, self.seconds = most, seconds
        self._counts: OrderedDict[object, tuple[int, int]] = OrderedDict()  # who -> window, count

    def admits(self, who: object, *, at: float) -> bool:
        """Count one more of this person; False where it is too many. `at` is in seconds."""
        window = int(at) // self.seconds
        known, count = self._counts.pop(who, (window, 0))
        count = count + 1 if known == window else 1
        self._counts[who] = window, count
        if len(self._counts) > MOST_PEOPLE:
            self._counts.popitem(last=False)
        return count <= self.most
