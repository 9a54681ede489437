"""What each kind of request costs: all kinds in turn, round after round, on one server."""

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from json import loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import table
from bench.client import Answer, Client, Paper
from bench.server import Running, environment, free_port, python, serving
from bench.table import FIRST, SECOND, Sample

ROUNDS = 40
FEW = 3
WARM_UP = 6  # rounds that are not counted: every thread of the server opens its connection
# After the answer, the server still closes it: the next reading of its clock waits that long.
SETTLE = 0.004  # seconds

JOURNEY, SAVES = "quiz journey: start, 10, submit", "10 answers saved"
AIMS = {"lesson": 1.9, "course page": 2.2, SAVES: 10 * 2.0, JOURNEY: 20.0}


class Round:
    """The requests of one round, each measured by itself."""

    def __init__(self, server: Running, site: Mapping[str, Any], number: int) -> None:
        self.server, self.site, self.number = server, site, number
        self.stranger = Client(server.port)
        self.learner = Client(server.port, self._turn(site["learners"]))
        self.certified = self._turn(site["certificates"])
        self.samples: dict[str, Sample] = {}

    def _turn(self, things: list[Any]) -> Any:
        return things[self.number % len(things)]

    def _few(self, urls: list[str]) -> str:
        """One of the first few pages, so that each is read again and again, as pages of a course are."""
        return str(self._turn(urls[:FEW]))

    def measure(self, name: str, request: Callable[[], Answer]) -> Answer:
        """Add what this request costs to that name."""
        before, began = self.server.computed(), time.perf_counter()
        answer = request()
        wall = time.perf_counter() - began
        time.sleep(SETTLE)
        sample = Sample(self.server.computed() - before, wall, answer.size)
        self.samples[name] = self.samples[name] + sample if name in self.samples else sample
        return answer

    def run(self) -> dict[str, Sample]:
        self.stranger.get("/health/live")  # opens the connections, so that no measured request does
        self.learner.get("/health/live")
        pages = self.pages()
        names = list(pages)
        first = self.number % len(names)  # each page comes first once: the first after a write finds cold memory
        for name in names[first:] + names[:first]:
            self.measure(name, pages[name])
        self.quiz()
        self.certificate()
        return {**{name: self.samples[name] for name in names}, **self.samples}

    def pages(self) -> dict[str, Callable[[], Answer]]:
        """The requests that stand alone."""
        site, lesson = self.site, self._few(self.site["lessons"])
        return {
            FIRST: lambda: self.stranger.get("/bench/bare/"),
            SECOND: lambda: self.learner.get(f"/bench/row/{site['course_id']}/"),
            "home, anonymous": lambda: self.stranger.get("/"),
            "catalogue, anonymous": lambda: self.stranger.get("/kursy/"),
            "course page, anonymous": lambda: self.stranger.get(site["course"]),
            "course page": lambda: self.learner.get(site["course"]),
            "lesson": lambda: self.learner.get(lesson),
            "lesson completed": lambda: self.learner.post(f"{lesson}-/ukonczone/", []),
            "panel": lambda: self.learner.get("/panel/"),
        }

    def quiz(self) -> None:
        learner, quiz = self.learner, self._few(self.site["quizzes"])
        self.measure("quiz overview", lambda: learner.get(quiz))
        started = self.measure("attempt started", lambda: learner.post(f"{quiz}-/podejscie/", []))
        attempt = started.headers["location"]
        paper = Paper(self.measure("attempt page", lambda: learner.get(attempt)).text)
        for sequence, question in enumerate(paper.questions, 1):
            fields = [*paper.answer_to(question), ("page", f"round {self.number}"), ("sequence", str(sequence))]
            self.measure(SAVES, partial(learner.post, f"{attempt}odpowiedz/", fields, expect=200))
        everything = [*paper.fields, ("potwierdzam", "1")]
        result = self.measure("attempt submitted", lambda: learner.post(f"{attempt}wyslij/", everything))
        self.measure("result page", lambda: learner.get(result.headers["location"]))
        parts = ("attempt started", SAVES, "attempt submitted")
        self.samples[JOURNEY] = sum((self.samples[part] for part in parts), Sample(0, 0, 0))

    def certificate(self) -> None:
        holder = Client(self.server.port, self.certified["session"])
        holder.get("/health/live")
        first = self.number < len(self.site["certificates"])
        name = "certificate PDF, first time" if first else "certificate PDF"
        self.measure(name, lambda: holder.get(self.certified["url"]))


def measure(learners: int, courses: int) -> None:
    """Fill a site, serve it, measure, print the table, throw everything away."""
    with TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        env = environment(Path(folder), port)
        _say(f"\n{learners} learners × {courses} courses of 40 items: filling the site …")
        site = loads(python("-m", "bench.fill", str(learners), str(courses), env=env))
        with serving("-m", "bench.serve", f"127.0.0.1:{port}", env=env, port=port) as server:
            _say(table.text(table.rows(rounds(server, site), AIMS)))


def rounds(server: Running, site: Mapping[str, Any]) -> dict[str, list[Sample]]:
    """The samples of all rounds that count, by the kind of request."""
    samples: dict[str, list[Sample]] = {}
    for number in range(WARM_UP + ROUNDS):
        for name, sample in Round(server, site, number).run().items():
            if number >= WARM_UP:
                samples.setdefault(name, []).append(sample)
    return samples


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
