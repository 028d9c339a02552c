"""Send messages over this network namespace's lo, and print their fates.

The counterpart of test/programs/kernel-workload.cc, with the same arguments: KIND DESTINATION SIZE
COUNT. Prints a JSON object: answered, refused, failed.
"""

import errno
import json
import re
import socket
import subprocess
import sys

PORT = 9
PATIENCE = 0.3  # seconds that an answer may take


def family_of(destination):
    return socket.AF_INET6 if ":" in destination else socket.AF_INET


def ping(destination, size, count):
    run = subprocess.run(
        ["ping", "-n", "-q", "-c", str(count), "-i", "0.02", "-W", str(PATIENCE),
         "-s", str(size), destination],
        capture_output=True, text=True, check=False)
    summary = re.search(r"(\d+) packets transmitted, (\d+) received", run.stdout)
    if not summary:
        print(run.stderr.strip(), file=sys.stderr)
        return {"answered": 0, "refused": 0, "failed": count}
    return {"answered": int(summary[2]), "refused": 0, "failed": count - int(summary[1])}


def make_sender(destination):
    sender = socket.socket(family_of(destination), socket.SOCK_DGRAM)
    sender.settimeout(PATIENCE)
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    if destination == "255.255.255.255":
        # Otherwise the source would be 0.0.0.0, because lo's address has the scope host.
        sender.bind(("127.0.0.1", 0))
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
    return sender


def udp(destination, size, count, is_open=True):
    result = {"answered": 0, "refused": 0, "failed": 0}
    receiver = socket.socket(family_of(destination), socket.SOCK_DGRAM)
    if is_open:
        receiver.bind(("", PORT))
        receiver.settimeout(PATIENCE)
    for _ in range(count):
        try:
            with make_sender(destination) as sender:
                sender.connect((destination, PORT))
                sender.send(bytes(size))
                received = (receiver if is_open else sender).recv(65536)
            result["answered"] += len(received) == size
        except socket.timeout:  # TimeoutError since Python 3.10
            pass
        except ConnectionRefusedError:
            result["refused"] += 1
        except OSError as error:
            print(error, file=sys.stderr)
            result["failed"] += 1
    return result


def udp_closed(destination, size, count):
    return udp(destination, size, count, is_open=False)


def tcp_closed(destination, _size, count):
    result = {"answered": 0, "refused": 0, "failed": 0}
    for _ in range(count):
        with socket.socket(family_of(destination), socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE)
            error = connection.connect_ex((destination, PORT))
        key = {0: "answered", errno.ECONNREFUSED: "refused"}.get(error, "failed")
        result[key] += 1
    return result


KINDS = {"ping": ping, "udp": udp, "udp-closed": udp_closed, "tcp-closed": tcp_closed}

if __name__ == "__main__":
    kind, to, payload, how_many = sys.argv[1:]
    print(json.dumps(KINDS[kind](to, int(payload), int(how_many))))
