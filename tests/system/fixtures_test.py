# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""`thidua test` over the recorded answers of every preset, and over a tenth source that is added by
YAML and fixtures alone. With --update 1, what comes now is taken for what is expected; with
--record PRESET, or all, the answers are recorded anew from the sandbox before."""

import json
import shutil
import sys

import harness

FOLDER = harness.ROOT / "tests/data/sources"


NOW = "2024-06-14T16:00:00+07:00"
WINDOW = "window: {from: 2024-06-07, to: 2024-06-20}"
MONTH = "window: {from: 2024-06-01, to: 2024-06-30}"
# Folder -> the source that is recorded, and what of it.
RECORDED = {
    "igate-dossiers": ("tthc", WINDOW),
    "dvcqg-reporting": ("dvcqg", MONTH),
    "payment-platform": ("payments", None),
    "opencps-dossiers": ("opencps", WINDOW),
    "dvcqg-integration": ("national", None),
    "igate-statistics": ("igate-figures", MONTH),
    "opencps-statistics": ("opencps-figures", MONTH),
    "dvcqg-rest-jsp": ("old-gateway", MONTH),
    "dvcqg-services": ("services", "whole: true"),
    "dvcqg-procedures": ("national-procedures", None),
}


def add_sources(world):
    text = (FOLDER / "tenth/source.yaml").read_text()
    body = "\n".join("  " + line for line in text.splitlines() if not line.startswith("#"))
    body += harness.preset_sources(world.sandbox_url())
    harness.write_preset_secrets(world)

    def edit(config):
        return config.replace("\n# The mail relay.", f"\n{body}\n\n# The mail relay.", 1)

    world.config = world.write_config(edit=edit)
    world.write_secret("tenth", "nobody-asks-for-it")


def run(world, *options):
    folders = sorted(path.parent for path in FOLDER.glob("*/test.yaml"))
    if not folders:
        sys.exit("no fixtures")
    return world.thidua("test", *options, *folders, check=False)


def record(world, only):
    world.thidua("pull", "tthc", "--now", NOW)
    for name, (source, window) in RECORDED.items():
        if only not in ("all", name):
            continue
        folder = FOLDER / name
        shutil.rmtree(folder, ignore_errors=True)
        done = world.thidua("pull", source, "--dry-run", "--json", "--limit", "5", "--now", NOW,
                            "--record", folder)
        (shown,) = json.loads(done.stdout)
        asked = window or "look_up: " + json.dumps(keys_of(shown))
        (folder / "test.yaml").write_text(f"source: {source}\nnow: {NOW}\n{asked}\n")


def keys_of(shown):
    """What the look-ups of a rehearsal asked about, out of the bodies of the requests."""
    bodies = [json.loads(each["request"].split("\n\n")[1]) for each in shown["exchanges"]]
    return [body.get("MaThamChieu") or body.get("maTTHC") or body["mahoso"] for body in bodies]


def check_a_changed_fixture_is_seen(world):
    """A test that cannot fail shows nothing."""
    copy = world.folder / "changed"
    shutil.copytree(FOLDER / "tenth", copy)
    page = copy / "page-1.json"
    page.write_text(page.read_text().replace('"soHoSo":"H37.10-240610-0001"', '"maHoSo":"x"'))
    done = world.thidua("test", copy, check=False)
    if done.returncode != 1 or "differs" not in done.stdout:
        sys.exit(f"a renamed field was not seen: {done.returncode} {done.stdout}")
    if "/node/soHoSo" not in done.stdout:
        sys.exit(f"the message does not name the pointer: {done.stdout}")


def test(options):
    with harness.World(options, dossiers=300, now=NOW) as world:
        add_sources(world)
        if options.record:
            record(world, options.record)
        if options.update:
            print(run(world, "--update-golden").stdout)
            return
        done = run(world, "--json")
        told = json.loads(done.stdout)["tests"]
        bad = [each for each in told if each["state"] != "ok"]
        if done.returncode != 0 or bad:
            sys.exit(f"{done.returncode}: {bad}{done.stderr}")
        for each in told:
            text = (harness.pathlib.Path(each["folder"]) / "expected.txt").read_text()
            if "CANARY" in text:
                sys.exit(f"{each['folder']}: personal data came through")
        print(f"{len(told)} folders of recorded answers come out as expected")
        check_a_changed_fixture_is_seen(world)


harness.main(test, update=0, record="")
