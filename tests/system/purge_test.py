# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""After the appeals what tells of single dossiers goes for good: not before, not without somebody who
decides it. Rollups, editions, decisions and the audit chain stay; what needs single dossiers says why
it cannot; nothing is pulled any more; and no code of a dossier is left in the file."""

import json
import re
import sqlite3
import sys

import harness
from harness import expect

END, AFTER = "2025-01-20T09:00:00+07:00", "2026-01-02T09:00:00+07:00"
RETENTION = "\nretention: {appeals_until: 2025-12-31}\n"


def purge(world, *options, now=AFTER, code=0):
    done = world.thidua("purge", *options, "--now", now, check=False)
    expect(done.returncode == code, f"purge {options}: {done}")
    return done


def codes_of_dossiers(world):
    """As explain lists them."""
    standings = json.loads(world.thidua("standings", "--json", "--now", END).stdout)
    figure = next(each["figure"] for each in standings["total"]["indicators"] if each["denominator"])
    text = world.thidua("explain", figure, "--all", "--now", END).stdout
    return re.findall(r"H37\.[\d.]+-\d{6}-\d+", text), figure


def test(options):
    with harness.World(options, dossiers=400) as world:
        short = lambda text: text.replace("start: 2024-06-07", "start: 2024-12-16")
        world.config = world.write_config(edit=short)
        world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", END, "--quiet")
        refused = purge(world, "--yes-delete", "--by", "Bà An", code=64)
        expect("retention.appeals_until" in refused.stderr, refused.stderr)
        world.config = world.write_config(edit=lambda text: short(text) + RETENTION)
        for arguments, now, word in ((("--by", "Bà An"), END, "appeals may come until"),
                                     ((), AFTER, "--by NAME")):
            refused = purge(world, "--yes-delete", *arguments, now=now, code=64)
            expect(word in refused.stderr, refused.stderr)

        codes, figure = codes_of_dossiers(world)
        expect(codes, "no code of a dossier is told")
        store = world.folder / "state/thidua.db"
        before = json.loads(world.thidua("standings", "--json", "--now", END).stdout)
        counted = purge(world)
        expect("nothing was changed" in counted.stdout and "there are 0" not in counted.stdout,
               counted.stdout)
        done = json.loads(purge(world, "--yes-delete", "--by", "Bà An", "--json").stdout)
        harness.check_schema(done, "purge.schema.json")
        expect(done["purged"] and done["dossier_versions"] > 0, f"{done}")

        left = store.read_bytes()
        found = [code for code in codes if code.encode() in left]
        expect(not found, f"still in the file: {found[:3]}")
        database = sqlite3.connect(store)
        rows = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("dossier", "dossier_history", "payment", "capture", "rollup", "edition")}
        database.close()
        expect(rows["rollup"] and rows["edition"] and
               not any(rows[table] for table in ("dossier", "dossier_history", "payment", "capture")),
               f"{rows}")
        after = json.loads(world.thidua("standings", "--json", "--now", END).stdout)
        counts = lambda answer: [(unit["code"], each["id"], each["numerator"], each["denominator"])
                                 for unit in answer["units"] for each in unit["indicators"]]
        expect(counts(after) == counts(before), "other figures than before")
        for command in (("explain", figure, "--now", END),
                        ("standings", "--known-at", "2024-12-25T00:00:00+07:00", "--now", END),
                        ("pull", "tthc", "--now", AFTER)):
            told = world.thidua(*command, check=False)
            expect(told.returncode != 0 and "thidua purge" in told.stderr, f"{command}: {told}")
        expect("nothing to recompute from" in world.thidua("verify").stdout, "verify")
        world.thidua("audit", "verify")
        world.thidua("report", "verify", world.folder / "state/editions")
        status = json.loads(world.thidua("status", "--json").stdout)
        expect(status["purged_at"] == AFTER.replace("+07:00", ".000+07:00") or status["purged_at"],
               f"{status}")
        entries = json.loads(world.thidua("audit", "list", "--json").stdout)
        expect(any(entry["kind"] == "purged" and entry["subject"] == "Bà An" for entry in entries),
               f"{entries[:3]}")
        expect(purge(world).stdout.startswith("there are 0 versions"), "there is something left")
    sys.stdout.write("refused before its time, done for good after it, figures and editions as before\n")


harness.main(test)
