#!/bin/sh
# Builds one fuzz target: build.sh TARGET -> build/fuzz/TARGET. Needs clang-14 and libclang-rt-14-dev.
# Run it: build/fuzz/TARGET -max_total_time=60 CORPUS_FOLDER
set -eu
cd "$(dirname "$0")/.."
mkdir -p ../build/fuzz
sources=$(ls vm/*.c link/*.c board/*.c | grep -v '^vm/libc.c$')
clang-14 -std=c11 -g -O1 -ffp-contract=off -fno-strict-aliasing -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o "../build/fuzz/$1" "fuzz/$1.c" $sources
