# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random instants of a simulated campaign, with a relay in all of its moods: every due slot
ends once, everybody gets everything, nobody gets anything twice but where the relay left it open, and
then the same bytes (invariants I6 to I9 of reliability.md).

--daemons 2: on PostgreSQL, where two take turns: whichever is killed, the other goes on.
--mutant PROGRAM: the same with a mistake planted, which must be found.
"""

import collections
import contextlib
import datetime
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time

import harness

FIRST_MONDAY = datetime.datetime(2024, 6, 10, 0, 30, tzinfo=datetime.timezone.utc)  # 07:30 there
END = "2024-09-30T12:00:00+07:00"
HEALED = "2024-10-14T12:00:00+07:00"
LONGEST_LIFE_SECONDS = 1.2
ENDS = {"done", "sent", "partly-sent", "withheld", "skipped", "failed"}


class Quarter:
    """One simulated quarter, in a store of its own."""

    def __init__(self, world, number, program, server):
        self.world = world
        self.program = program
        self.server = server
        if server:
            server.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.state = world.folder / f"state-{number}"
        self.log = world.folder / f"relay-{number}.log"
        self.calm = world.folder / f"calm-{number}"
        self.relay_port = world.folder / f"relay-{number}.port"
        self.relay = subprocess.Popen(
            [harness.PYTHON, harness.ROOT / "tests/support/moody_relay.py",
             "--port-file", self.relay_port, "--log", self.log, "--calm-file", self.calm,
             "--seed", str(number)])
        harness.wait_for("the relay", self.relay_port.exists)
        # Each daemon has a state directory of its own, as on a machine of its own.
        self.configs = [
            world.write_config(f"quarter-{number}-{place}.yaml", lambda text: self.edit(text, place))
            for place in ("a", "b")]

    def edit(self, text, place):
        port = self.relay_port.read_text().strip()
        text = text.replace(f"127.0.0.1:{self.world.smtp}", f"127.0.0.1:{port}")
        text = text.replace(str(self.world.folder / "state"), f"{self.state}-{place}")
        if self.server:
            text += f"store:\n  url: {self.server.url}\n"
        # One source a week is enough: what is killed here is slots and mail.
        return text.replace('schedule: {at: "00:00"}', 'schedule: {weekday: sunday, at: "23:00"}')

    def simulate(self, until, config=0):
        return subprocess.Popen(
            [str(self.program), "simulate", "--quiet", "--sandbox", self.world.sandbox_url(),
             "--until", until, "--config", str(self.configs[config])],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=harness.environment())

    def finish(self):
        """Faults end; what is left is done."""
        self.calm.touch()
        self.simulate(HEALED).wait(timeout=600)
        self.relay.send_signal(signal.SIGTERM)
        self.relay.wait(timeout=30)

    def rows(self, sql):
        if self.server:
            lines = self.server.ask(f"SELECT row_to_json(r) FROM ({sql}) r")
            return [tuple(json.loads(line).values()) for line in lines]
        database = sqlite3.connect(f"file:{self.state}-a/thidua.db?mode=ro", uri=True)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def problems(self):
        return [*self.slot_problems(), *self.mail_problems()]

    def slot_problems(self):
        """Every Monday has its slots, each ended; nothing is left under way."""
        found = {}
        for job, at, state in self.rows("SELECT job, scheduled_at, state FROM slot"):
            found[job, at] = state
            if state not in ENDS:
                yield f"slot {job} {at}: {state}"
        monday = FIRST_MONDAY
        while monday <= datetime.datetime.fromisoformat(END):
            for job in ("digest:weekly", "units:weekly", "rehearsal:weekly"):
                key = job, int(monday.timestamp() * 1000)
                if key not in found:
                    yield f"slot {job} of {monday:%Y-%m-%d}: never"
            monday += datetime.timedelta(days=7)

    def mail_problems(self):
        copies = collections.defaultdict(list)
        for line in self.log.read_text().splitlines():
            entry = json.loads(line)
            copies[entry["message_id"]].append(entry)
        outcomes = collections.Counter()
        for subject, detail in self.rows(
                "SELECT subject, detail FROM audit WHERE kind = 'delivery'"):
            if " state=unknown " not in f" {detail} ":
                outcomes[subject] += 1
        for edition, recipient, message_id, light_id, state, attempts in self.rows(
                "SELECT edition, recipient, message_id, light_message_id, state, attempts"
                " FROM delivery"):
            got = copies.pop(message_id, []) + copies.pop(light_id, [])
            name = f"{edition} to {recipient}"
            ambiguous = attempts - outcomes[f"{edition}/{recipient}"]
            if state not in ("sent", "refused", "unknown"):
                yield f"{name}: {state} at the end"
            if state == "sent" and not got:
                yield f"{name}: sent, and nobody has it"
            if len(got) > ambiguous + (state == "sent"):
                yield f"{name}: {len(got)} copies, {attempts} attempts, {ambiguous} left open"
            if len({entry["sha256"] for entry in got}) > 1:
                yield f"{name}: copies with other bytes"
        for message_id in copies:
            yield f"{message_id}: the relay has it, no ledger row does"


def kill_one(quarter, chance, daemons):
    """A life of as many daemons; one of them is killed in mid work. False: the quarter is over."""
    lives = [quarter.simulate(END, number) for number in range(daemons)]
    deadline = time.monotonic() + chance.uniform(0.02, LONGEST_LIFE_SECONDS)
    while time.monotonic() < deadline:
        if any(life.poll() in (0, 1) for life in lives):
            for life in lives:
                life.wait(timeout=600)
            return False
        time.sleep(0.005)
    for life in chance.sample(lives, len(lives)):
        life.kill()
        life.wait()
        if daemons > 1:
            time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))  # the other goes on
    return True


def run_quarters(world, options, server):
    chance = random.Random(options.seed)
    totals = collections.Counter()
    quarter = None
    while totals["kills"] < options.kills:
        if quarter is None:
            totals["quarters"] += 1
            program = options.mutant or options.thidua
            quarter = Quarter(world, totals["quarters"], program, server)
        if kill_one(quarter, chance, options.daemons):
            totals["kills"] += options.daemons
        elif problems := end_quarter(quarter, totals):
            return totals, problems
        else:
            quarter = None
    while quarter and quarter.simulate(END).wait(timeout=900) not in (0, 1):
        pass
    return totals, end_quarter(quarter, totals) if quarter else []


def end_quarter(quarter, totals):
    quarter.finish()
    totals["messages"] += quarter.rows("SELECT count(*) AS n FROM delivery")[0][0]
    totals["copies"] += len(quarter.log.read_text().splitlines())
    totals["retaken slots"] += quarter.rows(
        "SELECT count(*) AS n FROM slot WHERE attempts > 1")[0][0]
    for mood, times in json.loads((quarter.log.parent / f"{quarter.log.name}.moods").read_text()
                                  ).items():
        totals[mood] += times
    return list(quarter.problems())


def test(options):
    began = time.monotonic()
    server = harness.Postgres() if options.daemons > 1 else contextlib.nullcontext()
    with server as postgres, harness.World(options, dossiers=200) as world:
        totals, problems = run_quarters(world, options, postgres)
    if options.mutant:
        if not problems:
            sys.exit(f"the planted mistake was not found: {dict(totals)}")
        print(f"found: {problems[0]} (and {len(problems) - 1} more), {dict(totals)}")
        return
    if problems:
        sys.exit("\n".join(problems[:20]) + f"\n{dict(totals)}")
    print(json.dumps({**totals, "seconds": round(time.monotonic() - began)}))


harness.main(test, kills=1000, seed=1, mutant="", daemons=1)
