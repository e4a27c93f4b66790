#!/bin/bash
# The kernels on ARM: cross-compiles them and their tests for NEON and runs those under qemu. Usage: scripts/check_neon.sh [CTest arguments…]
# Installs Debian's cross compiler and qemu-user; ~/.cache/lathe/arm64 takes 480 MB of ARM libraries, unpacked and never installed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/build.sh"
scripts/deps.sh neon
arm=$HOME/.cache/lathe/arm64
if [ ! -d "$arm" ]; then
    say "fetching the ARM libraries"
    rm -rf "$arm.tmp"
    mmdebstrap --quiet --variant=extract --architectures=arm64 --include=qt6-base-dev,libhwy-dev bookworm "$arm.tmp" ||
        die "the ARM libraries could not be fetched; the lines above say why"
    mv "$arm.tmp" "$arm"
fi
build neon neon
exec ctest --test-dir build/neon --output-on-failure "$@"
