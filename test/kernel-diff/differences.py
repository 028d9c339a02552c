"""The differences between ns-3's own stack and the kernel.

Each difference changes the kernel's observation into what ns-3's stack does, so that everything
else is still compared.
"""

from dataclasses import dataclass
from typing import Callable

from workloads import LIMITED_BROADCAST

LOOPBACK = "127.0.0.1"
ICMP_UNREACHABLE = "3"
ICMPV6_UNREACHABLE = "1"
TCP_RST = 0x04
TCP_SYN = 0x02


@dataclass(frozen=True)
class Difference:
    name: str
    applies: Callable  # to a workload
    change: Callable  # the kernel's observation, in place
    until: tuple = ()  # the last release of ns-3 known to have it, unless all have it
    alone: bool = False  # whether it rules out all other differences


def count_bytes(seen, packets, size):
    for direction in ("rx", "tx"):
        seen.counters[f"lo {direction} packets"] += packets
        seen.counters[f"lo {direction} bytes"] += size


def resize(seen, frame, change):
    """Make a frame longer or shorter, including its headers and the counters."""
    for field in ("frame.len", "ip.len", "ipv6.plen"):
        if frame[field]:
            frame[field] = str(int(frame[field]) + change)
    count_bytes(seen, 0, change)


def remove(seen, unwanted):
    for frame in filter(unwanted, seen.frames):
        count_bytes(seen, -1, 14 - int(frame["frame.len"]))
    seen.frames = [frame for frame in seen.frames if not unwanted(frame)]


def has_tcp_flag(frame, flag):
    return bool(frame["tcp.flags"]) and bool(int(frame["tcp.flags"], 16) & flag)


def send_nothing(seen):
    remove(seen, lambda frame: True)
    seen.outcome.update(answered=0)


def refuse_all(seen):
    seen.counters["lo tx dropped"] += seen.outcome["answered"]
    send_nothing(seen)


def reach_device(seen):
    seen.counters["lo tx dropped"] += seen.outcome["failed"]
    seen.outcome.update(failed=0)


def set_field(field, value, icmp_field="", icmp_type=""):
    """Return a function that sets a field in the frames that have it, or of one ICMP type."""
    def change(seen):
        for frame in seen.frames:
            if frame[field] and (not icmp_field or frame[icmp_field] == icmp_type):
                frame[field] = value

    return change


def set_outcome(**outcome):
    return lambda seen: seen.outcome.update(outcome)


def shorten_quote(seen):
    for frame in seen.frames:
        if frame["icmp.type"] == ICMP_UNREACHABLE:
            resize(seen, frame, 20 + 8 + 20 + 8 - int(frame["ip.len"]))


def cut_earlier(seen):
    for frame in seen.frames:
        if frame["ipv6.fraghdr.more"] == "1":
            resize(seen, frame, -8)
        else:
            resize(seen, frame, 8)
            frame["ipv6.fraghdr.offset"] = str(int(frame["ipv6.fraghdr.offset"]) - 1)


def omit_mss(seen):
    for frame in seen.frames:
        if has_tcp_flag(frame, TCP_SYN):
            resize(seen, frame, -4)


# In the order of application; doc/kernel-differences.rst describes each.
DIFFERENCES = [
    Difference("limited-broadcast",
               lambda workload: workload.destination == LIMITED_BROADCAST, send_nothing, alone=True),
    Difference("unfragmented",
               lambda workload: workload.ipv6 and workload.fragmented
               and workload.size + 8 <= (workload.mtu or 65535) + 40,
               refuse_all, until=(3, 35), alone=True),
    Difference("link-down", lambda workload: workload.down and workload.ipv6, reach_device),
    Difference("dont-fragment",
               lambda workload: not (workload.ipv6 or workload.down or workload.fragmented
                                     or workload.destination == LIMITED_BROADCAST), set_field("ip.flags.df", "0")),
    Difference("raw-fragments",
               lambda workload: workload.kind == "ping" and workload.fragmented,
               set_outcome(answered=0), until=(3, 43)),
    Difference("icmp-error-tos",
               lambda workload: workload.kind == "udp-closed" and not workload.ipv6,
               set_field("ip.dsfield", "0x0", "icmp.type", ICMP_UNREACHABLE)),
    Difference("icmp-error-quote",
               lambda workload: workload.kind == "udp-closed" and not workload.ipv6
               and workload.size > 0, shorten_quote),
    Difference("icmp-error-source",
               lambda workload: workload.kind == "udp-closed" and not workload.ipv6
               and not workload.own and workload.destination != LOOPBACK,
               set_field("ip.src", LOOPBACK, "icmp.type", ICMP_UNREACHABLE)),
    Difference("icmpv6-error-hop-limit",
               lambda workload: workload.kind == "udp-closed" and workload.ipv6,
               set_field("ipv6.hlim", "255", "icmpv6.type", ICMPV6_UNREACHABLE)),
    Difference("mtu-65536",
               lambda workload: workload.ipv6 and workload.fragmented and not workload.mtu,
               cut_earlier),
    Difference("tcp-mss", lambda workload: workload.kind == "tcp-closed", omit_mss),
    Difference("tcp-refusal", lambda workload: workload.kind == "tcp-closed",
               set_outcome(refused=0)),
]


def get_differences(workload, release):
    found = [difference for difference in DIFFERENCES if difference.applies(workload)
             and release <= (difference.until or release)]
    return [difference for difference in found if difference.alone] or found


def apply(differences, kernel):
    expected = kernel.copy()
    for difference in differences:
        difference.change(expected)
    return expected
