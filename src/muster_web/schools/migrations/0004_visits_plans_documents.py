import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_send_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("schools", "0003_returned_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("stored", models.CharField(max_length=200)),
                ("shared", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Priority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan", models.CharField(max_length=60)),
                ("place", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500)),
                ("theme", models.CharField(blank=True, max_length=60)),
                ("confirmed", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="priorities",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-plan", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "plan", "place"), name="one_priority_in_a_place"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="words",
            name="words_of_a_school_once",
        ),
        migrations.AddField(
            model_name="note",
            name="actions",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="note",
            name="agreed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="note",
            name="judgement",
            field=models.CharField(
                blank=True,
                choices=[
                    ("strong", "Strong: others can learn from it"),
                    ("secure", "Secure: as it should be"),
                    ("developing", "Developing: on the way"),
                    ("weak", "Weak: help is needed now"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="link",
            field=models.URLField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="note",
            name="until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="words",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="schools.document",
            ),
        ),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.UniqueConstraint(
                condition=models.Q(("document", None), ("note", None)),
                fields=("organisation",),
                name="words_of_a_school_once",
            ),
        ),
    ]
