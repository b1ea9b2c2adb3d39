#!/usr/bin/env bash
# Makes dist/RID/calf: one native file with SQLite, libsodium and OpenSSL inside, for each RID named.
#   ./publish.sh                          for this machine
#   ./publish.sh linux-x64 linux-arm64    for both, from one machine
#   ./publish.sh --install linux-arm64    lets apt-get install what is missing first
# publish.ps1 is the same for PowerShell; change both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() { echo "publish: $*" >&2; exit 1; }

case "$(uname -s)" in
  Linux) os=linux ;;
  Darwin) os=osx ;;
  *) fail "on Windows run publish.ps1 in PowerShell" ;;
esac
case "$(uname -m)" in
  x86_64) here=x64 ;;
  aarch64 | arm64) here=arm64 ;;
  *) fail "no native build for $(uname -m): .NET makes one for x64 and arm64" ;;
esac

install=no
rids=()
for argument in "$@"; do
  case "$argument" in
    --install) install=yes ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit ;;
    linux-x64 | linux-arm64 | osx-x64 | osx-arm64)
      [ "${argument%-*}" = "$os" ] || fail "$argument cannot be made on $os: run this script on a machine of that system"
      rids+=("$argument") ;;
    *) fail "unknown argument $argument: give --install or RIDs of linux-x64, linux-arm64, osx-x64, osx-arm64" ;;
  esac
done
[ ${#rids[@]} -gt 0 ] || rids=("$os-$here")

triple() { [ "$1" = arm64 ] && echo aarch64-linux-gnu || echo x86_64-linux-gnu; }
debian() { [ "$1" = arm64 ] && echo arm64 || echo amd64; }

# The Debian packages that lack for building linux-$1 here, one a line.
missing() {
  command -v clang >/dev/null || echo clang
  command -v cmake >/dev/null || echo cmake
  command -v make >/dev/null || echo make
  local suffix=""
  if [ "$1" != "$here" ]; then
    suffix=":$(debian "$1")"
    command -v ld.lld >/dev/null || echo lld
    command -v "$(triple "$1")-gcc" >/dev/null || echo "gcc-$(triple "$1" | tr _ -)"
    command -v "$(triple "$1")-objcopy" >/dev/null || echo "binutils-$(triple "$1" | tr _ -)"
  fi
  local compiler
  compiler=$(command -v clang || command -v "$(triple "$1")-gcc" || command -v cc || true)
  case "$compiler" in *clang) compiler="$compiler --target=$(triple "$1")" ;; esac
  # -print-file-name answers with a path only for a file that exists.
  [ -n "$compiler" ] && [[ "$($compiler -print-file-name=libssl.a)" == /* ]] || echo "libssl-dev$suffix"
  # Debian only recommends it to the cross compiler, and an installation may leave out what is recommended.
  [ "$1" = "$here" ] || { [ -n "$compiler" ] && [[ "$($compiler -print-file-name=Scrt1.o)" == /* ]]; } || echo "libc6-dev-$(debian "$1")-cross"
}

if [ "$os" = linux ]; then
  packages=()
  foreign=""
  for rid in "${rids[@]}"; do
    arch=${rid#*-}
    while read -r package; do
      [[ " ${packages[*]-} " == *" $package "* ]] || packages+=("$package")
      case "$package" in *:*) foreign=${package#*:} ;; esac
    done < <(missing "$arch")
  done
  if [ ${#packages[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] && sudo="" || sudo="sudo "
    steps="${sudo}apt-get update && ${sudo}apt-get install -y ${packages[*]}"
    [ -z "$foreign" ] || steps="${sudo}dpkg --add-architecture $foreign && $steps"
    command -v apt-get >/dev/null || fail "missing here, by their Debian names: ${packages[*]}. Install them with this system's package manager"
    [ "$install" = yes ] || fail "missing: ${packages[*]}. Run this script with --install, or:
  $steps"
    echo "publish: $steps"
    DEBIAN_FRONTEND=noninteractive bash -euc "$steps"
  fi
fi
command -v dotnet >/dev/null || fail "missing: the .NET 10 SDK, see https://dotnet.microsoft.com/download"

for rid in "${rids[@]}"; do
  arch=${rid#*-}
  options=()
  # -w: the warnings of .NET's own C sources are not ours to mend.
  flags="${CFLAGS-} -w"
  if [ "$os" = linux ]; then
    options+=(-p:StaticOpenSslLinking=true)
    if [ "$arch" != "$here" ]; then
      flags="$flags --target=$(triple "$arch")"
      options+=(-p:LinkerFlavor=lld "-p:ObjCopyName=$(triple "$arch")-objcopy")
    fi
  fi
  out=src/obj/publish/$rid
  rm -rf "$out" "dist/$rid"
  # The OpenSSL part is compiled by cmake, which keeps the compiler of the last run: begin anew.
  rm -rf "src/obj/Release/net10.0/$rid"
  CFLAGS="$flags" dotnet publish src -c Release -r "$rid" -o "$out" --nologo -v quiet ${options[@]+"${options[@]}"} ||
    fail "dotnet publish for $rid ended with exit code $?"
  [ "$(ls -A "$out")" = calf ] || fail "expected one file, calf, in $out but found: $(ls -A "$out" | tr '\n' ' ')"
  mkdir -p "dist/$rid"
  mv "$out/calf" "dist/$rid/calf"
  echo "publish: dist/$rid/calf, $(($(wc -c <"dist/$rid/calf") / 1000)) kB"
done
