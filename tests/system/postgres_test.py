# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Some weeks of the campaign with the store on a real PostgreSQL server: the figures equal the truth,
each is explained, verified and mailed; and a daemon that was killed is followed by another at once."""

import json
import subprocess
import sys
import time

import harness
from campaign_checks import check_explained, check_figures

UNTIL = "2024-07-16T00:00:00+07:00"
WEEKS = 6  # 2024-W23 to 2024-W28
RECIPIENTS = 3
TAKE_OVER_SECONDS = 30


def on_server(world, url, name="state"):
    """The configuration with its store on the server; what lies beside it in a folder of its own."""
    return world.write_config(edit=lambda text: text.replace("/state\n", f"/{name}\n").replace(
        "organisation:", f'store: {{url: "{url}"}}\norganisation:', 1))


def run_weeks(world):
    world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", UNTIL, timeout=1100)
    published = json.loads(world.thidua("report", "list", "--json").stdout)
    editions = [one for one in published if one["id"].startswith("weekly/")]
    if len(editions) != WEEKS or any(one["sent"] != RECIPIENTS for one in editions):
        sys.exit(f"editions: {editions}")
    check_figures(world, editions)
    check_explained(world, editions)
    world.thidua("audit", "verify")
    pulls = json.loads(world.thidua("pulls", "list", "--json", "--limit", "1000").stdout)
    harness.check_schema(pulls, "pulls-list.schema.json")
    if any(pull["state"] != "complete" for pull in pulls):
        sys.exit(f"pulls: {[pull for pull in pulls if pull['state'] != 'complete'][:3]}")
    mails = harness.files_below(world.folder / "mail")
    if len(mails) != sum(one["recipients"] for one in published):
        sys.exit(f"{len(mails)} mails")
    if (world.folder / "state/thidua.db").exists():
        sys.exit("there is a file where the store should be on the server")
    done = world.thidua("backup", world.folder / "copy.db", check=False)
    if done.returncode != 64 or "pg_dump" not in done.stderr:
        sys.exit(f"backup: {done.returncode} {done.stderr}")
    print(f"{len(editions)} weeks, {len(pulls)} pulls and {len(mails)} mails with PostgreSQL")


def is_ready(log_path, text="thidua 0"):
    return text in log_path.read_text()


def kill_and_follow(world):
    """Killed in the middle of a pull; its session may hold the writer's lock for a moment longer."""
    log_path = world.folder / "daemon.log"
    longest, waits = 0.0, 0
    for life in range(4):
        log_path.write_text("")
        with open(log_path, "ab") as log:
            began = time.monotonic()
            daemon = world.start_thidua("run", log=log)
            harness.wait_for("the daemon", lambda: daemon.poll() is not None or is_ready(log_path),
                             TAKE_OVER_SECONDS)
            if daemon.poll() is not None:
                sys.exit(f"the daemon of life {life} did not take over:\n{log_path.read_text()}")
            longest = max(longest, time.monotonic() - began)
            waits += "standing by" in log_path.read_text()
            time.sleep(0.4 * life)
            daemon.kill()
            daemon.wait()
    return longest, waits


def hold_lock(world, server):
    """A session as a killed daemon leaves it: it still holds the lock for some seconds."""
    log_path = world.folder / "waiting.log"
    key = server.ask("SELECT hashtextextended(current_schema() || '/thidua/1', 0)")[0]
    holder = subprocess.Popen(
        [str(harness.POSTGRES_BIN / "psql"), "--host", str(server.folder), "--username=thidua",
         "--quiet", "--command", "SET application_name = 'thidua run, process 1 on host old'",
         "--command", f"SELECT pg_advisory_lock({key})", "--command", "SELECT pg_sleep(4)",
         "thidua"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    harness.wait_for("the lock", lambda: server.ask(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") != ["0"])
    with open(log_path, "wb") as log:
        daemon = world.start_thidua("run", log=log)
        harness.wait_for("the daemon", lambda: daemon.poll() is not None or is_ready(log_path),
                         TAKE_OVER_SECONDS)
        told = log_path.read_text()
        if daemon.poll() is not None or "by thidua run, process 1 on host old; standing by" not in told:
            sys.exit(f"a lock that is held for 4 s: {told}")
        # One that is not given up is refused, by name and in time.
        holder.wait(timeout=30)
        other = world.folder / "elsewhere"
        config, kept = on_server(world, server.url, "elsewhere"), world.config
        began = time.monotonic()
        second = world.thidua("pull", config=config, check=False)
        waited = time.monotonic() - began
        world.config = kept
        if second.returncode != 74 or f"thidua run, process {daemon.pid} on host" not in second.stderr:
            sys.exit(f"a second writer with {other}: {second.returncode} {second.stderr}")
        daemon.terminate()
        if daemon.wait(timeout=60) != 0:
            sys.exit(log_path.read_text())
    return waited


def test(options):
    with harness.Postgres() as server:
        with harness.World(options, dossiers=options.dossiers) as world:
            world.config = on_server(world, server.url)
            run_weeks(world)
        server.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        with harness.World(options, now="2025-01-06T05:00:00+07:00", dossiers=3000) as world:
            world.config = on_server(world, server.url, "live")
            longest, waits = kill_and_follow(world)
            waited = hold_lock(world, server)
            world.thidua("pull")
            world.thidua("audit", "verify")
            world.thidua("verify", "--quiet")
    print(f"followed within {longest:.1f} s of each kill ({waits} had to wait for the lock); another "
          f"writer refused after {waited:.1f} s")


harness.main(test, dossiers=10000)
