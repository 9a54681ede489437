"""How often one person may send. Each process counts for itself, so that it costs no query."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rate:
    """At most `most` of each person in a window of `seconds`."""

    most: int
    seconds: int = 60
    _window: int = -1
    _counts: Counter[int] = field(default_factory=Counter)

    def admits(self, person: int, *, at: float) -> bool:
        """Count one more; False where it is too many. `at` is in seconds. Forgets everybody with each new window."""
        window = int(at) // self.seconds
        if window != self._window:
            self._window, self._counts = window, Counter()
        self._counts[person] += 1
        return self._counts[person] <= self.most
