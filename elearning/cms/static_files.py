"""How static files are kept for production: under names with a hash of their content, our own also compressed."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.compress import Compressor

# What visitors load. Wagtail's admin has thousands of files more, and compressing those takes half a minute.
OURS = ("css/", "h5p/", "img/", "js/", "vendor/h5p-standalone/")


class StaticFiles(ManifestStaticFilesStorage):
    """Works an address out once: a page has some twenty of them, and they change only with a new start."""

    # Modules import each other by names with a hash as well, which browsers keep for ever.
    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        key = name or ""
        address = self._addresses.get(key)
        if address is None or force:
            address = self._addresses[key] = super().url(key, force)
        return address

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool] | tuple[str, None, RuntimeError]]:
        """Beside each of our files its copy for browsers that take gzip, which is all of them."""
        compressor = Compressor(use_brotli=False, quiet=True)
        for outcome in super().post_process(paths, dry_run, **options):
            yield outcome
            name, hashed, _processed = outcome
            if hashed and name.startswith(OURS) and compressor.should_compress(hashed):
                compressor.compress(self.path(hashed))
