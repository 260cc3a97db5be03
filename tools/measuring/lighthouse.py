"""Lighthouse as a phone, in its own simulated network and processor; the median of several runs."""

import json
import os
import statistics
import subprocess
from dataclasses import dataclass

from iom.tests.serving import CHROMIUM_ARGUMENTS, ROOT, chromium

PROGRAM = ROOT / ".ci" / "node" / "node_modules" / ".bin" / "lighthouse"
ATTEMPTS = 3
CATEGORIES = {"performance": "perf", "accessibility": "a11y", "best-practices": "best", "seo": "SEO"}
# audit → its column, what its value is divided by, how it is printed
FIGURES = {
    "first-contentful-paint": ("FCP ms", 1, ".0f"),
    "largest-contentful-paint": ("LCP ms", 1, ".0f"),
    "total-blocking-time": ("TBT ms", 1, ".0f"),
    "cumulative-layout-shift": ("CLS", 1, ".3f"),
    "total-byte-weight": ("KB", 1024, ".1f"),
}


@dataclass(frozen=True)
class Result:
    """What several runs on one page say: medians, and every audit that cost points in any run."""

    scores: dict[str, float]
    figures: dict[str, float]
    losses: dict[str, str]


def run(address: str) -> dict:
    """One report. On a busy machine Chromium sometimes loses the trace (NO_NAVSTART and its like), so it is tried several times."""
    flags = " ".join(["--headless=new", *CHROMIUM_ARGUMENTS])
    command = [PROGRAM, address, "--quiet", "--output=json", f"--chrome-flags={flags}", "--no-enable-error-reporting"]
    for _ in range(ATTEMPTS):
        environment = os.environ | {"CHROME_PATH": str(chromium())}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
    raise AssertionError(f"Lighthouse on {address}\n{done.stderr}")


def measure(address: str, runs: int, without: set[str]) -> Result:
    """The medians of so many runs, with the categories `without` left out."""
    reports = [run(address) for _ in range(runs)]
    wanted = [name for name in CATEGORIES if name not in without]
    return Result(
        {name: statistics.median(100 * report["categories"][name]["score"] for report in reports) for name in wanted},
        {name: statistics.median(report["audits"][name]["numericValue"] for report in reports) for name in FIGURES},
        {name: title for report in reports for name, title in losses(report, wanted).items()},
    )


def losses(report: dict, categories: list[str]) -> dict[str, str]:
    """The audits of these categories that count and are not perfect: name → what Lighthouse says of them."""
    found = {}
    for category in categories:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                found[audit["id"]] = f"{audit['title']} ({audit.get('displayValue') or audit['score']})"
    return found
