"""The simulator's side: a run of test/programs/kernel-reject.cc."""

import subprocess


def observe(program, packets, sent, *options):
    """What comes back of the packets that are sent at these times, as bytes."""
    lines = "".join(f"{round(at * 1e9)} {packet.data.hex()}\n"
                    for packet, at in zip(packets, sent))
    out = subprocess.run([program, *options], check=True, input=lines, stdout=subprocess.PIPE,
                         text=True)
    return [bytes.fromhex(line) for line in out.stdout.splitlines()]
