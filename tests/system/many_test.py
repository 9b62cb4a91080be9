# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Hundreds of editions due in the same minute, and a slow relay: all are made and handed over in time
and in little memory, and a mailbox that takes its time holds up nobody else.

By default fewer than the 500 that `many_test.py --units 500 --delay 2 --limit 600` makes; with a
program built without sanitizers it also holds --memory (MiB)."""

import os
import re
import sys
import time

import harness
from harness import expect

MONDAY = "2024-06-17T07:30:00+07:00"
SLOW = ("don-vi-1", "don-vi-2")


def add_units(world, count):
    """The agency's organisation with as many more units, each with somebody who reads its edition."""
    text = (harness.ROOT / "config/organisations/so-tnmt-langson.yaml").read_text()
    codes = [f"H37.10.{20 + number // 90}.{10 + number % 90}" for number in range(count)]
    for parent in sorted({code.rsplit(".", 1)[0] for code in codes}):
        text += f"  - {{code: {parent}, name: Khối {parent}, parent: H37.10}}\n"
    for number, code in enumerate(codes):
        text += f"  - {{code: {code}, name: Đơn vị {number}, parent: {code.rsplit('.', 1)[0]}}}\n"
    path = world.folder / "organisation.yaml"
    path.write_text(text)
    readers = "".join(
        f"      - {{unit: {code}, id: don-vi-{number}, name: Thủ trưởng, address: don-vi-{number}@example.vn}}\n"
        for number, code in enumerate(codes))
    return path, readers


def config(world, options):
    organisation, readers = add_units(world, options.units)

    def edit(text):
        text = re.sub(r"organisation: .*", f"organisation: {organisation}", text)
        text = text.replace("start: 2024-06-07", "start: 2024-06-10")
        return re.sub(r"(  units:\n    file_to: editions\n    recipients:\n)(?:      - .*\n)+",
                      lambda found: found[1] + readers, text)
    return world.write_config(edit=edit)


def run_monday(world, options):
    """What the Monday costs: seconds and MiB."""
    began = time.monotonic()
    with open(world.folder / "log", "wb") as log:
        process = world.start_thidua(
            "simulate", "--quiet", "--sandbox", world.sandbox_url(), "--until", MONDAY, log=log)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    expect(process.returncode in (0, 1), (world.folder / "log").read_text())
    return time.monotonic() - began, usage.ru_maxrss / 1024


def arrivals(world):
    """When each recipient's mail of a unit was there."""
    found = {}
    for path in harness.files_below(world.folder / "mail"):
        name = re.search(rb"^Delivered-To: ([^@]*)@", path.read_bytes(), re.MULTILINE)[1].decode()
        found.setdefault(name, []).append(path.stat().st_mtime)
    return {name: times for name, times in found.items() if name.startswith("don-vi-")}


def test(options):
    slow = [word for name in SLOW
            for word in ("--slow", f"{name}@example.vn:{options.slow_seconds}")]
    with harness.World(options, dossiers=300, mail_options=["--delay", str(options.delay), *slow]) as world:
        world.config = config(world, options)
        seconds, memory = run_monday(world, options)
        there = arrivals(world)
        expect(len(there) == options.units and all(len(times) == 1 for times in there.values()),
               f"{len(there)} of {options.units} have got their edition once")
        first_slow = min(there[name][0] for name in SLOW)
        others = [times[0] for name, times in there.items() if name not in SLOW]
        # Those two keep two of four connections busy; had the others waited, all came afterwards.
        before = sum(1 for when in others if when < first_slow)
        could = min(len(others), int(2 * options.slow_seconds / (options.delay + 0.1)))
        expect(before > could // 2,
               f"{before} of {len(others)} did not wait for the slow ones, {could} could")
        expect(seconds < options.limit, f"{seconds:.0f} s")
        expect(not options.memory or memory < options.memory, f"{memory:.0f} MiB")
    sys.stdout.write(f"{options.units} editions of units made and sent in {seconds:.0f} s, "
                     f"{memory:.0f} MiB; {before} of {len(others)} before the slow ones\n")


harness.main(test, units=60, delay=0.05, slow_seconds=6.0, limit=300, memory=0)
