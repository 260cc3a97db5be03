from iom.translation.content import freshness  # noqa: F401
from iom.translation.desk import hooks as desk  # noqa: F401
from iom.translation.editor import hooks as editor  # noqa: F401
from iom.translation.exchange import tbx  # noqa: F401
from iom.translation.glossary import views as glossary  # noqa: F401
from iom.translation.notifications import hooks as notifications  # noqa: F401
from iom.translation.workflow import hooks as workflow  # noqa: F401
