# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Faults below the program, one after another: a disk that fills up, used-up inodes, a lock that
another program holds, a disk that is slow, descriptors that run out. Each must be seen to have
happened, be told in clear words, and leave nothing lost when it has passed."""

import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

import harness

NOW = "2024-10-21T08:00:00+07:00"
DAY = "2024-10-20"
WEEK = "2024-W42"
RECIPIENTS = 3


def expect(what, done, code, *words):
    said = done.stdout + done.stderr
    if done.returncode != code or any(word not in said for word in words):
        sys.exit(f"{what}: {done.returncode}, not {code} with {words}:\n{said}")
    print(f"{what}: {code}: {said.strip().splitlines()[-1][:160] if said.strip() else ''}")


class SmallDisk:
    """A file system of its own for the state, with a configuration that names it."""

    def __init__(self, world, name, options, edit=lambda text: text):
        self.folder = world.folder / name
        self.folder.mkdir()
        self.mount(options)
        self.config = world.write_config(f"{name}.yaml", lambda text: edit(
            text.replace(str(world.folder / "state"), str(self.folder))))

    def mount(self, options):
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], check=True)

    def remount(self, options):
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


def check_figures(world, what, config=None):
    standings = world.thidua("standings", "--as-of", DAY, "--known-at", NOW, "--json",
                             config=config).stdout
    differences = harness.compare_with_truth(harness.json.loads(standings), world.truth(DAY, NOW))
    if differences:
        sys.exit(f"{what}: " + "\n".join(differences[:10]))
    world.thidua("audit", "verify", config=config)


def pull(world, config=None, now=("--now", NOW)):
    return world.thidua("pull", *now, config=config, check=False)


def mails(world):
    return len(harness.files_below(world.folder / "mail"))


def check_low_space(world):
    """B4: fetching pauses while the reserve is not free; mail and status go on."""
    def edit(text):
        return text.replace("organisation:", "store: {reserve: 20MiB}\norganisation:", 1)

    with SmallDisk(world, "low", "size=48m", edit) as disk:
        expect("a pull with room", pull(world, disk.config), 0)
        ballast = disk.folder / "ballast"
        ballast.write_bytes(bytes(30 * 1024 * 1024))
        before = mails(world)
        expect("a pull with little room", pull(world, disk.config), 74,
               "nothing is pulled", "20 MiB free (store.reserve)", "make room")
        expect("a digest with little room",
               world.thidua("report", "send", "--week", WEEK, "--now", NOW, config=disk.config,
                            check=False), 0, "3 sent")
        expect("status with little room", world.thidua("status", config=disk.config, check=False),
               0, "failed", "store.reserve")
        if mails(world) != before + RECIPIENTS:
            sys.exit(f"little room: {mails(world) - before} mails")
        ballast.unlink()
        expect("a pull with room again", pull(world, disk.config), 0)
        check_figures(world, "little room", disk.config)


def check_used_up_inodes(world):
    """B5: there are bytes, but no file can be made."""
    def edit(text):
        return text.replace("organisation:", "store: {reserve: 0MiB}\norganisation:", 1)

    with SmallDisk(world, "inodes", "size=48m,nr_inodes=2", edit) as disk:
        expect("a first pull without inodes", pull(world, disk.config), 74, "inodes are used up")
        disk.remount("nr_inodes=100")
        expect("a first pull", pull(world, disk.config), 0)
        made = []
        try:
            while len(made) < 1000:
                path = disk.folder / f"file-{len(made)}"
                path.touch()
                made.append(path)
            sys.exit("the inodes did not run out")
        except OSError:
            pass
        before = mails(world)
        expect("a digest without inodes",
               world.thidua("report", "send", "--week", WEEK, "--now", NOW, config=disk.config,
                            check=False), 74, "inodes are used up")
        for path in made:
            path.unlink()
        expect("the digest again",
               world.thidua("report", "send", "--week", WEEK, "--now", NOW, config=disk.config,
                            check=False), 0, "3 sent")
        if mails(world) != before + RECIPIENTS:
            sys.exit(f"no inodes: {mails(world) - before} mails")
        check_figures(world, "no inodes", disk.config)


def check_held_lock(world):
    """B15: an operator's shell holds the database. One step fails after a bounded wait and is put
    off; the daemon lives, and does it when the lock is gone."""
    world.config = world.write_config(edit=lambda text: text.replace("/state\n", "/held\n"))
    log_path = world.folder / "held.log"
    with open(log_path, "wb") as log:
        daemon = world.start_thidua("run", log=log)
        try:
            harness.wait_for("the daemon's first pulls", lambda: daemon.poll() is None and
                             log_path.read_text().count("complete") == 3)
            shell = sqlite3.connect(world.folder / "held/thidua.db", isolation_level=None)
            shell.execute("BEGIN EXCLUSIVE")
            began = time.monotonic()
            done = world.thidua("pull", "tthc", check=False)
            waited = time.monotonic() - began
            expect("a pull while a shell holds the database", done, 69, "another process holds it")
            if not 9 < waited < 60:
                sys.exit(f"a held lock: waited {waited:.1f} s")
            shell.execute("ROLLBACK")
            shell.close()
            expect("a pull when the lock is gone", world.thidua("pull", check=False), 0)
            if daemon.poll() is not None:
                sys.exit("a held lock ended the daemon:\n" + log_path.read_text())
            daemon.terminate()
            daemon.wait(timeout=60)
        finally:
            daemon.kill()
    world.thidua("audit", "verify")
    world.thidua("verify", "--quiet")
    print(f"a held lock: put off after {waited:.1f} s, done when it was gone")


class Traced:
    """thidua under strace, which injects a fault; sanitizers cannot look for leaks under it."""

    def __init__(self, world, name, calls, fault, *arguments, env=None):
        self.trace = world.folder / f"{name}.trace"
        self.log = world.folder / f"{name}.log"
        command = ["strace", "-f", "-qq", "-o", self.trace, "-e", f"trace={calls}",
                   *(["-e", f"inject={calls}:{fault}"] if fault else []),
                   world.programs.thidua, *arguments, "--config", world.config]
        environment = {**harness.environment(), "ASAN_OPTIONS": "detect_leaks=0", **(env or {})}
        with open(self.log, "wb") as log:
            self.strace = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL,
                                           stdout=log, stderr=log, env=environment)

    def wait(self):
        return self.strace.wait(timeout=600)

    def said(self):
        return self.log.read_text()

    def calls(self):
        return self.trace.read_text()

    def kill(self):
        pid = self.strace.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)
        self.strace.wait(timeout=60)


def check_slow_disk(world):
    """B16: each sync takes two seconds; the watchdog, which wants a word every three, hears it."""
    watchdog_seconds, watched_seconds = 3, 25
    world.config = world.write_config(edit=lambda text: text.replace("/state\n", "/slow\n"))
    supervisor = harness.Supervisor(world.folder)
    daemon = Traced(world, "slow", "fsync,fdatasync", "delay_enter=2000000", "run", env={
        "NOTIFY_SOCKET": supervisor.path, "WATCHDOG_USEC": f"{watchdog_seconds}000000"})
    harness.wait_for("READY=1", lambda: supervisor.has_heard("READY=1"))
    until = time.monotonic() + watched_seconds
    time.sleep(watched_seconds)
    synced = daemon.calls().count("DELAYED")
    running = daemon.strace.poll() is None
    daemon.kill()
    ready = next(at for at, word in supervisor.heard if "READY=1" in word)
    fed = [ready, *(at for at, word in supervisor.heard if "WATCHDOG=1" in word), until]
    longest = max(after - before for before, after in zip(fed, fed[1:]))
    if not running or synced < 4 or longest >= watchdog_seconds:
        sys.exit(f"a slow disk: {synced} slow syncs, {longest:.1f} s without a word for the watchdog:"
                 f"\n{daemon.said()}")
    world.thidua("pull")
    world.thidua("verify", "--quiet")
    print(f"a slow disk: {synced} syncs of 2 s, the watchdog never waited longer than {longest:.1f} s")


def opening_calls(world):
    """The numbers of those calls of openat in the main thread that open what is ours: strace counts
    for each thread, and before that the loader opens libraries."""
    counting = Traced(world, "count", "openat", None, "pull", "--now", NOW)
    if counting.wait() != 0:
        sys.exit(f"under strace: {counting.said()}")
    lines = counting.calls().splitlines()
    main = [line for line in lines if line.split()[0] == lines[0].split()[0]]
    first = next(at for at, line in enumerate(main) if str(world.config) in line)
    return range(first + 1, len(main) + 1)


def check_no_descriptors(world):
    """B18: from some call on there is no descriptor left, at different moments of a pull."""
    world.config = world.write_config(edit=lambda text: text.replace("/state\n", "/open\n"))
    world.thidua("pull", "--now", NOW)
    opening = opening_calls(world)
    cases = [("openat", nth) for nth in opening[::max(1, len(opening) // 16)]]
    cases.append(("socket", 1))
    told = {}
    for call, nth in cases:
        traced = Traced(world, f"{call}-{nth}", call, f"error=EMFILE:when={nth}+", "pull",
                        "--now", NOW)
        code, said = traced.wait(), traced.said()
        if "INJECTED" not in traced.calls():
            sys.exit(f"no descriptors from {call} {nth} on: nothing was injected")
        clear = "oo many files are open" in said or "Too many open files" in said
        if code not in (0, 69, 74, 78) or (code != 0 and not clear) or "Sanitizer" in said:
            sys.exit(f"no descriptors from {call} {nth} on: {code}: {said}")
        told[code] = told.get(code, 0) + 1
    if 0 in told and told[0] > len(cases) // 2:
        sys.exit(f"no descriptors: exit codes {told}")
    expect("a pull with descriptors again", pull(world), 0)
    check_figures(world, "no descriptors")
    # One that comes free again is taken by the next attempt of the same pull.
    moment = Traced(world, "moment", "socket", "error=EMFILE:when=1", "pull", "--now", NOW)
    if moment.wait() != 0 or "INJECTED" not in moment.calls():
        sys.exit(f"no descriptor for a moment: {moment.said()}")
    print(f"descriptors ran out at {len(cases)} calls, exit codes {told}; for a moment: not noticed")


def test(options):
    harness.enter_own_mounts()
    with harness.World(options, now=NOW, dossiers=3000) as world:
        check_low_space(world)
        check_used_up_inodes(world)
        check_no_descriptors(world)
        check_slow_disk(world)
        check_held_lock(world)


harness.main(test)
