"""Compare lo with the running kernel's. Usage: run.py PROGRAM, where PROGRAM is kernel-workload."""

import dataclasses
import json
import os
import sys
import tempfile

import kernel
from comparison import finish, report, run
from differences import DIFFERENCES, apply, get_differences
from observation import Observation, compare, read_counters, read_frames
from workloads import Workload, get_workloads

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../doc/kernel-differences.rst")


def simulate(program, workload, folder):
    """Run a workload on ns-3's lo."""
    pcap = os.path.join(folder, "simulator.pcap")
    options = [f"--pcap={pcap}", f"--down={int(workload.down)}", f"--own={int(workload.own)}"]
    if workload.mtu:
        options.append(f"--mtu={workload.mtu}")
    outcome, links = run(program, *options, *workload.arguments()).splitlines()
    return Observation(json.loads(outcome), read_counters(json.loads(links), ("lo", "owner")),
                       read_frames(pcap))


def find_problems(differences, kernels, simulated):
    """Return the problems, one per line, given the expected differences."""
    problems = compare(apply(differences, kernels), simulated)
    for difference in differences:
        others = [other for other in differences if other is not difference]
        if not compare(apply(others, kernels), simulated):
            problems.append(f"{difference.name} is listed as a difference, and there is none")
    return problems


def run_workload(program, release, workload, folder):
    differences = get_differences(workload, release)
    problems = find_problems(differences, kernel.observe(workload, folder),
                             simulate(program, workload, folder))
    names = ", ".join(difference.name for difference in differences)
    return report(workload, problems, f"equal except for {names}" if names else "equal")


def run_wrong_simulations(program, folder):
    """Compare with simulations of other workloads, which must be reported."""
    right = Workload("udp", "::1", 4000, mtu=1500)
    kernels = kernel.observe(right, folder)
    simulated = simulate(program, right, folder)
    cases = {f"simulated with {change}": ([], simulate(program, dataclasses.replace(right, **change),
                                                       folder))
             for change in ({"size": 4001}, {"mtu": 1492}, {"destination": "127.0.0.1"},
                            {"destination": "2001:db8::1", "own": True}, {"kind": "udp-closed"},
                            {"count": 2}, {"down": True})}
    for difference in DIFFERENCES:
        cases[f"with {difference.name} listed"] = ([difference], simulated)
    for name, (differences, seen) in cases.items():
        problems = find_problems(differences, kernels, seen)
        yield report(f"{right}, {name}", [] if problems else ["expected to be reported as wrong"],
                     "not equal, as it should be")


def check_page():
    with open(PAGE, encoding="utf-8") as page:
        text = page.read()
    return report("doc/kernel-differences.rst", [
        f"it does not describe {difference.name}" for difference in DIFFERENCES
        if f"``{difference.name}``" not in text], "up to date")


def main():
    kernel.check()
    program = os.path.abspath(sys.argv[1])
    release = run(program, "--release").strip()
    print(f"ns-3 {release}")
    release = tuple(map(int, release.split(".")))
    with tempfile.TemporaryDirectory() as folder:
        results = [run_workload(program, release, workload, folder)
                   for workload in get_workloads()]
        results += run_wrong_simulations(program, folder)
    finish(results + [check_page()])


if __name__ == "__main__":
    main()
