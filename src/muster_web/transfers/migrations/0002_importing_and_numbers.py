import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_send_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("transfers", "0001_mailbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearnerBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("service", models.CharField(blank=True, max_length=20)),
                ("reference", models.CharField(blank=True, max_length=64)),
                ("stored", models.CharField(max_length=200)),
                ("sealed_key", models.TextField()),
                ("answered", models.DateTimeField(blank=True, null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="learner_batches",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LearnerRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("given", "Number given"),
                            ("same", "The number there was"),
                            ("differs", "Another number than ours"),
                            ("wrong", "A number that can be none"),
                            ("none", "No number"),
                        ],
                        default="sent",
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("uln", models.CharField(blank=True, max_length=10)),
                ("told", models.DateField(blank=True, null=True)),
                ("in_mis", models.DateField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="transfers.learnerbatch",
                    ),
                ),
                (
                    "in_mis_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="learner_requests",
                        to="transfers.pupil",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["pupil"],
                        name="learner_still_asked_for",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "pupil"), name="one_request_of_a_pupil")
                ],
            },
        ),
        migrations.RemoveField(
            model_name="decision",
            name="left_out",
        ),
        migrations.AddField(
            model_name="decision",
            name="records",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="pupil",
            name="former_mark",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(
                condition=models.Q(("former_mark", ""), _negated=True),
                fields=["former_mark"],
                name="pupil_by_former_upn",
            ),
        ),
    ]
