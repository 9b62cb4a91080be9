# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The whole campaign under the virtual clock: figures equal the truth at the end of every week, each
recipient has one digest a week, and no personal datum is found anywhere."""

import json
import subprocess
import sys

import harness

RECIPIENTS = 3
LAST_DAY = "2024-12-31"
WEEKS = 31  # 2024-W23, the week of the start, to 2025-W01, which holds 31/12/2024


def run_campaign(world):
    done = world.thidua("simulate", "--sandbox", world.sandbox_url(), timeout=1500)
    (world.folder / "simulate.log").write_text(done.stdout + done.stderr)
    print(done.stderr.strip().splitlines()[-1])


def editions_of(world):
    return json.loads(world.thidua("report", "list", "--json").stdout)


def check_figures(world, editions):
    compared = 0
    for edition in editions:
        day = edition["as_of"]
        standings = world.standings(day, edition["known_at"])
        harness.check_schema(standings, "standings.schema.json")
        # What a reader can know is the world as it stood when the last pull began.
        pulled_at = standings["sources"][0]["data_through"]
        truth = world.truth(day, pulled_at)
        # Pulls begin at midnight, so that is the day's own end, to the millisecond.
        if day != LAST_DAY and truth != world.truth(day, f"{day}T23:59:59.999+07:00"):
            sys.exit(f"{edition['id']}: pulled at {pulled_at}, which is not the end of {day}")
        differences = harness.compare_with_truth(standings, truth)
        if differences:
            sys.exit(f"{edition['id']}: " + "\n".join(differences[:20]))
        if standings["fitness"] != "tam-tinh":
            sys.exit(f"{edition['id']}: fitness is {standings['fitness']}")
        compared += len(truth)
    print(f"{compared} figures of {len(editions)} weeks equal the truth, counts and verdicts")


def figures_of(standings):
    rows = [*standings["units"], standings["total"]]
    return [figure for row in rows for figure in row["indicators"]]


def check_payments(figure, explanation):
    """Each paid dossier has the payments that make it so, and no other has any."""
    paid = {one["dossier"] for one in explanation["dossiers"] if one["paid_online"]}
    needed = paid if figure["id"] == "payments-online" else set()
    listed = {one["dossier"] for one in explanation["payments"]}
    slices = {one["slice"]: one["source"] for one in explanation["slices"]}
    if listed != needed or any(slices.get(one["slice"]) != one["source"]
                               for one in explanation["payments"]):
        sys.exit(f"{figure}: {len(needed)} paid dossiers, payments of {len(listed)}")
    return len(explanation["payments"])


def check_explained(world, editions):
    """Figures of an old edition and of the last one: their lists add up to what was published."""
    explained = payments = 0
    for edition in (editions[WEEKS // 2], editions[-1]):
        standings = world.standings(edition["as_of"], edition["known_at"])
        for figure in figures_of(standings)[::3] + figures_of(standings)[-3:]:
            answer = world.thidua("explain", figure["figure"], "--json")
            explanation = json.loads(answer.stdout)
            harness.check_schema(explanation, "explain.schema.json")
            listed = explanation["procedures" if figure["id"] == "services-online" else "dossiers"]
            counts = (figure["numerator"], figure["denominator"])
            recounted = (
                sum(one["in_numerator"] for one in listed),
                sum(one.get("in_denominator", True) for one in listed),
            )
            published = [(one["edition"], tuple(one["published"].values()))
                         for one in explanation["published"]]
            if recounted != counts or not explanation["recomputed_equal"]:
                sys.exit(f"{figure}: the list gives {recounted}")
            if (edition["id"], counts) not in published:
                sys.exit(f"{figure}: published as {published}")
            payments += check_payments(figure, explanation)
            explained += 1
    if payments == 0:
        sys.exit("no payment was listed for any figure")
    verified = json.loads(world.thidua("verify", "--json", "--quiet").stdout)
    if verified["problems"] or verified["rollup_rows"] == 0:
        sys.exit(f"verify: {verified}")
    print(f"{explained} figures explained from their dossiers and {payments} payments; "
          f"{verified['versions']} versions and {verified['rollup_rows']} rollup rows verified")


def check_mails(world, editions):
    if len(editions) != WEEKS or any(e["sent"] != RECIPIENTS for e in editions):
        sys.exit(f"{len(editions)} editions, sent {[e['sent'] for e in editions]}")
    subprocess.run(
        [harness.PYTHON, harness.ROOT / "tests/support/check_mail.py", world.folder / "mail",
         "--expect-recipients", str(RECIPIENTS), "--expect-weeks", str(WEEKS)],
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
    manifests = sorted((world.folder / "state/editions").rglob("*.manifest.json"))
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
    with harness.World(options, fault_rate=options.fault_rate) as world:
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


harness.main(test, fault_rate=0.0)
