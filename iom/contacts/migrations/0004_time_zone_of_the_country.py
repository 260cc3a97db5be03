from django.db import migrations, models

import iom.contacts.models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0003_social_accounts"),
    ]
    operations = [
        migrations.AlterField(
            model_name="office",
            name="timezone",
            field=models.CharField(
                blank=True,
                help_text="As the IANA database names it, for example Africa/Cairo. If empty, that of the country.",
                max_length=40,
                validators=[iom.contacts.models.validate_timezone],
                verbose_name="time zone",
            ),
        ),
    ]
