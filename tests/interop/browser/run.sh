#!/usr/bin/env bash
# The published file as its owner uses it: set up by its link, written with, read and followed in headless Chromium, with a second
# Calf as the neighbour. Screenshots of every page go to CI_OUT. Needs chromium, npm and a network for it at the first run. Ends
# with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(realpath ../../..)
CALF_BINARY=$(realpath -e "${CALF_BINARY:-$root/dist/linux-x64/calf}") || { echo "Publish first: ./publish.sh linux-x64"; exit 1; }
CI_OUT=$(realpath -m "${CI_OUT:-$root/.ci/out/browser}")
CHROMIUM=${CHROMIUM:-$(command -v chromium)} || { echo "Install Chromium first: apt-get install chromium"; exit 1; }
export CALF_BINARY CI_OUT CHROMIUM
mkdir -p "$CI_OUT"
rm -f "$CI_OUT"/*.log "$CI_OUT"/*.png

if [ ! -d node_modules/playwright-core ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1
fi
exec node drive.mjs
