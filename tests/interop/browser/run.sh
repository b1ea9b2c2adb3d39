#!/usr/bin/env bash
# The published file as its owner uses it: set up by its link, written with, read and followed in headless Chromium, with a second
# Calf as the neighbour. Screenshots of every page go to CI_OUT. Needs chromium, npm and a network for it at the first run. Ends
# with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
CHROMIUM=${CHROMIUM:-$(command -v chromium)} || { echo "Install Chromium first: apt-get install chromium"; exit 1; }
export CHROMIUM
rm -f "${CI_OUT:-../../../.ci/out/browser}"/*.png
. ../support/run-node.sh
