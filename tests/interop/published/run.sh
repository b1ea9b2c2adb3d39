#!/usr/bin/env bash
# Proves that the published file is all that a machine needs: one file, no libraries beside glibc, its version inside. It answers
# in a folder that holds nothing else, and the arm64 file answers under qemu. Needs root for chroot and mknod, and qemu-user-static
# with libc6:arm64. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
x64=$(realpath "${CALF_BINARY:-dist/linux-x64/calf}")
arm64=$(realpath "${CALF_ARM64_BINARY:-dist/linux-arm64/calf}")
out=$(realpath -m "${CI_OUT:-.ci/out/published}")
port=${CALF_PORT:-18310}
most=40000000 # bytes
mkdir -p "$out"
work=$(mktemp -d)
running=""
trap 'stop; rm -rf "$work"' EXIT

passed=0
failed=0
check() { # NAME COMMAND...
  local name=$1
  shift
  if "$@"; then passed=$((passed + 1)) && echo "ok    $name"; else failed=$((failed + 1)) && echo "FAIL  $name"; fi
}

stop() {
  [ -z "$running" ] || { kill "$running" && wait "$running"; } 2>/dev/null
  running=""
}

start() { # LOG SECONDS COMMAND... until the first answer; prints the milliseconds
  local log=$1 limit=$2 begun=$(date +%s%N)
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  running=$!
  while [ $((($(date +%s%N) - begun) / 1000000000)) -lt "$limit" ] && kill -0 "$running" 2>/dev/null; do
    if curl -s -o "$work/page" "http://127.0.0.1:$port/"; then
      echo "      first answer after $((($(date +%s%N) - begun) / 1000000)) ms"
      return 0
    fi
    sleep 0.01
  done
  tail -20 "$log"
  return 1
}

answers() { # PATH: with 200 and something in it
  [ "$(curl -sL -o "$work/page" -w '%{http_code}' "http://127.0.0.1:$port$1")" = 200 ] && [ -s "$work/page" ]
}

alone() { [ "$(ls -A "$(dirname "$1")")" = "$(basename "$1")" ]; }
small() { echo "      $(wc -c <"$1") bytes"; [ "$(wc -c <"$1")" -le "$most" ]; }
only_glibc() { # every library that it names is libc, libm or the loader
  local named
  named=$(readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  [ -n "$named" ] && ! grep -v -x -e 'libc\.so\.6' -e 'libm\.so\.6' -e 'ld-linux-.*' <<<"$named"
}
names_version() { # COMMAND...
  local line
  line=$("$@" --version) && echo "      $line"
  [ "$line" = "calf $(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' src/Directory.Build.props) (commit $(git rev-parse HEAD))" ]
}

for file in "$x64" "$arm64"; do
  rid=$(basename "$(dirname "$file")")
  check "$rid: nothing lies beside it" alone "$file"
  check "$rid: at most $most bytes" small "$file"
  check "$rid: needs only libc and libm" only_glibc "$file"
done
check "linux-x64: --version names version and commit" names_version "$x64"

# A machine with glibc, certificates and the file: no shell, no /proc, no /tmp, no Debian paths to the certificates. The kernel's
# source of randomness is the one device.
root=$work/root
mkdir -p "$root/lib64" "$root/lib/x86_64-linux-gnu" "$root/etc/pki/tls/certs" "$root/calf" "$root/dev"
mknod -m 666 "$root/dev/urandom" c 1 9
cp -L /lib64/ld-linux-x86-64.so.2 "$root/lib64/"
cp -L /lib/x86_64-linux-gnu/lib{c,m}.so.6 "$root/lib/x86_64-linux-gnu/"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/pki/tls/certs/ca-bundle.crt"
cp "$x64" "$root/calf/calf"
# exec, so that the process that is started is the one that is stopped.
alone_in_root() { exec env -i CALF_LISTEN="http://127.0.0.1:$port" CALF_DATA=/calf/data /usr/sbin/chroot "$root" /calf/calf "$@"; }
libraries() { (cd "$root" && find . -name '*.so*' | sort); }

before=$(libraries)
check "chroot: --version" names_version alone_in_root
check "chroot: starts and answers" start "$out/chroot.log" 20 alone_in_root
check "chroot: GET / is a page" answers /
check "chroot: no library was left behind" test "$(libraries)" = "$before"
stop

emulated() { exec env DOTNET_GCHeapHardLimit=0x10000000 CALF_LISTEN="http://127.0.0.1:$port" CALF_DATA="$work/arm64" qemu-aarch64-static "$arm64" "$@"; }
check "linux-arm64: --version under qemu" names_version emulated
check "linux-arm64: starts and answers under qemu" start "$out/arm64.log" 90 emulated
check "linux-arm64: GET / is a page" answers /
stop

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
