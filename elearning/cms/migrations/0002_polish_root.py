"""The root of all pages, which editors see in lists, has a Polish name."""

from django.db import migrations

ENGLISH = "Root"
POLISH = "Wszystkie strony"


def rename(apps, schema_editor):
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=ENGLISH).update(
        title=POLISH, draft_title=POLISH
    )


def name_back(apps, schema_editor):
    pages = apps.get_model("wagtailcore", "Page").objects
    pages.filter(depth=1, title=POLISH).update(title=ENGLISH, draft_title=ENGLISH)


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(rename, name_back)]
