"""doc/kernel-differences.rst, which is made of the differences. Run to write it again."""

import os
import textwrap

from differences import DIFFERENCES
from workloads import get_workloads

PATH = "doc/kernel-differences.rst"
_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", PATH)
_INTRODUCTION = """\
Where the simulator differs from the kernel
-------------------------------------------

.. This page is written by test/kernel-diff/page.py, to which test/kernel-diff.sh holds it.

``test/kernel-diff.sh``, which ``tools/check`` runs as root, runs {workloads} workloads on the running
kernel's lo, in a network namespace of its own, and on ns-3's. It compares the messages, the counters,
and the frames field by field. {equal} of them are equal. In the others ns-3's own stack, before or
after the device, does something else; the rest of those workloads is equal, too. Each difference must
be there, and be as described here.

Settings are as on Linux: own addresses are reached through lo (``LoHelper::RouteLocalAddresses``),
multicast has a TTL of 1, and there is no duplicate address detection and no router solicitation.

.. list-table::
   :header-rows: 1
   :widths: 18 27 40 15

   * - Difference
     - In ns-3
     - Why it is ns-3's stack
     - Workloads
"""


def _write_cell(bullet, text):
    return textwrap.fill(text, 100, initial_indent=f"   {bullet} - ", subsequent_indent=" " * 7,
                         break_long_words=False, break_on_hyphens=False)


def _describe(difference):
    until = ".".join(str(number) for number in difference.until)
    return difference.what + (f" (until ns-3 {until})" if until else "")


def _name_workloads(workloads):
    kinds = sorted({f"{workload.kind} {workload.destination}" for workload in workloads})
    return f"{len(workloads)}: " + ", ".join(kinds)


def make():
    workloads = list(get_workloads())
    equal = sum(not any(d.applies(w) for d in DIFFERENCES) for w in workloads)
    lines = [_INTRODUCTION.format(workloads=len(workloads), equal=equal).rstrip()]
    for difference in DIFFERENCES:
        mine = [workload for workload in workloads if difference.applies(workload)]
        cells = [f"``{difference.name}``", _describe(difference), difference.why,
                 _name_workloads(mine)]
        lines += [_write_cell("*" if cell is cells[0] else " ", cell) for cell in cells]
    return "\n".join(lines) + "\n"


def find_problems():
    with open(_FILE, encoding="utf-8") as file:
        if file.read() == make():
            return []
    return ["it does not list these differences; write it by: python3 -B test/kernel-diff/page.py"]


if __name__ == "__main__":
    with open(_FILE, "w", encoding="utf-8") as page:
        page.write(make())
