# How ns-3 trees up to 3.35 build the module. What a program or a test needs is read from what it
# includes; which headers are public, from CMakeLists.txt.
import os
import re

from waflib import Context, Logs

# Headers of libraries that examples need, and the names that waf is to know these by.
LIBRARIES = {"boost/program_options.hpp": "BOOST_PROGRAM_OPTIONS", "pcap/pcap.h": "PCAP"}


def configure(conf):
    for header, library in LIBRARIES.items():
        conf.check_cxx(
            header_name=header,
            lib=library.lower(),
            uselib_store=library,
            global_define=False,
            mandatory=False,
        )
    # Trees before 3.35 build with C++11. It applies to all programs that use the module.
    if any(re.match(r"-std=\w+\+\+1[14]$", flag) for flag in conf.env["CXXFLAGS"]):
        conf.env["CXXFLAGS_LOOPBACK"] = ["-std=c++17"]


def list_public_headers(folder):
    with open(os.path.join(folder, "CMakeLists.txt")) as lists:
        return re.search(r"HEADER_FILES([^A-Z]*)", lists.read()).group(1).split()


def list_includes(source, seen=None):
    """Return what a source includes by way of its own headers and their sources."""
    seen = set() if seen is None else seen
    found = set()
    if source not in seen and os.path.exists(source):
        seen.add(source)
        with open(source) as text:
            included = re.findall(r'^#include ["<](.*)[">]', text.read(), re.MULTILINE)
        found.update(included)
        for name in included:
            own = os.path.normpath(os.path.join(os.path.dirname(source), name))
            found |= list_includes(own, seen) | list_includes(own[:-1] + "cc", seen)
    return found


def name_program(source):
    """Return the name of an example's program, which is none for what the examples share."""
    folder, file = os.path.split(source)
    if os.path.basename(folder) == "cookbook":
        return "cookbook-" + file[:-3]
    return None if file.startswith("example-") else file[:-3]


def map_headers(bld, modules):
    """Return which of some modules, with those that they need, has each header of ns-3."""
    wanted = list(modules)
    for name in wanted:
        module = bld.get_tgen_by_name(name)
        wanted += [name for name in module.use if name.startswith("ns3-") and name not in wanted]
    owners = {}
    for task in bld.all_task_gen:
        if "ns3header" in task.features and "ns3-" + task.module in wanted:
            for header in task.to_list(task.source) + [task.module + "-module.h"]:
                owners["ns3/" + os.path.basename(str(header))] = task.module
                path = os.path.join(task.path.abspath(), str(header))
                # Since 3.33 a program that uses MPI itself can have ns-3 use it.
                if path.endswith("mpi-interface.h") and "mpi.h" in list_includes(path):
                    owners["mpi.h"] = task.module
    return owners


class Sources:
    """Sources of the module, of which those are left out whose includes are not all there."""

    def __init__(self, bld, owners):
        self.bld = bld
        self.owners = owners

    def has(self, include):
        if include in LIBRARIES:
            return bool(self.bld.env["HAVE_" + LIBRARIES[include]])
        return include in self.owners or not (include.startswith("ns3/") or include == "mpi.h")

    def find(self, *patterns):
        """Return pairs of a source and what it includes."""
        found = []
        for node in self.bld.path.ant_glob(list(patterns)):
            includes = list_includes(node.abspath())
            missing = sorted(include for include in includes if not self.has(include))
            if missing:
                name = node.path_from(self.bld.path)
                Logs.info("loopback: no %s: it needs %s" % (name, ", ".join(missing)))
            else:
                found.append((node, includes))
        return found


def include_release(bld, target):
    """Have a target schedule function objects, which ns-3 itself takes since 3.37."""
    release = os.path.join(bld.path.abspath(), "model/ns3-release.h")
    target.env.append_value("CXXFLAGS", ["-include", release])


def build_examples(bld, sources):
    shared = bld(features="cxx", name="loopback-examples-common", includes=Context.out_dir)
    shared.use = ["ns3-loopback", "BOOST_PROGRAM_OPTIONS"]
    shared.source = [node for node, _ in sources.find("examples/example-*.cc")]
    for node, includes in sources.find("examples/*.cc", "examples/cookbook/*.cc"):
        name = name_program(node.abspath())
        if name:
            modules = {sources.owners[include] for include in includes if include in sources.owners}
            program = bld.create_ns3_program(name, sorted(modules | {"loopback"}))
            program.path = bld.path.find_dir("examples")  # where test.py looks for it
            program.source = [node]
            include_release(bld, program)
            libraries = [LIBRARIES[include] for include in includes if include in LIBRARIES]
            if "example-options.h" in includes or "example-program.h" in includes:
                libraries.append("loopback-examples-common")
            program.use = program.use + libraries


def build(bld):
    module = bld.create_ns3_module("loopback", ["internet"])
    module.use.append("LOOPBACK")
    module.source = bld.path.ant_glob(["model/*.cc", "helper/*.cc"])

    headers = bld(features="ns3header")
    headers.module = "loopback"
    headers.source = list_public_headers(bld.path.abspath())

    if "ns3-loopback" not in bld.env["NS3_ENABLED_CONTRIBUTED_MODULES"]:
        return
    if bld.env["ENABLE_TESTS"] or bld.env["ENABLE_EXAMPLES"]:
        bld.env.append_unique("NS3_ENABLED_MODULES", ["ns3-applications", "ns3-internet-apps"])
    sources = Sources(bld, map_headers(bld, bld.env["NS3_ENABLED_MODULES"] + ["ns3-loopback"]))

    if bld.env["ENABLE_TESTS"]:
        tests = bld.create_ns3_module_test_library("loopback")
        tests.env.append_value(
            "DEFINES", 'LOOPBACK_TEST_DATA="%s/"' % bld.path.find_dir("test/data").abspath()
        )
        include_release(bld, tests)
        found = sources.find("test/*.cc")
        tests.source = [node for node, _ in found if node.name != "test-runner.cc"]

    if bld.env["ENABLE_EXAMPLES"]:
        build_examples(bld, sources)
