#!/usr/bin/env python3
"""Platforma Edukacyjna: przygotowanie, uruchomienie, testy. Wystarczy Python 3.11 lub nowszy.

python3 run.py [--port 8000] [--host 127.0.0.1]   przygotuj wszystko i uruchom serwis
python3 run.py test [argumenty pytest]            przygotuj wszystko i uruchom testy
python3 run.py check                              sprawdź kod: styl, typy, warstwy, szablony, ustawienia
python3 run.py fix                                popraw styl kodu
python3 run.py dev [--port 8000]                  serwer, który wczytuje zmiany w kodzie
python3 run.py bench [argumenty]                  zmierz szybkość
python3 run.py demo [argumenty]                   wczytaj treść przykładową
"""

# An older Python must be able to read this file in order to refuse politely: no syntax newer than 3.7.
from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Iterator, Mapping, Sequence

from elearning.bootstrap.assets import install_assets
from elearning.bootstrap.packages import apt_install, install_packages
from elearning.bootstrap.processes import Children, check_port
from elearning.bootstrap.terminal import CACHE, PYTHON, ROOT, Stop, run, say

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
LOOPBACK = ("127.0.0.1", "localhost")
FILM_TOOLS = ("ffmpeg", "espeak-ng")  # programs and packages of the same names
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKS = {
    "styl kodu (ruff check)": "-m ruff check .",
    "układ kodu (ruff format)": "-m ruff format --check .",
    "typy (mypy)": "-m mypy",
    "warstwy (import-linter)": ".venv/bin/lint-imports",
    "szablony (djlint)": "-m djlint --lint --quiet .",
    "ustawienia produkcyjne (check --deploy)": "manage.py check --deploy --fail-level WARNING",
    "migracje (makemigrations --check)": "manage.py makemigrations --check --dry-run",
}
# Settings as an operator would give them, for `check --deploy`.
PRODUCTION = {
    "DEBUG": "0",
    "HTTPS": "1",
    "DEMO_MAILBOX": "0",
    "ALLOWED_HOSTS": "szkolenia.example.pl",
    "BASE_URL": "https://szkolenia.example.pl",
}


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two set-ups of one checkout wait for each other; the system frees the lock even after kill -9."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(*, dev: bool = False) -> None:
    with one_at_a_time():
        install_packages(dev=dev)
        install_assets(dev=dev)


