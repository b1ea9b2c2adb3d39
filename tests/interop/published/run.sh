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
tls_port=$((port + 1))
most=40000000 # bytes
mkdir -p "$out"
work=$(mktemp -d)
running=""
peer_server=""
trap 'stop; [ -z "$peer_server" ] || kill "$peer_server" 2>/dev/null; rm -rf "$work"' EXIT

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

answers() { # PATH TEXT: with 200 and the text in it
  local code
  code=$(curl -sL -o "$work/page" -w '%{http_code}' "http://127.0.0.1:$port$1")
  [ "$code" = 200 ] && grep -q -F -- "$2" "$work/page" || { echo "      $1 gave $code: $(head -c 300 "$work/page")" && return 1; }
}

says() { # TEXT COMMAND...
  local text=$1 said
  shift
  said=$("$@" 2>&1 </dev/null)
  echo "      ${said:0:300}"
  [[ "$said" == *"$text"* ]]
}
in_subshell() { ("$@"); }
set_up() { (echo "correct horse battery staple" | "$@" setup --username alice --password-stdin); }

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
check "chroot: starts and answers" start "$out/chroot.log" 30 alone_in_root
check "chroot: is set up beside the running server" says "@alice@" set_up alone_in_root
check "chroot: posts from the command line" says "/@alice/" in_subshell alone_in_root post "Good morning from an empty room"
check "chroot: GET / is a page" answers / alice
check "chroot: the profile shows the post" answers /@alice "Good morning from an empty room"
check "chroot: WebFinger finds the account" answers "/.well-known/webfinger?resource=acct:alice@localhost:$port" "/users/alice"

# A peer with a certificate that only the bundle in the chroot knows.
peer=https://127.0.0.1:$tls_port/users/peer
mkdir -p "$work/peer/users"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=peer -addext subjectAltName=IP:127.0.0.1 \
  -keyout "$work/peer/key.pem" -out "$work/peer/cert.pem" 2>/dev/null
printf 'HTTP/1.0 200 OK\r\nContent-Type: application/activity+json\r\n\r\n%s' "{\"@context\":[\"https://www.w3.org/ns/activitystreams\",
  \"https://w3id.org/security/v1\"],\"id\":\"$peer\",\"type\":\"Person\",\"preferredUsername\":\"peer\",\"inbox\":\"$peer/inbox\",
  \"publicKey\":{\"id\":\"$peer#main-key\",\"owner\":\"$peer\",\"publicKeyPem\":\"$(openssl x509 -in "$work/peer/cert.pem" -noout -pubkey |
    awk '{printf "%s\\n", $0}')\"}}" >"$work/peer/users/peer"
(cd "$work/peer" && exec openssl s_server -accept "$tls_port" -cert cert.pem -key key.pem -HTTP -quiet >"$out/peer.log" 2>&1 </dev/null) &
peer_server=$!
check "chroot: a certificate that nobody vouches for is refused" says "could not be found" in_subshell alone_in_root follow "$peer"
cat "$work/peer/cert.pem" >>"$root/etc/pki/tls/certs/ca-bundle.crt"
check "chroot: a certificate in the machine's bundle is taken" says "asked" in_subshell alone_in_root follow "$peer"
kill "$peer_server"
check "chroot: no library was left behind" test "$(libraries)" = "$before"
stop

emulated() { exec env DOTNET_GCHeapHardLimit=0x10000000 CALF_LISTEN="http://127.0.0.1:$port" CALF_DATA="$work/arm64" qemu-aarch64-static "$arm64" "$@"; }
check "linux-arm64: --version under qemu" names_version emulated
check "linux-arm64: starts and answers under qemu" start "$out/arm64.log" 90 emulated
check "linux-arm64: is set up under qemu" says "@alice@" set_up emulated
check "linux-arm64: the profile is a page" answers /@alice alice
stop

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
