"""The workloads that run on both sides."""

from dataclasses import dataclass

LIMITED_BROADCAST = "255.255.255.255"


@dataclass(frozen=True)
class Workload:
    kind: str  # ping, udp, udp-closed, tcp-closed
    destination: str
    size: int = 0  # bytes of payload
    mtu: int = 0  # lo's; 0 for its default
    own: bool = False  # the destination is the address of another interface
    down: bool = False  # lo is down
    count: int = 3  # messages

    def __str__(self):
        notes = [f"MTU {self.mtu}"] if self.mtu else []
        notes += ["own address"] if self.own else []
        notes += ["lo down"] if self.down else []
        size = "" if self.kind == "tcp-closed" else f" {self.size}"
        return f"{self.kind} {self.destination}{size}" + "".join(f", {note}" for note in notes)

    @property
    def ipv6(self):
        return ":" in self.destination

    @property
    def fragmented(self):
        headers = 48 if self.ipv6 else 28
        return self.kind != "tcp-closed" and self.size + headers > (self.mtu or 65536)

    def arguments(self):
        """Return the arguments that traffic.py and kernel-workload share."""
        return [self.kind, self.destination, str(self.size), str(self.count)]


def get_workloads():
    for address in ("127.0.0.1", "::1"):
        for size in (0, 56, 1472, 1473, 4000, 65507):
            yield Workload("ping", address, size, mtu=1500)
        yield Workload("ping", address, 56)
        yield Workload("ping", address, 65507)
        yield Workload("ping", address, 65507, mtu=65535)
        for size in (0, 1, 1472, 1473, 9000, 65507):
            yield Workload("udp", address, size)
        for size in (0, 1472, 1473, 65507):
            yield Workload("udp", address, size, mtu=1500)
        for size in (0, 100, 1400, 4000):
            yield Workload("udp-closed", address, size)
        yield Workload("tcp-closed", address)
        yield Workload("ping", address, 56, down=True)
        yield Workload("udp", address, 56, down=True)
    for size in (56, 548, 549, 4000):
        yield Workload("ping", "127.0.0.1", size, mtu=576)
    yield Workload("udp", "127.0.0.1", 4000, mtu=576)
    for address in ("10.0.0.1", "2001:db8::1"):
        yield Workload("ping", address, 56, own=True)
        yield Workload("ping", address, 4000, own=True, mtu=1500)
        yield Workload("udp", address, 100, own=True)
        yield Workload("udp-closed", address, 100, own=True)
    for address in ("127.0.0.2", "127.255.255.254"):
        yield Workload("ping", address, 56)
        yield Workload("udp", address, 100)
        yield Workload("udp-closed", address, 100)
        yield Workload("tcp-closed", address)
    for address in ("224.0.0.1", "127.255.255.255", LIMITED_BROADCAST):
        yield Workload("udp", address, 100)
        yield Workload("udp", address, 4000, mtu=1500)
