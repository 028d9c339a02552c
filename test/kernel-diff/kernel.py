"""The running kernel's side. As a program, run a workload in the current namespace."""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time

from comparison import need, need_kernel, run
from observation import Observation, read_counters, read_frames
from workloads import Workload

TRAFFIC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "traffic.py")
SETTLE = 60.0  # seconds that tcpdump may take to start, or to write all packets
IN_NAMESPACE = ("unshare", "--net")  # the namespace ends with its last process


def ip(arguments):
    return run("ip", *arguments.split())


def check():
    """Skip the comparison where the kernel or a tool does not allow it."""
    need("ip", "tcpdump", "tshark", "ping", "unshare")
    need_kernel("no network namespace with veth and IPv6", *IN_NAMESPACE, "sh", "-c",
                "ip link set lo up && ip link add type veth && ip address show lo | grep -q ::1")


def wait_for(what, condition):
    deadline = time.monotonic() + SETTLE
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"timed out: {what}")
        time.sleep(0.005)


def count_packets(pcap):
    """Return how many whole packets a capture file holds, which may still grow."""
    with open(pcap, "rb") as file:
        file.seek(24)
        packets = 0
        size = os.path.getsize(pcap)
        while len(header := file.read(16)) == 16:
            file.seek(int.from_bytes(header[8:12], sys.byteorder), os.SEEK_CUR)
            packets += file.tell() <= size
        return packets


def read(path):
    with open(path, "rb") as file:
        return file.read()


@contextlib.contextmanager
def capture(interface, pcap, log):
    """Capture while the body runs."""
    # The ring has a slot of the snapshot length for each packet.
    with open(log, "wb") as stderr, subprocess.Popen(
            ["tcpdump", "-i", interface, "-n", "-U", "--immediate-mode", "-s", "65550",
             "-B", "65536", "-Z", "root", "-w", pcap], stderr=stderr) as tcpdump:
        try:
            wait_for("tcpdump does not listen",
                     lambda: b"listening on" in read(log) or tcpdump.poll() is not None)
            yield
        finally:
            tcpdump.send_signal(signal.SIGINT)
    if b"\n0 packets dropped by kernel" not in read(log):
        raise RuntimeError(f"tcpdump: {read(log).decode()}")


def set_up(workload):
    ip("link set lo up")
    if workload.mtu:
        ip(f"link set lo mtu {workload.mtu}")
    if workload.own:
        # No ARP or IPv6 of the interface's own.
        ip("link add owner type veth peer name other-end")
        for end in ("owner", "other-end"):
            ip(f"link set {end} addrgenmode none arp off")
            ip(f"link set {end} up")
        bits = "/64 nodad" if workload.ipv6 else "/24"
        ip(f"address add dev owner {workload.destination}{bits}")
    if workload.down:
        ip("link set lo down")


def get_counters():
    return read_counters(json.loads(ip("-s -j link show")), ("lo", "owner"))


def run_workload(workload, pcap):
    """Run a workload in this namespace, and return its outcome and the counters."""
    set_up(workload)
    before = get_counters()
    # While lo is down, only the interface that stands for all can capture.
    with capture("any" if workload.down else "lo", pcap, pcap + ".log"):
        outcome = json.loads(run(sys.executable, "-B", TRAFFIC, *workload.arguments()))
        counters = {name: value - before[name] for name, value in get_counters().items()}
        wait_for(f"tcpdump sees not all of {counters['lo rx packets']} packets",
                 lambda: count_packets(pcap) >= counters["lo rx packets"])
    return outcome, counters


def observe(workload, folder):
    """Run a workload on the kernel's lo."""
    pcap = os.path.join(folder, "kernel.pcap")
    out = run(*IN_NAMESPACE, sys.executable, "-B", os.path.abspath(__file__), pcap,
              json.dumps(dataclasses.asdict(workload)))
    return Observation(*json.loads(out), read_frames(pcap))


if __name__ == "__main__":
    print(json.dumps(run_workload(Workload(**json.loads(sys.argv[2])), sys.argv[1])))
