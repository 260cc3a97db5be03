"""How gunicorn serves the site; docs/operators.md has the variables."""

import json
import logging
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

workers = int(os.environ.get("WEB_CONCURRENCY") or "2")  # a process for each core
threads = 4  # as well as processes: a slow reader occupies a thread, not a process
timeout = 60  # seconds that a process may not answer before it is replaced
graceful_timeout = 25  # seconds to end running requests after SIGTERM: engines kill after 30
keepalive = 75  # longer than the proxy keeps an idle connection, so that it is the proxy that closes it
max_requests = 50_000  # then a process is replaced, whatever it has gathered; not all at once
max_requests_jitter = 10_000
control_socket_disable = True
forwarder_headers = ""  # a proxy on this machine passes a client's SCRIPT_NAME on: each address would be another


class JsonLogger(Logger):
    """Lines of JSON, as the site's own; neither addresses nor queries, which may name people."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        from iom.operation.logs import LogFormatter, RequestIdFilter  # the folder of the site is known by now

        for handler in self.error_log.handlers:
            handler.setFormatter(LogFormatter())
            handler.addFilter(RequestIdFilter())
            handler.addFilter(_without_client)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if self.access_log_enabled:
            from iom.operation.logs import without_secrets

            given = self.atoms(resp, req, environ, request_time)
            line = {"logger": "access", "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
            names = {"method": "m", "path": "U", "status": "s", "milliseconds": "M", "request_id": "{x-request-id}o"}
            line |= {name: given.get(atom, "") for name, atom in names.items()}
            self.access_log.info(without_secrets(json.dumps(line)))


def _without_client(record: logging.LogRecord) -> bool:
    """Changes what gunicorn says of a request: without the address of the client, and without the query."""
    record.msg, record.args = re.sub(r" from ip=\S*(?=:)|\?\S*", "", record.getMessage()), ()
    return True


logger_class = JsonLogger
accesslog = os.environ.get("ACCESS_LOG") or None  # `-` is the standard output
# Where processes count; the settings, which only they have read, say the same
_metrics = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or Path(os.environ.get("DATA_DIR") or "var", "metrics"))


def on_starting(server: object) -> None:
    """The figures of processes that have ended count no more."""
    for file in _metrics.glob("*.db"):
        file.unlink()


def child_exit(server: object, worker: Any) -> None:
    """Adds the figures of a process that has ended to those of all such, so that its files do not remain."""
    from prometheus_client.mmap_dict import MmapedDict

    for file in _metrics.glob(f"*_{worker.pid}.db"):
        total = MmapedDict(str(file.with_name(file.name.replace(f"_{worker.pid}.db", "_0.db"))))
        for key, value, moment, _place in MmapedDict.read_all_values_from_file(str(file)):
            total.write_value(key, total.read_value(key)[0] + value, moment)
        total.close()
        file.unlink()
