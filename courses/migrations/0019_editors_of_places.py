"""Editors keep the register of gminy and the directory of partners."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SNIPPETS = ("participation", "organisation")
CODENAMES = [f"{action}_{model}" for model in SNIPPETS for action in ("add", "change", "delete", "view")]


def grant(apps, schema_editor):
    config = apps.get_app_config("cms")
    config.models_module = True  # permissions are otherwise made only after the last migration
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    _editors(apps).permissions.add(*_permissions(apps))


def withdraw(apps, schema_editor):
    _editors(apps).permissions.remove(*_permissions(apps))


def _editors(apps):
    return apps.get_model("auth", "Group").objects.get(name="Redakcja")


def _permissions(apps):
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="cms", codename__in=CODENAMES)


class Migration(migrations.Migration):
    dependencies = [("courses", "0018_charts_in_lessons"), ("cms", "0004_places_and_partners")]

    operations = [migrations.RunPython(grant, withdraw)]
