#!/bin/bash
# Installs what the build needs: Debian packages (apt-get, only those dpkg lacks), the LibTorch wheel and the two CUDA run-time
# libraries it links. Usage: scripts/deps.sh run|test|long|neon. Downloads stay in ~/.cache/lathe; a stamp keyed on this file's hash makes
# the second call free. LATHE_SKIP_PACKAGES=1 leaves packages alone, LATHE_LIBTORCH=DIR the wheel.
set -euo pipefail

profile=${1:?usage: scripts/deps.sh run|test|long|neon}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=$HOME/.cache/lathe
say() { printf 'lathe: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

packages=(g++ cmake ninja-build pkgconf ccache unzip python3 python3-pip ca-certificates
          qt6-base-dev libqt6svg6-dev qt6-l10n-tools libqcustomplot-dev libhwy-dev libsqlite3-dev libssl-dev libcurl4-openssl-dev nlohmann-json3-dev libsimdjson-dev
          libpcre2-dev libutf8proc-dev libzip-dev libpugixml-dev libpoppler-cpp-dev libcli11-dev libbenchmark-dev
          fonts-inter fonts-jetbrains-mono fonts-noto-cjk)
case $profile in
    test) packages+=(clang-format clang-tidy dbus-daemon) ;;
    long) packages+=(clang-format clang-tidy clang-14 libclang-rt-14-dev xvfb xdotool openbox dbus debootstrap) ;;
    neon) packages+=(g++-aarch64-linux-gnu qemu-user mmdebstrap) ;;
esac

torch_wheel=torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl
torch_sha256=7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a
torch_dir=$cache/libtorch-2.11.0/torch
# Name and size of every library that libtorch_cpu.so and libc10.so load from the wheel.
torch_libs=(libtorch_cpu.so:451209129 libc10.so:1498969 libgomp.so.1:254009)
torch_headers=9410   # files in include/
cudart_wheel=nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl
cudart_sha256=7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548
cupti_wheel=nvidia_cuda_cupti-13.0.85-py3-none-manylinux_2_25_x86_64.whl
cupti_sha256=4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8
cuda_dir=$cache/cuda-runtime
cuda_libs=(libcudart.so.13:704288 libcupti.so.13:4152208)

free_mb() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }
# need_mb DIR MB WHAT: refuses to start what cannot end.
need_mb() {
    mkdir -p "$1" 2>/dev/null || die "cannot make the folder $1: check its owner and the disk"
    local free; free=$(free_mb "$1")
    [ "$free" -ge "$2" ] || die "too little disk at $1 for $3: $2 MB needed, $free MB free"
}
# sizes_ok DIR NAME:SIZE…
sizes_ok() {
    local dir=$1 entry; shift
    for entry in "$@"; do
        [ "$(stat -Lc %s "$dir/${entry%:*}" 2>/dev/null)" = "${entry##*:}" ] || return 1
    done
}

install_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || die "this is not Debian or a relative of it (no apt-get):" \
        "install ${packages[*]} in its own way, then set LATHE_SKIP_PACKAGES=1"
    local missing=() p
    for p in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local sudo=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || die "packages are missing and this is neither root nor a machine with sudo; as root: apt-get install ${missing[*]}"
        sudo=(sudo)
        [ -t 0 ] || sudo+=(-n)
        "${sudo[@]}" true || die "sudo was refused; as root: apt-get install ${missing[*]}"
    fi
    need_mb /var/cache/apt 2500 "the Debian packages"
    say "installing ${#missing[@]} packages: ${missing[*]}"
    local log=$cache/apt.log
    apt_install() {
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 \
            "${missing[@]}" </dev/null >>"$log" 2>&1
    }
    : >"$log"
    apt_install && return 0
    # Stale or absent package lists: once more with fresh ones.
    "${sudo[@]}" apt-get update -q -o DPkg::Lock::Timeout=300 </dev/null >>"$log" 2>&1 || true
    apt_install && return 0
    for p in "${missing[@]}"; do
        apt-cache policy "$p" 2>/dev/null | grep -q 'Candidate: [^(]' ||
            die "the package $p is not to be had: check the network and /etc/apt/sources.list for Debian 12 main (log: $log)"
    done
    grep -qE 'Could not resolve|Temporary failure|Failed to fetch|Could not connect' "$log" &&
        die "no network: packages could not be fetched (log: $log)"
    die "apt-get install failed: $(grep -E '^E:' "$log" | tail -1) (log: $log)"
}

