"""The address at which the site listens: `$BIND` and `$PORT`.

Run as a script, it prints why the address cannot be used. It does not need Django.
"""

import os
import socket
import sys


def get_bind_address() -> str:
    """Returns host and port for gunicorn and runserver: `127.0.0.1:8000`, `[::1]:8000`."""
    host = os.environ.get("BIND") or "127.0.0.1"
    return f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or '8000'}"


def find_bind_error() -> str:
    """Returns a sentence with the reason why nothing can listen at the address; empty if a server can."""
    address = get_bind_address()
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT must be a number from 1 to 65535, not “{port}”."
    with socket.socket(socket.AF_INET6 if host.startswith("[") else socket.AF_INET) as probe:
        # Servers set this option too: connections that have just been closed do not block the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
            probe.listen()
        except socket.gaierror:
            return f"BIND must be an address of this machine, not “{host}”."
        except OSError as error:
            return f"Cannot listen at {address}: {error.strerror or error}. Choose another port: PORT=8080 make run"
    return ""


if __name__ == "__main__":
    sys.exit(find_bind_error() or 0)
