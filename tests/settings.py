"""Settings of the tests: the project's own, with fast hashing, in-memory mail and work done at once."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-the-tests-0123456789-0123456789-0123456789-abcdef")
os.environ.setdefault("HTTPS", "0")
if "PYTEST_XDIST_WORKER" in os.environ:  # tests that run side by side share no files
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="platforma-tests-")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="platforma-tests-"))
os.environ.setdefault("EMAIL_URL", "memory://")

from elearning.settings import *  # noqa: F403
from elearning.settings import DATABASES, LOGGING, STORAGES, VAR_DIR, WAGTAILSEARCH_BACKENDS

# A file: threads of the test server and of parallel writers need connections of their own, as in production.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
# Search has tests of its own; elsewhere indexing every saved page would only take time.
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}
