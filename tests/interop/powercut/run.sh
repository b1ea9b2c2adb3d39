#!/usr/bin/env bash
# Power cuts: the published file is killed with SIGKILL at random moments, 50 times, while posts go out and activities come in. Then
# nothing that was promised may be missing and nothing may be there twice. SEED=N repeats the same choices, ROUNDS=N changes their
# number, KEEP=1 keeps the data. Needs Node 18 or newer and sqlite3. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(realpath ../../..)
CALF_BINARY=$(realpath -e "${CALF_BINARY:-$root/dist/linux-x64/calf}") || { echo "Publish first: ./publish.sh linux-x64"; exit 1; }
CI_OUT=$(realpath -m "${CI_OUT:-$root/.ci/out/powercut}")
export CALF_BINARY CI_OUT
mkdir -p "$CI_OUT"
rm -f "$CI_OUT"/*.log
exec node drive.mjs
