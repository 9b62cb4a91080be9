# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Two daemons on one PostgreSQL store. One is frozen past its lease: the other takes its place, and
when the first is thawed the server refuses what it writes, it says why and ends; no slot is worked on
twice."""

import signal
import sys
import time

import harness

LEASE_SECONDS = 15  # store/postgres_lease.hpp
TAKE_OVER_SECONDS = LEASE_SECONDS + 15


def config_of(world, server, place):
    """Something is due every minute."""
    return world.write_config(f"{place}.yaml", lambda text: text.replace(
        str(world.folder / "state"), str(world.folder / f"state-{place}")).replace(
        'schedule: {at: "00:00"}', "schedule: {every: 1m}") + f"store:\n  url: {server.url}\n")


class Daemon:
    def __init__(self, world, server, place):
        self.log_path = world.folder / f"{place}.log"
        world.config = config_of(world, server, place)
        with open(self.log_path, "wb") as log:
            self.process = world.start_thidua("run", log=log)

    def says(self, words):
        return words in self.log_path.read_text()

    def wait_for(self, words, limit=60):
        harness.wait_for(f"{words!r} in {self.log_path.name}:\n{self.log_path.read_text()}",
                         lambda: self.says(words), limit)


def terms(server):
    return sorted(set(server.ask("SELECT term FROM slot WHERE attempts > 0")))


def test(options):
    with harness.Postgres() as server, \
            harness.World(options, now="2025-01-06T05:00:00+07:00", dossiers=1000) as world:
        first = Daemon(world, server, "first")
        first.wait_for("pull tthc: complete")
        second = Daemon(world, server, "second")
        second.wait_for("standing by")
        slots = int(server.ask("SELECT count(*) FROM slot")[0])
        first.process.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        second.wait_for("runs campaign", TAKE_OVER_SECONDS)
        taken_over = time.monotonic() - began
        harness.expect(second.says("was not heard of for"), "it says whose session it ended")
        second.wait_for("pull tthc: complete", 90)
        first.process.send_signal(signal.SIGCONT)
        code = first.process.wait(timeout=90)
        log = first.log_path.read_text()
        harness.expect(code == 74 and "another daemon has taken over" in log, f"{code} {log}")
        harness.expect(second.process.poll() is None, second.log_path.read_text())
        twice = server.ask("SELECT job FROM slot GROUP BY job, scheduled_at HAVING count(*) > 1")
        left = server.ask("SELECT job, state FROM slot WHERE state = 'running' AND term = 1")
        harness.expect(not twice and not left, f"{twice} {left}")
        harness.expect(int(server.ask("SELECT count(*) FROM slot")[0]) > slots, "nothing went on")
        harness.expect(terms(server) == ["1", "2"], f"terms: {terms(server)}")
        world.thidua("audit", "verify")
        # The first comes back as the one that stands by, and takes its turn when the other ends.
        third = Daemon(world, server, "first")
        third.wait_for("standing by")
        second.process.terminate()
        harness.expect(second.process.wait(timeout=60) == 0, second.log_path.read_text())
        third.wait_for("runs campaign")
        third.process.terminate()
        harness.expect(third.process.wait(timeout=60) == 0, third.log_path.read_text())
        sys.stdout.write(f"taken over {taken_over:.1f} s after the freeze\n")


harness.main(test)
