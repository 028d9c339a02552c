"""The simulator's side: a run of test/programs/kernel-reject.cc."""

import subprocess


def observe(program, packets, *options):
    """What comes back, as bytes."""
    lines = "".join(f"{packet.data.hex()}\n" for packet in packets)
    out = subprocess.run([program, *options], check=True, input=lines, stdout=subprocess.PIPE,
                         text=True)
    return [bytes.fromhex(line) for line in out.stdout.splitlines()]
