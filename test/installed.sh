#!/usr/bin/env bash
# The project that the README shows builds against this module as it is installed in a folder, by
# CMake and by pkg-config, and runs. Usage: installed.sh PREFIX GENERATOR
set -euo pipefail
prefix=$1
export CMAKE_GENERATOR=$2
readme=$(dirname "$0")/../README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The README's block of a language.
block() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$readme" | sed '1d;$d'
}
mkdir "$work/project"
block cmake >"$work/project/CMakeLists.txt"
block cpp >"$work/project/hello-lo.cc"
library=$(dirname "$(find "$prefix" -name 'libns3-loopback.so')")

cmake -S "$work/project" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" >"$work/log"
cmake --build "$work/build" >>"$work/log" 2>&1 || {
    cat "$work/log"
    echo "expected the README's project to build"
    exit 1
}
PKG_CONFIG_PATH=$library/pkgconfig
export PKG_CONFIG_PATH
read -ra flags <<<"$(pkg-config --cflags --libs ns3-loopback)"
"${CXX:-g++}" "$work/project/hello-lo.cc" -o "$work/by-pkg-config" \
    "${flags[@]}"

status=0
for program in "$work/build/hello-lo" "$work/by-pkg-config"; do
    cd "$work"
    rm -f hello-0-0.pcap
    # 128 bytes to a closed port, and 20 + 8 + 28 bytes of ICMP error back.
    if ! LD_LIBRARY_PATH=$library "$program" >output ||
        ! grep -Eq '^ +184 +2 +0 +0 +0 +0 $' output || ! [ -s hello-0-0.pcap ]; then
        echo "$program: expected 2 packets of 184 bytes, and a capture; got"
        cat output
        status=1
    fi
done
for file in include/ns3/lo-net-device.h include/ns3/loopback-module.h; do
    [ -f "$prefix/$file" ] || {
        echo "expected $file to be installed"
        status=1
    }
done
exit $status
