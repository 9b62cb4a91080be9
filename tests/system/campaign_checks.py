# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What must hold of a replayed campaign, whatever keeps its store."""

import json
import sys

import harness

LAST_DAY = "2024-12-31"


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
        # In this world the sources differ in nothing but when they tell. In a small unit one dossier
        # of which the province has not heard for days is above the tolerance; in the whole none is.
        whole = {figure["fitness"] for figure in standings["total"]["indicators"]}
        if standings["fitness"] == "thieu-so-lieu" or not whole <= {"tam-tinh", "da-doi-soat"}:
            sys.exit(f"{edition['id']}: fitness is {standings['fitness']}, of the whole {whole}")
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
    for edition in (editions[len(editions) // 2], editions[-1]):
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
