"""When an H5P activity is completed, in the words of the editor's form."""

from h5p.django.models import Content
from h5p.policies import CompletionPolicy, default_policy

POLICIES = [
    (CompletionPolicy.PASSED.value, "po uzyskaniu progu"),
    (CompletionPolicy.FINISHED.value, "po zakończeniu, z dowolnym wynikiem"),
    (CompletionPolicy.VIEWED.value, "po obejrzeniu, gdy osoba to potwierdzi"),
]


def chosen_policy(content: Content) -> str:
    """What fits the type of this content. At most two queries."""
    version = content.live_version
    return default_policy(version.main_library.machine_name if version else "").value
