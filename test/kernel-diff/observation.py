"""Observations of a workload, and their comparison."""

import subprocess
from dataclasses import dataclass

# The fields that a host must set in one way. Left out are those that it chooses (IP and echo
# identifications, ports, sequence numbers, time stamps, flow labels), and checksums, which the
# kernel does not compute on lo.
FIELDS = [
    "frame.len", "eth.src", "eth.dst", "eth.type",
    "ip.version", "ip.src", "ip.dst", "ip.hdr_len", "ip.len", "ip.dsfield", "ip.proto", "ip.ttl",
    "ip.flags.rb", "ip.flags.df", "ip.flags.mf", "ip.frag_offset",
    "ipv6.version", "ipv6.src", "ipv6.dst", "ipv6.plen", "ipv6.tclass", "ipv6.nxt", "ipv6.hlim",
    "ipv6.fraghdr.nxt", "ipv6.fraghdr.offset", "ipv6.fraghdr.more",
    "icmp.type", "icmp.code", "icmpv6.type", "icmpv6.code",
    "udp.dstport", "udp.length", "tcp.flags", "tcp.len",
]
COUNTERS = ["packets", "bytes", "errors", "dropped"]


@dataclass
class Observation:
    """The outcome of the messages, the counters of each interface, and lo's frames."""

    outcome: dict
    counters: dict  # by "INTERFACE DIRECTION COUNTER"
    frames: list  # of dicts, by field

    def copy(self):
        return Observation(dict(self.outcome), dict(self.counters), [dict(f) for f in self.frames])


def read_counters(links, interfaces):
    """Return the counters in the output of `ip -s -j link show`."""
    counters = {}
    for link in links:
        if link["ifname"] in interfaces:
            stats = link["stats64"]
            for direction in ("rx", "tx"):
                for name in COUNTERS:
                    counters[f"{link['ifname']} {direction} {name}"] = stats[direction][name]
            counters[f"{link['ifname']} rx multicast"] = stats["rx"]["multicast"]
            counters[f"{link['ifname']} tx collisions"] = stats["tx"]["collisions"]
    return counters


def normalize(value):
    """Return a value of tshark's in a form that is the same for all its versions."""
    if value.startswith("0x"):  # with as many digits as the field, or with eight up to 3.4
        return hex(int(value, 16))
    # Booleans are 1 and 0 up to tshark 4.0, and True and False since.
    return {"True": "1", "False": "0"}.get(value, value)


def read_frames(pcap):
    """Return the fields of each frame in a capture, as tshark decodes them."""
    # Fragments are not reassembled. A field of a quoted packet counts only if the quoting one
    # lacks it.
    command = ["tshark", "-n", "-r", pcap, "-o", "ip.defragment:FALSE",
               "-T", "fields", "-E", "occurrence=f"]
    for field in FIELDS:
        command += ["-e", field]
    tshark = subprocess.run(command, capture_output=True, text=True, check=False)
    if tshark.returncode != 0:
        raise RuntimeError(f"tshark: {tshark.stderr.strip()}")
    return [dict(zip(FIELDS, map(normalize, line.split("\t"))))
            for line in tshark.stdout.splitlines()]


def compare(expected, seen):
    """Return one line per difference."""
    def lines(what, left, right):
        return [f"{what}{key}: kernel {left.get(key, 'none')}, simulator {right.get(key, 'none')}"
                for key in left | right if left.get(key) != right.get(key)]

    result = lines("messages ", expected.outcome, seen.outcome)
    result += lines("", expected.counters, seen.counters)
    if len(expected.frames) != len(seen.frames):
        result.append(f"number of frames: kernel {len(expected.frames)}, "
                      f"simulator {len(seen.frames)}")
    for number, (left, right) in enumerate(zip(expected.frames, seen.frames), 1):
        result += lines(f"frame {number} ", left, right)
    return result
