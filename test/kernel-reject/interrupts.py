"""Signals that end the program, but not before what is made is known to those who remove it."""

import contextlib
import signal

_waiting = []  # signals that came at a bad time
_depth = 0


def install():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _handle)


def _handle(number, _frame):
    if _depth:
        _waiting.append(number)
    else:
        raise SystemExit(128 + number)


@contextlib.contextmanager
def uninterrupted():
    """Let signals wait. They are not blocked, which the programs that are started would inherit."""
    global _depth
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if _waiting and not _depth:
            raise SystemExit(128 + _waiting.pop())
