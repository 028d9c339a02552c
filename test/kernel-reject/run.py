"""Compare the answers of rejecting routes with the running kernel's.

Usage: run.py PROGRAM, where PROGRAM is kernel-reject.
"""

import os
import sys

import kernel
from answers import compare, read
from comparison import finish, report, run
from differences import DIFFERENCES, apply, get_difference
from packets import get_packets

WRONG_OPTIONS = [
    "--ns3::IcmpRejecter::MsgsBurst=0",
    "--ns3::IcmpRejecter::MsgsPerSec=100",
    "--ns3::Ipv4L3Protocol::DefaultTtl=63",
    "--ns3::Ipv6L3Protocol::DefaultTtl=255",
    "--ChecksumEnabled=false",
]


def simulate(program, packets, *options):
    """Return the answers in a run of kernel-reject.cc, by the number of the packet."""
    lines = "".join(f"{packet.data.hex()}\n" for packet in packets)
    return read(map(bytes.fromhex, run(program, *options, input=lines).splitlines()))


def find_needless(packets, kernels, simulated):
    """Yield the packets that do not show their listed difference."""
    for packet in packets:
        number = packet.number
        if get_difference(packet) and not compare(
                packets, {number: kernels.get(number, [])}, {number: simulated.get(number, [])}):
            yield f"{packet.name}: {get_difference(packet).name} is listed, and there is none"


def find_unanswered(packets, kernels):
    """Yield missing or unexpected answers of the kernel, which would void the comparison."""
    for packet in packets:
        if packet.name.endswith(("a third host", "UDP 100")) and bool(
                kernels.get(packet.number)) == ("blackhole" in packet.name):
            yield f"{packet.name}: {len(kernels.get(packet.number, []))} answers of the kernel"


def run_wrong(program, packets, expected):
    """Compare with simulations of other settings, which must be reported."""
    for option in WRONG_OPTIONS:
        problems = compare(packets, expected, simulate(program, packets, option))
        yield report(f"with {option}", [] if problems else ["expected to be reported as wrong"],
                     "not equal, as it should be")


def run_all(program):
    packets = get_packets()
    kernels = read(kernel.observe(packets))
    yield report("what the kernel answers at all", list(find_unanswered(packets, kernels)),
                 f"{sum(map(len, kernels.values()))} of {len(packets)} packets")
    simulated = simulate(program, packets)
    expected = apply(packets, kernels)
    for group in sorted({get_group(packet) for packet in packets}):
        members = [packet for packet in packets if get_group(packet) == group]
        yield run_group(group, members, expected, simulated)
    strangers = {number: answers for number, answers in (kernels | simulated).items()
                 if number not in {packet.number for packet in packets}}
    yield report("answers to nothing", [str(answers) for answers in strangers.values()], "none")
    yield report("differences that are listed", list(find_needless(packets, kernels, simulated)),
                 ", ".join(difference.name for difference in DIFFERENCES))
    yield from run_wrong(program, packets, expected)


def get_group(packet):
    return packet.name.partition(",")[0] if "," in packet.name else f"IPv{packet.version} others"


def run_group(group, packets, expected, simulated):
    def select(answers):
        return {packet.number: answers.get(packet.number, []) for packet in packets}

    answered = sum(len(answers) for answers in select(simulated).values())
    return report(group, compare(packets, select(expected), select(simulated)),
                  f"equal, {answered} answers to {len(packets)} packets")


if __name__ == "__main__":
    kernel.check()
    finish(run_all(os.path.abspath(sys.argv[1])))
