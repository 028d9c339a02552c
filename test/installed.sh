#!/usr/bin/env bash
# The README's example project builds against this module, installed in a folder, by CMake and by
# pkg-config, and prints what the README says. Each script of the cookbook builds the same way, with
# the modules whose headers it includes. A script that names the module's classes only as text finds
# them. Usage: installed.sh PREFIX GENERATOR
# shellcheck source-path=SCRIPTDIR
here=$(realpath "$(dirname "$0")")
prefix=$(realpath "$1")
. "$here/../tools/common.sh"
. "$here/common.sh"
export CMAKE_GENERATOR=$2

# Print the modules, as ns3SEPARATORname, that a script includes beside those of ns3::loopback.
modules() {
    sed -n "s,^#include \"ns3/\(.*\)-module.h\"\$,ns3$2\1,p" "$1" |
        grep -vE "^ns3$2(core|internet|network|loopback)\$" || true
}
show() {
    cat "$dir/log"
    echo "expected $1"
    exit 1
}

mkdir "$dir/project"
cd "$dir/project"
readme_block cpp >hello-lo.cc
cp "$top"/examples/cookbook/*.cc .
rm mpi.cc # Debian's ns-3 has no headers for it
cat >lambda.cc <<'END'
#include "ns3/simulator.h"
void
Try(int status)
{
    ns3::Simulator::ScheduleNow([=] { static_cast<void>(status); });
}
END
cat >by-name.cc <<'END'
#include "ns3/loopback-module.h"
int main()
{
    ns3::TypeId type;
    return !ns3::TypeId::LookupByNameFailSafe("ns3::NetemQueueDisc", &type);
}
END
library=$(dirname "$(find "$prefix" -name 'libns3-loopback.so')")
export PKG_CONFIG_PATH=$library/pkgconfig LD_LIBRARY_PATH=$library CMAKE_PREFIX_PATH=$prefix

# Without the header that this module's own build includes in each of them.
# shellcheck disable=SC2046
"${CXX:-g++}" $(pkg-config --cflags ns3-loopback) -c lambda.cc -o lambda.o 2>/dev/null ||
    grep -l 'Schedule(.*\[=\]' ./*.cc | while IFS= read -r script; do
        echo "skipped: ${script#./}: this ns-3 schedules no lambdas"
        rm "$script"
    done
rm -f lambda.*

readme_block cmake >CMakeLists.txt
grep -q "ns3::loopback $(modules hello-lo.cc ::)" CMakeLists.txt || {
    echo "expected the README to link what its script includes"
    exit 1
}
# Repeat the last two lines for each other script.
for script in *.cc; do
    linked=$(modules "$script" :: | xargs)
    [ "$script" = hello-lo.cc ] || readme_block cmake | tail -n 2 |
        sed "s/hello-lo/${script%.cc}/g; s/ns3::applications.*/$linked)/" >>CMakeLists.txt
done
{
    cmake -S . -B ../build
    cmake --build ../build --parallel "$(nproc)"
} >"$dir/log" 2>&1 || show "the README's project to build"

# Before 3.36 pkg-config's packages have names such as libns3.31-internet.
prefix_of_packages=$(pkg-config --print-requires ns3-loopback | sed 's/internet .*//')
# The README's command; for the others, CMake's object files linked as pkg-config says.
command=$(readme_block sh 4 | sed -n 's/^g++ hello-lo.cc \(.*\) &&.*/\1/p' |
    sed "s/ ns3-applications/ ${prefix_of_packages}applications/")
bash -c "${CXX:-g++} hello-lo.cc $command" >"$dir/log" 2>&1 ||
    show "the README's g++ hello-lo.cc $command to build"
for script in *.cc; do
    object=$(find ../build -name "$script.o*")
    mapfile -t packages < <(modules "$script" - | sed "s/^ns3-/$prefix_of_packages/")
    read -ra flags <<<"$(pkg-config --libs ns3-loopback "${packages[@]}")"
    "${CXX:-g++}" "$object" -o "${script%.cc}-linked" "${flags[@]}" >"$dir/log" 2>&1 ||
        show "$script to link with ${flags[*]}"
done

readme_block console >expected
for program in ../build/hello-lo ./hello-lo ./hello-lo-linked; do
    rm -f hello-0-0.pcap
    is "what the README does not say of $program" '' \
        "$("$program" | sed 's/ *$//' | diff expected - || true)"
    is "the capture of $program" there "$([ -s hello-0-0.pcap ] && echo there)"
done
for program in ../build/by-name ./by-name-linked; do
    "$program" || fail "$program: expected a class to be found by its name"
done
for file in include/ns3/lo-net-device.h include/ns3/loopback-module.h; do
    [ -f "$prefix/$file" ] || fail "expected $file to be installed"
done
finish
