# shellcheck shell=bash
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
#
# What scripts/demo and scripts/test share. Sourced, from the top folder.

say() { printf '\n== %s\n' "$*" >&2; }

# build_preset PRESET [TARGET...]: configures and builds, through ccache where it is installed.
build_preset() {
    local preset=$1
    shift
    local -a launcher=() targets=()
    if command -v ccache >/dev/null; then
        launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
        # Without these it stores nothing that was compiled with precompiled headers.
        export CCACHE_SLOPPINESS=pch_defines,time_macros
    fi
    if (($#)); then
        targets=(--target "$@")
    fi
    cmake --preset "$preset" "${launcher[@]}" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
        --log-level=WARNING >/dev/null || return
    cmake --build --preset "$preset" "${targets[@]}"
}

# port_from FILE PID LOG: prints the port a server has written into FILE; fails when the server
# ends first, or after 30 s.
port_from() {
    local file=$1 server=$2 log=$3 tries
    for ((tries = 0; tries < 300; tries++)); do
        if [[ -s $file ]]; then
            cat "$file"
            return 0
        fi
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    printf 'no port in %s; the server said:\n' "$file" >&2
    cat "$log" >&2
    return 1
}
