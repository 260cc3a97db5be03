"""Servers on loopback, a proxy whose connections can be cut, and an HTTP cache."""

import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from iom.core.management.commands.start import GUNICORN
from iom.tests.databases import ROOT
from iom.tests.serving import end, free_port, wait_until_ready


class Line:
    """A proxy to a server. Cutting it closes all connections and refuses new ones."""

    def __init__(self, url):
        self._target = (urlsplit(url).hostname, urlsplit(url).port)
        self.port = free_port()
        self._connections = []
        self._listener = None
        self.restore()

    def restore(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self):
        # Shut down first: a thread that waits in `accept` keeps a closed listener open.
        for one in [self._listener, *self._connections]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._connections.clear()

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
                server = socket.create_connection(self._target)
            except OSError:
                return
            self._connections += [client, server]
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=_copy, args=(source, target), daemon=True).start()


def _copy(source, target):
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@contextmanager
def another_machine(site, log, application=GUNICORN[2], **environment):
    """Starts another web server, which shares only the database and the cache of CACHE_URL. Yields its address."""
    port = free_port()
    command = [sys.executable, *GUNICORN[:2], application, *GUNICORN[3:], "--bind", f"127.0.0.1:{port}"]
    with log.open("ab") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=written, stderr=written, env=site.environment | environment
        )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)


def has_varnish():
    return shutil.which("varnishd") is not None


@contextmanager
def varnish(folder, port, backend):
    """Runs Varnish at `port` in front of the server at `backend` (an address), with the configuration of deploy/."""
    rules = (ROOT / "deploy/varnish.vcl").read_text()
    rules = rules.replace('.port = "8000"', f'.port = "{urlsplit(backend).port}"')
    (folder / "varnish.vcl").write_text(rules)
    shutil.copy(ROOT / "deploy/varnish-rules.vcl", folder)
    command = ["varnishd", "-F", "-j", "none", "-f", str(folder / "varnish.vcl"), "-a", f"127.0.0.1:{port}", "-n", str(folder / "varnish"), "-s", "malloc,64m", "-p", "http_gzip_support=off"]  # fmt: skip
    with (folder / "varnish.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", folder / "varnish.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)
