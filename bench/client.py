"""A person's browser, as far as requests go: one connection, one session, forms filled with what they offer."""

import gzip
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from bench.server import HOST, BenchError

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `size` is the length of the body as it was sent, compressed or not."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body)

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Client:
    """One visitor; anonymous without a session."""

    def __init__(self, port: int, session: str = "") -> None:
        self.csrf = secrets.token_hex(16)
        cookies = f"csrftoken={self.csrf}" + (f"; sessionid={session}" if session else "")
        self.headers = {"Cookie": cookies, "Accept-Encoding": "gzip", "Accept-Language": "pl"}
        self.connection = HTTPConnection(HOST, port, timeout=30)

    def get(self, path: str, *, expect: int = 200) -> Answer:
        return self._send("GET", path, b"", {}, expect)

    def post(self, path: str, fields: Fields, *, expect: int | None = 302) -> Answer:
        """Send a form. `expect` is the status without which nothing further makes sense; None takes any."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.csrf}
        return self._send("POST", path, urlencode(fields).encode(), headers, expect)

    def _send(self, method: str, path: str, body: bytes, headers: Mapping[str, str], expect: int | None) -> Answer:
        for retry in (False, True):
            try:
                self.connection.request(method, path, body or None, {**self.headers, **headers})
                response = self.connection.getresponse()
                break
            except (HTTPException, ConnectionError):  # the server has closed the connection that was kept open
                self.connection.close()
                if retry:
                    raise
        names = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, names, response.read())
        if expect not in (None, answer.status):
            raise BenchError(f"{method} {path}: {answer.status} instead of {expect}. {names.get('location', '')}")
        return answer


class Paper(HTMLParser):
    """The questions of an attempt's page, an answer to each (the first of what its fields offer), and the values of
    those to be answered by one choice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.questions: list[str] = []
        self.fields: Fields = []
        self.choices: dict[str, list[str]] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "data-question" in found:
            self.questions.append(found["data-question"])
        name = found.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and found.get("value"):
            self._answer(self._select, found["value"])
            self._select = ""
        elif tag == "input" and name.startswith("q-"):
            if found.get("type") == "radio":
                self.choices.setdefault(name, []).append(found["value"])
            self._answer(name, found.get("value") or "1")

    def _answer(self, name: str, value: str) -> None:
        if name not in dict(self.fields):
            self.fields.append((name, value))

    def answer_to(self, question: str) -> Fields:
        """What the page would send when this question is answered."""
        mine = [(name, value) for name, value in self.fields if name.startswith(f"q-{question}")]
        return [("question", question), *mine]
