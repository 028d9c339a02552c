# shellcheck shell=bash
# Shared by the scripts in this folder, which source it.
set -euo pipefail
export LC_ALL=C.UTF-8 # the same numbers and order on every machine

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The cache of what is costly to make: an ns-3 tree, roots of other releases, object files.
# shellcheck disable=SC2034
cache=${LOOPBACK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ns3-loopback}
cd "$top"

# The CMake package of Debian's libns3-dev names files of packages that it does not depend on.
build_packages=(cmake ninja-build g++ pkg-config ns3 libns3-dev libgsl-dev libxml2-dev
    libsqlite3-dev libboost-program-options-dev libpcap-dev)
# Debian 11's is built with MPI.
grep -qs bullseye /etc/os-release && build_packages+=(libopenmpi-dev python3)
# shellcheck disable=SC2034 # for the scripts that source this
test_packages=(tshark tcpdump iproute2 iputils-ping python3 python3-pandas procps gnuplot-nox
    fonts-dejavu-core)

say() {
    printf '\n== %s\n' "$*"
}

# Run at the end of a script; some scripts replace it.
cleanup() { :; }

# Print how long the script takes on two processors, and its result at the end.
# Usage: takes HOW_LONG WHAT_IS_GOOD WHAT_TO_LOOK_AT_OTHERWISE
takes() {
    say "${0##*/}: takes $1 on two processors"
    good=$2
    bad=$3
    trap finish EXIT
    trap "exit 1" HUP INT TERM # otherwise the EXIT trap would report success
}
finish() {
    local status=$?
    if [ $status -eq 0 ]; then
        say "${0##*/}: good, after $SECONDS s: $good"
    else
        say "${0##*/}: FAILED, after $SECONDS s; look at $bad" >&2
    fi
    cleanup
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Install the Debian packages that are missing.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        say "Installing Debian packages: ${missing[*]}"
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
            --no-install-recommends "${missing[@]}" >/dev/null
    fi
}

# Run a command, and show its output only if it fails.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [ $status -eq 0 ] || {
        cat "$log" >&2
        echo "this failed: $*" >&2
    }
    rm "$log"
    return $status
}

# Lock a part of the cache folder, named by one word, until the script ends.
lock_cache() {
    local lock
    mkdir -p "$cache"
    exec {lock}>"$cache/$1.lock"
    flock --nonblock "$lock" || {
        say "Waiting for another run that uses $cache/$1.lock"
        flock "$lock"
    }
}

# Update a folder to git's files of the checkout, and keep its build and out. A changed file gets a
# new time, so that a build in that folder notices it.
copy_checkout() {
    local staged
    need_packages rsync
    staged=$(mktemp -d)
    chmod 755 "$staged" # rsync gives the copy the same mode
    git ls-files -z --cached --others --exclude-standard |
        tar --null --files-from=- --create --ignore-failed-read | tar --extract --directory "$staged"
    mkdir -p "$1"
    rsync --recursive --links --perms --checksum --delete --exclude=/build --exclude=/out \
        "$staged/" "$1/"
    rm -r "$staged"
}

# Print a preset's options, one per line, for a CMake without presets.
print_preset() {
    python3 - "$1" <<'END'
import json, sys

presets = {preset["name"]: preset for preset in json.load(open("CMakePresets.json"))["configurePresets"]}
merged, name = {}, sys.argv[1]
while name:
    merged = {**presets[name], **merged}
    merged["cacheVariables"] = {**presets[name]["cacheVariables"], **merged["cacheVariables"]}
    name = presets[name].get("inherits")
print("-S.", "-B" + merged["binaryDir"].replace("${sourceDir}/", ""), "-GNinja", sep="\n")
for variable, value in merged["cacheVariables"].items():
    print(f"-D{variable}={value}")
END
}

# Configure and build as a preset of CMakePresets.json says.
# Usage: build_preset PRESET [options for cmake --build]
build_preset() {
    local log=build/configure-$1.log
    need_packages "${build_packages[@]}"
    say "Building, preset $1"
    if [ -n "${CI:-}" ]; then # CI builds most files several times, and again in its next run
        need_packages ccache
        export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$top
    fi
    mkdir -p build
    local settings=(--preset "$1")
    cmake --help | grep -q -e --preset || mapfile -t settings < <(print_preset "$1") # before 3.20
    cmake "${settings[@]}" >"$log" 2>&1 || {
        cat "$log"
        exit 1
    }
    cmake --build "$(sed -n 's/.*Build files have been written to: //p' "$log")" "${@:2}"
}

# Print the path of the source of this Debian release's ns-3, kept in the cache folder.
ns3_source() (
    sources=$cache/ns3-source
    lock_cache ns3-source >&2
    if [ ! -e "$sources/tree" ]; then
        need_packages dpkg-dev >&2
        say "Getting the source of ns-3 into $sources" >&2
        rm -rf "$sources"
        mkdir -p "$sources/lists/partial"
        cd "$sources"
        # shellcheck source=/dev/null
        (. /etc/os-release && echo "deb-src http://deb.debian.org/debian $VERSION_CODENAME main") \
            >sources.list
        # With its own apt configuration, so that the machine's stays unchanged.
        cat >apt.conf <<END
Dir::Etc::SourceList "$sources/sources.list";
Dir::Etc::SourceParts "-";
Dir::State::Lists "$sources/lists";
APT::Sandbox::User "root";
END
        export APT_CONFIG=$sources/apt.conf
        quietly apt-get update
        quietly apt-get source ns3
        mv ns3-*/ns-* tree
    fi
    echo "$sources/tree"
)

# Run a command in a folder of a Debian root. The mounts end with the namespace.
# Usage: run_in_root ROOT FOLDER COMMAND...
run_in_root() {
    # shellcheck disable=SC2016 # it is the inner shell that expands these
    unshare --mount --propagation private bash -euc '
        root=$1
        folder=$2
        shift 2
        mount --bind "$root" "$root" # ip netns needs the root to be a mount
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
        exec chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            CI="${CI:-}" /bin/sh -c "cd \"\$0\" && exec \"\$@\"" "$folder" "$@"' bash "$@"
}

# Print a block of the README's. Usage: readme_block LANGUAGE [NUMBER, from 1]
readme_block() {
    awk -v begin="\`\`\`$1" -v number="${2:-1}" \
        '/^```/ { inside = $0 == begin && ++n == number; next } inside' "$top/README.md"
}
