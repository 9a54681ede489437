from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0002_institution_address_and_head"),
    ]

    operations = [
        migrations.AddField(
            model_name="territorialunit",
            name="search_name",
            field=models.CharField(
                db_index=True, default="", editable=False, max_length=100, verbose_name="nazwa do wyszukiwania"
            ),
        ),
    ]
