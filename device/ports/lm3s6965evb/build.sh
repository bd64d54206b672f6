#!/bin/sh
# Builds the firmware image into build/lm3s6965evb at the root. What programs spend their time in is compiled for speed, the rest for size.
# Needs gcc-arm-none-eabi. Further compiler options may be given as arguments.
set -eu
cd "$(dirname "$0")/../.."
out=../build/lm3s6965evb
mkdir -p "$out"
flags="-mcpu=cortex-m3 -mthumb -ffixed-r9 -DIOTPY_VM_REGISTER=\"r9\" -std=c11 -ffreestanding -fno-strict-aliasing -ffp-contract=off -ffunction-sections -fdata-sections -Wall -Wextra -Wconversion -Werror"
fast="interp arena table image text type_float iterator call"
objects=""
for source in vm/*.c link/*.c board/*.c ports/lm3s6965evb/*.c; do
  name=$(basename "$source" .c)
  level=-Os
  case " $fast " in *" $name "*) level=-O2 ;; esac
  object="$out/$(dirname "$source" | tr / -)-$name.o"
  arm-none-eabi-gcc $flags $level "$@" -c "$source" -o "$object"
  objects="$objects $object"
done
arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -nostdlib -nostartfiles -Wl,--gc-sections -Wl,-Map="$out/firmware.map" -T ports/lm3s6965evb/link.ld $objects -lgcc -o "$out/firmware.elf"
arm-none-eabi-size "$out/firmware.elf"
