"""Where the site listens: `$BIND` and `$PORT`. As a script, without Django, it says why the port cannot be used."""

import os
import socket
import sys


def address() -> str:
    """For gunicorn and runserver: `127.0.0.1:8000`, `[::1]:8000`."""
    host = os.environ.get("BIND") or "127.0.0.1"
    return f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or '8000'}"


def obstacle() -> str:
    """Why nothing can listen there, in a sentence; empty where it can."""
    host, _, port = address().rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT is a number from 1 to 65535, not “{port}”."
    with socket.socket(socket.AF_INET6 if host.startswith("[") else socket.AF_INET) as probe:
        # As servers do: connections that have just been closed do not block the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
            probe.listen()
        except socket.gaierror:
            return f"BIND is an address of this machine, not “{host}”."
        except OSError as error:
            return f"Cannot listen at {address()}: {error.strerror or error}. Another port: PORT=8080 make run"
    return ""


if __name__ == "__main__":
    sys.exit(obstacle() or 0)
