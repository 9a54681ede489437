"""`python3 run.py bench [speed|writers|weight] [--full]`."""

import argparse
import sys

from bench import speed, weight, writers
from bench.server import BenchError

SMALL, LARGE = (200, 1), (5000, 3)


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench", description="Mierzy szybkość na wygenerowanych danych.")
    parser.add_argument("what", nargs="?", choices=["speed", "writers", "weight"], default="speed")
    parser.add_argument("--full", action="store_true", help="także 5000 osób i 3 kursy")
    chosen = parser.parse_args()
    try:
        if chosen.what == "writers":
            return writers.measure()
        if chosen.what == "weight":
            return weight.measure()
        for learners, courses in (SMALL, LARGE) if chosen.full else (SMALL,):
            speed.measure(learners, courses)
    except BenchError as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
