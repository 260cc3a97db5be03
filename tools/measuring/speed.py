"""`python -m tools.measuring speed`: responses a second, as ratios within one run; writes docs/benchmarks.md.

The site runs as in production with its demonstration, on loopback, with the database and the cache of the environment.
For comparison, the same server returns the same bytes from a minimal application (tools.measuring.bare). The two take
turns, so that other load on the machine affects both. Needs `wrk`.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from iom.core.management.commands.start import GUNICORN
from iom.tests.addresses import LANGUAGES, NEWS, SEARCH
from iom.tests.serving import ROOT, Site, end, free_port, running, wait_until_ready
from tools.report import write_section

SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))
TURNS = 5
CONNECTIONS = 8
PUBLICATIONS = 20
ENCODING = {"Accept-Encoding": "br"}
# With this header, the page cache passes a request to Django, as it does for a page that is not cached yet.
BY_DJANGO = {"Authorization": "none"}
TITLE = "Title number"


def run_wrk(url: str, headers: dict[str, str]) -> tuple[float, float]:
    """Returns responses a second, and the 99th percentile of latency in milliseconds."""
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", "--latency", *given, url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if "Non-2xx" in output or not slow or not rate:
        raise RuntimeError(f"{url}: {output}")
    return float(rate[1]), float(slow[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slow[2]]


@contextmanager
def bare_server(url: str, folder: Path) -> Iterator[str]:
    """Runs a server that returns the site's response of `url`, and yields its address."""
    with urlopen(Request(url, headers=ENCODING)) as answer:
        (folder / "body").write_bytes(answer.read())
        kept = [(name, value) for name, value in answer.getheaders() if name not in ("Server", "Date", "Connection")]
    (folder / "headers.json").write_text(json.dumps(kept))
    port = free_port()
    command = [sys.executable, *["tools.measuring.bare" if part == "iom.wsgi" else part for part in GUNICORN]]
    with (folder / "bare.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=os.environ | {"BARE": str(folder)},
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", folder / "bare.log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        end(process)


def median(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(rate for rate, _slow in pairs), statistics.median(slow for _rate, slow in pairs)


def compare(url: str, headers: dict[str, str], other: str, other_headers: dict[str, str]) -> str:
    """Returns cells of a row: the rate at `url`, the rate at `other`, the ratio, and that of the 99th percentiles."""
    pairs = [(run_wrk(url, headers), run_wrk(other, other_headers)) for _ in range(TURNS)]
    (rate, slow), (other_rate, other_slow) = (
        median([ours for ours, _ in pairs]),
        median([theirs for _, theirs in pairs]),
    )
    ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in pairs)
    return f"{rate:,.0f} | {other_rate:,.0f} | {ratio:.2f} | {slow / other_slow:.2f}"


def rows(site: Site, folder: Path) -> Iterator[str]:
    pages = {
        "home": site.text("home", "en").url,
        "newsroom, filtered": f"{NEWS['en']}?country=HT",
        "article": site.text("article", "en").url,
        "feed": f"{NEWS['en']}rss/",
    }
    yield "| Kept page | answers a second | bare application | ratio | 99th percentile, ratio |\n|---|--:|--:|--:|--:|"
    for name, address in pages.items():
        url = site.url + address
        with urlopen(Request(url, headers=ENCODING)) as answer:
            tag = answer.headers["ETag"]
        with bare_server(url, folder) as other:
            yield f"| {name} | {compare(url, ENCODING, other, ENCODING)} |"
            yield f"| {name}, 304 | {compare(url, ENCODING | {'If-None-Match': tag}, other, ENCODING)} |"
    yield "\n| Page that is not kept | answers a second | empty view | ratio | 99th percentile, ratio |\n|---|--:|--:|--:|--:|"
    pages |= {"newsroom": NEWS["en"], "search": f"{SEARCH['en']}?q=migration"}
    for name, address in pages.items():
        headers = ENCODING | BY_DJANGO
        yield f"| {name} | {compare(site.url + address, headers, f'{site.url}/-/live', headers)} |"


def publication_delays(site: Site) -> list[float]:
    """Returns the seconds from each publication of an article to the first response that shows it."""
    page, seconds = site.text("article", "fr"), []
    for number in range(PUBLICATIONS):
        code = (
            "import time\nfrom wagtail.models import Page\n"
            f"text = Page.objects.get(pk={page.pk}).specific\ntext.title = '{TITLE} {number}.'\n"
            "text.save_revision().publish()\nprint(time.monotonic())"
        )
        published = float(site.shell(code).split()[-1])
        while f"{TITLE} {number}." not in urlopen(site.url + page.url).read().decode():
            time.sleep(0.005)
        seconds.append(time.monotonic() - published)
    return seconds


def worker_memory(site: Site) -> list[float]:
    """Returns the private resident memory of each worker of gunicorn in MB, without that of their parent process."""
    parents, memory = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text()
            if "iom.wsgi" in command and site.url.rpartition(":")[2] in command:
                status, rollup = (folder / "status").read_text(), (folder / "smaps_rollup").read_text()
                parents[folder.name] = re.findall(r"PPid:\s+(\d+)", status)[0]
                memory[folder.name] = sum(int(kb) for kb in re.findall(r"Private_\w+:\s+(\d+) kB", rollup)) / 1024
        except OSError:
            continue
    return sorted(memory[process] for process, parent in parents.items() if parent in parents)


def main(_arguments: list[str]) -> None:
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    cache = "Valkey" if os.environ.get("CACHE_URL") else "files"
    with tempfile.TemporaryDirectory() as name, running(Path(name)) as site:
        for language in LANGUAGES:
            urlopen(site.url + site.text("home", language).url).read()
        lines = [f"## {database}, with {cache} as the shared cache\n", METHOD, *rows(site, Path(name))]
        shown = publication_delays(site)
        workers = ", ".join(f"{size:.0f} MB" for size in worker_memory(site))
        lines += [
            f"\nFrom publication to the first answer that shows it: median {statistics.median(shown) * 1000:.0f} ms, "
            f"longest {max(shown) * 1000:.0f} ms, of {PUBLICATIONS}.",
            f"Memory of a worker: {workers}.\n",
        ]
    write_section("\n".join(lines))


METHOD = f"""{CONNECTIONS} connections on loopback, gunicorn as in production, the load on the same two processors: medians of {TURNS} turns of
{SECONDS} seconds in which what is compared takes turns. A bare application gives the same bytes; an empty view is `/-/live`, through
all middleware.
"""
