#!/bin/bash
# Builds the runtime for the ports named: device/build.sh posix posix-stress wasm lm3s6965evb
#   posix         build/posix/iotpy: as it ships
#   posix-stress  build/posix-stress/iotpy: every allocation collects and moves all objects; with sanitizers
#   stream        build/stream/iotpy: runs images from a stream, for test/fuzz; stream-fail: with sanitizers, and allocations can be made to fail
#   numbers       build/numbers/iotpy: what it computes, for test/fuzz (fuzz/numbers.c)
#   others        device/ports/NAME/build.sh
# Objects that are newer than their source and every header are kept.
set -eu
cd "$(dirname "$0")"
warnings="-std=c11 -fno-strict-aliasing -ffp-contract=off -Wall -Wextra -Wconversion -Werror"
jobs=$(nproc)

# compile DIRECTORY "COMPILER FLAGS" SOURCE…: prints the objects
compile() {
  local out=$1 compiler=$2 newest; shift 2
  newest=$(ls -t vm/*.h | head -1)
  for source in "$@"; do
    local object="$out/${source//\//-}.o"
    echo "$object"
    [ "$object" -nt "$source" ] && [ "$object" -nt "$newest" ] && continue
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || { rm -f "$object"; exit 1; }; done
    $compiler $warnings -c "$source" -o "$object" >&2 &
  done
  while [ "$(jobs -rp | wc -l)" -gt 0 ]; do wait -n || exit 1; done
}

# native NAME "COMPILER FLAGS" PROGRAM SOURCE…: build/NAME/PROGRAM
native() {
  local name=$1 compiler=$2 program=$3; shift 3
  mkdir -p "../build/$name"
  objects=$(compile "../build/$name" "$compiler" "$@")
  $compiler $objects -o "../build/$name/$program"
}

runtime=$(ls vm/*.c | grep -v '^vm/libc.c$')
for port in "$@"; do
  case $port in
    posix) native posix "gcc -O2 -g" iotpy $runtime ports/posix/main.c ;;
    posix-stress) native posix-stress "gcc -O1 -g -DIOTPY_STRESS -fsanitize=address,undefined -fno-sanitize-recover=all" iotpy $runtime ports/posix/main.c ;;
    stream) native stream "gcc -O2 -g" iotpy $runtime fuzz/stream.c ;;
    stream-fail) native stream-fail "gcc -O1 -g -DIOTPY_FAIL -fsanitize=address,undefined -fno-sanitize-recover=all" iotpy $runtime fuzz/stream.c ;;
    numbers) native numbers "gcc -O2 -g" iotpy $runtime fuzz/numbers.c ;;
    *) sh "ports/$port/build.sh" ;;
  esac
done
