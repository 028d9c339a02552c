"""The answers, and their comparison."""

import ipaddress
import struct

from packets import internet_checksum

NEIGHBOUR_DISCOVERY = range(133, 138)
# The number of an answer that quotes no packet.
NOTHING = 0


def read_ipv4(frame):
    """Return all fields except the identification, which a host chooses."""
    _, tos, length, _, flags, ttl, protocol, _, source, destination = struct.unpack(
        "!BBHHHBBH4s4s", frame[:20])
    if protocol != 1:
        return None
    return {"source": ipaddress.ip_address(source),
            "destination": ipaddress.ip_address(destination), "header length": frame[0] & 15,
            "TOS": tos, "length": length, "flags": flags >> 13,
            "fragment offset": flags & 0x1fff, "TTL": ttl,
            "header checksum right": internet_checksum(frame[:20]) == 0, "ICMP": frame[20:length]}


def read_ipv6(frame):
    """Return all fields except the flow label, which a host chooses."""
    first, length, following, hop_limit = struct.unpack("!IHBB", frame[:8])
    if following != 58 or frame[40] in NEIGHBOUR_DISCOVERY:
        return None
    return {"source": ipaddress.ip_address(frame[8:24]),
            "destination": ipaddress.ip_address(frame[24:40]), "traffic class": first >> 20 & 255,
            "length": length, "hop limit": hop_limit, "ICMP": frame[40:40 + length]}


def find_number(version, icmp):
    """Return the number of the packet that was answered."""
    if icmp[0] in (0, 129):  # echo reply
        return struct.unpack("!H", icmp[6:8])[0]
    quoted = icmp[8:]
    if version == 4 and len(quoted) >= 20:
        return struct.unpack("!H", quoted[4:6])[0]
    if version == 6 and len(quoted) >= 40:
        return struct.unpack("!H", quoted[22:24])[0]
    return NOTHING


def read(frames):
    """Return the answers by the number of the packet, which may have several."""
    answers = {}
    for frame in frames:
        version = frame[0] >> 4
        answer = {4: read_ipv4, 6: read_ipv6}[version](frame)
        if answer is None:
            continue
        icmp = answer.pop("ICMP")
        answer.update({"type": icmp[0], "code": icmp[1], "checksum": icmp[2:4].hex(),
                       "second word": icmp[4:8].hex(), "quoted bytes": len(icmp) - 8,
                       "quote": icmp[8:].hex()})
        answers.setdefault(find_number(version, icmp), []).append(answer)
    return answers


def compare(packets, kernel, simulator):
    """Return one line per difference in the fields of the kernel's answers."""
    problems = []
    names = {packet.number: f"{packet.number} {packet.name}" for packet in packets}
    for number in sorted(kernel.keys() | simulator.keys()):
        left, right = kernel.get(number, []), simulator.get(number, [])
        name = names.get(number, "a packet that was not sent")
        if len(left) != len(right):
            problems.append(f"{name}: kernel {len(left)} answers, simulator {len(right)}")
        for one, other in zip(left, right):
            problems += [f"{name}, {field}: kernel {one.get(field)}, simulator {other.get(field)}"
                         for field in one if one[field] != other.get(field)]
    return problems
