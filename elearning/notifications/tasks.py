"""What the worker does for messages."""

from django.utils import timezone
from django_tasks import task

from . import delivery


@task()
def send_message(message_id: int) -> bool:
    """Send one message that was just written, so that a code arrives within seconds."""
    return delivery.send(message_id, timezone.now())
