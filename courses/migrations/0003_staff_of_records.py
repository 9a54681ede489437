"""Who of the staff may look into what learners did."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {
    "Redakcja": ("view_enrolment", "view_certificate", "change_certificate"),
    "Koordynacja": ("view_enrolment", "view_certificate", "change_certificate"),
    "Prowadzący": ("view_enrolment",),
}


def grant(apps, schema_editor):
    config = apps.get_app_config("records")
    config.models_module = True  # permissions are otherwise made only after the last migration
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GRANTED.items():
        group = Group.objects.get(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="records", codename__in=codenames))


def withdraw(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="records"))


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_roles"), ("records", "0001_initial")]

    operations = [migrations.RunPython(grant, withdraw)]