def secret_key() -> str:
    """The key of this installation, made once; only its owner may read the file."""
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=VAR)  # readable by its owner only
        with open(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        Path(draft).rename(path)
    return path.read_text()


def environment(host: str, port: int, *, debug: bool = False) -> dict[str, str]:
    """Settings for the child processes. What the operator has set wins.

    Only an address that no one else can reach gets the demo mailbox and cookies without HTTPS.
    """
    own = {"VAR_DIR": str(VAR), "PYTHONUNBUFFERED": "1", "DEBUG": "1" if debug else "0"}
    if "SECRET_KEY" not in os.environ:
        own["SECRET_KEY"] = secret_key()
    if host in LOOPBACK:
        own.update(ALLOWED_HOSTS=",".join(LOOPBACK), BASE_URL=f"http://{host}:{port}", HTTPS="0", DEMO_MAILBOX="1")
        own["STAFF_SECOND_FACTOR"] = "0"  # so that the demo editors' log-ins open the admin at once
    return {**own, **os.environ}


def where_to_listen(arguments: Sequence[str]) -> tuple[str, int]:
    parser = argparse.ArgumentParser(prog="run.py", description="Przygotowuje i uruchamia serwis.")
    parser.add_argument("--host", default="127.0.0.1", help="adres, pod którym serwis ma odpowiadać")
    parser.add_argument("--port", default=8000, type=int, help="port, domyślnie 8000")
    chosen = parser.parse_args(arguments)
    return chosen.host, chosen.port


def serve(arguments: Sequence[str], *, debug: bool = False) -> int:
    """Serve until stopped; ends only by an exception."""
    host, port = where_to_listen(arguments)
    check_port(host, port)
    set_up(dev=debug)
    env = environment(host, port, debug=debug)
    demo = ["--demo"] if host in LOOPBACK else []
    children = Children(env)
    try:
        if debug:
            run([PYTHON, "manage.py", "prepare", *demo], env, doing="przygotowanie bazy danych")
            children.start("serwer", "manage.py", "runserver", f"{host}:{port}")
        else:
            children.start("serwer", "manage.py", "serve", "--bind", f"{host}:{port}", *demo)
        children.wait_for(host, port)
        children.start("zadania w tle", "manage.py", "worker")
        say(f"Serwis działa: http://{host}:{port} (logowanie kluczem dostępu: http://localhost:{port})")
        say("Aby zakończyć, naciśnij Ctrl+C.")
        while True:
            children.check()
            time.sleep(0.5)
    finally:
        children.stop()


def run_tool(*command: str, env: Mapping[str, str] | None = None) -> int:
    """Run a program of the environment to its end and return its exit code."""
    return subprocess.run([PYTHON, *command], cwd=ROOT, env=env).returncode


def find_browser() -> dict[str, str]:
    """Chromium for the tests, as the variable CHROMIUM; where no package has it, Playwright brings its own."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return {"CHROMIUM": found}
    system = Path("/etc/os-release")
    if system.exists() and "ID=debian" in system.read_text().splitlines():
        apt_install(["chromium"], purpose="przeglądarka Chromium do testów")
        return find_browser()
    # Ubuntu's package is only a door to snap, which a server or a container may lack.
    run([PYTHON, "-m", "playwright", "install", "--with-deps", "chromium"], doing="pobranie przeglądarki do testów")
    return {}


def find_film_tools() -> None:
    """What makes versions of films, and the voice of the demo's films; what tests them is skipped without them."""
    missing = [program for program in FILM_TOOLS if not shutil.which(program)]
    if not missing:
        return
    try:
        apt_install(missing, purpose="programy do testów filmów")
    except Stop as reason:
        say(f"  {reason} Idę dalej bez nich: testy, które ich potrzebują, będą pominięte.")


def test(arguments: Sequence[str]) -> int:
    """Run the whole suite on all cores, or what the arguments say."""
    set_up(dev=True)
    find_film_tools()
    chosen = arguments or ["-n", "auto", "--dist", "worksteal"]
    return run_tool("-m", "pytest", *chosen, env={**os.environ, **find_browser()})


def check(_: Sequence[str]) -> int:
    """Run all checks, also after one has failed."""
    set_up(dev=True)
    env = {**environment("localhost", 8000), **PRODUCTION}
    failed = []
    for name, command in CHECKS.items():
        say(f"→ {name}")
        if run_tool(*command.split(), env=env):
            failed.append(name)
    say(f"Do poprawy: {', '.join(failed)}." if failed else f"Wszystkie sprawdzenia przeszły ({len(CHECKS)}).")
    return 1 if failed else 0


def fix(_: Sequence[str]) -> int:
    set_up(dev=True)
    return max([run_tool("-m", "ruff", *words, ".") for words in (("check", "--fix"), ("format",))])


def bench(arguments: Sequence[str]) -> int:
    set_up()
    return run_tool("-m", "bench", *arguments, env=environment("localhost", 8000))


def demo(arguments: Sequence[str]) -> int:
    set_up()
    return run_tool("manage.py", "demo", *arguments, env=environment("localhost", 8000))


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "serve": serve,
    "dev": lambda arguments: serve(arguments, debug=True),
    **{verb.__name__: verb for verb in (test, check, fix, bench, demo)},
}


def require_python() -> None:
    """Go on under a newer Python of this machine if the one at hand is too old."""
    if sys.version_info >= (3, 11):
        return
    newer = next(filter(None, map(shutil.which, ("python3.13", "python3.12", "python3.11"))), None)
    if newer:
        os.execv(newer, [newer, *sys.argv])
    raise Stop("Potrzebny jest Python 3.11 lub nowszy, a to jest {}.{}.".format(*sys.version_info))


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str]) -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    if {"-h", "--help"} & set(arguments[:1]):
        say(str(__doc__))
        return 0
    named = bool(arguments) and not arguments[0].startswith("-")
    verb, rest = (arguments[0], arguments[1:]) if named else ("serve", arguments)
    try:
        if verb not in VERBS:
            raise Stop(f"Nie ma polecenia „{verb}”.\n\n{__doc__}")
        require_python()
        return VERBS[verb](rest)
    except Stop as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except KeyboardInterrupt:
        say("\nZatrzymano.")
        return 0 if verb in ("serve", "dev") else 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
