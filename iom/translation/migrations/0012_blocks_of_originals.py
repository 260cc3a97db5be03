from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0011_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='original',
            name='blocks_digest',
            field=models.CharField(max_length=64, null=True),
        ),
    ]
