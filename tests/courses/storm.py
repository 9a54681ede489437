"""A bad network and the people behind it: what the server must bear without losing an answer.

A device does what `answer-queue.js` does: it counts what it sends, keeps what was not confirmed, and sends it again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from random import Random
from threading import Thread
from typing import Any, TypeAlias

from django.db import connections
from django.test import Client

from courses.questions import load
from elearning.accounts.models import User
from elearning.records.models import Answer, Attempt

Fields: TypeAlias = dict[str, Any]
Send: TypeAlias = Callable[[], Any]

# Out of a hundred requests; the others arrive once and are answered.
TROUBLE = {"never sent": 8, "answer lost": 12, "doubled": 8, "late": 8}
LATE_ARRIVES = 0.4  # of the requests on the way, after each that went through
LOG_OUT = 0.02  # the session is gone before a request
MANY = 1000  # tries after which a storm that does not end is a failure


@dataclass
class Network:
    """Delivers requests badly; `met` counts how."""

    chance: Random
    met: Counter[str] = field(default_factory=Counter)
    late: list[Send] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def deliver(self, send: Send) -> Any | None:
        """The server's answer, or None where the device hears nothing; the server may have heard all the same."""
        trouble = self._trouble()
        self.met[trouble] += 1
        if trouble == "never sent":
            return None
        if trouble == "late":
            self.late.append(send)
            return None
        if trouble == "doubled":
            with beside(send):
                answer = send()
        else:
            answer = send()
        if self.late and self.chance.random() < LATE_ARRIVES:
            self.arrive(self.late.pop(self.chance.randrange(len(self.late))))
        return None if trouble == "answer lost" else answer

    def arrive(self, send: Send) -> None:
        """A request that was given up long ago; nobody listens to the answer."""
        self.met["overtaken"] += 1
        self.statuses.append(send().status_code)

    def calm(self) -> list[int]:
        """Let everything arrive that is still on its way; how the server answered."""
        self.statuses = []
        while self.late:
            self.arrive(self.late.pop())
        return self.statuses

    def _trouble(self) -> str:
        drawn = self.chance.randrange(100)
        for name, share in TROUBLE.items():
            if drawn < share:
                return name
            drawn -= share
        return "fine"


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do some work at the same time, on a connection of its own; raises what it raised."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that waits
            failed.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if failed:
        raise failed[0]


@dataclass
class Ledger:
    """What the server has confirmed to one learner: by question and version, the value."""

    confirmed: dict[str, dict[int, Any]] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)

    def confirm(self, question: str, version: int, value: Any) -> None:
        """Raises AssertionError where one version was confirmed for two values."""
        known = self.confirmed.setdefault(question, {}).setdefault(version, value)
        assert known == value, (question, version, known, value)

    def last(self, question: str) -> tuple[int, Any]:
        """The newest confirmed version and its value; (0, None) where nothing was answered."""
        versions = self.confirmed.get(question)
        return max(versions.items(), key=lambda pair: pair[0]) if versions else (0, None)


