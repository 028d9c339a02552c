"""Code shared by the comparisons with the running kernel."""

import platform
import shutil
import subprocess
import sys

SKIPPED = 77
MOST_LINES = 40


def run(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def need(*tools):
    """Skip the comparison where a tool is missing."""
    missing = [name for name in tools if not shutil.which(name)]
    if missing:
        skip(f"there is no {', '.join(missing)}; install it")


def need_kernel(what, *trial):
    """Skip the comparison unless the kernel passes a trial."""
    tried = subprocess.run(trial, input="[]", capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        skip(f"{what} can be made here; that takes root, veth and IPv6: {tried.stderr.strip()}")


def report(title, problems, verdict):
    """Print the problems, and return whether there are none."""
    print(f"{title}: {'DIFFERENT' if problems else verdict}", *problems[:MOST_LINES], sep="\n    ",
          flush=True)
    if len(problems) > MOST_LINES:
        print(f"    and {len(problems) - MOST_LINES} more")
    return not problems


def finish(results):
    """Print how many results are good, and exit."""
    results = list(results)
    print(f"Linux {platform.release()}: {results.count(True)} passed, "
          f"{results.count(False)} failed")
    sys.exit(not all(results))
