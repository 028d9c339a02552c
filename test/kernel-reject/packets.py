"""The packets that are sent on both sides.

Each packet has a number, in a field that every answer quotes (the identification of IPv4, the
source of IPv6). Each has its own source, because Linux limits the rate per source. There are no
flow labels, which ns-3 drops before 3.36; the suite lo-reject has them.
"""

import ipaddress
import struct
from dataclasses import dataclass

ROUTER = {4: "10.0.0.254", 6: "fd00::fe"}
THIRD = {4: "10.0.1.1", 6: "fd00:1::1"}  # another host behind the router
NOWHERE = {4: "172.16.0.1", 6: "fd77::1"}  # the router has no route there
NETWORKS = {"unreachable": {4: "10.9.1.", 6: "fd09:1::"},
            "prohibit": {4: "10.9.2.", 6: "fd09:2::"},
            "blackhole": {4: "10.9.3.", 6: "fd09:3::"}}
ICMP, TCP, UDP, AH = 1, 6, 17, 51
ICMPV6, FRAGMENT, HOP_BY_HOP, ROUTING, OPTIONS, NO_NEXT = 58, 44, 0, 43, 60, 59


@dataclass(frozen=True)
class Packet:
    name: str
    number: int
    data: bytes

    @property
    def version(self):
        return self.data[0] >> 4


def internet_checksum(data):
    words = struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2))
    total = sum(words)
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def payload(size):
    return bytes((7 * i + 1) % 256 for i in range(size))


def udp(size):
    return struct.pack("!HHHH", 4000, 9, 8 + size, 0) + payload(size)


def icmp(kind, size=16):
    return bytes([kind, 0, 0x12, 0x34]) + payload(size)


SYN = struct.pack("!HHIIBBHHH", 4000, 80, 1, 0, 5 << 4, 2, 65535, 0, 0)


def ipv4(number, source, destination, protocol, body, *, ttl=64, tos=0, df=False, mf=False,
         offset=0, length=None, damaged=False):
    flags = df << 14 | mf << 13 | offset
    header = struct.pack("!BBHHHBBH4s4s", 0x45, tos, length or 20 + len(body), number, flags, ttl,
                         protocol, 0, ipaddress.ip_address(source).packed,
                         ipaddress.ip_address(destination).packed)
    checksum = internet_checksum(header) ^ damaged
    return header[:10] + struct.pack("!H", checksum) + header[12:] + body


def ipv6(_, source, destination, protocol, body, *, ttl=64, tos=0, length=None):
    return struct.pack("!IHBB", 6 << 28 | tos << 20, length or len(body), protocol,
                       ttl) + ipaddress.ip_address(source).packed + ipaddress.ip_address(
                           destination).packed + body


MAKE = {4: ipv4, 6: ipv6}


