"""Editors delete a page together with the pages below it; what people have learned from is refused and explained."""

from django.db import migrations

GROUP = "Redakcja"
CODENAME = "bulk_delete_page"


def grant(apps, schema_editor):
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="page"
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=CODENAME, defaults={"name": "Delete pages with children"}
    )
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is not None:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=apps.get_model("auth", "Group").objects.get(name=GROUP), page=root, permission=permission
        )


def withdraw(apps, schema_editor):
    granted = apps.get_model("wagtailcore", "GroupPagePermission").objects
    granted.filter(group__name=GROUP, permission__codename=CODENAME).delete()


class Migration(migrations.Migration):
    dependencies = [("courses", "0009_editors_of_documents"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(grant, withdraw)]
