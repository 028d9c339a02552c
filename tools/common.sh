# shellcheck shell=bash
# What the scripts in this folder share; to be sourced by them.
set -euo pipefail
# Numbers and sorting are the same for everybody.
export LC_ALL=C.UTF-8

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# What is costly to make and can be made again: ns-3 trees, roots of other releases.
# shellcheck disable=SC2034 # for those who source this
cache=${LOOPBACK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ns3-loopback}
cd "$top"

# The CMake package of Debian's libns3-dev names files of all these, which it does not depend on.
build_packages=(cmake ninja-build g++ pkg-config ns3 libns3-dev libgsl-dev libxml2-dev
    libsqlite3-dev libboost-program-options-dev)
# shellcheck disable=SC2034
test_packages=(tshark tcpdump iproute2 iputils-ping python3 python3-pandas procps gnuplot-nox
    fonts-dejavu-core)
# shellcheck disable=SC2034
bench_packages=(libbenchmark-dev)
# shellcheck disable=SC2034
mpi_packages=(libopenmpi-dev openmpi-bin)

say() {
    printf '\n== %s\n' "$*"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Install those of the Debian packages that are missing.
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

# Have a part of the cache folder, whose name is one word, to itself until the script ends.
lock_cache() {
    local lock
    mkdir -p "$cache"
    exec {lock}>"$cache/$1.lock"
    flock --nonblock "$lock" || {
        say "Waiting for another run that uses $cache/$1.lock"
        flock "$lock"
    }
}

# Copy what git knows of the checkout to a folder, in place of what is there, but for build and out.
# What has changed is new from now on, whenever it was edited: something older may be built there.
copy_checkout() {
    local staged
    need_packages rsync
    staged=$(mktemp -d)
    chmod 755 "$staged" # which is the copy's mode too
    git ls-files -z --cached --others --exclude-standard |
        tar --null --files-from=- --create | tar --extract --directory "$staged"
    mkdir -p "$1"
    rsync --recursive --links --perms --checksum --delete --exclude=/build --exclude=/out \
        "$staged/" "$1/"
    rm -r "$staged"
}

# Configure and build as a preset of CMakePresets.json says.
# Usage: build_preset PRESET [options for cmake --build]
build_preset() {
    local log=build/configure-$1.log
    need_packages "${build_packages[@]}"
    say "Building, preset $1"
    mkdir -p build
    cmake --preset "$1" >"$log" 2>&1 || {
        cat "$log"
        exit 1
    }
    cmake --build "$(sed -n 's/.*Build files have been written to: //p' "$log")" "${@:2}"
}
