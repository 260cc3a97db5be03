"""A WSGI application that returns one stored response, to measure the server alone (see tools.measuring.speed)."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_folder = Path(os.environ["BARE"])
_headers = [(name, value) for name, value in json.loads((_folder / "headers.json").read_text())]
_body = (_folder / "body").read_bytes()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", _headers)
    return [_body]
