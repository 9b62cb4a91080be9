#!/usr/bin/env bash
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
#
# Proves that the crash loop can fail: mistakes planted into a copy of the store are caught by it on
# both databases within 30 s each, by name, and the same copy without them passes.
#
#   mutants_test.sh LOOP FOLDER    LOOP: thidua-crash-loop; FOLDER: for the copy and its build, kept
set -euo pipefail

if (($# != 2)); then
    printf 'usage: mutants_test.sh LOOP FOLDER\n' >&2
    exit 64
fi
readonly loop=$1 tree=$2/tree build=$2/build caught_within=30
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly top

die() {
    printf 'mutants_test.sh: %s\n' "$*" >&2
    exit 1
}

# Only what differs is written, so that a second run builds little. A file that was mutated differs.
copy_sources() {
    local file name
    while IFS= read -r -d '' file; do
        name=${file#"$top"/}
        mkdir -p "$tree/$(dirname "$name")"
        cmp -s "$file" "$tree/$name" || cp "$file" "$tree/$name"
    done < <(find "$top"/{core,store,cmake,tests/crash} -type f -print0)
    cmp -s "$top/tests/crash/mutants/CMakeLists.txt" "$tree/CMakeLists.txt" ||
        cp "$top/tests/crash/mutants/CMakeLists.txt" "$tree/CMakeLists.txt"
}

# build_child NAME: builds the child of the tree as it is, and keeps it under NAME.
build_child() {
    cmake --build "$build" --target thidua-crash-child >"$build/$1.log" 2>&1 ||
        die "$1 does not build: $(tail -20 "$build/$1.log")"
    cp "$build/thidua-crash-child" "$build/$1"
}

# run_loop SECONDS NAME STORE OPTION...: its words come on standard output.
run_loop() {
    local -a server=()
    [[ $3 == sqlite ]] || server=(--server-kills 10)
    timeout --kill-after=10 "$1" "$loop" --child "$build/$2" --store "$3" "${server[@]}" "${@:4}" 2>&1
}

# Fewer kills than system.crash_* make of the very same sources: here they tell the copy from them.
expect_pass() {
    local said
    for store in sqlite postgres; do
        said=$(run_loop 300 unmutated "$store" --kills 60) ||
            die "the unmutated copy does not pass on $store: $said"
        printf 'unmutated: passes on %s: %s\n' "$store" "$said"
    done
}

# expect_caught MUTANT WORDS: the loop fails in time, and says WORDS.
expect_caught() {
    local said status
    for store in sqlite postgres; do
        status=0
        said=$(run_loop "$caught_within" "$1" "$store") || status=$?
        ((status != 0)) || die "$1 is not caught on $store: $said"
        ((status != 124)) || die "$1 is not caught on $store within $caught_within s"
        [[ $said == after\ *"$2"* ]] ||
            die "$1 on $store fails for another reason than '$2': $said"
        printf '%s: caught on %s %s\n' "$1" "$store" "$(head -2 <<<"$said" | tr '\n' ' ')"
    done
}

# mutate NAME: a fresh copy with the patch NAME.
mutate() {
    copy_sources
    patch --directory="$tree" --strip=1 --fuzz=0 --forward --batch --no-backup-if-mismatch \
        --reject-file=- <"$top/tests/crash/mutants/$1.patch" >"$build/$1.patch.log" ||
        die "mutants/$1.patch does not apply any more; plant the mistake anew:
$(cat "$build/$1.patch.log")"
    build_child "$1"
}

launcher=()
if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
copy_sources
cmake -G Ninja -S "$tree" -B "$build" "${launcher[@]}" -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_CXX_FLAGS_DEBUG=-O0 --log-level=WARNING >/dev/null
begin=$SECONDS
build_child unmutated
mutate cursor-first
mutate rollup-outside
printf 'built in %d s\n' $((SECONDS - begin))

expect_pass
expect_caught cursor-first 'lost records'
expect_caught rollup-outside 'rollup differs'
