from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("translation", "0012_blocks_of_originals"),
    ]

    operations = [
        migrations.AddField(
            model_name="instructions",
            name="given_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
