#!/usr/bin/env python3
"""Print ratios of lo-bench's measurements in one run, and whether each meets its limit.

Usage: judge.py BENCH.json...
The exit status is 1 if one does not.
"""

import json
import operator
import sys

# The ratios: (words, benchmark above, benchmark below, how, limit). A ratio is of times per packet,
# or per byte.
RATIOS = [
    ("Immediate, bursts of 64: times as fast as ns-3's own", "Send/own/64", "Send/Immediate/64", ">=", 5),
    ("Immediate, bursts of 64: of the bare callback's time", "Send/Immediate/64", "Bare/64", "<=", 2.5),
    ("Immediate, one packet per event: times as fast as ns-3's own", "Send/own/1", "Send/Immediate/1", ">=", 1.7),
    ("Backlog, bursts of 64: times as fast as ns-3's own", "Send/own/64", "Send/Backlog/64", ">=", 4),
    ("Scheduled, bursts of 64: times as fast as ns-3's own", "Send/own/64", "Send/Scheduled/64", ">=", 1),
    ("Scheduled, one packet per event: times as fast as ns-3's own", "Send/own/1", "Send/Scheduled/1", ">=", 1),
    ("Blackhole, bursts of 64: of the bare callback's time", "Blackhole/64", "Bare/64", None, None),
    ("pcap: of PointToPointHelper's time", "Pcap/lo/64", "Pcap/PointToPoint/64", "<=", 1),
    ("pcapng: of pcap's time", "Pcapng/64", "Pcap/lo/64", "<=", 1.3),
    ("ascii: of PointToPointHelper's time", "Ascii/lo/64", "Ascii/PointToPoint/64", "<=", 1),
    ("Install on each of 1,000,000 nodes: of the time with 10,000", "Install/1000000", "Install/10000", "<=", 1.2),
    ("netem with a delay: of FifoQueueDisc's time", "Netem/constant/10", "Fifo", None, None),
    ("netem, 1,000,000 packets wait: of the time with 10", "Netem/constant/1000000", "Netem/constant/10", "<=", 2),
    ("netem with jitter, 1,000,000 wait: of the time with 10", "Netem/jitter/1000000", "Netem/jitter/10", None, None),
    ("UDP through the stack: times as fast as ns-3's own", "Udp/own", "Udp/Immediate", None, None),
    ("TCP, 536-byte segments: times as fast as ns-3's own", "Tcp/own/536", "Tcp/Immediate/536", None, None),
    ("TCP, 65000-byte segments: times as fast as ns-3's own", "Tcp/own/65000", "Tcp/Immediate/65000", None, None),
    ("TCP: 65000-byte segments, times as fast as 536-byte ones", "Tcp/Immediate/536", "Tcp/Immediate/65000", None, None),
]
BYTES = ("bytes per LoNetDevice", "Install/1000000", "<=", 1024)
COMPARE = {">=": operator.ge, "<=": operator.le}


def read(paths):
    """Return the medians by the benchmark's name."""
    medians = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for entry in json.load(file)["benchmarks"]:
                if entry.get("error_occurred"):
                    sys.exit(f"{entry['name']}: {entry['error_message']}")
                if entry.get("aggregate_name") == "median":
                    medians[entry["run_name"].split("/iterations:")[0]] = entry
    return medians


def speed(entry):
    """Return packets, or bytes, per second."""
    return entry.get("items_per_second") or entry["bytes_per_second"]


def judge(words, value, how, limit):
    """Print a line, and return whether the value meets its limit."""
    good = how is None or COMPARE[how](value, limit)
    wanted = f"  must be {how} {limit}: {'yes' if good else 'NO'}" if how else ""
    print(f"{words:62} {value:8.2f}{wanted}")
    return good


def main():
    medians = read(sys.argv[1:])
    good = [
        judge(words, speed(medians[below]) / speed(medians[above]), how, limit)
        for words, above, below, how, limit in RATIOS
    ]
    words, name, how, limit = BYTES
    good.append(judge(words, medians[name]["bytes"], how, limit))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
