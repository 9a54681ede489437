"""`python3 run.py bench [WHAT] [--full]`, WHAT as in `OTHERS` below, or `speed`: see bench/README.md."""

import argparse
import sys

from bench import documents, exchange, speed, statistics, weight, writers
from bench.films import merging, viewing
from bench.playing import measure as h5p
from bench.server import BenchError

SMALL, LARGE = (200, 1), (5000, 3)
# Those with one size of data; they answer 1 where an aim is missed.
OTHERS = {
    "writers": writers.measure,
    "weight": weight.measure,
    "exchange": exchange.measure,
    "statistics": statistics.measure,
    "h5p": h5p.measure,
    "documents": documents.measure,
    "films": lambda: max(merging.measure(), viewing.measure()),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench", description="Mierzy szybkość na wygenerowanych danych.")
    parser.add_argument("what", nargs="?", choices=["speed", *OTHERS], default="speed")
    parser.add_argument("--full", action="store_true", help="także 5000 osób i 3 kursy")
    chosen = parser.parse_args()
    try:
        if chosen.what in OTHERS:
            return OTHERS[chosen.what]()
        for learners, courses in (SMALL, LARGE) if chosen.full else (SMALL,):
            speed.measure(learners, courses)
    except BenchError as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
