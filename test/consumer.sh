#!/usr/bin/env bash
# The README's example project builds against the installed module, and runs.
# Usage: consumer.sh BUILD_DIRECTORY GENERATOR
set -euo pipefail
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$1" --prefix "$prefix" >"$prefix/log"
"$(dirname "$0")/installed.sh" "$prefix" "$2"
