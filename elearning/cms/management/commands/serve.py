"""Prepares the site and serves it with the production server, in one process."""

import gc
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from elearning.cms.management.commands import prepare

OPTIONS = {
    # Two processes keep one free while the other computes; threads share a process, and queries are short.
    "workers": 2,
    "threads": 4,
    "worker_class": "gthread",
    # Load the code once and fork: half the memory, and a broken start ends at once instead of in a loop.
    "preload_app": True,
    "graceful_timeout": 8,
    "loglevel": "warning",
    # Otherwise gunicorn writes to the home folder.
    "control_socket_disable": True,
}


class Server(BaseApplication):
    """gunicorn around this process's Django."""

    def __init__(self, bind: str) -> None:
        self.bind = bind
        super().__init__()

    def load_config(self) -> None:
        for name, value in {**OPTIONS, "bind": self.bind}.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        # Reads the tree of addresses, and with it all views, before the processes part.
        get_resolver()._populate()
        application = get_wsgi_application()
        # What is loaded stays: without this, each collection would touch, and so copy, the memory the processes share.
        gc.freeze()
        return application


class Command(prepare.Command):
    """Starting Django costs seconds of computing, so what prepares the site also serves it."""

    help = "Przygotowuje bazę danych i pliki statyczne, a potem uruchamia serwer produkcyjny."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--bind", default="127.0.0.1:8000", help="adres i port, pod którym serwis ma odpowiadać")

    def handle(self, *, demo: bool, bind: str = "", **options: Any) -> None:
        super().handle(demo=demo, **options)
        self.stdout.write("→ Uruchamiam serwer")
        # A connection must not be shared by the processes that gunicorn forks.
        connections.close_all()
        Server(bind).run()
