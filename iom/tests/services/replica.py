"""A streaming replica of the PostgreSQL server of DATABASE_URL."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from iom.tests import databases
from iom.tests.serving import free_port

START = 60  # seconds


class Replica:
    """It listens on loopback, and logs each statement with the name of the application that sends it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp())
        self.port = free_port()
        self.log = self.folder / "log"
        self._server = None
        self._user = []
        if os.getuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(self.folder, "postgres")
            self._user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        primary = urlsplit(databases.SERVER)._replace(path="").geturl()
        copy = ["pg_basebackup", "--dbname", primary, "--pgdata", str(self.folder / "data"), "--write-recovery-conf"]
        self._run(*copy, "--checkpoint=fast", "--no-sync")
        self.start()

    def _run(self, *command):
        subprocess.run([*self._user, *command], cwd=self.folder, check=True)

    def start(self):
        log = ["log_statement=all", "log_line_prefix=%a "]
        options = ["listen_addresses=127.0.0.1", "fsync=off", "jit=off", *log]
        command = ["postgres", "-D", str(self.folder / "data"), "-p", str(self.port), "-k", str(self.folder)]
        with self.log.open("ab") as written:
            self._server = subprocess.Popen(
                [*self._user, *command, *(part for option in options for part in ("-c", option))],
                cwd=self.folder, stdout=written, stderr=written, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + START
        while True:
            try:
                return self.query("SELECT pg_is_in_recovery()")
            except psycopg.OperationalError:
                assert time.monotonic() < end, self.log.read_text()[-4000:]
                time.sleep(0.1)

    def stop(self):
        """Stops at once, as a failing server does, and closes all connections."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(30)

    def hang(self):
        """Suspends the processes, while the machine still accepts connections and data."""
        self._signal(signal.SIGSTOP)

    def go_on(self):
        self._signal(signal.SIGCONT)

    def _signal(self, sent):
        for process in [self._server.pid, *map(int, self._children())]:
            os.kill(process, sent)

    def _children(self):
        return Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text().split()

    def pause(self):
        """Stops replaying changes of the primary."""
        self.query("SELECT pg_wal_replay_pause()")
        while self.query("SELECT pg_get_wal_replay_pause_state()") != [("paused",)]:
            time.sleep(0.01)

    def resume(self):
        self.query("SELECT pg_wal_replay_resume()")

    def catch_up(self):
        ((written,),) = databases.administer("SELECT pg_current_wal_lsn()")
        end = time.monotonic() + START
        while self.query("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", written) != [(True,)]:
            assert time.monotonic() < end
            time.sleep(0.01)

    def url(self, database, application="tests"):
        address = urlsplit(databases.database_url(database))
        own = address._replace(netloc=f"{address.username}@127.0.0.1:{self.port}")
        return own._replace(query=f"application_name={application}").geturl()

    def query(self, statement, *values):
        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as server:
            return server.execute(statement, values).fetchall()

    def statements_of(self, application):
        """Returns the log lines with the statements of this application."""
        return [
            line for line in self.log.read_text(errors="replace").splitlines() if line.startswith(f"{application} ")
        ]

    def remove(self):
        if self._server.poll() is None:
            self.go_on()
            self.stop()
        shutil.rmtree(self.folder)
