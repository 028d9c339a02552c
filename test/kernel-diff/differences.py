"""What ns-3's own stack does otherwise than the kernel, and how that shows.

Each difference turns what was seen of the kernel into what ns-3's stack makes of it, so that all
the rest is still compared.
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
    what: str
    why: str
    applies: Callable  # to a workload
    change: Callable  # what was seen of the kernel, in place
    until: tuple = ()  # the last release of ns-3 that is known to have it, if one has not


def count_bytes(seen, packets, size):
    for direction in ("rx", "tx"):
        seen.counters[f"lo {direction} packets"] += packets
        seen.counters[f"lo {direction} bytes"] += size


def resize(seen, frame, change):
    """Make a frame longer or shorter, in its headers and the counters too."""
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


def reach_device(seen):
    seen.counters["lo tx dropped"] += seen.outcome["failed"]
    seen.outcome.update(failed=0)


def clear_df(seen):
    for frame in seen.frames:
        if frame["ip.flags.df"]:
            frame["ip.flags.df"] = "0"


def forget_answers(seen):
    seen.outcome.update(answered=0)


def clear_error_tos(seen):
    for frame in seen.frames:
        if frame["icmp.type"] == ICMP_UNREACHABLE:
            frame["ip.dsfield"] = "0x00"


def shorten_quote(seen):
    for frame in seen.frames:
        if frame["icmp.type"] == ICMP_UNREACHABLE:
            resize(seen, frame, 20 + 8 + 20 + 8 - int(frame["ip.len"]))


def move_error_source(seen):
    for frame in seen.frames:
        if frame["icmp.type"] == ICMP_UNREACHABLE:
            frame["ip.src"] = LOOPBACK


def raise_error_hop_limit(seen):
    for frame in seen.frames:
        if frame["icmpv6.type"] == ICMPV6_UNREACHABLE:
            frame["ipv6.hlim"] = "255"


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


def ignore_refusal(seen):
    seen.outcome.update(refused=0)


# In this order they are applied.
DIFFERENCES = [
    Difference(
        "limited-broadcast",
        "Nothing is sent to 255.255.255.255 over lo",
        "``UdpSocketImpl::DoSendTo`` passes over the interface that has 127.0.0.1.",
        lambda workload: workload.destination == LIMITED_BROADCAST, send_nothing),
    Difference(
        "link-down",
        "What is sent to ::1 while lo is down gets as far as the device, which drops it",
        "Linux removes the IPv6 addresses of a device that goes down, so that sending fails before."
        " ns-3's IPv6 does not ask to be told (``NetDevice::AddLinkChangeCallback``).",
        lambda workload: workload.down and workload.ipv6, reach_device),
    Difference(
        "dont-fragment",
        "DF is not set",
        "Linux discovers the path's MTU. ns-3's ``Ipv4L3Protocol::Send`` lets everything be"
        " fragmented, and does not look at what a socket's ``MtuDiscover`` says.",
        lambda workload: not (workload.ipv6 or workload.down or workload.fragmented
                              or workload.destination == LIMITED_BROADCAST),
        clear_df),
    Difference(
        "raw-fragments",
        "The socket that pings gets no whole answer, though all frames are the same",
        "ns-3's IPv4 and IPv6 hand raw sockets the fragments (``Ipv4L3Protocol::Receive``,"
        " ``Ipv6L3Protocol::Receive``), Linux the packet made of them.",
        lambda workload: workload.kind == "ping" and workload.fragmented, forget_answers,
        until=(3, 43)),
    Difference(
        "icmp-error-tos",
        "ICMP errors have the type of service 0x00 instead of 0xc0",
        "Linux sends them as internetwork control (RFC 1812, 4.3.2.5). ns-3's"
        " ``Icmpv4L4Protocol::SendMessage`` sets none.",
        lambda workload: workload.kind == "udp-closed" and not workload.ipv6, clear_error_tos),
    Difference(
        "icmp-error-quote",
        "ICMP errors quote 8 bytes of the payload",
        "As RFC 792 has it (``Icmpv4DestinationUnreachable``); Linux quotes as much as fits in 576"
        " bytes (RFC 1812, 4.3.2.3).",
        lambda workload: workload.kind == "udp-closed" and not workload.ipv6
        and workload.size > 0, shorten_quote),
    Difference(
        "icmp-error-source",
        "ICMP errors come from 127.0.0.1",
        "Linux sends them from the address that was asked for. ns-3's"
        " ``Icmpv4L4Protocol::SendMessage`` takes the source that the route to the asker has.",
        lambda workload: workload.kind == "udp-closed" and not workload.ipv6 and not workload.own
        and workload.destination != LOOPBACK, move_error_source),
    Difference(
        "icmpv6-error-hop-limit",
        "ICMPv6 errors have a hop limit of 255 instead of 64",
        "``Icmpv6L4Protocol::SendErrorDestinationUnreachable`` asks for it.",
        lambda workload: workload.kind == "udp-closed" and workload.ipv6, raise_error_hop_limit),
    Difference(
        "mtu-65536",
        "The first fragment is 8 bytes shorter, and the last 8 bytes longer",
        "Linux's MTU of 65536 does not fit the ``uint16_t`` of ``NetDevice::SetMtu``. With 65535 on"
        " both sides there is no difference.",
        lambda workload: workload.ipv6 and workload.fragmented and not workload.mtu, cut_earlier),
    Difference(
        "tcp-mss",
        "SYN segments are 4 bytes shorter",
        "ns-3's TCP has no option for the maximum segment size.",
        lambda workload: workload.kind == "tcp-closed", omit_mss),
    Difference(
        "tcp-refusal",
        "Connecting is not given up when the RST comes",
        "``TcpSocketBase::ProcessSynSent`` ignores a segment that has ACK but not SYN, and RST with"
        " it (RFC 9293, 3.10.7.3, has it abort).",
        lambda workload: workload.kind == "tcp-closed",
        ignore_refusal),
]


def get_differences(workload, release):
    return [difference for difference in DIFFERENCES if difference.applies(workload)
            and release <= (difference.until or release)]


def apply(differences, kernel):
    expected = kernel.copy()
    for difference in differences:
        difference.change(expected)
    return expected
