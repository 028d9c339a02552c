"""The running kernel's side: a sender, a router and a third host, each in a network namespace.

As a program, make the namespaces, send packets in them, and print the answers.
"""

import json
import os
import sys

from comparison import need, need_kernel, run

EXCHANGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exchange.py")
# The names of further namespaces are in its own /run, so that they end with it.
IN_NAMESPACE = ("unshare", "--mount", "--net", "sh", "-c",
                'mount -t tmpfs none /run && exec "$@"', "sh")
SELF = (*IN_NAMESPACE, sys.executable, "-B", os.path.abspath(__file__))

# Role and arguments of `ip -n`, in order.
TOPOLOGY = """
sender link add near type veth peer name near netns router
third link add far type veth peer name far netns router
sender link set near up
router link set near up
router link set far up
third link set far up
sender address add 10.0.0.1/24 dev near
sender address add fd00::1/64 dev near nodad
router address add 10.0.0.254/24 brd + dev near
router address add fd00::fe/64 dev near nodad
router address add 10.0.1.254/24 brd + dev far
router address add fd00:1::fe/64 dev far nodad
third address add 10.0.1.1/24 dev far
third address add fd00:1::1/64 dev far nodad
third route add default via 10.0.1.254
third -6 route add default via fd00:1::fe
router route add default via 10.0.0.1
router -6 route add default via fd00::1
router route add unreachable 10.9.1.0/24
router -6 route add unreachable fd09:1::/64
router route add prohibit 10.9.2.0/24
router -6 route add prohibit fd09:2::/64
router route add unreachable 172.16.0.0/16
router -6 route add unreachable fd77::/64
router -6 route add unreachable ::/64
router route add blackhole 10.9.3.0/24
router -6 route add blackhole fd09:3::/64
"""
SETTINGS = {"ipv4/ip_forward": 1, "ipv6/conf/all/forwarding": 1, "ipv4/conf/all/rp_filter": 0,
            "ipv4/conf/near/rp_filter": 0, "ipv4/icmp_ratelimit": 1000, "ipv6/icmp/ratelimit": 100}


def ip(role, *arguments):
    return run("ip", "-n", role, *arguments)


def inside(role, *command, **options):
    return run("ip", "netns", "exec", role, *command, **options)


def get_mac(role):
    return json.loads(ip(role, "-j", "link", "show", "near"))[0]["address"]


def set_up():
    for role in ("sender", "router", "third"):
        run("ip", "netns", "add", role)
    for line in TOPOLOGY.strip().splitlines():
        ip(*line.split())
    inside("router", "sh", "-ec", "; ".join(f"echo {value} >/proc/sys/net/{name}"
                                            for name, value in SETTINGS.items()))
    for address in ("10.0.0.1", "fd00::1"):
        ip("router", "neighbour", "replace", address, "lladdr", get_mac("sender"), "dev", "near")
    # Resolve the neighbour of the control, which must not wait either.
    inside("router", "ping", "-c", "1", "-W", "5", "10.0.1.1")
    inside("router", "ping", "-c", "1", "-W", "5", "fd00:1::1")


def exchange(packets):
    """Send packets, in hex, and return the answers in hex."""
    set_up()
    seen = json.loads(inside("sender", sys.executable, "-B", EXCHANGE, "near", get_mac("router"),
                             input=packets))
    if seen["lost"]:
        raise RuntimeError(f"{seen['lost']} packets were not captured")
    return seen["frames"]


def check():
    """Skip the comparison where the kernel or a tool does not allow it."""
    need("ip", "ping", "unshare")
    need_kernel("no router of network namespaces", *SELF)


def observe(packets):
    """Return the answers as bytes."""
    out = run(*SELF, input=json.dumps([packet.data.hex() for packet in packets]))
    return [bytes.fromhex(frame) for frame in json.loads(out)]


if __name__ == "__main__":
    print(json.dumps(exchange(sys.stdin.read())))
