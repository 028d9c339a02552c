"""The running kernel's side: a network namespace of its own for each workload."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time

from interrupts import uninterrupted
from observation import Observation, read_counters, read_frames

NAMESPACE = f"loopback-diff-{os.getpid()}"
TRAFFIC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "traffic.py")
SETTLE = 3.0  # seconds that tcpdump may take to start or to write what has been sent


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def ip(*arguments):
    return run("ip", "-n", NAMESPACE, *arguments)


def inside(*command):
    return ["ip", "netns", "exec", NAMESPACE, *command]


@contextlib.contextmanager
def namespace():
    # In a session of their own, as a terminal's Ctrl-C reaches all programs of a session.
    try:
        with uninterrupted():
            subprocess.run(["ip", "netns", "add", NAMESPACE], check=True, capture_output=True,
                           text=True, start_new_session=True)
        yield
    finally:
        with uninterrupted():
            if os.path.exists(f"/run/netns/{NAMESPACE}"):
                subprocess.run(["ip", "netns", "del", NAMESPACE], check=True,
                               start_new_session=True)


def why_not():
    """Why the kernel can not be compared with here, or nothing."""
    missing = [name for name in ("ip", "tcpdump", "tshark", "ping") if not shutil.which(name)]
    if missing:
        return f"there is no {', '.join(missing)}; install it"
    try:
        with namespace():
            ip("link", "set", "lo", "up")
            ip("link", "add", "owner", "type", "veth", "peer", "name", "other-end")
            if "::1" not in ip("address", "show", "lo"):
                return "this kernel has no IPv6 on lo"
    except subprocess.CalledProcessError as error:
        return f"no network namespace with veth can be made here; that takes root: {error.stderr}"
    return ""


def find_left():
    """What is wrong, if anything: the namespace is still there."""
    return [line for line in run("ip", "netns", "list").splitlines()
            if line.split()[0] == NAMESPACE]


def wait_for(what, condition):
    deadline = time.monotonic() + SETTLE
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"timed out: {what}")
        time.sleep(0.005)


def count_packets(pcap):
    """How many whole packets a capture file holds that may still be written to."""
    with open(pcap, "rb") as file:
        file.seek(24)
        packets = 0
        size = os.path.getsize(pcap)
        while len(header := file.read(16)) == 16:
            file.seek(int.from_bytes(header[8:12], sys.byteorder), os.SEEK_CUR)
            packets += file.tell() <= size
        return packets


@contextlib.contextmanager
def capture(interface, pcap, log):
    """Capture while the body runs."""
    # The ring has a slot of the snapshot length for each packet.
    command = inside("tcpdump", "-i", interface, "-n", "-U", "--immediate-mode", "-s", "65550",
                     "-B", "65536", "-Z", "root", "-w", pcap)
    tcpdump = None
    try:
        with uninterrupted(), open(log, "wb") as stderr:
            tcpdump = subprocess.Popen(command, stderr=stderr)
        wait_for("tcpdump does not listen",
                 lambda: b"listening on" in read(log) or tcpdump.poll() is not None)
        yield
    finally:
        with uninterrupted():
            if tcpdump:
                tcpdump.send_signal(signal.SIGINT)
                tcpdump.wait(SETTLE)
    if b"\n0 packets dropped by kernel" not in read(log):
        raise RuntimeError(f"tcpdump: {read(log).decode()}")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def set_up(workload):
    ip("link", "set", "lo", "up")
    if workload.mtu:
        ip("link", "set", "lo", "mtu", str(workload.mtu))
    if workload.own:
        # Nothing goes out that nobody asked for.
        ip("link", "add", "owner", "type", "veth", "peer", "name", "other-end")
        for end in ("owner", "other-end"):
            ip("link", "set", end, "addrgenmode", "none", "arp", "off")
            ip("link", "set", end, "up")
        bits = ["/64", "nodad"] if workload.ipv6 else ["/24"]
        ip("address", "add", workload.destination + bits[0], "dev", "owner", *bits[1:])
    if workload.down:
        ip("link", "set", "lo", "down")


def get_counters():
    return read_counters(json.loads(ip("-s", "-j", "link", "show")), ("lo", "owner"))


def observe(workload, folder):
    """Run a workload on the kernel's lo."""
    pcap = os.path.join(folder, "kernel.pcap")
    with namespace():
        set_up(workload)
        before = get_counters()
        # Of an interface that is down nothing can be captured but by the one that is all of them.
        with capture("any" if workload.down else "lo", pcap, os.path.join(folder, "tcpdump.log")):
            outcome = json.loads(run(*inside(sys.executable, "-B", TRAFFIC,
                                             *workload.arguments())))
            counters = {name: value - before[name] for name, value in get_counters().items()}
            wait_for(f"tcpdump sees not all of {counters['lo rx packets']} packets",
                     lambda: count_packets(pcap) >= counters["lo rx packets"])
    return Observation(outcome, counters, read_frames(pcap))
