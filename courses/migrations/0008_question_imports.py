import courses.models.imports
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0007_question_tags"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="nazwa pliku")),
                (
                    "file",
                    models.FileField(
                        storage=courses.models.imports.private_storage,
                        upload_to="question-imports/%Y/",
                        verbose_name="plik",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="wgrano")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "wczytywany"),
                            ("ready", "gotowy do importu"),
                            ("broken", "nie nadaje się do importu"),
                            ("saving", "importowany"),
                            ("saved", "zaimportowany"),
                        ],
                        default="reading",
                        max_length=10,
                        verbose_name="stan",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="zrobione")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="wszystkich")),
                ("format", models.CharField(blank=True, max_length=30, verbose_name="format")),
                ("questions", models.JSONField(default=list, verbose_name="pytania")),
                ("problems", models.JSONField(default=list, verbose_name="uwagi")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="courses.questioncategory",
                        verbose_name="kategoria",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wgrane przez",
                    ),
                ),
            ],
            options={
                "verbose_name": "import pytań",
                "verbose_name_plural": "importy pytań",
                "ordering": ["-uploaded_at"],
            },
        ),
    ]
