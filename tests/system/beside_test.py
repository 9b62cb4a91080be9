# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Commands beside `thidua run`: those that read answer while it pulls without pause, and those that
write are done by it, with the same words and exit codes as if they had been run directly."""

import concurrent.futures
import json
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time

import harness

NOW_OF_SANDBOX = "2025-01-06T05:00:00+07:00"
LIMIT_SECONDS = 60
READERS = 4
READING_SECONDS = 12
LOCK_TROUBLE = ("locked", "another process holds it", "SQLite 5", "SQLite 261")


def fail(*words):
    sys.exit(" ".join(str(word) for word in words))


def wait_for(what, condition):
    deadline = time.monotonic() + LIMIT_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            fail(f"waited {LIMIT_SECONDS} s for {what}")
        time.sleep(0.05)


class Daemon:
    """A `thidua run` of the test's own, killed on leaving if it still runs."""

    def __init__(self, world, state="state", runtime_directory=None):
        self.world = world
        self.log = world.folder / f"daemon-{state}.log"
        env = {}
        self.socket = world.folder / state / "thidua.db.sock"
        if runtime_directory:  # as systemd sets it for the daemon, and for nobody else
            runtime_directory.mkdir()
            env = {"RUNTIME_DIRECTORY": str(runtime_directory)}
            self.socket = runtime_directory / "control.sock"
        with open(self.log, "ab") as log:
            self.process = world.start_thidua("run", log=log, env=env)
        wait_for("the daemon", self.takes_commands)

    def takes_commands(self):
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(str(self.socket))
            return True
        except (FileNotFoundError, ConnectionRefusedError):
            return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def wait_for_command(self, client):
        asked = f"asked for by process {client.pid} "
        wait_for("the command to be taken",
                 lambda: client.poll() is not None or asked in self.log.read_text())

    def name(self):
        return f"thidua run, process {self.process.pid}"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=LIMIT_SECONDS)
        if code != 0 or self.socket.exists():
            fail("stopped with", code, "socket:", self.socket.exists())


def pulls(world):
    """The last of each source that was pulled."""
    sources = json.loads(world.thidua("status", "--json").stdout)["sources"]
    return {source["source"]: {**source, "state": source["last_pull"]}
            for source in sources if source["last_pull"]}


def expect(what, done, code, *words):
    if done.returncode != code or any(word not in done.stdout + done.stderr for word in words):
        fail(f"{what}: {done.returncode}, not {code} with {words}:\n{done.stdout}{done.stderr}")


def without_numbers(text):
    return re.sub(r"\d+", "N", text)


def read_again_and_again(world, until):
    """The answers of standings and status in turn, until the time is over."""
    answers = 0
    while time.monotonic() < until:
        for command in ("standings", "status"):
            done = world.thidua(command, "--json", check=False)
            if done.returncode != 0 or done.stderr:
                fail(f"{command} beside the daemon: {done.returncode} {done.stderr}")
            json.loads(done.stdout)
            answers += 1
    return answers


def pull_again_and_again(world, until):
    """How many pulls of everything the daemon did, one after another."""
    done = 0
    while time.monotonic() < until:
        world.thidua("pull")
        done += 1
    return done


def check_readers(world, daemon):
    """From an empty store on, so that the first pulls commit much."""
    until = time.monotonic() + READING_SECONDS
    with concurrent.futures.ThreadPoolExecutor(READERS + 1) as pool:
        pulling = pool.submit(pull_again_and_again, world, until)
        reading = [pool.submit(read_again_and_again, world, until) for _ in range(READERS)]
        answers, pulled = sum(run.result() for run in reading), pulling.result()
    log = daemon.log.read_text()
    for trouble in (*LOCK_TROUBLE, "failed"):
        if trouble in log:
            fail(f"the daemon's log says '{trouble}':\n{log[-2000:]}")
    if pulled < 2 or answers < 2 * READERS:
        fail(f"only {pulled} pulls beside {answers} answers:\n{log[-2000:]}")
    return f"{answers} answers of {READERS} readers beside {pulled} pulls, no lock error"


