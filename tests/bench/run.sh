#!/usr/bin/env bash
# Measures the published Calf and writes RESULTS.md beside this file.
#   tests/bench/run.sh [CALF] [POSTS] [PARTS]    default: dist/linux-x64/calf (see publish.sh) and 1000000 stored posts
# PARTS, such as mix,flood,verify, measures these alone and writes nothing.
# Needs openssl, some 2 GB below TMPDIR and a machine that does nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
calf=$(realpath "${1:-../../dist/linux-x64/calf}")
dotnet publish bare -c Release -o bare/bin/published -v quiet --nologo
dotnet build . -c Release -v quiet --nologo
bench=(dotnet bin/Release/net10.0/Calf.Bench.dll "$calf" bare/bin/published/bare)
if [ -n "${3:-}" ]; then exec "${bench[@]}" "" "${2:-1000000}" "$3"; fi
exec "${bench[@]}" RESULTS.md "${2:-1000000}"
