"""The size of each school stands in a column, so that those like one are found without reading figures of a country."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

BATCH = 2_000


def carry_over(apps: Any, _schema_editor: Any) -> None:
    """Take the last number published of each school, as ``actions.sizing`` does from now on."""
    figures, size = apps.get_model("schools", "Figures"), apps.get_model("schools", "Size")
    said = figures.objects.filter(dataset="school_pupils").order_by("period", "loading")
    rows = said.values_list("organisation", "values__pupils__0").iterator(BATCH)
    latest = {school: pupils for school, pupils in rows if pupils is not None}
    size.objects.bulk_create(
        (size(organisation_id=school, pupils=pupils) for school, pupils in latest.items()), batch_size=BATCH
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_owners_of_plans"),
        ("schools", "0004_visits_plans_documents"),
    ]
    operations = [
        migrations.CreateModel(
            name="Size",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="size",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                ("pupils", models.FloatField()),
            ],
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