def check_handing_over(world, daemon, direct):
    before = pulls(world)["tthc"]["started_at"]
    handed = world.thidua("pull", "tthc", check=False)
    expect("pull beside the daemon", handed, direct["pull"].returncode)
    if pulls(world)["tthc"]["started_at"] <= before:
        fail("the pull is not in status")
    for what, done in (("pull", handed), ("json", world.thidua("pull", "tthc", "--json")),
                       ("unknown", world.thidua("pull", "nobody", check=False)),
                       ("send", world.thidua("report", "send", "--week", "2024-W30", check=False))):
        same = [(without_numbers(one.stdout), without_numbers(one.stderr), one.returncode)
                for one in (done, direct[what])]
        if same[0] != same[1]:
            fail(f"{what}: handed over {same[0]}, directly {same[1]}")
    editions = json.loads(world.thidua("report", "list", "--json").stdout)
    if not any(edition["period"] == "2024-W30" and edition["sent"] == 3 for edition in editions):
        fail("report send: ", editions)
    expect("a virtual clock", world.thidua("pull", "--now", "2024-10-18T16:00:00+07:00",
                                           check=False), 64, "real clock")
    other = world.write_config("other.yaml", lambda text: text + "\n# another hash\n")
    expect("another configuration", world.thidua("pull", config=other, check=False), 78, "thidua reload")
    second = world.thidua("run", check=False)
    expect("a second daemon", second, 74, daemon.name())
    if stat.S_IMODE(daemon.socket.stat().st_mode) != 0o600:
        fail("mode of the socket:", oct(daemon.socket.stat().st_mode))


