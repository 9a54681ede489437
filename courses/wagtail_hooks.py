"""What courses add to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from courses.views import bank, deletion

register_snippet(bank.BankViewSetGroup)
hooks.register("before_delete_snippet", bank.refuse_deletion)
hooks.register("before_delete_page", deletion.keep_page)
hooks.register("before_bulk_action", deletion.keep_pages)
