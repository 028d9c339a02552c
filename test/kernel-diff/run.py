"""Compare lo with the running kernel's. Usage: run.py PROGRAM, where PROGRAM is kernel-workload."""

import dataclasses
import os
import platform
import sys
import tempfile
import time

import interrupts
import kernel
import page
import simulator
from differences import DIFFERENCES, apply, get_differences
from observation import compare
from workloads import Workload, get_workloads

SKIPPED = 77
MOST_LINES = 40


def find_problems(differences, kernels, simulated):
    """What is wrong, a line each; the differences are those that are expected."""
    problems = compare(apply(differences, kernels), simulated)
    for difference in differences:
        others = [other for other in differences if other is not difference]
        if not compare(apply(others, kernels), simulated):
            problems.append(f"{difference.name} is listed as a difference, and there is none")
    return problems


def report(title, problems, verdict):
    if not problems:
        print(f"{title}: {verdict}", flush=True)
        return True
    print(f"{title}: DIFFERENT", *problems[:MOST_LINES], sep="\n    ")
    if len(problems) > MOST_LINES:
        print(f"    and {len(problems) - MOST_LINES} more")
    sys.stdout.flush()
    return False


def run_workload(program, workload, folder):
    differences = get_differences(workload, simulator.get_release(program))
    problems = find_problems(differences, kernel.observe(workload, folder),
                             simulator.observe(program, workload, folder))
    names = ", ".join(difference.name for difference in differences)
    return report(str(workload), problems, f"equal but for: {names}" if names else "equal")


def run_wrong_simulations(program, folder):
    """Compare with something else than what the kernel did, which has to be seen."""
    right = Workload("udp", "::1", 1473, mtu=1500)
    kernels = kernel.observe(right, folder)
    simulated = simulator.observe(program, right, folder)
    wrong = {
        "one byte more": dataclasses.replace(right, size=1474),
        "another MTU": dataclasses.replace(right, mtu=1492),
        "IPv4": dataclasses.replace(right, destination="127.0.0.1"),
        "another address": dataclasses.replace(right, destination="2001:db8::1", own=True),
        "nobody listening": dataclasses.replace(right, kind="udp-closed"),
        "one message fewer": dataclasses.replace(right, count=2),
        "lo down": dataclasses.replace(right, down=True),
    }
    cases = {f"simulated with {what}": ([], simulator.observe(program, workload, folder))
             for what, workload in wrong.items()}
    for difference in DIFFERENCES:
        cases[f"with {difference.name} listed"] = ([difference], simulated)
    for name, (differences, seen) in cases.items():
        problems = find_problems(differences, kernels, seen)
        yield report(f"{right}, {name}", [] if problems else ["expected to be reported as wrong"],
                     "not equal, as it should be")


def run_all(program):
    with tempfile.TemporaryDirectory() as folder:
        for workload in get_workloads():
            yield run_workload(program, workload, folder)
        yield from run_wrong_simulations(program, folder)
    yield report(f"namespace {kernel.NAMESPACE}", kernel.find_left(), "removed")
    yield report(page.PATH, page.find_problems(), "up to date")


def main():
    interrupts.install()
    reason = kernel.why_not()
    if reason:
        print(f"skipped: {reason.strip()}")
        return SKIPPED
    program = os.path.abspath(sys.argv[1])
    start = time.monotonic()
    results = list(run_all(program))
    release = ".".join(str(number) for number in simulator.get_release(program))
    print(f"ns-3 {release}, Linux {platform.release()}, {time.monotonic() - start:.0f} s")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