def ask(path, request):
    """What the daemon says to these bytes, until it hangs up."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(30)
        line.connect(str(path))
        line.sendall(request)
        answer = b""
        while data := line.recv(65536):
            answer += data
    return answer.decode()


def start_pull(world, source="tthc"):
    return subprocess.Popen(
        [world.programs.thidua, "pull", source, "--config", world.config],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check_bad_clients(world, daemon):
    """None of them disturbs the daemon, which still pulls afterwards."""
    for name, request, code in (
        ("garbage", b"\xff\x00 GET / HTTP/1.1\n", 64),
        ("another version", b'{"version":2,"command":"pull","arguments":{}}\n', 64),
        ("a version that is text", b'{"version":"1","command":"pull","arguments":{}}\n', 64),
        ("deep", b"[" * 60000 + b"\n", 64),
        ("a reading command", b'{"version":1,"command":"status","arguments":{}}\n', 64),
        ("an unknown argument", b'{"version":1,"command":"pull","arguments":{"x":1}}\n', 64),
        ("a wrong type", b'{"version":1,"command":"pull","arguments":{"sources":[1]}}\n', 64),
        ("half a request", b'{"version":1,', 64),
    ):
        answer = ask(daemon.socket, request)
        if f'"exit":{code}' not in answer:
            fail(f"{name}: {answer!r}")
    try:
        answer = ask(daemon.socket, b"x" * 70000)
    except (ConnectionResetError, BrokenPipeError):
        answer = '"exit":64'  # it may hang up before everything is said
    if '"exit":64' not in answer:
        fail("too long:", answer)
    for request in (b"", b'{"version":1'):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(daemon.socket))
            line.sendall(request)
    # A client that goes away does not cancel what it asked for.
    before = pulls(world)["dvcqg"]["started_at"]
    client = start_pull(world, "dvcqg")
    daemon.wait_for_command(client)
    client.kill()
    client.communicate()
    wait_for("the pull without its client", lambda: pulls(world)["dvcqg"]["started_at"] > before)
    if daemon.process.poll() is not None:
        fail("the daemon ended:", daemon.log.read_text()[-2000:])


def expect_end(what, client, code, *words):
    out, err = client.communicate(timeout=LIMIT_SECONDS)
    if client.returncode != code or any(word not in out + err for word in words):
        fail(f"{what}: {client.returncode}, not {code} with {words}:\n{out}{err}")


def hold_sandbox(world):
    """The sandbox, which answers no more until it is told to go on."""
    sandbox = world.children[0]
    sandbox.send_signal(signal.SIGSTOP)
    return sandbox


def check_two_pulls(world):
    sandbox = hold_sandbox(world)
    first = start_pull(world)
    lock = world.folder / "state/thidua.db.lock"
    wait_for("the first pull", lambda: f"process {first.pid}\n" in lock.read_text())
    expect("a second pull", world.thidua("pull", check=False), 74,
           f"thidua pull, process {first.pid};")
    sandbox.send_signal(signal.SIGCONT)
    expect_end("the first pull", first, 0, "tthc: complete")


def check_stopping(world):
    """One command runs, one is interrupted where it was typed, one waits; then SIGTERM."""
    with Daemon(world) as daemon:
        world.thidua("pull", "tthc")  # behind the first cycle, so that the worker is free
        sandbox = hold_sandbox(world)
        runs = start_pull(world)
        daemon.wait_for_command(runs)
        impatient, waits = start_pull(world), start_pull(world)
        daemon.wait_for_command(impatient)
        daemon.wait_for_command(waits)
        impatient.send_signal(signal.SIGINT)
        expect_end("ctrl-C", impatient, 69, "stopped waiting", daemon.name(), "goes on")
        daemon.process.send_signal(signal.SIGTERM)
        expect_end("who waits", waits, 75, "is being stopped")
        expect_end("who is served", runs, 69, "tthc: failed (stopped)")
        code = daemon.process.wait(timeout=LIMIT_SECONDS)
        sandbox.send_signal(signal.SIGCONT)
        if code != 0 or daemon.socket.exists():
            fail("stopped with", code, "socket:", daemon.socket.exists())


def check_silent_daemon(world, daemon):
    daemon.process.send_signal(signal.SIGSTOP)
    asked_at = time.monotonic()
    done = world.thidua("pull", "tthc", check=False)
    expect("a silent daemon", done, 75, daemon.name(), "not answered for 10 s")
    waited = time.monotonic() - asked_at
    if not 9 < waited < 30:
        fail(f"gave up after {waited:.1f} s")
    daemon.process.send_signal(signal.SIGCONT)


def check_backups_in_folder(world):
    """Named by their time; the newest stay, and so does what is none of them."""
    folder = world.folder / "copies"
    folder.mkdir()
    older = [folder / f"thidua-2024101{day}T020000Z.db" for day in range(3)]
    for path in [*older, folder / "ours.db"]:
        path.write_bytes(b"")
    done = world.thidua("backup", folder, "--keep", "2", check=False)
    expect("a backup into a folder", done, 0, "copies/thidua-", "Z.db: copied and checked\n")
    left = sorted(path.name for path in folder.iterdir())
    if len(left) != 3 or left[:2] != ["ours.db", older[-1].name] or not left[2].startswith("thidua-20"):
        fail("copies that were kept:", left)


def check_backup(world, daemon):
    """Done by the daemon while a pull of its own goes on, not after it; directly without a daemon."""
    target = world.folder / "beside.db"
    sandbox = hold_sandbox(world)
    pull = start_pull(world)
    daemon.wait_for_command(pull)
    # Another configuration than the daemon's: a copy is one all the same.
    other = world.write_config("other.yaml", lambda text: text + "\n# another hash\n")
    done = world.thidua("backup", target, config=other, check=False)
    expect("a backup beside a pull", done, 0, f"{target}: copied and checked\n")
    if pull.poll() is not None or "command backup: ended with 0" not in daemon.log.read_text():
        fail("the backup was not made by the daemon, or not before the pull ended:",
             daemon.log.read_text()[-1000:])
    expect("the same file again", world.thidua("backup", target, check=False), 64, "not overwritten")
    expect("a folder that is not there",
           world.thidua("backup", world.folder / "none/copy.db", check=False), 74, "none/copy.db")
    check_backups_in_folder(world)
    sandbox.send_signal(signal.SIGCONT)
    expect_end("the pull", pull, 0, "tthc: complete")
    if stat.S_IMODE(target.stat().st_mode) != 0o600:
        fail("mode of the backup:", oct(target.stat().st_mode))
    (world.folder / "copied").mkdir()
    shutil.copy(target, world.folder / "copied/thidua.db")
    (world.folder / "copied/thidua.db").chmod(0o600)
    copy = world.write_config("copy.yaml", lambda text: text.replace("/state\n", "/copied\n"))
    world.thidua("audit", "verify", config=copy)
    world.thidua("verify", "--quiet", config=copy)


def check_killed_daemon(world, daemon):
    daemon.process.kill()
    daemon.process.wait()
    if not daemon.socket.exists():
        fail("no stale socket to try with")
    expect("a backup after kill -9", world.thidua("backup", world.folder / "killed.db"), 0)
    before = pulls(world)["tthc"]["started_at"]
    expect("a pull after kill -9", world.thidua("pull", "tthc", check=False), 0)
    if pulls(world)["tthc"]["started_at"] <= before:
        fail("no pull after kill -9")


def run_directly(world):
    """The commands that are handed over later, without a daemon."""
    world.thidua("pull")
    return {
        "pull": world.thidua("pull", "tthc"),
        "json": world.thidua("pull", "tthc", "--json"),
        "unknown": world.thidua("pull", "nobody", check=False),
        "send": world.thidua("report", "send", "--week", "2024-W29", check=False),
    }


def test(options):
    with harness.World(options, now=NOW_OF_SANDBOX, dossiers=2000) as world:
        direct = run_directly(world)
        check_two_pulls(world)
        check_stopping(world)
        with Daemon(world) as daemon:
            check_handing_over(world, daemon, direct)
            check_backup(world, daemon)
            check_bad_clients(world, daemon)
            check_silent_daemon(world, daemon)
            check_killed_daemon(world, daemon)
        with Daemon(world) as daemon:  # in place of the stale socket
            expect("a pull", world.thidua("pull", "tthc"), 0)
            daemon.stop()
        print("handed over, refused, given up and killed as told")
        world.config = world.write_config("empty.yaml", lambda text: text.replace(
            "/state\n", "/empty\n"))
        with Daemon(world, "empty", world.folder / "run") as daemon:
            print(check_readers(world, daemon))
            daemon.stop()


harness.main(test)
