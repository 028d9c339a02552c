#!/usr/bin/env bash
# The project that the README shows builds against this module once it is installed, and runs.
# Usage: consumer.sh BUILD_DIRECTORY GENERATOR
set -euo pipefail
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$1" --prefix "$prefix" >"$prefix/log"
"$(dirname "$0")/installed.sh" "$prefix" "$2"
