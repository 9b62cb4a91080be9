# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""kill -9 of `thidua run` at random instants, many times; then one clean pull: the figures equal the
truth, and nobody got a digest twice because of it."""

import json
import random
import sqlite3
import subprocess
import sys
import time

import harness

LAST_DAY = "2024-12-31"
LIFE_LIMIT_SECONDS = 8
NOW_OF_SANDBOX = "2025-01-06T05:00:00+07:00"


def pull_states(world):
    database = sqlite3.connect(f"file:{world.folder}/state/thidua.db?mode=ro", uri=True)
    try:
        return dict(database.execute("SELECT state, count(*) FROM pull GROUP BY state").fetchall())
    finally:
        database.close()


def time_of_whole_pull(world):
    """Seconds that a pull of everything takes here, measured on a store of its own."""
    scratch = world.write_config(
        "scratch.yaml", lambda text: text.replace(f"{world.folder}/state", f"{world.folder}/scratch"))
    began = time.monotonic()
    world.thidua("pull", config=scratch)
    return time.monotonic() - began


def config_of_life(world, life):
    """Every minute something is due, so that each life has a pull to be killed in. From one life to
    the next dossiers are read in another way that comes to the same: answers that are the same and
    are read alike would write nothing that a kill could interrupt."""
    other_key = f"    map: {{due_at: [/appointmentDate, /noSuchKey{life % 2}]}}\n"
    return world.write_config(edit=lambda text: text.replace(
        'schedule: {at: "00:00"}', "schedule: {every: 1m}").replace(
        "    preset: igate-dossiers\n", "    preset: igate-dossiers\n" + other_key))


def kill_many_times(world, kills):
    chance = random.Random(11)
    # Most lives end before the pull does, so that the next one has everything to pull again. Where
    # other tests held up the pull that was measured, a life is not to last for as long.
    longest_life = min(0.3 * time_of_whole_pull(world), LIFE_LIMIT_SECONDS)
    log_path = world.folder / "daemon.log"
    for life in range(kills):
        world.config = config_of_life(world, life)
        with open(log_path, "ab") as log:
            daemon = world.start_thidua("run", log=log)
            time.sleep(chance.uniform(0, longest_life))
            if daemon.poll() is not None:
                sys.exit(f"the daemon ended by itself:\n{log_path.read_text()[-2000:]}")
            daemon.kill()
            daemon.wait()


def test(options):
    with harness.World(options, now=NOW_OF_SANDBOX, dossiers=options.dossiers) as world:
        kill_many_times(world, options.kills)
        world.thidua("pull")
        world.thidua("audit", "verify")
        states = pull_states(world)
        interrupted = states.get("failed", 0)
        # The others met it starting, or between two pulls; how many depends on the machine.
        if interrupted < options.kills // 4:
            sys.exit(f"{options.kills} kills interrupted only {interrupted} pulls that had published:"
                     f" {states}")
        now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 1))
        standings = world.standings(LAST_DAY, now)
        differences = harness.compare_with_truth(
            standings, world.truth(LAST_DAY, NOW_OF_SANDBOX))
        if differences:
            sys.exit("\n".join(differences[:20]))
        database = world.folder / "state/thidua.db"
        check = subprocess.run(
            [harness.PYTHON, "-c",
             "import sqlite3, sys; print(sqlite3.connect(sys.argv[1])"
             ".execute('PRAGMA integrity_check').fetchone()[0])", database],
            capture_output=True, text=True, check=True)
        if check.stdout.strip() != "ok":
            sys.exit(check.stdout)
        print(json.dumps({"kills": options.kills, "pulls": states, "figures": "equal the truth"}))


harness.main(test, kills=100, dossiers=20000)
