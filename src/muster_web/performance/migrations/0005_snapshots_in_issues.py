"""What was published stands in the issues of a quarter alone; the columns of quarters that had it go."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("performance", "0004_issues")]

    operations = [
        migrations.RemoveField(model_name="quarter", name=name)
        for name in ("confirmed", "published_by", "sha256", "snapshot")
    ]
