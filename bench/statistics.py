"""How long the statistics of a quiz take, from the database to the last coefficient."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.server import environment, python

LIMIT = 1.0  # seconds
# Attempts and questions of each: 100,000 answers, as a long test and as a short one, and 40 drawn from 400.
SHAPES = ((2500, 40, 40), (10_000, 10, 10), (2500, 40, 400))


def measure() -> int:
    """Print the seconds of each shape; 1 where one takes longer than the limit."""
    failed = False
    for attempts, asked, bank in SHAPES:
        with TemporaryDirectory(prefix="bench-") as folder:
            env = environment(Path(folder), 0)
            arguments = (str(attempts), str(asked), str(bank))
            found = json.loads(python("-m", "bench.statistics_fill", *arguments, env=env))
        failed |= found["total"] > LIMIT
        drawn = f" of {bank}" if bank > asked else ""
        sys.stdout.write(
            f"{found['answers']} answers, {attempts} attempts × {asked}{drawn} questions, "
            f"{found['megabytes']:.0f} MB frozen: {found['total']:.2f} s "
            f"(read {found['read']:.2f}, worked out {found['worked_out']:.2f}, "
            f"answers in words {found['words']:.2f}; processor {found['cpu']:.2f}); limit {LIMIT:g}\n"
        )
        sys.stdout.flush()
    return int(failed)
