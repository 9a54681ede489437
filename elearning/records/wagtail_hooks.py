"""What records add to the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from elearning.records.models import Certificate
from elearning.records.staff_lists import ViewOnly
from elearning.records.views.staff import CertificateViewSet

register_permission_policy(Certificate, ViewOnly(Certificate))


@hooks.register("register_admin_viewset")
def certificate_list() -> CertificateViewSet:
    return CertificateViewSet()
