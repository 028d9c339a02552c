"""The differences that are intended, or due to ns-3's own stack.

Each difference changes the kernel's answers to a packet into those expected of the simulator. A
field that they lack is not compared.
"""

from dataclasses import dataclass
from typing import Callable

IPV4_HEADER, MIN_PAYLOAD = 20, 8


@dataclass(frozen=True)
class Difference:
    name: str
    applies: Callable  # to a packet
    change: Callable  # the packet, the kernel's answers


def remain_silent(_, __):
    return []


def pad(_, answers):
    def pad_one(answer):
        missing = IPV4_HEADER + MIN_PAYLOAD - answer["quoted bytes"]
        # Zeros, so that the checksum is the same.
        return dict(answer, **{"length": answer["length"] + missing,
                               "quoted bytes": answer["quoted bytes"] + missing,
                               "quote": answer["quote"] + missing * "00"})

    return [pad_one(answer) for answer in answers]


DIFFERENCES = [
    # A packet from the broadcast address of a network that the router is on is not answered (RFC
    # 1812, 4.3.2.7). Linux answers, to that address, unless rp_filter is on.
    Difference("broadcast-source",
               lambda packet: packet.name.endswith(", from 10.0.0.255")
               and "blackhole" not in packet.name, remain_silent),
    # A quote of an IPv4 packet with less than 8 bytes of payload is padded with zeros, because
    # ns-3's Icmpv4DestinationUnreachable always reads 8 bytes.
    Difference("short-payload",
               lambda packet: packet.version == 4 and packet.name.endswith(
                   ("short payload", "no payload")) and "blackhole" not in packet.name, pad),
]


def get_difference(packet):
    return next((each for each in DIFFERENCES if each.applies(packet)), None)


def apply(packets, kernel):
    """Return the answers expected of the simulator, by the number of the packet."""
    expected = dict(kernel)
    for packet in packets:
        difference = get_difference(packet)
        if difference:
            expected[packet.number] = difference.change(packet, kernel.get(packet.number, []))
    return expected
