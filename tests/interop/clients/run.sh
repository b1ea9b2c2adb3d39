#!/usr/bin/env bash
# The libraries that apps are made with sign in to the published file and use it for everything. Needs npm and a network for it at the
# first run, and Debian's python3-mastodon and toot. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../support/run-node.sh
