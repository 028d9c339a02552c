# shellcheck shell=bash
# Roots of other Debian releases than the machine's own, kept in the cache folder; to be sourced
# after common.sh by scripts that run as root.

# The Debian release of the machine: bookworm, trixie, sid.
own_release() {
    # shellcheck source=/dev/null
    local codename
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")
    # sid has the name of the release that is to come.
    case $codename in
        bookworm | trixie) echo "$codename" ;;
        *) echo sid ;;
    esac
}

# The root of a release, made if it is not there, and brought up to date if it is; for this script
# alone.
# shellcheck disable=SC2154 # common.sh sets the cache folder
make_root() {
    local release=$1 root=$cache/roots/$1
    need_packages debootstrap util-linux
    lock_cache "root-$release"
    if [ ! -d "$root" ]; then
        say "Making a root of Debian $release in $root"
        rm -rf "$root.new"
        mkdir -p "$cache/roots"
        debootstrap --variant=minbase "$release" "$root.new" http://deb.debian.org/debian >"$root.log" || {
            tail -n 20 "$root.log"
            exit 1
        }
        # A mirror may be a snapshot, of which apt would say that it is out of date.
        echo 'Acquire::Check-Valid-Until "false";' >"$root.new/etc/apt/apt.conf.d/99snapshot"
        mv "$root.new" "$root"
        return
    fi
    say "Bringing the root of Debian $release up to date"
    mkdir -p "$root/src"
    run_in_root "$release" apt-get update -qq
    run_in_root "$release" env DEBIAN_FRONTEND=noninteractive apt-get dist-upgrade -y -qq >/dev/null
}

# Run a command in the copy of the checkout that a release's root has in /src.
run_in_root() {
    local root=$cache/roots/$1
    shift
    # The mounts go with the namespace.
    # shellcheck disable=SC2016
    unshare --mount --propagation private bash -euc '
        root=$1
        shift
        mount --bind "$root" "$root" # so that its top is a mount, which ip netns changes
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
        exec chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            CI="${CI:-}" /bin/sh -c "cd /src && exec \"\$@\"" sh "$@"' bash "$root" "$@"
}
