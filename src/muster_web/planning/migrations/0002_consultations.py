import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_owners_of_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("planning", "0001_courses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("about", models.TextField(max_length=4000)),
                ("major", models.BooleanField(default=False)),
                ("rated", models.BooleanField(default=False)),
                ("opens", models.DateField(default=django.utils.timezone.localdate)),
                ("closes", models.DateField()),
                ("feedback", models.TextField(blank=True, max_length=4000)),
                ("feedback_on", models.DateField(blank=True, null=True)),
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
                        related_name="consultations",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-closes", "-pk"],
                "indexes": [models.Index(fields=["of", "-closes"], name="planning_co_of_id_646f12_idx")],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Very good"), (2, "Good"), (3, "Fair"), (4, "Poor")],
                        null=True,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=4000)),
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
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="planning.consultation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["school__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "school"), name="one_reply_of_a_school")
                ],
            },
        ),
    ]
