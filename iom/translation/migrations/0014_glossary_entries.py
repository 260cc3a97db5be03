from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("translation", "0013_instructions_given_at"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="concept",
            options={"verbose_name": "glossary entry", "verbose_name_plural": "glossary entries"},
        ),
    ]
