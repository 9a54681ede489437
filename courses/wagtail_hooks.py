"""What courses add to the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from courses.views import bank, deletion, exchange_files, learners, marking
from elearning.records import access
from elearning.records.models import Answer, Enrolment
from elearning.records.staff_lists import ViewOnly, ViewWhere

register_permission_policy(Answer, ViewWhere(Answer, access.may_see_marks))
register_permission_policy(Enrolment, ViewOnly(Enrolment))
register_snippet(bank.BankViewSetGroup)
hooks.register("before_delete_snippet", bank.refuse_deletion)
hooks.register("register_bulk_action", bank.MoveQuestions)
hooks.register("register_bulk_action", bank.TagQuestions)
hooks.register("before_delete_page", deletion.keep_page)
hooks.register("before_bulk_action", deletion.keep_pages)


@hooks.register("register_admin_viewset")
def question_exchange() -> exchange_files.ExchangeViewSet:
    return exchange_files.ExchangeViewSet()


@hooks.register("register_admin_viewset")
def learner_list() -> learners.EnrolmentViewSet:
    return learners.EnrolmentViewSet()


@hooks.register("register_admin_viewset")
def marking_queue() -> marking.QueueViewSet:
    return marking.QueueViewSet()
