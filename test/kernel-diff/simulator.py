"""The simulator's side: a run of test/programs/kernel-workload.cc for each workload."""

import json
import os
import subprocess

from observation import Observation, read_counters, read_frames


def get_release(program):
    """The release of ns-3, as numbers."""
    out = subprocess.run([program, "--release"], check=True, stdout=subprocess.PIPE, text=True)
    return tuple(int(number) for number in out.stdout.split("."))


def observe(program, workload, folder):
    """Run a workload on ns-3's lo."""
    pcap = os.path.join(folder, "simulator.pcap")
    options = [f"--pcap={pcap}", f"--down={int(workload.down)}", f"--own={int(workload.own)}"]
    if workload.mtu:
        options.append(f"--mtu={workload.mtu}")
    out = subprocess.run([program, *options, *workload.arguments()], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    outcome, links = out.splitlines()
    return Observation(json.loads(outcome), read_counters(json.loads(links), ("lo", "owner")),
                       read_frames(pcap))
