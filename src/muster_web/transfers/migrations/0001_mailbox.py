import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_asking_and_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pupil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("upn", models.CharField(blank=True, max_length=13)),
                ("uln", models.CharField(blank=True, max_length=10)),
                ("surname", models.CharField(max_length=100)),
                ("forename", models.CharField(max_length=100)),
                ("born", models.DateField(blank=True, null=True)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("mark", models.CharField(blank=True, max_length=32)),
                ("surname_mark", models.CharField(blank=True, max_length=32)),
                ("born_mark", models.CharField(blank=True, max_length=32)),
                ("joined", models.DateField(blank=True, null=True)),
                ("left", models.DateField(blank=True, null=True)),
                ("held", models.JSONField(default=dict)),
                ("came_from", models.CharField(blank=True, max_length=40)),
                ("changed", models.DateTimeField(default=django.utils.timezone.now)),
                ("chased", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pupils",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "upn"], name="transfers_p_organis_06e39b_idx"),
                    models.Index(
                        fields=["organisation", "surname", "forename"], name="transfers_p_organis_9d9e42_idx"
                    ),
                    models.Index(fields=["mark"], name="transfers_p_mark_2a8ef9_idx"),
                    models.Index(fields=["born_mark", "surname_mark"], name="transfers_p_born_ma_e354b4_idx"),
                    models.Index(
                        condition=models.Q(("left__isnull", False)), fields=["left"], name="pupil_left"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("lost", "Lost pupils"), ("look_up", "Prior attainment")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(max_length=300)),
                ("mark", models.CharField(max_length=32)),
                ("found", models.PositiveIntegerField()),
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
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-id"], name="searches_of")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["starts"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="a_term_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CTF", "Common transfer file"),
                            ("ATF", "Admissions transfer file"),
                            ("other", "Other file (encrypted and zipped)"),
                        ],
                        max_length=5,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("lost", models.BooleanField(default=False)),
                ("version", models.CharField(blank=True, max_length=5)),
                ("partial", models.BooleanField(default=False)),
                ("pupils", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("stored", models.CharField(blank=True, max_length=200)),
                ("sealed_key", models.TextField(blank=True)),
                ("sent", models.DateTimeField(default=django.utils.timezone.now)),
                ("service", models.CharField(blank=True, max_length=40)),
                ("opened", models.DateTimeField(blank=True, null=True)),
                ("acknowledged", models.DateTimeField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "addressed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_received",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "receiver_authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_sent",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "sender_authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["receiver", "-id"], name="transfer_inbox"),
                    models.Index(fields=["sender", "-id"], name="transfer_outbox"),
                    models.Index(fields=["receiver_authority", "-id"], name="transfer_inflow"),
                    models.Index(fields=["sender_authority", "-id"], name="transfer_outflow"),
                    models.Index(
                        condition=models.Q(("opened", None)),
                        fields=["receiver", "-id"],
                        name="transfer_unopened",
                    ),
                    models.Index(
                        condition=models.Q(("sealed_key", ""), _negated=True),
                        fields=["sent"],
                        name="transfer_by_age",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("sender", "name"), name="one_transfer_of_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("taken", models.JSONField(default=list)),
                ("left_out", models.JSONField(default=list)),
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
                    "pupil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="transfers.pupil",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("transfer", "position"), name="one_decision_of_a_pupil")
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("service", models.CharField(blank=True, max_length=40)),
                ("data", models.JSONField(default=dict)),
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
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TransferMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("service", models.CharField(blank=True, max_length=40)),
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
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TransferPupil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("mark", models.CharField(blank=True, max_length=32)),
                ("surname_mark", models.CharField(blank=True, max_length=32)),
                ("born_mark", models.CharField(blank=True, max_length=32)),
                ("identity", models.BinaryField(default=bytes)),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pupil_marks",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mark"], name="transfers_t_mark_dd50f2_idx"),
                    models.Index(
                        condition=models.Q(("surname_mark", ""), _negated=True),
                        fields=["surname_mark"],
                        name="transfer_lost_by_surname",
                    ),
                    models.Index(
                        condition=models.Q(("born_mark", ""), _negated=True),
                        fields=["born_mark"],
                        name="transfer_lost_by_birth",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("transfer", "position"), name="one_pupil_of_a_position")
                ],
            },
        ),
    ]
