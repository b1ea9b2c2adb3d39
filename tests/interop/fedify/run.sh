#!/usr/bin/env bash
# A peer of another make: a small server made with Fedify and the published file do everything to each other, with each kind of
# signature. Needs npm, a network for it at the first run, and sqlite3. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../support/run-node.sh
