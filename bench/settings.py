"""Settings of the benchmarks: the project's own, with two more addresses whose cost is the floor."""

from elearning.settings import *  # noqa: F403
from elearning.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]}]
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
