#! /usr/bin/env python3

# This module's examples that ns-3's test.py runs in an ns-3 tree:
# (program and arguments, whether to run it, whether to run it under valgrind).
cpp_examples = [
    ("blackhole-rtbh", "True", "False"),
    ("cookbook-capture", "True", "False"),
    ("cookbook-count", "True", "False"),
    ("cookbook-delay", "True", "False"),
    ("cookbook-dummy", "True", "False"),
    ("cookbook-json", "True", "False"),
    ("cookbook-null-route", "True", "False"),
    ("cookbook-outage", "True", "False"),
    ("cookbook-plot", "True", "False"),
    ("lo-distributed --nodes 4 --requests 20", "True", "False"),
    ("lo-outage --bytes 5M --outage 1s", "True", "True"),
    ("lo-impaired --requests 200", "True", "True"),
    ("lo-ping", "True", "True"),
    ("lo-ping --dest ::1 --size 4000 --mtu 1500 --delivery Backlog", "True", "True"),
    ("lo-tcp --bytes 1M --segment-size 60000", "True", "True"),
]

python_examples = []
