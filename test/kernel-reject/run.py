"""Compare what rejecting routes answer with what the running kernel does.

Usage: run.py PROGRAM, where PROGRAM is kernel-reject.
"""

import os
import platform
import sys
import time

import kernel
import simulator
from answers import compare, read
from differences import DIFFERENCES, apply, get_difference
from packets import get_packets
from wrong import OPTIONS, get_changes

SKIPPED = 77
MOST_LINES = 40


def report(title, problems, verdict):
    print(f"{title}: {'DIFFERENT' if problems else verdict}", *problems[:MOST_LINES], sep="\n    ",
          flush=True)
    if len(problems) > MOST_LINES:
        print(f"    and {len(problems) - MOST_LINES} more")
    return not problems


def find_needless(packets, kernels, simulated):
    """Packets of which a difference is listed that is not there."""
    for packet in packets:
        number = packet.number
        if get_difference(packet) and not compare(
                packets, {number: kernels.get(number, [])}, {number: simulated.get(number, [])}):
            yield f"{packet.name}: {get_difference(packet).name} is listed, and there is none"


def find_unanswered(packets, kernels):
    """What would make the comparison worthless: packets that have to be answered and are not."""
    for packet in packets:
        if packet.name.endswith(("a third host", "UDP 100")) and bool(
                kernels.get(packet.number)) == ("blackhole" in packet.name):
            yield f"{packet.name}: {len(kernels.get(packet.number, []))} answers of the kernel"


def run_wrong(program, packets, expected, frames):
    """Compare with something else than what the kernel did, which has to be seen."""
    wrong = {f"with {option}": read(simulator.observe(program, packets, option))
             for option in OPTIONS}
    wrong.update({what: read(changed) for what, changed in get_changes(packets, frames)})
    for what, simulated in wrong.items():
        problems = compare(packets, expected, simulated)
        yield report(what, [] if problems else ["expected to be reported as wrong"],
                     "not equal, as it should be")


def run_all(program):
    packets = get_packets()
    frames = kernel.observe(packets)
    kernels = read(frames)
    yield report("what the kernel answers at all", list(find_unanswered(packets, kernels)),
                 f"{sum(map(len, kernels.values()))} of {len(packets)} packets")
    frames = simulator.observe(program, packets)
    simulated = read(frames)
    expected = apply(packets, kernels)
    for group in sorted({get_group(packet) for packet in packets}):
        members = [packet for packet in packets if get_group(packet) == group]
        yield run_group(group, members, expected, simulated)
    strangers = {number: answers for number, answers in (kernels | simulated).items()
                 if number not in {packet.number for packet in packets}}
    yield report("answers to nothing", [str(answers) for answers in strangers.values()], "none")
    yield report("differences that are listed", list(find_needless(packets, kernels, simulated)),
                 ", ".join(difference.name for difference in DIFFERENCES))
    yield from run_wrong(program, packets, expected, frames)


def get_group(packet):
    return packet.name.partition(",")[0] if "," in packet.name else f"IPv{packet.version} others"


def run_group(group, packets, expected, simulated):
    def select(answers):
        return {packet.number: answers.get(packet.number, []) for packet in packets}

    answered = sum(len(answers) for answers in select(simulated).values())
    return report(group, compare(packets, select(expected), select(simulated)),
                  f"equal, {answered} answers to {len(packets)} packets")


def main():
    reason = kernel.why_not()
    if reason:
        print(f"skipped: {reason.strip()}")
        return SKIPPED
    start = time.monotonic()
    results = list(run_all(os.path.abspath(sys.argv[1])))
    print(f"Linux {platform.release()}, {time.monotonic() - start:.0f} s")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
