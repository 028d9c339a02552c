"""Send packets unchanged, and print the answers as JSON.

Usage: exchange.py INTERFACE ROUTERS_MAC < [HEX, ...]
"""

import json
import select
import socket
import struct
import sys
import time

ETH_P_ALL = 3
PACE = 0.003  # seconds; Linux sends at most 1000 errors per second
SETTLE = 0.7  # seconds that the last answer may take
ETHERTYPES = {4: 0x0800, 6: 0x86dd}


def receive(link, timeout, frames):
    """Receive frames until the timeout."""
    end = time.monotonic() + timeout
    while True:
        if not select.select([link], [], [], max(0, end - time.monotonic()))[0]:
            return
        frame, (_, _, kind, _, _) = link.recvfrom(65536)
        if kind != socket.PACKET_OUTGOING and frame[12:14] in (b"\x08\x00", b"\x86\xdd"):
            frames.append(frame[14:].hex())


def main():
    interface, router = sys.argv[1:]
    frames = []
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL)) as link:
        link.setsockopt(socket.SOL_SOCKET, 33, 1 << 22)  # SO_RCVBUFFORCE
        link.bind((interface, 0))
        addresses = bytes.fromhex(router.replace(":", "")) + link.getsockname()[4]
        for data in json.load(sys.stdin):
            packet = bytes.fromhex(data)
            link.send(addresses + struct.pack("!H", ETHERTYPES[packet[0] >> 4]) + packet)
            receive(link, PACE, frames)
        receive(link, SETTLE, frames)
        _, lost = struct.unpack("II", link.getsockopt(263, 6, 8))  # PACKET_STATISTICS
    json.dump({"frames": frames, "lost": lost}, sys.stdout)


if __name__ == "__main__":
    main()
