#!/bin/sh
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
# The unit is well-formed, and its exposure does not grow above 1.1 (systemd's threshold counts in
# tenths). Needs no running systemd; exits with 77 (skipped) where systemd-analyze is missing.
set -eu
units=$(cd "$(dirname "$0")/../../systemd" && pwd)
command -v systemd-analyze >/dev/null || { echo "no systemd-analyze"; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# verify wants the programs to exist; what they are does not matter to it.
sed 's#/usr/bin/thidua [a-z]* .*#/bin/true#' "$units/thidua.service" >"$folder/thidua.service"

said=$(systemd-analyze verify --man=no "$folder/thidua.service" 2>&1)
[ -z "$said" ] || { echo "$said"; exit 1; }
systemd-analyze security --offline=yes --no-pager --threshold=11 "$folder/thidua.service" >"$folder/security" ||
    { cat "$folder/security"; exit 1; }
tail -1 "$folder/security"
if command -v systemd-sysusers >/dev/null; then
    systemd-sysusers --dry-run "$units/thidua.sysusers" >/dev/null
fi
