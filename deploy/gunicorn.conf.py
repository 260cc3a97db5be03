"""The configuration of gunicorn. docs/operators.md describes the variables."""

import json
import logging
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

workers = int(os.environ.get("WEB_CONCURRENCY") or "2")  # a process for each core
threads = 4  # in each process: a slow client occupies a thread, not a process
timeout = 60  # seconds without a sign of life before a process is replaced
graceful_timeout = 25  # seconds to finish requests after SIGTERM; container engines kill after 30
keepalive = 75  # longer than the proxy keeps an idle connection, so that the proxy closes it
max_requests = 50_000  # then a process is replaced, in case its memory has grown; the jitter spreads it out
max_requests_jitter = 10_000
control_socket_disable = True
forwarder_headers = ""  # a local proxy forwards a client's SCRIPT_NAME, which would change all addresses


class JsonLogger(Logger):
    """Writes JSON lines like the site's own, without client addresses and queries, which are personal data."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        from iom.operation.logs import LogFormatter, RequestIdFilter  # not importable before: sys.path lacks the site

        for handler in self.error_log.handlers:
            handler.setFormatter(LogFormatter())
            handler.addFilter(RequestIdFilter())
            handler.addFilter(_without_client)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if self.access_log_enabled:
            from iom.operation.logs import remove_secrets

            atoms = self.atoms(resp, req, environ, request_time)
            line = {"logger": "access", "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
            names = {"method": "m", "path": "U", "status": "s", "milliseconds": "M", "request_id": "{x-request-id}o"}
            line |= {name: atoms.get(atom, "") for name, atom in names.items()}
            self.access_log.info(remove_secrets(json.dumps(line)))


def _without_client(record: logging.LogRecord) -> bool:
    """Removes the client's address and the query from gunicorn's messages."""
    record.msg, record.args = re.sub(r" from ip=\S*(?=:)|\?\S*", "", record.getMessage()), ()
    return True


logger_class = JsonLogger
accesslog = os.environ.get("ACCESS_LOG") or None  # `-` is the standard output
# The folder of the processes' metrics. The same default as in the settings, which are not loaded here
_metrics = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or Path(os.environ.get("DATA_DIR") or "var", "metrics"))


def on_starting(server: object) -> None:
    """Deletes the metrics of an earlier run."""
    for file in _metrics.glob("*.db"):
        file.unlink()


def child_exit(server: object, worker: Any) -> None:
    """Adds the metrics of a process that has ended to a common file, and deletes its own files."""
    from prometheus_client.mmap_dict import MmapedDict

    for file in _metrics.glob(f"*_{worker.pid}.db"):
        total = MmapedDict(str(file.with_name(file.name.replace(f"_{worker.pid}.db", "_0.db"))))
        for key, value, moment, _place in MmapedDict.read_all_values_from_file(str(file)):
            total.write_value(key, total.read_value(key)[0] + value, moment)
        total.close()
        file.unlink()
