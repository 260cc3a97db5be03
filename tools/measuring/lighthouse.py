"""Runs Lighthouse as a phone, with its simulated network and processor, and takes the median of several runs."""

import json
import os
import statistics
import subprocess
from dataclasses import dataclass

from iom.tests.serving import CHROMIUM_ARGUMENTS, ROOT, chromium

PROGRAM = ROOT / ".ci" / "node" / "node_modules" / ".bin" / "lighthouse"
ATTEMPTS = 3
CATEGORIES = {"performance": "perf", "accessibility": "a11y", "best-practices": "best", "seo": "SEO"}
# audit → column, divisor of the value, format
FIGURES = {
    "first-contentful-paint": ("FCP ms", 1, ".0f"),
    "largest-contentful-paint": ("LCP ms", 1, ".0f"),
    "total-blocking-time": ("TBT ms", 1, ".0f"),
    "cumulative-layout-shift": ("CLS", 1, ".3f"),
    "total-byte-weight": ("KB", 1024, ".1f"),
}


@dataclass(frozen=True)
class Result:
    """Results of several runs on one page: medians, and every audit that cost points in any run."""

    scores: dict[str, float]
    figures: dict[str, float]
    losses: dict[str, str]


def run(address: str) -> dict:
    """Returns one report. Tries several times, since Chromium may lose the trace on a busy machine (NO_NAVSTART …)."""
    flags = " ".join(["--headless=new", *CHROMIUM_ARGUMENTS])
    command = [PROGRAM, address, "--quiet", "--output=json", f"--chrome-flags={flags}", "--no-enable-error-reporting"]
    for _ in range(ATTEMPTS):
        environment = os.environ | {"CHROME_PATH": str(chromium())}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
    raise AssertionError(f"Lighthouse on {address}\n{done.stderr}")


def measure(address: str, runs: int, without: set[str]) -> Result:
    """Returns the medians of `runs` runs. The categories in `without` are left out."""
    reports = [run(address) for _ in range(runs)]
    wanted = [name for name in CATEGORIES if name not in without]
    return Result(
        {name: statistics.median(100 * report["categories"][name]["score"] for report in reports) for name in wanted},
        {name: statistics.median(report["audits"][name]["numericValue"] for report in reports) for name in FIGURES},
        {name: title for report in reports for name, title in losses(report, wanted).items()},
    )


def losses(report: dict, categories: list[str]) -> dict[str, str]:
    """Returns the audits of these categories that cost points: name → title and value."""
    found = {}
    for category in categories:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                found[audit["id"]] = f"{audit['title']} ({audit.get('displayValue') or audit['score']})"
    return found
