# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Bad input, each with a clear message and exit code, and nothing lost: the store's figures are the
same after every failure as before it."""

import os
import subprocess
import sys

import harness

NOW = "2024-10-18T16:00:00+07:00"
DAY = "2024-10-18"


def expect(name, done, code, *words):
    missing = [word for word in words if word not in done.stderr]
    if done.returncode != code or missing:
        sys.exit(
            f"{name}: exit code {done.returncode} (expected {code}), words missing: {missing}\n"
            f"{done.stderr}"
        )
    if "sandbox-secret" in done.stdout + done.stderr or "Bearer" in done.stderr:
        sys.exit(f"{name}: a secret in the output")
    print(f"{name}: {code}: {done.stderr.strip().splitlines()[0][:200]}")


CONFIGURATIONS = [
    ("a YAML typo", lambda t: t.replace("smtp:\n", "smtp: [\n"), ["thidua.yaml:"]),
    ("an unknown key", lambda t: t.replace("base_url:", "base_ulr:", 1),
     ["thidua.yaml:", "base_ulr", "base_url"]),
    ("a missing campaign start", lambda t: t.replace("  start: 2024-06-07\n", ""), ["start"]),
    ("a wrong time zone",
     lambda t: t.replace('{at: "00:00"}', '{at: "00:00", timezone: Asia/Hanoi}', 1),
     ["thidua.yaml:", "Asia/Hanoi", "Asia/Ho_Chi_Minh"]),
]


def check_configurations(world):
    for name, edit, words in CONFIGURATIONS:
        config = world.write_config("bad.yaml", edit)
        renamed = [word.replace("thidua.yaml", "bad.yaml") for word in words]
        expect(name, world.thidua("validate", config=config, check=False), 78, *renamed)
        expect(f"{name}, at a pull", world.thidua("pull", config=config, check=False), 78, *renamed)


def pull(world, *sources, config=None):
    return world.thidua("pull", *sources, "--now", NOW, config=config, check=False)


def queue_fault(world, path, kind, times):
    world.ask_sandbox("/sandbox/faults", {"next": [{"path": path, "kind": kind, "times": times}]})


def check_sources(world):
    def unreachable(text):
        return text.replace(f":{world.sandbox}", ":9", 1)

    expect("an unreachable source",
           pull(world, "tthc", config=world.write_config("gone.yaml", unreachable)), 69, "tthc")
    world.write_secret("tthc-client-secret", "not-the-secret")
    expect("a wrong password", pull(world, "tthc"), 77, "tthc", "client_secret_file")
    world.write_secret("tthc-client-secret", "sandbox-secret")
    queue_fault(world, "/pa/dossier/search", "not-json", 50)
    expect("a body that is not JSON", pull(world, "tthc"), 65, "tthc", "JSON")
    world.ask_sandbox("/sandbox/faults", {"off": True})
    queue_fault(world, "/pa/dossier/search", "cut-body", 50)
    expect("an answer cut in half", pull(world, "tthc"), 69, "tthc")
    world.ask_sandbox("/sandbox/faults", {"off": True})
    queue_fault(world, "/pa/dossier/search", "truncated-json", 50)
    expect("a JSON text cut in half", pull(world, "tthc"), 65, "tthc", "JSON")
    world.ask_sandbox("/sandbox/faults", {"off": True})
    queue_fault(world, "/pa/dossier/search", "empty-content", 50)
    expect("an emptied answer", pull(world, "tthc"), 65, "tthc", "max_drop")
    world.ask_sandbox("/sandbox/faults", {"off": True})
    expect("a source that is not there", pull(world, "nobody"), 64, "nobody", "tthc")


def check_full_disk(world):
    small = world.folder / "small"
    small.mkdir()
    config = world.write_config(
        "small.yaml", lambda text: text.replace(str(world.folder / "state"), str(small)).replace(
            "organisation:", "store: {reserve: 0MiB}\norganisation:", 1))
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    script = (f"mount -t tmpfs -o size=300k tmpfs {small} && exec {world.programs.thidua} "
              f"pull tthc --now {NOW} --config {config}")
    done = subprocess.run([*unshare, "sh", "-c", script], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env=harness.environment(), timeout=300)
    expect("a full disk", done, 74, "full")


def test(options):
    with harness.World(options, now=NOW, dossiers=3000) as world:
        check_configurations(world)
        expect("no such command", world.thidua("conquer", check=False), 64, "conquer")
        expect("a day that does not exist",
               world.thidua("standings", "--as-of", "2024-06-31", check=False), 64, "2024-06-31")
        empty = world.thidua("standings", "--now", NOW, check=False)
        expect("a store that is not there", empty, 74, "thidua.db")
        world.thidua("pull", "--now", NOW)
        truth = world.truth(DAY, NOW)
        before = world.standings(DAY, NOW)
        if differences := harness.compare_with_truth(before, truth):
            sys.exit("\n".join(differences[:20]))
        check_sources(world)
        after = world.standings(DAY, NOW)
        if before["units"] != after["units"]:
            sys.exit("a failed pull changed figures")
        check_full_disk(world)


harness.main(test)
