"""What the screens of other packages get from here."""

from iom.translation.exchange import tbx
from iom.translation.glossary import files

files.FORMATS["tbx"] = tbx.FORMAT