@dataclass
class Device:
    """One window with the questions of an attempt, in which one person is logged in."""

    person: User
    quiz_url: str
    name: str
    network: Network
    ledger: Ledger
    client: Client = field(default_factory=Client)
    attempt: Attempt = field(init=False)
    sequence: int = 0
    pending: dict[str, tuple[Fields, int]] = field(default_factory=dict)
    own: dict[str, Fields] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def open(self) -> None:
        """Start the attempt, or go on with it, and see what is saved by now."""
        self.client.force_login(self.person)
        answer = self._insist(lambda: self.client.post(f"{self.quiz_url}-/podejscie/"))
        assert answer.status_code == 302, answer.status_code
        number = answer["Location"].rstrip("/").rpartition("/")[2]
        self.attempt = Attempt.objects.get(enrolment__user=self.person, number=number)
        saved = self.attempt.answers.values_list("question", "version")
        self.seen = {str(question): version for question, version in saved}

    def answer(self, times: int) -> None:
        """Answer questions, change one's mind, and go on where the network does not; then wait for all to be saved."""
        for _ in range(times):
            asked = self.network.chance.choice(self.attempt.questions)
            self._add(asked["id"], wire(asked, self.network.chance))
            self._send()
        for _ in range(MANY):
            if self._send():
                return
        raise AssertionError(f"{self.name} never comes to an end: {self.pending}")

    def submit(self) -> None:
        """Send the form as this window shows it; where it has to be looked at again, send what is saved."""
        fields = {name: value for own in self.own.values() for name, value in own.items()}
        seen = {f"seen-{question}": self.seen.get(question, 0) for question in self.own}
        url = f"{self.quiz_url}-/podejscie/{self.attempt.number}/wyslij/"
        answer = self._insist(partial(self.client.post, url, {**fields, **seen, "potwierdzam": "1"}))
        if answer.status_code == 200:
            self.network.met["overtaken form"] += 1
            answer = self._insist(partial(self.client.post, url, {"potwierdzam": "1"}))
        assert answer.status_code == 302, answer.status_code

    def _insist(self, send: Send) -> Any:
        for _ in range(MANY):
            answer = self.network.deliver(send)
            if answer is not None:
                return answer
        raise AssertionError(f"{self.name} hears nothing")

    def _add(self, question: str, fields: Fields) -> None:
        self.sequence += 1
        self.pending[question] = (fields, self.sequence)
        self.own[question] = fields

    def _send(self) -> bool:
        """Send what is pending; whether nothing is left."""
        for question, entry in list(self.pending.items()):
            if self.network.chance.random() < LOG_OUT:
                self.client.logout()
            answer = self.network.deliver(self._request(question, *entry))
            if answer is None or not self._heard(question, entry[0], answer):
                return False
        return True

    def _request(self, question: str, fields: Fields, sequence: int) -> Send:
        """The request as it leaves now, to be delivered once, twice or later."""
        body = {
            "question": question,
            "page": self.name,
            "sequence": sequence,
            "person": self.person.pk,
            f"seen-{question}": self.seen.get(question, 0),
            **fields,
        }
        return partial(self.client.post, f"{self.quiz_url}-/podejscie/{self.attempt.number}/odpowiedz/", body)

    def _heard(self, question: str, fields: Fields, answer: Any) -> bool:
        """Take in what the server said; whether the answer is settled."""
        said = answer.json()
        self.ledger.requests[str(answer.status_code)] += 1
        if answer.status_code == 401:
            self.client.force_login(self.person)
            return False
        assert answer.status_code in {200, 409}, (answer.status_code, said)
        assert said["version"] >= self.seen.get(question, 0), "a version went back"
        self.seen[question] = said["version"]
        if answer.status_code == 200:
            self.ledger.confirm(question, said["version"], self._value(question, fields))
            del self.pending[question]
            return True
        return self._decide(question, fields)

    def _decide(self, question: str, fields: Fields) -> bool:
        """Another window has a newer answer: the person keeps either."""
        self.network.met["conflict"] += 1
        if self.network.chance.random() < 0.5:
            self._add(question, fields)
            return False
        del self.pending[question], self.own[question]
        return True

    def _value(self, question: str, fields: Fields) -> Any:
        asked = next(asked for asked in self.attempt.questions if asked["id"] == question)
        values = fields[f"q-{question}"]
        return load(asked["kind"], asked["data"]).parse({"": values if isinstance(values, list) else [values]})


def wire(asked: Any, chance: Random) -> Fields:
    """Some answer to a question as a form sends it: right, wrong or none."""
    kind, data = asked["kind"], asked["data"]
    options = [str(option["id"]) for option in data.get("options", [])]
    values: dict[str, Callable[[], Any]] = {
        "single_choice": lambda: chance.choice(options),
        "multiple_choice": lambda: chance.sample(options, chance.randrange(len(options) + 1)) or "",
        "true_false": lambda: chance.choice(["true", "false", ""]),
        "number": lambda: chance.choice(["86,34", "", str(chance.randrange(1000))]),
    }
    return {f"q-{asked['id']}": values[kind]()}


def kept(attempt: Attempt) -> dict[str, Answer]:
    """The saved answers by question. Raises AssertionError where one has two rows."""
    rows = list(Answer.objects.filter(attempt=attempt))
    found = {str(row.question): row for row in rows}
    assert len(found) == len(rows)
    return found
