import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_owners_of_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=120)),
                ("directorate", models.CharField(max_length=120)),
                ("year", models.PositiveSmallIntegerField()),
                ("tolerance", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("remarks", models.JSONField(default=list)),
                ("files", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
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
            ],
            options={
                "ordering": ["-year", "service"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "service", "year"), name="one_plan_of_a_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("ref", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=9)),
                ("title", models.TextField()),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("evidence", models.TextField(blank=True)),
                ("details", models.JSONField(default=list)),
                ("links", models.JSONField(default=list)),
                ("line", models.PositiveIntegerField(default=0)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="below",
                        to="performance.piece",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="performance.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("ref", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("families", models.CharField(blank=True, max_length=120)),
                ("unit", models.CharField(blank=True, max_length=40)),
                (
                    "better",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("higher", "Higher"),
                            ("lower", "Lower"),
                            ("equal", "Equal to the target"),
                            ("band", "Within a band"),
                        ],
                        max_length=6,
                    ),
                ),
                ("band_from", models.CharField(blank=True, max_length=20)),
                ("band_to", models.CharField(blank=True, max_length=20)),
                (
                    "adding",
                    models.CharField(
                        choices=[("latest", "The latest counts"), ("sum", "Quarters add up")],
                        default="latest",
                        max_length=6,
                    ),
                ),
                ("key", models.BooleanField(default=False)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("figure", models.CharField(blank=True, max_length=120)),
                ("ended", models.CharField(blank=True, max_length=300)),
                ("line", models.PositiveIntegerField(default=0)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="performance.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "ref"), name="one_indicator_of_a_ref")
                ],
            },
        ),
        migrations.CreateModel(
            name="Treatment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("risk", "Risk"), ("action", "Equality action")], max_length=6),
                ),
                ("ref", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("due", models.CharField(blank=True, max_length=60)),
                ("owner", models.CharField(blank=True, max_length=120)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="treatments",
                        to="performance.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("office", models.CharField(max_length=120)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["office"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "office"), name="one_holder_of_an_office")
                ],
            },
        ),
        migrations.CreateModel(
            name="Amount",
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
                            ("actual", "Actual"),
                            ("forecast", "Forecast"),
                            ("target", "Target"),
                            ("baseline", "Baseline"),
                            ("provisional", "Provisional"),
                        ],
                        max_length=11,
                    ),
                ),
                ("period", models.CharField(max_length=12)),
                ("text", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("break_note", models.CharField(blank=True, max_length=300)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="performance.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["period", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "kind", "period"), name="one_amount_of_a_period"
                    )
                ],
            },
        ),
    ]
