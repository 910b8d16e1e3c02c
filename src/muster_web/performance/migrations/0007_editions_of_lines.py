from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0006_lines_by_machines"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="edition",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
