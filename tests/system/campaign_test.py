# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The whole campaign under the virtual clock: figures equal the truth at the end of every week, each
recipient has one digest a week, and no personal datum is found anywhere."""

import json
import subprocess
import sys

import harness
from campaign_checks import check_explained, check_figures

RECIPIENTS = 3
ADDRESSES = 6  # theirs, the council's, which has the reports on the awards, and those of two units
WEEKS = 31  # 2024-W23, the week of the start, to 2025-W01, which holds 31/12/2024


def run_campaign(world):
    done = world.thidua("simulate", "--sandbox", world.sandbox_url(), timeout=1500)
    (world.folder / "simulate.log").write_text(done.stdout + done.stderr)
    print(done.stderr.strip().splitlines()[-1])


def editions_of(world):
    """The digests; the reports on the awards are freeze_test.py's."""
    editions = json.loads(world.thidua("report", "list", "--json").stdout)
    return [edition for edition in editions if edition["id"].startswith("weekly/")]


def check_mails(world, editions):
    if len(editions) != WEEKS or any(e["sent"] != RECIPIENTS for e in editions):
        sys.exit(f"{len(editions)} editions, sent {[e['sent'] for e in editions]}")
    subprocess.run(
        [harness.PYTHON, harness.ROOT / "tests/support/check_mail.py", world.folder / "mail",
         "--expect-recipients", str(ADDRESSES)],
        check=True,
    )


def check_nothing_personal(world):
    planted = world.personal_data()
    searched = 0
    for path in harness.files_below(world.folder):
        content = path.read_bytes()
        searched += len(content)
        for value in planted:
            if value in content:
                sys.exit(f"{path.relative_to(world.folder)} holds a planted personal datum")
    print(f"{len(planted)} planted values found nowhere in {searched} bytes")


def check_files(world):
    manifests = sorted((world.folder / "state/editions").rglob("*_toan-so_*.manifest.json"))
    names = [str(path.parent.relative_to(world.folder / "state/editions")) for path in manifests]
    if len(manifests) != WEEKS or names[0] != "2024/W23" or names[-1] != "2025/W01":
        sys.exit(f"{len(manifests)} manifests, from {names[:1]} to {names[-1:]}")


def check_repeating_adds_nothing(world):
    before = len(harness.files_below(world.folder / "mail"))
    world.thidua("simulate", "--sandbox", world.sandbox_url())
    after = len(harness.files_below(world.folder / "mail"))
    if before != after:
        sys.exit(f"simulating again sent {after - before} more mails")


def test(options):
    with harness.World(options, dossiers=options.dossiers, fault_rate=options.fault_rate) as world:
        run_campaign(world)
        fired = world.ask_sandbox("/sandbox/faults")["fired"]
        if (sum(fired.values()) > 0) != (options.fault_rate > 0):
            sys.exit(f"faults fired: {fired}")
        print(f"faults fired: {fired}")
        editions = editions_of(world)
        check_figures(world, editions)
        check_explained(world, editions)
        check_mails(world, editions)
        check_files(world)
        check_repeating_adds_nothing(world)
        check_nothing_personal(world)


harness.main(test, fault_rate=0.0, dossiers=20000)
