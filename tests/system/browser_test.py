# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The pages in a browser, by Playwright: at 360, 1280 and 1920 px, light and dark, nothing is too
wide, nothing is asked of anybody else, no script runs, axe-core finds nothing serious, the first Tab
leads to the content; and every number is as `thidua standings --json` has it."""

import json
import subprocess
import sys

import browser
import harness
import web_office
from harness import expect

BROWSER = harness.ROOT / "tests/system/browser"


def look_at(office, paths):
    if not (BROWSER / "node_modules/playwright-core").exists():
        sys.exit("no Playwright: scripts/setup test installs it")
    done = subprocess.run(
        ["node", str(BROWSER / "look.mjs"), browser.find(), office.url(""), *paths],
        capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    expect(done.returncode == 0, done.stderr)
    return json.loads(done.stdout)


def check_figures(standings, seen):
    figures = {}
    for unit in [*standings["units"], standings["total"]]:
        figures.update({figure["figure"]: figure for figure in unit["indicators"]})
    compared = 0
    for path, values in seen.items():
        for value in values:
            if value["figure"] in figures:
                told = (value["value"].replace("\u00a0", " "), value["counts"])
                wanted = web_office.printed(figures[value["figure"]])
                expect(told == wanted, f"{path}: {told}, not {wanted}")
                compared += 1
    expect(compared > 60, f"only {compared} numbers")
    return compared


def test(options):
    with web_office.WebOffice(options) as office:
        standings = json.loads(office.get("/api/standings")[2])
        command = office.world.standings(standings["as_of"], standings["known_at"])
        figure = standings["total"]["indicators"][0]["figure"]
        paths = ["/", "/units/H37.10.05", "/units/H37.10.06", "/sources", "/editions",
                 "/editions/weekly/2024-W52/all/1", "/schedule", f"/explain/{figure}"]
        found = look_at(office, paths)
        expect(not found["problems"], "\n".join(found["problems"]))
        compared = check_figures(command, found["figures"])
        expect(found["looks"] == 6 * len(paths), f"{found['looks']} looks")
        print(f"{len(paths)} pages, {found['looks']} looks: nothing found; "
              f"{compared} numbers are the command's")


if __name__ == "__main__":
    harness.main(test)
