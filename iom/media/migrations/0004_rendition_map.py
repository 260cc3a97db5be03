from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("media", "0003_for_press")]

    operations = [migrations.RenameField("siteimage", "drawn", "rendition_map")]
