#!/bin/bash
# Sourced by ./run and ./test: say, die, and build PRESET, which installs, configures and compiles what is out of date.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
export HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
# What ccache needs to see through a precompiled header.
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
say() { printf '%s\n' "$*" >&2; }
die() { say "lathe: $*"; exit 1; }

# As many compilers as there are cores, but one for every 1.5 GB of free memory.
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo)
    [ "$memory" -lt "$cores" ] && cores=$memory
    [ "$cores" -ge 1 ] || cores=1
    echo "$cores"
}

# build PRESET run|test|long [TARGET…]
build() {
    local folder=build/$1 targets=("${@:3}")
    scripts/deps.sh "$2"
    if [ ! -e "$folder/build.ninja" ] || [ -n "${LATHE_LIBTORCH:-}" ]; then
        mkdir -p build
        cmake --preset "$1" ${LATHE_LIBTORCH:+-DLATHE_LIBTORCH="$LATHE_LIBTORCH"} >"build/$1-configure.log" 2>&1 || {
            cat "build/$1-configure.log" >&2
            die "configuring failed; the lines above say why (also in build/$1-configure.log)"
        }
    fi
    ninja -C "$folder" -n "${targets[@]}" 2>/dev/null | tail -1 | grep -q 'no work to do' && return 0
    ninja -C "$folder" -j "$(build_jobs)" "${targets[@]}" >&2 || die "the build failed; the lines above say why"
}
