#!/usr/bin/env bash
# The published file with a real S3-compatible server, s3rver: uploads, parts, moves in both directions with the verb and the server
# killed in the middle. Needs npm and a network for it at the first run. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../support/run-node.sh
