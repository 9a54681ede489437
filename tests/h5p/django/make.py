"""Builders of rows: libraries and contents written by hand, without a package."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile as File
from wagtail.models import Collection

from h5p.django.models import Blob, Content, ContentFile, ContentVersion, Library, LibraryFile, PinnedLibrary
from h5p.django.storage import the_storage
from h5p.library import tree_hash

SCRIPT = """
var H5P = H5P || {};
H5P.TestCard = (function ($) {
  function TestCard(params, id, extras) {
    H5P.EventDispatcher.call(this);
    var self = this;
    var opened = (extras && extras.previousState && extras.previousState.opened) || 0;
    self.attach = function ($container) {
      var button = $('<button type="button">Odpowiadam</button>').click(function () {
        opened += 1;
        $container.find('p').text('Odpowiedzi: ' + opened);
        self.triggerXAPIScored(params.score, params.max, 'answered', true, true);
      });
      $container.append('<p>Odpowiedzi: ' + opened + '</p>').append(button);
    };
    self.getCurrentState = function () { return opened ? { opened: opened } : undefined; };
  }
  TestCard.prototype = Object.create(H5P.EventDispatcher.prototype);
  TestCard.prototype.constructor = TestCard;
  return TestCard;
})(H5P.jQuery);
"""
SEMANTICS = [
    *({"name": name, "type": "number", "label": name} for name in ("score", "max")),
    *({"name": name, "type": "text", "label": name, "optional": True} for name in ("text", "evil", "own")),
]


def blob(data: bytes) -> Blob:
    """These bytes, stored once."""
    digest = hashlib.sha256(data).hexdigest()
    row, made = Blob.objects.get_or_create(sha256=digest, defaults={"size": len(data)})
    if made and not the_storage().exists(row.path):
        the_storage().save(row.path, File(data))
    return row


def library(
    name: str = "H5P.TestCard", *, files: Mapping[str, str | bytes] | None = None, version: str = "1.0.0", **fields: Any
) -> Library:
    """A trusted library of these files, all scripts and styles among them preloaded."""
    contents = {
        path: data.encode() if isinstance(data, str) else data
        for path, data in (files or {"card.js": SCRIPT, "card.css": ".h5p-test-card { color: #222; }"}).items()
    }
    major, minor, patch = (int(part) for part in version.split("."))
    description = {
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "title": name,
        "runnable": 1,
        "preloadedJs": [{"path": path} for path in contents if path.endswith(".js")],
        "preloadedCss": [{"path": path} for path in contents if path.endswith(".css")],
        **fields.pop("description", {}),
    }
    contents["library.json"] = json.dumps(description).encode()
    row = Library.objects.create(
        tree_hash=tree_hash({path: hashlib.sha256(data).hexdigest() for path, data in contents.items()}),
        machine_name=name,
        major=major,
        minor=minor,
        patch=patch,
        title=name,
        runnable=True,
        description=description,
        **{"trust": Library.Trust.TRUSTED, "semantics": SEMANTICS, **fields},
    )
    for path, data in contents.items():
        LibraryFile.objects.create(library=row, path=path, blob=blob(data))
    return row


def version(
    *libraries: Library,
    params: Any = None,
    files: Mapping[str, bytes] | None = None,
    content: Content | None = None,
    title: str = "Karta",
    **fields: Any,
) -> ContentVersion:
    """A live version that plays with these libraries, the last of them its type."""
    used = libraries or (library(),)
    content = content or Content.objects.create(title=title, collection=Collection.get_first_root_node())
    main = used[-1]
    row = ContentVersion.objects.create(
        content=content,
        number=content.versions.count() + 1,
        main_library=main,
        manifest={"title": title, "mainLibrary": main.machine_name, "language": "pl", "license": "U"},
        params={"score": 3, "max": 4} if params is None else params,
        **fields,
    )
    for weight, one in enumerate(used):
        PinnedLibrary.objects.create(version=row, library=one, weight=weight)
    for path, data in (files or {}).items():
        ContentFile.objects.create(version=row, path=path, blob=blob(data))
    content.live_version = row
    content.save(update_fields=["live_version"])
    return row
