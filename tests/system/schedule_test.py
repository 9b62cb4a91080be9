# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What falls due by itself: crontabs and holidays as `schedule next` tells of them, copies of the store
that are made, kept and restored, and weeks that were missed, by both policies."""

import json
import sys

import harness
from harness import expect

UNTIL = "2024-06-20T12:00:00+07:00"


def jobs(world, now):
    said = world.thidua("schedule", "next", "--json", "--now", now).stdout
    return {each["job"]: each for each in json.loads(said)}


def check_next(world):
    """2 September 2024, a Monday, is the national day, and the day after it is free too."""
    world.config = world.write_config(edit=lambda text: text.replace(
        'schedule: {weekday: monday, at: "07:30"}', 'schedule: {cron: "30 7 * * mon", on_holiday: next}'))
    digest = jobs(world, "2024-08-27T10:00:00+07:00")["digest:weekly"]
    expect(digest["local"] == "2024-09-04T07:30:00+07:00" and digest["moved_by_holiday"], digest)
    expect(digest["utc"] == "2024-09-04T00:30:00Z", digest)
    final = jobs(world, "2024-08-27T10:00:00+07:00")["freeze:final"]
    expect(final["local"] == "2025-01-03T17:00:00+07:00", final)


def simulate(world, until):
    done = world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", until, "--quiet",
                        check=False)
    expect(done.returncode in (0, 1), done.stderr)


def slots(world, job):
    said = world.thidua("schedule", "list", "--job", job, "--json", "--limit", "100").stdout
    return {each["scheduled_at"][:10]: each for each in json.loads(said)}


def check_backups(world):
    world.config = world.write_config(edit=lambda text: text.replace(
        "# The mail relay.", 'store:\n  backup: {schedule: {at: "02:00"}, folder: copies, keep: 3}\n\n#'))
    simulate(world, UNTIL)
    copies = sorted(path.name for path in (world.folder / "state/copies").iterdir())
    expect(copies == ["thidua-20240617T190000Z.db", "thidua-20240618T190000Z.db",
                      "thidua-20240619T190000Z.db"], copies)
    ended = slots(world, "backup")
    expect(len(ended) == 14 and {each["state"] for each in ended.values()} == {"done"}, ended)
    world.thidua("restore", world.folder / "state/copies" / copies[-1], "--by", "An", "--now", UNTIL)
    world.thidua("audit", "verify")


def check_missed(world, policy, editions, skipped):
    """Down for three Mondays."""
    world.config = world.write_config(f"{policy}.yaml", lambda text: text.replace(
        "/state", f"/state-{policy}").replace(
        'weekday: monday, at: "07:30"', f'weekday: monday, at: "07:30", misfire: {policy}'))
    simulate(world, "2024-06-17T12:00:00+07:00")
    # Nobody was there until Wednesday, 10 July.
    world.thidua("pull", "--now", "2024-07-10T09:00:00+07:00")
    simulate(world, "2024-07-11T12:00:00+07:00")
    listed = json.loads(world.thidua("report", "list", "--json").stdout)
    made = {each["period"]: each["subject"] for each in listed if each["id"].startswith("weekly/")}
    late = sorted(week for week, subject in made.items() if "[GỬI BÙ]" in subject)
    expect(late == editions, f"{policy}: {made}")
    states = slots(world, "digest:weekly")
    expect([day for day in sorted(states) if day > "2024-06-17" and states[day]["state"] == "skipped"]
           == skipped, f"{policy}: {states}")


def test(options):
    with harness.World(options, dossiers=300) as world:
        check_next(world)
        check_backups(world)
        check_missed(world, "run_latest", ["2024-W27"], ["2024-06-24", "2024-07-01"])
        check_missed(world, "run_all", ["2024-W25", "2024-W26", "2024-W27"], [])
    sys.stdout.write("crontab, holiday, copies, three Mondays down: as the schedule says\n")


harness.main(test)
