# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of a backup (alone and in the daemon), a restore and a migration, at random
moments and at the steps that the disk remembers: what is left is a usable store each time, and doing
it again succeeds."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time

import harness

STEPS = "fsync,fdatasync,rename,link,unlink"
NOW = "2024-10-21T08:00:00+07:00"
# Many more dossiers than the fixture has, so that migrating them takes longer than starting.
MANY = """
WITH RECURSIVE number(n) AS (SELECT 1001 UNION ALL SELECT n + 1 FROM number WHERE n < 1000 + {count})
INSERT INTO dossier SELECT 1, n, NULL FROM number;
WITH RECURSIVE number(n) AS (SELECT 1001 UNION ALL SELECT n + 1 FROM number WHERE n < 1000 + {count})
INSERT INTO dossier_code SELECT 1, printf('H37.10-2407%02d-%05d', 1 + n % 28, n), n FROM number;
INSERT INTO dossier_version ({columns}) SELECT {copied} FROM dossier_version v, dossier d
WHERE v.dossier = 1 AND d.id > 1000;
"""


class Case:
    """One command that is killed again and again, each time from the same beginning."""

    def __init__(self, world, name, prepare, command, mend,
                 go_on=("report", "send", "--week", "2024-W42", "--now", NOW)):
        self.world, self.name = world, name
        self.prepare, self.command, self.mend, self.go_on = prepare, command, mend, go_on

    def start(self, *before):
        words = [*before, self.world.programs.thidua, *self.command, "--config", self.world.config,
                 "--quiet"]
        return subprocess.Popen(list(map(str, words)), stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                env={**harness.environment(), "ASAN_OPTIONS": "detect_leaks=0"})

    def duration(self):
        self.prepare()
        began = time.monotonic()
        code = self.start().wait(timeout=300)
        if code != 0:
            sys.exit(f"{self.name}: {code} without a kill")
        return time.monotonic() - began

    def kill_many_times(self, kills, chance):
        whole = self.duration()
        in_time = mended = 0
        for number in range(kills):
            self.prepare()
            process = self.start()
            time.sleep(chance.uniform(0.2 * whole, 0.9 * whole))
            in_time += process.poll() is None
            process.kill()
            process.wait()
            mended += self.check(number)
        if in_time < kills // 3:
            sys.exit(f"{self.name}: only {in_time} of {kills} kills came before its end")
        print(f"{self.name}: {in_time} of {kills} killed before its end ({whole:.2f} s), "
              f"{mended} times the message's remedy was needed")

    def kill_at_steps(self):
        """At the last steps, one after another, and at some before: between any two of them."""
        trace = self.world.folder / "steps.trace"
        strace = ["strace", "-f", "-qq", "-o", trace, "-e", f"trace={STEPS}"]
        self.prepare()
        if self.start(*strace).wait(timeout=300) != 0:
            sys.exit(f"{self.name}: failed under strace")
        lines = trace.read_text().splitlines()
        # strace counts each thread and each call by itself; the main thread does all this.
        names = [line.split()[1].split("(")[0] for line in lines
                 if line.split()[0] == lines[0].split()[0]]
        steps = [(name, names[:at + 1].count(name)) for at, name in enumerate(names)]
        chosen = steps[:-12:max(1, len(steps) // 6)] + steps[-12:]
        mended = 0
        for name, nth in chosen:
            self.prepare()
            self.start(*strace, "-e", f"inject={name}:signal=KILL:when={nth}").wait(timeout=300)
            if "killed by SIGKILL" not in trace.read_text():
                sys.exit(f"{self.name}: nothing was killed at {name} {nth}")
            mended += self.check(f"at {name} {nth}")
        print(f"{self.name}: killed at {len(chosen)} of {len(steps)} steps, {mended} times the "
              "message's remedy was needed")

    def check(self, number):
        """The store is whole, or says what to do, and then is. True if that was needed."""
        verified = self.world.thidua("audit", "verify", check=False)
        needs_remedy = verified.returncode != 0
        self.mend(number, verified)
        for command in (["audit", "verify"], ["verify", "--quiet"]):
            done = self.world.thidua(*command, check=False)
            if done.returncode != 0:
                sys.exit(f"{self.name}, kill {number}: {command}: {done.stdout}{done.stderr}")
        done = self.world.thidua(*self.go_on, check=False)
        if done.returncode != 0:
            sys.exit(f"{self.name}, kill {number}: it does not go on: {done.stderr}")
        return needs_remedy


def store_of(world, name):
    world.config = world.write_config(edit=lambda text: text.replace("/state\n", f"/{name}\n"))
    folder = world.folder / name
    return folder, folder / "thidua.db"


def copy_folder(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def kill_backups(world, pulled, kills, chance):
    folder, _ = store_of(world, "backup")
    target = world.folder / "copy.db"

    def prepare():
        copy_folder(pulled, folder)
        target.unlink(missing_ok=True)

    def mend(number, verified):
        if verified.returncode != 0:
            sys.exit(f"backup, kill {number}: {verified.stdout}{verified.stderr}")
        if target.exists():  # it has its name, so it is whole
            database = sqlite3.connect(target)
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
            database.close()
            if answer != "ok":
                sys.exit(f"backup, kill {number}: {answer}")
            target.unlink()
        world.thidua("backup", target)  # in place of what was left

    case = Case(world, "backup", prepare, ["backup", target], mend)
    case.kill_many_times(kills, chance)
    case.kill_at_steps()


def kill_restores(world, pulled, kills, chance):
    folder, _ = store_of(world, "restore")
    copy_folder(pulled, folder)
    backup = world.folder / "good.db"
    world.thidua("backup", backup)
    restore = ["restore", backup, "--by", "An", "--now", NOW]

    def mend(number, verified):
        # Between database and witness: it refuses to write, and names the remedy.
        done = world.thidua("pull", "dvcqg", "--now", NOW, check=False)
        is_refused = done.returncode == 74 and "restore" in done.stderr
        if done.returncode != 0 and not is_refused:
            sys.exit(f"restore, kill {number}: {done.stderr}")
        if (verified.returncode != 0) != is_refused:
            sys.exit(f"restore, kill {number}: {verified.stdout}{done.stderr}")
        world.thidua(*restore)

    case = Case(world, "restore", lambda: copy_folder(pulled, folder), restore, mend)
    case.kill_many_times(kills, chance)
    case.kill_at_steps()


def make_old_store(path, count):
    database = sqlite3.connect(path)
    database.executescript((harness.ROOT / "tests/store/fixtures/schema-1.sql").read_text())
    columns = [row[1] for row in database.execute("PRAGMA table_info(dossier_version)")]
    copied = ["d.id" if name == "dossier" else f"v.{name}" for name in columns]
    database.executescript(MANY.format(
        count=count, columns=", ".join(columns), copied=", ".join(copied)))
    database.close()
    path.chmod(0o600)


def kill_migrations(world, count, kills, chance):
    folder, store = store_of(world, "migrate")
    old = world.folder / "old"
    old.mkdir()
    make_old_store(old / "thidua.db", count)

    def mend(number, verified):
        remedies = ("thidua db migrate", "the next command that writes")
        is_told = verified.returncode == 74 and any(one in verified.stderr for one in remedies)
        if verified.returncode != 0 and not is_told:
            sys.exit(f"migration, kill {number}: {verified.stdout}{verified.stderr}")
        world.thidua("db", "migrate", "--now", NOW)
        database = sqlite3.connect(store)
        versions = database.execute(
            "SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM dossier_history)"
        ).fetchone()[0]
        database.close()
        if versions < count:
            sys.exit(f"migration, kill {number}: {versions} versions")

    case = Case(world, "migration", lambda: copy_folder(old, folder),
                ["db", "migrate", "--now", NOW], mend, go_on=("pull", "dvcqg"))
    case.kill_many_times(kills, chance)
    case.kill_at_steps()


def kill_daemon_that_copies(world, kills, chance):
    """A backup that was handed over, and the daemon killed while it copies."""
    folder, _ = store_of(world, "live")
    log_path = world.folder / "live.log"
    for number in range(kills):
        log_path.write_text("")
        with open(log_path, "ab") as log:
            daemon = world.start_thidua("run", log=log)
            lock = folder / "thidua.db.lock"
            harness.wait_for("the daemon", lambda: lock.exists() and "socket " in lock.read_text())
            copying = Case(world, "", None, ["backup", folder / "copy.db"], None).start()
            harness.wait_for("the command", lambda: copying.poll() is not None or
                             "command backup: asked for" in log_path.read_text())
            time.sleep(chance.uniform(0, 0.1))
            daemon.kill()
            daemon.wait()
            if copying.wait(timeout=60) not in (0, 75):
                sys.exit(f"the client of a killed daemon: {copying.returncode}")
        # What a kill in a commit has left is the next writer's to take back.
        for command in (["pull", "dvcqg"], ["audit", "verify"], ["verify", "--quiet"]):
            world.thidua(*command)
        (folder / "copy.db").unlink(missing_ok=True)
    world.thidua("backup", folder / "copy.db")
    left = sorted(path.name for path in folder.iterdir() if "partial" in path.name)
    if left:
        sys.exit(f"left behind: {left}")
    print(f"daemon: killed {kills} times while it copied")


def test(options):
    chance = random.Random(5)
    with harness.World(options, now=NOW, dossiers=options.dossiers) as world:
        world.thidua("pull", "--now", NOW)
        pulled = world.folder / "state"
        kill_backups(world, pulled, options.kills, chance)
        kill_restores(world, pulled, options.kills, chance)
        kill_migrations(world, options.dossiers // 8, options.kills, chance)
        kill_daemon_that_copies(world, options.kills // 2, chance)
    print(json.dumps({"kills": options.kills}))


harness.main(test, kills=8, dossiers=20000)
