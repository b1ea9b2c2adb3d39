#!/usr/bin/env bash
# What Lighthouse, with Debian's Chromium, says of the pages of the published file. Its reports go to CI_OUT. Needs chromium, npm and a
# network for it at the first run. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
CHROMIUM=${CHROMIUM:-$(command -v chromium)} || { echo "Install Chromium first: apt-get install chromium"; exit 1; }
export CHROMIUM
. ../support/run-node.sh
