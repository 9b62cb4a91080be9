# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""`thidua run` as a service: tells systemd it is ready, pulls by itself, keeps a second daemon out,
pulls for others, and stops when asked."""

import json
import os
import signal
import sys
import time

import harness

NOW_OF_SANDBOX = "2025-01-06T05:00:00+07:00"
LIMIT_SECONDS = 120


def pulls_complete(world):
    done = world.thidua("status", "--json", check=False)
    if done.returncode != 0:
        return False
    states = [source["last_pull"] for source in json.loads(done.stdout)["sources"]]
    return len(states) == 3 and all(state == "complete" for state in states)


def test(options):
    with harness.World(options, now=NOW_OF_SANDBOX, dossiers=3000) as world:
        supervisor = harness.Supervisor(world.folder)
        with open(world.folder / "daemon.log", "wb") as log:
            daemon = world.start_thidua(
                "run", log=log,
                env={"NOTIFY_SOCKET": supervisor.path, "WATCHDOG_USEC": "2000000"})
            harness.wait_for("READY=1", lambda: supervisor.has_heard("READY=1"))
            harness.wait_for("three complete pulls", lambda: pulls_complete(world))
            harness.wait_for("WATCHDOG=1", lambda: supervisor.has_heard("WATCHDOG=1"))
            second = world.thidua("run", check=False)
            if second.returncode != 74 or f"thidua run, process {daemon.pid};" not in second.stderr:
                sys.exit(f"a second daemon: {second.returncode} {second.stderr}")
            handed_over = world.thidua("pull", "tthc", check=False)
            if handed_over.returncode != 0 or "tthc: complete" not in handed_over.stdout:
                sys.exit(f"a pull beside it: {handed_over.returncode} {handed_over.stderr}")
            asked_at = time.monotonic()
            daemon.send_signal(signal.SIGTERM)
            code = daemon.wait(timeout=LIMIT_SECONDS)
            if code != 0 or not supervisor.has_heard("STOPPING=1"):
                sys.exit(f"stopped with {code}")
        print(f"ready, pulled, kept a second daemon out, stopped {time.monotonic() - asked_at:.2f} s"
              " after SIGTERM")
        log_text = (world.folder / "daemon.log").read_text()
        if log_text.count("complete") != 3 or os.environ.get("SHOW_LOG"):
            sys.exit(log_text)


harness.main(test)