# fetch REQUIREMENT WHEEL SHA256 [pip options…]: into $cache/wheels, verified.
fetch() {
    local requirement=$1 wheel=$cache/wheels/$2 sha=$3; shift 3
    mkdir -p "$cache/wheels"
    if [ -f "$wheel" ]; then
        echo "$sha  $wheel" | sha256sum -c --status && return 0
        say "$(basename "$wheel") is broken; fetching it again"
        rm -f "$wheel"
    fi
    local log=$cache/pip.log
    python3 -m pip --version >/dev/null 2>&1 || die "python3 -m pip does not start: install python3-pip"
    say "fetching $requirement"
    python3 -m pip download -q --no-cache-dir --disable-pip-version-check --no-deps --only-binary=:all: "$@" -d "$cache/wheels" \
        "$requirement" </dev/null >"$log" 2>&1 || {
        grep -qE 'Temporary failure|Name or service|NewConnectionError|Network is unreachable|timed out' "$log" &&
            die "no network: $requirement could not be fetched (log: $log)"
        die "$requirement could not be fetched: $(grep -i error "$log" | tail -1) (log: $log)"
    }
    echo "$sha  $wheel" | sha256sum -c --status ||
        die "$requirement did not come as $(basename "$wheel") with sha256 $sha: see $cache/wheels"
}

install_libtorch() {
    local stamp=$torch_dir/.complete
    if sizes_ok "$torch_dir/lib" "${torch_libs[@]}"; then
        [ "$(cat "$stamp" 2>/dev/null)" = "$torch_sha256" ] && return 0
        # Unpacked by other means: whole if the headers are.
        if [ "$(find "$torch_dir/include" -type f | wc -l)" -ge $torch_headers ]; then
            echo "$torch_sha256" >"$stamp"
            return 0
        fi
    fi
    [ "$(uname -m)" = x86_64 ] || die "the LibTorch wheel is for x86_64, this is $(uname -m): name a LibTorch 2.11.0 with LATHE_LIBTORCH=DIR"
    need_mb "$cache" 1300 "LibTorch"
    fetch torch==2.11.0 "$torch_wheel" "$torch_sha256" --python-version 3.11 --platform manylinux_2_28_x86_64
    say "unpacking LibTorch"
    local tmp=$cache/libtorch-2.11.0.tmp entry wanted=('torch/include/*')
    for entry in "${torch_libs[@]}"; do wanted+=("torch/lib/${entry%:*}"); done
    rm -rf "$tmp" && mkdir -p "$tmp"
    unzip -q -o "$cache/wheels/$torch_wheel" "${wanted[@]}" 'torch-2.11.0.dist-info/licenses/*' -d "$tmp" ||
        die "LibTorch could not be unpacked to $tmp: is the disk full?"
    sizes_ok "$tmp/torch/lib" "${torch_libs[@]}" || die "LibTorch unpacked to $tmp is not what was expected"
    echo "$torch_sha256" >"$tmp/torch/.complete"
    rm -rf "$cache/libtorch-2.11.0" && mv "$tmp" "$cache/libtorch-2.11.0"
}

install_cuda_runtime() {
    sizes_ok "$cuda_dir" "${cuda_libs[@]}" && return 0
    need_mb "$cache" 50 "the CUDA run-time libraries"
    fetch nvidia-cuda-runtime==13.0.96 "$cudart_wheel" "$cudart_sha256" --platform manylinux2014_x86_64
    fetch nvidia-cuda-cupti==13.0.85 "$cupti_wheel" "$cupti_sha256" --platform manylinux_2_25_x86_64
    rm -rf "$cuda_dir.tmp" && mkdir -p "$cuda_dir.tmp"
    unzip -q -o -j "$cache/wheels/$cudart_wheel" '*/libcudart.so.13' -d "$cuda_dir.tmp"
    unzip -q -o -j "$cache/wheels/$cupti_wheel" '*/libcupti.so.13' '*/License.txt' -d "$cuda_dir.tmp"
    sizes_ok "$cuda_dir.tmp" "${cuda_libs[@]}" || die "the CUDA run-time libraries unpacked to $cuda_dir.tmp are not what was expected"
    rm -rf "$cuda_dir" && mv "$cuda_dir.tmp" "$cuda_dir"
}

need_mb "$cache" 20 "downloads"
exec 9>"$cache/lock"
flock -n 9 || { say "waiting for another install to end"; flock 9; }

stamp=$cache/deps-$profile-$(sha256sum <"${BASH_SOURCE[0]}" | cut -c1-16)
if [ ! -e "$stamp" ]; then
    need_mb "$root" 3000 "the build folder"
    [ -n "${LATHE_SKIP_PACKAGES:-}" ] || install_packages
fi
if [ -z "${LATHE_LIBTORCH:-}" ]; then
    install_libtorch
    install_cuda_runtime
fi
: >"$stamp"
