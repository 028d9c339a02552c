#!/usr/bin/env bash
# doc/attributes.rst says of attributes and trace sources what the classes themselves say.
# Usage: type-tables.sh PROGRAM
set -euo pipefail
program=$1
page=$(dirname "$0")/../doc/attributes.rst

if ! "$program" | diff -u "$page" -; then
    echo "doc/attributes.rst does not say what GetTypeId does; write it by: $program >doc/attributes.rst"
    exit 1
fi
echo "doc/attributes.rst says what GetTypeId does"
