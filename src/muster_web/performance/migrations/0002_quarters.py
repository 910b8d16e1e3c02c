import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("performance", "0001_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quarter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.PositiveSmallIntegerField()),
                ("opened", models.DateTimeField(default=django.utils.timezone.now)),
                ("comments_by", models.DateField(blank=True, null=True)),
                ("figures_asked", models.DateTimeField(blank=True, null=True)),
                ("figures_ended", models.DateTimeField(blank=True, null=True)),
                ("figures_fault", models.TextField(blank=True)),
                ("signed_as", models.CharField(blank=True, max_length=120)),
                ("signed", models.DateTimeField(blank=True, null=True)),
                ("signed_state", models.CharField(blank=True, max_length=64)),
                ("published", models.DateTimeField(blank=True, null=True)),
                ("confirmed", models.JSONField(default=list)),
                ("snapshot", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quarters",
                        to="performance.plan",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
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
                "ordering": ["-plan__year", "-part"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "part"), name="one_quarter_of_a_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="Narrative",
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
                            ("development", "Key development"),
                            ("issue", "Emerging issue"),
                            ("withheld", "Left out for now"),
                        ],
                        max_length=11,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=5000)),
                ("expected", models.CharField(blank=True, max_length=60)),
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
                    "quarter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="narratives",
                        to="performance.quarter",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=200)),
                ("says", models.TextField(blank=True)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("numerator", models.CharField(max_length=60)),
                ("denominator", models.CharField(blank=True, max_length=60)),
                ("parts", models.JSONField(default=list)),
                ("made_by", models.JSONField(default=dict)),
                ("coverage", models.CharField(blank=True, max_length=300)),
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
                    "quarter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="performance.quarter",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["quarter", "name", "-id"], name="performance_last_figure")],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("comment", models.TextField(blank=True, max_length=2000)),
                (
                    "set_light",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("green", "Met"),
                            ("amber", "Nearly met"),
                            ("red", "Not met"),
                            ("grey", "Cannot be reported"),
                        ],
                        max_length=5,
                    ),
                ),
                ("set_reason", models.CharField(blank=True, max_length=300)),
                ("cannot_be_reported", models.CharField(blank=True, max_length=300)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("says", models.CharField(blank=True, choices=[("amber", "It may be late")], max_length=5)),
                (
                    "light",
                    models.CharField(
                        blank=True,
                        choices=[("green", "Met"), ("amber", "Nearly met"), ("red", "Not met")],
                        max_length=5,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
                ("method", models.CharField(blank=True, max_length=300)),
                ("checked_by", models.CharField(blank=True, max_length=120)),
                ("estimated", models.BooleanField(default=False)),
                ("third_party", models.BooleanField(default=False)),
                ("concern", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(blank=True, null=True)),
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
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="performance.indicator",
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="performance.piece",
                    ),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="performance.quarter",
                    ),
                ),
                (
                    "treatment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="performance.treatment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("quarter", "indicator"), name="one_line_of_an_indicator"),
                    models.UniqueConstraint(fields=("quarter", "piece"), name="one_line_of_a_milestone"),
                    models.UniqueConstraint(fields=("quarter", "treatment"), name="one_line_of_a_treatment"),
                ],
            },
        ),
    ]
