# shellcheck shell=bash
# ns-3's source, as Debian packages it; to be sourced after common.sh.

# By an apt of its own, which leaves the machine's as it is: of all of Debian's releases, each with
# another one of ns-3.
ns3_source_apt() {
    # shellcheck disable=SC2154 # common.sh sets the cache folder
    local command=$1 folder=$cache/ns3-source/apt suite
    shift
    mkdir -p "$folder/lists/partial"
    for suite in bookworm trixie sid; do
        echo "deb-src http://deb.debian.org/debian $suite main"
    done >"$folder/sources.list"
    "$command" -qq -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=- \
        -o "Dir::State::lists=$folder/lists" -o Dir::Cache::pkgcache= \
        -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root "$@"
}

# Get a release of ns-3, or `newest` of those that the mirror has, into the cache folder, where it
# stays; ns3_source is then the path of its tree.
fetch_ns3_source() {
    local wanted=$1 sources=$cache/ns3-source package release
    ns3_source=$sources/$wanted
    [ ! -e "$ns3_source" ] || return 0
    need_packages dpkg-dev
    [ "$wanted" != newest ] || wanted='.*'
    ns3_source_apt apt-get update
    for package in $(ns3_source_apt apt-cache showsrc --only-source ns3 |
        sed -n "s/^Version: \($wanted-.*\)/\1/p" | sort --version-sort --reverse --unique); do
        release=${package%-*}
        ns3_source=$sources/$release
        [ ! -e "$ns3_source" ] || return 0
        say "Getting the source of ns-3 $release into $sources"
        rm -rf "$sources/new"
        mkdir -p "$sources/new"
        if (cd "$sources/new" && ns3_source_apt apt-get source "ns3=$package" >/dev/null) &&
            mv "$sources/new/ns3-$release/ns-$release" "$ns3_source"; then
            rm -r "$sources/new"
            return 0
        fi
        rm -r "$sources/new"
        echo "ns-3 $release can not be had from there."
    done
    echo "expected Debian's mirror to have the source of ns-3 $1" >&2
    return 1
}
