import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("service", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("stored", models.CharField(max_length=200)),
                ("idempotency_key", models.CharField(blank=True, db_index=True, max_length=100)),
                ("state", models.CharField(default="received", max_length=10)),
                ("refused", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="returns.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("stored", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be checked"),
                            ("checked", "Checked"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("refusal", models.TextField(blank=True)),
                ("rules", models.JSONField(default=dict)),
                ("causes", models.JSONField(default=list)),
                ("records", models.PositiveIntegerField(default=0)),
                ("fixed", models.PositiveIntegerField(default=0)),
                ("still", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="returns.return",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="returns.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "number"), name="one_version_of_a_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revision", models.PositiveIntegerField()),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="returns.version",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="return",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="returns.version",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="official",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="returns.version",
            ),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sha256", models.CharField(max_length=64)),
                ("counts", models.JSONField(default=dict)),
                ("signature", models.CharField(max_length=128)),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="returns.version",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="note",
            name="confirmed",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="returns.version",
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="returns.version",
            ),
        ),
        migrations.CreateModel(
            name="MachineRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked", models.DateTimeField()),
                ("started", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True)),
                ("why", models.CharField(default="upload", max_length=30)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="returns.version"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("rule", models.CharField(max_length=80)),
                ("code", models.CharField(max_length=60)),
                ("severity", models.CharField(max_length=5)),
                ("scope", models.CharField(max_length=9)),
                ("table", models.CharField(max_length=60)),
                ("record", models.TextField()),
                ("record_mark", models.CharField(blank=True, max_length=32)),
                ("person_mark", models.CharField(blank=True, max_length=32)),
                ("values", models.JSONField(default=dict)),
                ("owners", models.JSONField(default=dict)),
                ("also", models.JSONField(default=list)),
                ("message", models.TextField()),
                ("fix", models.TextField(blank=True)),
                ("fingerprint", models.CharField(max_length=24)),
                ("line", models.PositiveIntegerField(null=True)),
                ("file", models.CharField(blank=True, max_length=255)),
                ("provisional", models.BooleanField(default=False)),
                ("asks_source", models.BooleanField(default=False)),
                ("explained", models.BooleanField(default=False)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="returns.return",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="returns.version",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "position"], name="returns_fin_version_a31467_idx"),
                    models.Index(fields=["version", "rule"], name="returns_fin_version_c30bfb_idx"),
                    models.Index(fields=["version", "person_mark"], name="returns_fin_version_ac7150_idx"),
                    models.Index(fields=["subject", "fingerprint"], name="returns_fin_subject_d07b6f_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=60)),
                ("identity", models.CharField(max_length=32)),
                ("record", models.TextField()),
                ("item", models.CharField(max_length=60)),
                ("was", models.TextField(null=True)),
                ("value", models.TextField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To put right in your system"),
                            ("put_right", "Put right"),
                            ("differs", "Your system says something else"),
                            ("gone", "The record is no longer there"),
                            ("undone", "Taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("settled", models.DateTimeField(blank=True, null=True)),
                ("for_provider", models.BooleanField(default=False)),
                ("answer", models.CharField(blank=True, max_length=8)),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "answer_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="returns.return"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="returns.version",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "state"], name="returns_edi_subject_503f0a_idx")],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("collection", "year", "phase"), name="one_round_of_a_phase"
            ),
        ),
        migrations.AddConstraint(
            model_name="localdeadline",
            constraint=models.UniqueConstraint(fields=("round", "authority"), name="one_local_deadline"),
        ),
        migrations.AddIndex(
            model_name="rulecount",
            index=models.Index(fields=["rule", "subject"], name="returns_rul_rule_f58953_idx"),
        ),
        migrations.AddConstraint(
            model_name="rulecount",
            constraint=models.UniqueConstraint(fields=("subject", "rule"), name="one_count_of_a_rule"),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["round", "state"], name="returns_ret_round_i_29996d_idx"),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["agent", "round"], name="returns_ret_agent_i_0c7478_idx"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(fields=("round", "organisation"), name="one_return_owed"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(
                fields=("subject", "level", "fingerprint"), name="one_note_of_a_finding"
            ),
        ),
    ]
