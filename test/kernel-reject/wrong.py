"""Simulations and answers that are not right, each of which the comparison has to see."""

from answers import find_number, read_ipv4, read_ipv6

# Of the program: settings that are not the kernel's.
OPTIONS = [
    "--ns3::IcmpRejecter::MsgsBurst=0",
    "--ns3::IcmpRejecter::MsgsPerSec=100",
    "--ns3::Ipv4L3Protocol::DefaultTtl=63",
    "--ns3::Ipv6L3Protocol::DefaultTtl=255",
    "--ChecksumEnabled=false",
]


def change_byte(position):
    def change(frame):
        return [frame[:position] + bytes([frame[position] ^ 1]) + frame[position + 1:]]
    return change


CHANGES = {
    4: {"TOS": change_byte(1), "DF": lambda frame: [frame[:6] + b"\x40" + frame[7:]],
        "TTL": change_byte(8), "source": change_byte(15), "destination": change_byte(19),
        "type": change_byte(20), "code": change_byte(21), "second word": change_byte(27),
        "TTL in the quote": change_byte(36), "checksum in the quote": change_byte(38),
        "first byte of payload in the quote": change_byte(56), "last byte": change_byte(-1 + 576),
        "one byte less": lambda frame: [frame[:2] + b"\x02\x3f" + frame[4:-1]]},
    6: {"traffic class": change_byte(0), "hop limit": change_byte(7), "source": change_byte(23),
        "destination": change_byte(39), "type": change_byte(40), "code": change_byte(41),
        "second word": change_byte(47), "hop limit in the quote": change_byte(55),
        "last byte": change_byte(-1 + 1280),
        "one byte less": lambda frame: [frame[:4] + b"\x04\xd7" + frame[6:-1]]},
}
COUNTS = {"no answer": lambda frame: [], "two answers": lambda frame: [frame, frame]}


def find_number_of(frame):
    version = frame[0] >> 4
    answer = {4: read_ipv4, 6: read_ipv6}[version](frame)
    return find_number(version, answer["ICMP"]) if answer else None


def get_changes(packets, frames):
    """What is wrong, and all frames with one answer changed: that to a packet that is cut."""
    for version, changes in CHANGES.items():
        number = next(packet.number for packet in packets
                      if packet.name == f"IPv{version} unreachable, UDP 1400")
        at = next(at for at, frame in enumerate(frames) if find_number_of(frame) == number)
        for what, change in (changes | COUNTS).items():
            yield (f"an IPv{version} answer changed: {what}",
                   frames[:at] + change(frames[at]) + frames[at + 1:])
