#!/usr/bin/env python3
"""Make tables and plots of what lo-bench measured.

Usage: report.py BENCH.json TABLE.md PLOT_PREFIX [DOCUMENT.rst]

Writes the tables to TABLE.md, data and gnuplot scripts to PLOT_PREFIX*, and, if it is named, puts
the tables into DOCUMENT.rst between its lines '.. begin figures' and '.. end figures'.
"""

import json
import sys

DELIVERIES = ["Immediate", "Scheduled", "Backlog"]
OWN = "LoopbackNetDevice"
SEGMENTS = [536, 1448, 65000]


class Run:
    """The medians of one run of lo-bench."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        self.context = document["context"]
        self.medians = {}
        self.repetitions = 0
        for entry in document["benchmarks"]:
            if entry.get("error_occurred"):
                sys.exit(f"report.py: {entry['name']}: {entry['error_message']}")
            if entry.get("aggregate_name") == "median":
                self.medians[self.plain_name(entry["run_name"])] = entry
                self.repetitions = entry["repetitions"]

    @staticmethod
    def plain_name(name):
        """A name without what Google Benchmark adds to it."""
        return "/".join(
            part
            for part in name.split("/")
            if part not in ("manual_time", "real_time") and not part.startswith("iterations:")
        )

    def time(self, name):
        """Nanoseconds that one thing done takes."""
        entry = self.medians[name]
        nanoseconds = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[entry["time_unit"]]
        per_second = entry.get("items_per_second") or entry.get("bytes_per_second")
        return 1e9 / per_second if per_second else entry["real_time"] * nanoseconds

    def counter(self, name, counter):
        """A counter of a benchmark."""
        return self.medians[name][counter]

    def ratio(self, slower, faster):
        """How many times as fast one is as another."""
        return self.time(slower) / self.time(faster)

    def names(self, prefix):
        """Names of the benchmarks that begin so."""
        return [name for name in self.medians if name.startswith(prefix)]

    def curve(self, prefix):
        """The benchmarks of one name and many sizes: (size, name), by size."""
        names = self.names(prefix + "/")
        return sorted((int(name.rsplit("/", 1)[1]), name) for name in names)


def at_least(wanted):
    return lambda value: value >= wanted, f"at least {wanted:g}"


def at_most(wanted):
    return lambda value: value <= wanted, f"at most {wanted:g}"


def memory(run, name):
    """Bytes a device; of few devices the pages that the process has anyway hide them."""
    size = int(name.rsplit("/", 1)[1])
    return run.counter(name, "bytes_per_device") if size >= 10000 else None


def device_targets(run):
    """What has to hold for a device alone: (what, ratio, judge)."""
    send = "device/send/"
    immediate, own = send + "LoNetDevice/Immediate", send + OWN
    floor = "device/floor/64"
    yield (
        "Immediate, bursts of 64: times as fast as LoopbackNetDevice",
        run.ratio(own + "/64", immediate + "/64"),
        at_least(7),
    )
    yield (
        "Immediate, bursts of 64: of the bare callback's time",
        run.ratio(immediate + "/64", floor),
        at_most(2.3),
    )
    yield (
        "Immediate, one packet an event of the sender: times as fast as LoopbackNetDevice",
        run.ratio(own + "/1", immediate + "/1"),
        at_least(1.8),
    )
    yield (
        "Backlog, bursts of 64: times as fast as LoopbackNetDevice",
        run.ratio(own + "/64", send + "LoNetDevice/Backlog/64"),
        at_least(6),
    )
    for burst in (64, 1):
        yield (
            f"Scheduled, bursts of {burst}: times as fast as LoopbackNetDevice",
            run.ratio(f"{own}/{burst}", f"{send}LoNetDevice/Scheduled/{burst}"),
            at_least(1),
        )
    yield (
        "Blackhole, bursts of 64: of the bare callback's time",
        run.ratio(send + "BlackholeNetDevice/64", floor),
        at_most(1.2),
    )
    for trace in ("pcap", "ascii"):
        yield (
            f"{trace} on, bursts of 64: of PointToPointNetDevice's time a packet",
            run.ratio(
                f"device/{trace}/LoNetDevice/Immediate/64",
                f"device/{trace}/PointToPointNetDevice/64",
            ),
            at_most(1),
        )


def stack_targets(run):
    """What has to hold for the whole stack."""
    cases = [("udp", "UDP, packets a second")]
    cases += [(f"tcp/{size}", f"TCP, {size}-byte segments, bytes a second") for size in SEGMENTS]
    cases += [("ping", "ping, round trips a second")]
    for case, words in cases:
        for delivery in DELIVERIES:
            yield (
                f"{words}, {delivery}: times LoopbackNetDevice's",
                run.ratio(f"stack/{case}/{OWN}", f"stack/{case}/LoNetDevice/{delivery}"),
                at_least(1),
            )
    yield (
        "TCP, Immediate, 65000-byte segments: times as fast as 536-byte ones",
        run.ratio("stack/tcp/536/LoNetDevice/Immediate", "stack/tcp/65000/LoNetDevice/Immediate"),
        at_least(20),
    )


def growth_targets(run):
    """What has to hold as it grows."""
    many = "growth/devices/LoNetDevice/1000000"
    yield (
        "memory of each of 1,000,000 LoNetDevices, in KiB over a bare NetDevice's",
        (
            run.counter(many, "bytes_per_device")
            - run.counter("growth/devices/BareNetDevice/1000000", "bytes_per_device")
        )
        / 1024,
        at_most(1),
    )
    for device in ["LoNetDevice", OWN, "BareNetDevice", "SimpleNetDevice"]:
        prefix = f"growth/devices/{device}"
        yield (
            f"time to install each of 1,000,000 {device}s, of that of 10,000",
            run.ratio(f"{prefix}/1000000", f"{prefix}/10000"),
            at_most(1.1) if device == "LoNetDevice" else None,
        )
    for device in ["LoNetDevice/" + delivery for delivery in DELIVERIES] + [OWN]:
        prefix = f"growth/nodes/{device}"
        yield (
            f"{device}, 10,000 nodes: of the time a packet at 10 nodes",
            run.ratio(f"{prefix}/10000", f"{prefix}/10"),
            at_most(1.5) if device != OWN else None,
        )
    for device in ["LoNetDevice/Scheduled", "LoNetDevice/Backlog", OWN]:
        prefix = f"growth/depth/{device}"
        yield (
            f"{device}, 1,000,000 packets queued: of the time a packet with 1,000 queued",
            run.ratio(f"{prefix}/1000000", f"{prefix}/1000"),
            None,
        )


def target_rows(targets):
    """Rows of a table of targets."""
    for words, value, judge in targets:
        if judge is None:
            yield [words, f"{value:.2f}", "", ""]
        else:
            holds, wanted = judge
            yield [words, f"{value:.2f}", wanted, "yes" if holds(value) else "**no**"]


def device_rows(run):
    """Rows of the table of all that was measured of the devices alone."""
    floor, own = "device/floor/64", f"device/send/{OWN}/64"
    for name in run.names("device/"):
        case, burst = name[len("device/") :].rsplit("/", 1)
        if burst == "64":
            one = name[: -len("64")] + "1"
            yield [
                case,
                f"{run.ratio(name, floor):.2f}",
                f"{run.ratio(own, name):.2f}",
                f"{run.ratio(f'device/send/{OWN}/1', one):.2f}",
            ]


def tables(run):
    """All tables: (title, head, rows)."""
    head = ["what", "measured", "wanted", "holds"]
    yield "One device", head, list(target_rows(device_targets(run)))
    yield "The whole stack", head, list(target_rows(stack_targets(run)))
    yield "As it grows", head, list(target_rows(growth_targets(run)))
    yield (
        "Every way through a device",
        [
            "case",
            "time, of the bare callback's, bursts of 64",
            "times as fast as LoopbackNetDevice, bursts of 64",
            "the same, one packet an event",
        ],
        list(device_rows(run)),
    )


def to_markdown(title, head, rows):
    lines = [f"## {title}", "", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def to_rst(title, head, rows):
    lines = [title, "*" * len(title), "", ".. list-table::", "   :header-rows: 1", ""]
    for row in [head] + rows:
        cells = [("   * - " if i == 0 else "     - ") + cell for i, cell in enumerate(row)]
        lines += [cell.rstrip() for cell in cells]
    return "\n".join(lines) + "\n"


def put_into(path, text):
    """Put text between the marks of a document."""
    begin, end = ".. begin figures\n", ".. end figures\n"
    with open(path, encoding="utf-8") as file:
        document = file.read()
    if begin not in document or end not in document:
        sys.exit(f"report.py: {path} has no lines '.. begin figures' and '.. end figures'")
    before, rest = document.split(begin, 1)
    after = rest.split(end, 1)[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{before}{begin}\n{text}\n{end}{after}")


PLOTS = {
    "devices-memory": (
        "Memory of a device",
        "devices",
        "bytes a device",
        "growth/devices",
        ["LoNetDevice", OWN, "SimpleNetDevice", "BareNetDevice"],
        memory,
    ),
    "devices-time": (
        "Time to install a device",
        "devices",
        "times LoopbackNetDevice's at 10,000",
        "growth/devices",
        ["LoNetDevice", OWN, "SimpleNetDevice", "BareNetDevice"],
        lambda run, name: run.time(name) / run.time(f"growth/devices/{OWN}/10000"),
    ),
    "nodes": (
        "Nodes that each talk to themselves over UDP",
        "nodes",
        "wall time a packet, times LoopbackNetDevice's at 10",
        "growth/nodes",
        ["LoNetDevice/" + delivery for delivery in DELIVERIES] + [OWN],
        lambda run, name: run.time(name) / run.time(f"growth/nodes/{OWN}/10"),
    ),
    "depth": (
        "Packets queued at once",
        "packets",
        "wall time a packet, times LoopbackNetDevice's at 1,000",
        "growth/depth",
        ["LoNetDevice/Scheduled", "LoNetDevice/Backlog", OWN],
        lambda run, name: run.time(name) / run.time(f"growth/depth/{OWN}/1000"),
    ),
}


def plot(run, prefix, key):
    """Write the data of one plot and the script that draws it."""
    title, x_label, y_label, benchmark, series, value = PLOTS[key]
    data = f"{prefix}{key}.dat"
    with open(data, "w", encoding="utf-8") as file:
        for one in series:
            file.write(f'"{one}"\n')
            for size, name in run.curve(f"{benchmark}/{one}"):
                measured = value(run, name)
                if measured is not None:
                    file.write(f"{size} {measured:.6g}\n")
            file.write("\n\n")
    with open(f"{prefix}{key}.plt", "w", encoding="utf-8") as file:
        file.write(
            'set terminal pngcairo size 900,600 font "DejaVu Sans,11"\n'
            f'set output "{prefix}{key}.png"\n'
            f'set title "{title}"\nset xlabel "{x_label}"\nset ylabel "{y_label}"\n'
            "set logscale xy\nset format x '10^{%T}'\nset grid\nset key outside below maxcols 2\n"
            f'plot for [i=0:{len(series) - 1}] "{data}" index i '
            "with linespoints lw 2 title columnheader(1)\n"
        )


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    run = Run(sys.argv[1])
    all_tables = list(tables(run))
    note = (
        f"Medians of {run.repetitions} repetitions in one run, as ratios. "
        f"{run.context['num_cpus']} cores of {run.context['mhz_per_cpu'] / 1000:.1f} GHz."
    )
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join([note + "\n"] + [to_markdown(*table) for table in all_tables]))
    for key in PLOTS:
        plot(run, sys.argv[3], key)
    if len(sys.argv) == 5:
        text = "\n".join([note + "\n"] + [to_rst(*table) for table in all_tables])
        put_into(sys.argv[4], text)


if __name__ == "__main__":
    main()
