#!/bin/sh
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
# The units are well-formed, and their exposure does not grow above 1.1, of the backup above 0.2. Needs no running systemd; exits with 77 (skipped) where systemd-analyze is missing.
set -eu
units=$(cd "$(dirname "$0")/../../systemd" && pwd)
command -v systemd-analyze >/dev/null || { echo "no systemd-analyze"; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# verify wants the programs to exist; what they are does not matter to it.
for unit in thidua.service thidua-absence.service thidua-backup.service; do
    sed 's#^\(Exec[A-Za-z]*=-\{0,1\}\)/usr/bin/thidua.*#\1/bin/true#' "$units/$unit" >"$folder/$unit"
done
cp "$units"/*.timer "$folder"

said=$(systemd-analyze verify --man=no "$folder"/*.service "$folder"/*.timer 2>&1)
[ -z "$said" ] || { echo "$said"; exit 1; }
# Tenths, and what each may have: the backup calls nobody.
while read -r unit limit; do
    systemd-analyze security --offline=yes --no-pager --threshold="$limit" "$folder/$unit" >"$folder/security" ||
        { cat "$folder/security"; exit 1; }
    tail -1 "$folder/security"
done <<END
thidua.service 11
thidua-absence.service 11
thidua-backup.service 2
END
# The alarm does not hang on the daemon in any way.
if grep -E '^(Requires|Requisite|BindsTo|PartOf|Wants|After|Before|Upholds)=.*thidua' \
    "$units/thidua-absence.service" "$units/thidua-absence.timer"; then
    exit 1
fi
if command -v systemd-sysusers >/dev/null; then
    systemd-sysusers --dry-run "$units/thidua.sysusers" >/dev/null
fi
# tmpfiles.d has no dry run: into a root of its own, where the accounts are known by number.
if command -v systemd-tmpfiles >/dev/null; then
    mkdir -p "$folder/root/etc"
    printf 'root:x:0:0::/:\nthidua:x:%s:%s::/:\n' "$(id -u)" "$(id -g)" >"$folder/root/etc/passwd"
    printf 'root:x:0:\nthidua:x:%s:\n' "$(id -g)" >"$folder/root/etc/group"
    systemd-tmpfiles --root="$folder/root" --create "$units/thidua.tmpfiles"
    [ "$(stat -c %a "$folder/root/etc/thidua" "$folder/root/etc/thidua/credentials" "$folder/root/var/lib/thidua" | paste -sd' ')" = "2750 700 700" ]
fi
