from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields get the names that the import uses; their columns stay."""

    dependencies = [
        ('newsroom', '0009_press_archive_digest'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importedtext',
            name='facts',
            field=models.JSONField(db_column='facts', default=dict),
        ),
        migrations.RenameField(
            model_name='importedtext',
            old_name='facts',
            new_name='metadata',
        ),
        migrations.AlterField(
            model_name='importedtext',
            name='written',
            field=models.CharField(blank=True, db_column='written', max_length=64),
        ),
        migrations.RenameField(
            model_name='importedtext',
            old_name='written',
            new_name='fingerprint',
        ),
    ]
