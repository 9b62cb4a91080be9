# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What monitoring and a person at the terminal are told: all is well, no daemon, a source that is
away, a configuration full of mistakes; with the exit codes that monitoring plug-ins have."""

import json
import signal
import sys

import campaign_of_today
import harness
from harness import expect

OK, WARNING, CRITICAL, UNKNOWN = 0, 1, 2, 3


def check(world, config=None):
    """Told in words and in JSON, one after the other: for when nothing is under way."""
    done = world.thidua("check", check=False, config=config)
    told = world.thidua("check", "--json", check=False, config=config)
    expect(done.returncode == told.returncode, f"{done} {told}")
    said = json.loads(told.stdout)
    harness.check_schema(said, "check.schema.json")
    line = done.stdout.splitlines()[0]
    expect(line.startswith(f"THIDUA {said['state']} - ") and " | sources_late=" in line, line)
    return done.returncode, said


def status(world):
    said = json.loads(world.thidua("status", "--json").stdout)
    harness.check_schema(said, "status.schema.json")
    return said


def test(options):
    with harness.World(options, dossiers=300) as world:
        world.config = world.write_config(edit=campaign_of_today.of_today)
        code, said = check(world)
        expect(code == UNKNOWN, f"without a store: {code} {said}")
        with open(world.folder / "daemon.log", "ab") as log:
            daemon = world.start_thidua("run", log=log)
            harness.wait_for("all to be well",
                             lambda: world.thidua("check", check=False).returncode == OK)
            expect(check(world)[0] == OK, "all is well, and then not")
            now = status(world)
            expect(now["runs"] == f"thidua run, process {daemon.pid}", f"{now['runs']}")
            expect({job["state"] for job in now["jobs"]} <= {"done", "sent", "skipped"}, f"{now['jobs']}")
            text = world.thidua("status").stdout
            for word in ("SOURCE", "tthc", "digest:weekly", "0 messages wait"):
                expect(word in text, text)
            world.write_secret("tthc-client-secret", "wrong")
            expect(world.thidua("pull", "tthc", check=False).returncode == 77, "a wrong secret goes")
            harness.wait_for("the failed pull", lambda: status(world)["sources"][0]["last_pull"] == "failed")
            daemon.send_signal(signal.SIGTERM)
            expect(daemon.wait(timeout=60) == 0, "it does not stop")
        code, said = check(world)
        expect(code == CRITICAL and "no daemon runs" in said["problems"][0], f"{code} {said}")
        broken = world.write_config("broken.yaml", secrets=False,
                                    edit=lambda text: text.replace("smtp:", "smpt:"))
        code, said = check(world, config=broken)
        expect(code == UNKNOWN and "mistakes" in said["problems"][0], f"{code} {said}")
    sys.stdout.write("0 while all is well, 2 without a daemon, 3 where nothing can be known\n")


harness.main(test)
