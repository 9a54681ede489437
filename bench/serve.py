"""The production server with one process, so that its computing can be counted: `python -m bench.serve HOST:PORT`."""

import sys

import django

django.setup()

from elearning.cms.management.commands.serve import Server  # noqa: E402 - needs Django's apps


class OneProcess(Server):
    """The same options but for the number of processes."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("workers", 1)


if __name__ == "__main__":
    OneProcess(sys.argv[1]).run()
