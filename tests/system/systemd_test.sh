#!/bin/sh
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
# The units are well-formed, and their exposure does not grow above 1.1 (systemd's threshold counts in
# tenths). Needs no running systemd; exits with 77 (skipped) where systemd-analyze is missing.
set -eu
units=$(cd "$(dirname "$0")/../../systemd" && pwd)
command -v systemd-analyze >/dev/null || { echo "no systemd-analyze"; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# verify wants the programs to exist; what they are does not matter to it.
for unit in thidua.service thidua-absence.service; do
    sed 's#/usr/bin/thidua[a-z-]* .*--config.*#/bin/true#' "$units/$unit" >"$folder/$unit"
done
cp "$units/thidua-absence.timer" "$folder"

said=$(systemd-analyze verify --man=no "$folder"/*.service "$folder"/*.timer 2>&1)
[ -z "$said" ] || { echo "$said"; exit 1; }
for unit in thidua.service thidua-absence.service; do
    systemd-analyze security --offline=yes --no-pager --threshold=11 "$folder/$unit" >"$folder/security" ||
        { cat "$folder/security"; exit 1; }
    tail -1 "$folder/security"
done
# The alarm does not hang on the daemon in any way.
if grep -E '^(Requires|Requisite|BindsTo|PartOf|Wants|After|Before|Upholds)=.*thidua' \
    "$units/thidua-absence.service" "$units/thidua-absence.timer"; then
    exit 1
fi
if command -v systemd-sysusers >/dev/null; then
    systemd-sysusers --dry-run "$units/thidua.sysusers" >/dev/null
fi
