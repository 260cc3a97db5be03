"""The log of what concerns security; `iom.operation.logs` says whose request a line is about."""

import logging

logger = logging.getLogger(__name__)
