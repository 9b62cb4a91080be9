# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The weekly look at the whole store: it is a job as others are, and what it finds is told."""

import json
import sqlite3
import sys

import harness
from harness import expect

SUNDAY, NEXT_SUNDAY = "2024-06-16", "2024-06-23"


class Case:
    def __init__(self, world):
        self.world = world

    def simulate(self, day):
        return self.world.thidua("simulate", "--sandbox", self.world.sandbox_url(), "--until",
                                 f"{day}T04:00:00+07:00", "--quiet", check=False)

    def slot(self, day):
        slots = json.loads(self.world.thidua("schedule", "list", "--job", "maintenance", "--json",
                                             "--limit", "100").stdout)
        (slot,) = [each for each in slots if each["scheduled_at"] == f"{day}T03:00:00+07:00"]
        return slot


def spoil(path):
    """A count of a rollup is another: no page is damaged, no program would notice."""
    database = sqlite3.connect(path)
    with database:
        (count,) = database.execute("SELECT count(*) FROM rollup").fetchone()
        expect(count > 0, "nothing to spoil")
        database.execute("DELETE FROM rollup WHERE rowid = (SELECT min(rowid) FROM rollup)"
                         if has_rowid(database) else
                         "DELETE FROM rollup WHERE (day, source, unit) = "
                         "(SELECT day, source, unit FROM rollup LIMIT 1)")
    database.close()


def has_rowid(database):
    try:
        database.execute("SELECT rowid FROM rollup LIMIT 1")
    except sqlite3.OperationalError:
        return False
    return True


def test(options):
    with harness.World(options, dossiers=500) as world:
        case = Case(world)
        done = case.simulate(SUNDAY)
        expect(done.returncode == 0, done.stderr)
        expect(case.slot(SUNDAY)["state"] == "done", f"{case.slot(SUNDAY)}")
        spoil(world.folder / "state/thidua.db")
        case.simulate(NEXT_SUNDAY)
        slot = case.slot(NEXT_SUNDAY)
        expect(slot["state"] == "failed" and "rollup" in slot["reason"]
               and "thidua verify" in slot["reason"], f"{slot}")
        world.config = world.write_config("off.yaml", lambda text: text
                                          + "\nstore: {maintenance: off}\n")
        jobs = [each["job"] for each in json.loads(world.thidua("schedule", "next", "--json").stdout)]
        expect("maintenance" not in jobs, f"{jobs}")
    sys.stdout.write("done where all is well, failed and told where a rollup is another\n")


harness.main(test)