def extension(following, length=8):
    """Return a padded header of options."""
    return bytes([following, length // 8 - 1, 1, length - 4]) + bytes(length - 4)


def fragment(following, offset=0, more=False):
    return struct.pack("!BBHI", following, 0, offset | more, 77)


def any_version(version):
    """Yield name, protocol, body and fields of the header."""
    sizes = {4: (0, 1, 8, 100, 519, 520, 521, 1000, 1400), 6: (0, 1, 100, 1183, 1184, 1185, 1400)}
    for size in sizes[version]:
        yield f"UDP {size}", UDP, udp(size), {}
    yield "TCP SYN", TCP, SYN, {}
    for ttl in (1, 2, 3, 128, 254, 255):
        yield f"TTL {ttl}", UDP, udp(20), {"ttl": ttl}
    for tos in (0x01, 0x03, 0x10, 0x1e, 0x48, 0xb8, 0xc0, 0xe0, 0xff):
        yield f"TOS {tos:#x}", UDP, udp(20), {"tos": tos}
    for protocol in (4, 41, 47, 132, 253):
        yield f"protocol {protocol}", protocol, payload(40), {}
    yield "short payload", 253, payload(4), {}
    yield "no payload", 253, b"", {}
    yield "cut off", UDP, udp(20), {"length": 1000}
    yield "padded", UDP, udp(20) + bytes(30), {"length": {4: 48, 6: 28}[version]}


def ipv4_only():
    yield "DF", UDP, udp(20), {"df": True}
    yield "damaged header", UDP, udp(20), {"damaged": True}
    yield "first fragment", UDP, udp(992), {"mf": True}
    yield "first fragment of an ICMP error", ICMP, icmp(3, 996), {"mf": True}
    for offset in (1, 100, 8000):
        yield f"later fragment {offset}", UDP, payload(64), {"offset": offset}
        yield f"middle fragment {offset}", UDP, payload(64), {"offset": offset, "mf": True}
    yield "later fragment of an echo", ICMP, payload(64), {"offset": 100}
    yield "ICMP without a type", ICMP, b"", {}


def ipv6_only():
    yield "hop-by-hop options", HOP_BY_HOP, extension(UDP) + udp(20), {}
    yield "destination options", OPTIONS, extension(UDP, 64) + udp(20), {}
    yield "AH", AH, bytes([UDP, 4]) + bytes(22) + udp(20), {}
    yield "no next header", NO_NEXT, b"", {}
    yield "no next header, and payload", NO_NEXT, payload(16), {}
    for kind in (1, 127, 128):
        echo = icmp(kind)
        yield f"options, ICMPv6 {kind}", OPTIONS, extension(ICMPV6) + echo, {}
        yield f"routing header, ICMPv6 {kind}", ROUTING, (
            bytes([ICMPV6, 0, 0, 0]) + bytes(4) + echo), {}
        yield f"AH, ICMPv6 {kind}", AH, bytes([ICMPV6, 4]) + bytes(22) + echo, {}
        yield f"first fragment, ICMPv6 {kind}", FRAGMENT, fragment(ICMPV6, 0, True) + echo, {}
        yield f"whole fragment, ICMPv6 {kind}", FRAGMENT, fragment(ICMPV6) + echo, {}
        yield f"later fragment, ICMPv6 {kind}", FRAGMENT, fragment(ICMPV6, 800) + echo, {}
        yield f"no next header, ICMPv6 {kind}", NO_NEXT, echo, {}
    yield "first fragment", FRAGMENT, fragment(UDP, 0, True) + udp(992), {}
    yield "whole fragment", FRAGMENT, fragment(UDP) + udp(20), {}
    yield "later fragment", FRAGMENT, fragment(UDP, 800) + payload(64), {}
    yield "middle fragment", FRAGMENT, fragment(UDP, 800, True) + payload(64), {}
    yield "options, later fragment", OPTIONS, extension(FRAGMENT) + fragment(
        UDP, 800) + payload(64), {}
    yield "ICMPv6 without a type", ICMPV6, b"", {}
    yield "first fragment without a type", FRAGMENT, fragment(ICMPV6, 0, True), {}
    yield "whole fragment without a type", FRAGMENT, fragment(ICMPV6), {}
    yield "options cut off", OPTIONS, bytes([ICMPV6, 7]), {}
    yield "options beyond the end", OPTIONS, extension(ICMPV6, 64)[:16], {}
    yield "fragment header cut off", FRAGMENT, bytes([ICMPV6, 0]), {}


# Addresses that must get no answer, or that belong to no host.
SOURCES = {
    4: ("0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "255.255.255.255", "10.0.0.255",
        "10.0.1.255", ROUTER[4], NOWHERE[4]),
    6: ("::", "::1", "ff02::1", "ff0e::1", ROUTER[6], NOWHERE[6]),
}
DESTINATIONS = {
    4: ("224.1.2.3", "239.255.0.1", "255.255.255.255", "10.0.1.255", "127.0.0.1", "0.0.0.0"),
    6: ("ff0e::1234", "ff05::1234", "::1", "::"),
}


class List:
    def __init__(self):
        self.packets = []

    def add(self, version, name, destination, protocol, body, *, source=None, **fields):
        number = len(self.packets) + 1
        source = source or {4: f"10.1.{number >> 8}.{number & 255}",
                            6: f"fd01::{number:x}"}[version]
        data = MAKE[version](number, source, destination, protocol, body, **fields)
        self.packets.append(Packet(f"IPv{version} {name}", number, data))

    def add_kind(self, version, kind):
        inside = NETWORKS[kind][version] + "1"
        for name, protocol, body, fields in any_version(version):
            self.add(version, f"{kind}, {name}", inside, protocol, body, **fields)
        for name, protocol, body, fields in (ipv4_only if version == 4 else ipv6_only)():
            self.add(version, f"{kind}, {name}", inside, protocol, body, **fields)
        for source in SOURCES[version]:
            self.add(version, f"{kind}, from {source}", inside, UDP, udp(20), source=source)
        self.add(version, f"{kind}, last address", NETWORKS[kind][version] + (
            "255" if version == 4 else "ffff"), UDP, udp(20))

    def add_shared(self, version):
        """Add the packets that do not depend on the kind of the route."""
        inside = NETWORKS["unreachable"][version] + "1"
        protocol = {4: ICMP, 6: ICMPV6}[version]
        for kind in range(256):
            self.add(version, f"ICMP type {kind}", inside, protocol, icmp(kind))
        for destination in DESTINATIONS[version]:
            # Not UDP: ns-3.48 accepts some of these destinations, and finds no port.
            self.add(version, f"to {destination}", destination, 253, payload(20))
        self.add_echo_to_third(version)

    def add_echo_to_third(self, version):
        """Add the control, which must arrive."""
        echo = struct.pack("!BBHHH", {4: 8, 6: 128}[version], 0, 0, 5, len(self.packets) + 1)
        source = {4: "10.1.201.1", 6: "fd01::c901"}[version]
        pseudo = b"" if version == 4 else (
            ipaddress.ip_address(source).packed + ipaddress.ip_address(THIRD[6]).packed
            + struct.pack("!II", len(echo), ICMPV6))
        echo = echo[:2] + struct.pack("!H", internet_checksum(pseudo + echo)) + echo[4:]
        self.add(version, "echo to a third host", THIRD[version], {4: ICMP, 6: ICMPV6}[version],
                 echo, source=source)


def get_packets():
    result = List()
    for version in (4, 6):
        for kind in NETWORKS:
            result.add_kind(version, kind)
        result.add_shared(version)
    return result.packets
