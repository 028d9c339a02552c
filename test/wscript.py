#! /usr/bin/env python3
"""Run the wscript without waf, and fail unless it builds what CMake builds.

Usage: wscript.py HEADERS SOURCES PUBLIC_HEADERS TESTS PROGRAMS
    HEADERS   folder of ns3/core-module.h and its like
    others    what CMake builds, separated by semicolons
"""

import importlib.machinery
import importlib.util
import pathlib
import re
import sys
import types

TOP = pathlib.Path(__file__).resolve().parent.parent


class Node(type(pathlib.Path())):
    """The methods of a waf node that the wscript uses and a path lacks."""

    def abspath(self):
        return str(self)

    def path_from(self, other):
        return str(self.relative_to(other))

    def find_dir(self, name):
        return self / name

    def ant_glob(self, patterns):
        return [found for pattern in patterns for found in sorted(self.glob(pattern))]


class Build:
    """The part of waf's and ns-3's build context that the wscript uses."""

    def __init__(self, headers):
        self.path = Node(TOP)
        self.tasks = {}
        self.programs = []
        self.all_task_gen = []
        modules = []
        folder = Node(headers) / "ns3"
        for umbrella in folder.glob("*-module.h"):
            module = umbrella.name[: -len("-module.h")]
            if module != "loopback":
                source = re.findall(r'#include ["<](?:ns3/)?(.*)[">]', umbrella.read_text())
                self(features="ns3header", module=module, source=source, path=folder)
                self.create_ns3_module(module, [])
                modules.append("ns3-" + module)
        self.env = Environment(
            NS3_ENABLED_MODULES=modules,
            NS3_ENABLED_CONTRIBUTED_MODULES=["ns3-loopback"],
            ENABLE_TESTS=True,
            ENABLE_EXAMPLES=True,
            HAVE_BOOST_PROGRAM_OPTIONS=1,
            HAVE_PCAP=1,
        )

    def __call__(self, **attributes):
        attributes = {"path": self.path, **attributes}
        task = types.SimpleNamespace(to_list=list, env=Environment(), **attributes)
        self.all_task_gen.append(task)
        return task

    def create_ns3_module(self, name, dependencies):
        task = self(features="ns3module", use=["ns3-" + module for module in dependencies])
        self.tasks["ns3-" + name] = task
        return task

    def create_ns3_module_test_library(self, name):
        return self.create_ns3_module(name + "-test", [name])

    def create_ns3_program(self, name, dependencies):
        self.programs.append(name)
        return self.create_ns3_module("program " + name, dependencies)

    def get_tgen_by_name(self, name):
        return self.tasks[name]


class Environment(dict):
    """The part of waf's environment that the wscript uses."""

    def append_value(self, name, values):
        self[name] = self.get(name, []) + list(values)

    append_unique = append_value


def load_wscript():
    waf = types.ModuleType("waflib")
    waf.Context = types.SimpleNamespace(out_dir="build")
    waf.Logs = types.SimpleNamespace(info=print)
    sys.modules["waflib"] = waf
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("wscript", str(TOP / "wscript"))
    script = importlib.util.module_from_spec(importlib.util.spec_from_loader("wscript", loader))
    loader.exec_module(script)
    return script


def compare(what, by_waf, by_cmake):
    """Print what only one of the two builds, and return whether both build the same."""
    by_cmake = by_cmake.split(";")
    for name in sorted(set(by_waf) - set(by_cmake)):
        print(f"{what}: only the wscript has {name}")
    for name in sorted(set(by_cmake) - set(by_waf)):
        print(f"{what}: only CMake has {name}")
    return set(by_waf) == set(by_cmake)


def main(headers, sources, public_headers, tests, programs):
    build = Build(headers)
    load_wscript().build(build)

    def name_sources(task):
        return [node.path_from(build.path) for node in build.tasks[task].source]

    headers_of = [task for task in build.all_task_gen if getattr(task, "module", "") == "loopback"]
    agreed = [
        compare("sources", name_sources("ns3-loopback"), sources),
        compare("public headers", headers_of[0].source, public_headers),
        compare("tests", name_sources("ns3-loopback-test"), tests),
        not programs or compare("programs", build.programs, programs),
    ]
    return not all(agreed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
