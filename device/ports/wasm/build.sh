#!/bin/sh
# Builds device/ports/wasm/iotpy.wasm (or the file given), byte for byte the same on every machine with clang 14 and lld 14.
set -eu
cd "$(dirname "$0")/../.."
out=${1:-ports/wasm/iotpy.wasm}
clang-14 --target=wasm32-unknown-unknown -std=c11 -O2 -ffreestanding -fno-strict-aliasing -ffp-contract=off -nostdlib -fvisibility=hidden \
  -mbulk-memory -msign-ext -ffile-prefix-map="$PWD"=. -Wall -Wextra -Wconversion -Werror \
  -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=65536 -Wl,--stack-first \
  -o "$out" $(ls vm/*.c link/*.c board/*.c ports/wasm/*.c | LC_ALL=C sort)
