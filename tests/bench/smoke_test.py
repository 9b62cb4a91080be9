#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The benchmark's own program, on a few pages: figures only mean something if every way of loading
ends in the same dossiers.

    smoke_test.py THIDUA_BENCH
"""
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
RECORDS = 12_500  # three slices, the last of them short


class Bench(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return str(pathlib.Path(self.folder.name) / name)

    def run_bench(self, command, **options):
        arguments = [word for key, value in options.items()
                     for word in ("--" + key.replace("_", "-"), str(value))]
        done = subprocess.run([PROGRAM, command, *arguments], check=True, capture_output=True)
        return json.loads(done.stdout)

    def pages(self, kind, name=None):
        file = self.path(name or kind)
        made = self.run_bench("generate", set=kind, records=RECORDS, pages=file)
        return file, made

    def test_generates_the_same_pages_each_time(self):
        first, _ = self.pages("mixed", "first")
        second, _ = self.pages("mixed", "second")
        self.assertEqual(pathlib.Path(first).read_bytes(), pathlib.Path(second).read_bytes())

    def test_follows_the_recipe(self):
        pages, made = self.pages("mixed")
        with open(pages, encoding="utf-8") as lines:
            records = [record for line in lines for record in json.loads(line)["content"]]
        self.assertEqual(len(records), RECORDS)
        self.assertEqual(len({record["code"] for record in records}), made["dossiers"])
        self.assertAlmostEqual(made["dossiers"] / RECORDS, 0.90, delta=0.01)
        self.assertAlmostEqual(made["bytes"] / RECORDS, 945, delta=10)
        named = sum(bool((record["paymentRequestData"] or {}).get("method") == "PayPlatDVCQG")
                    for record in records)
        self.assertAlmostEqual(named / RECORDS, 0.30, delta=0.02)

    def test_every_way_of_loading_ends_in_the_same_dossiers(self):
        pages, made = self.pages("mixed")
        self.run_bench("raw", pages=pages, store=self.path("raw.db"))
        raw = sqlite3.connect(self.path("raw.db")).execute(
            "SELECT count(*), sum(fee_total) FROM dossier").fetchone()
        self.assertEqual(raw[0], made["dossiers"])
        prints = set()
        for way in ("publish-1", "publish-2"):
            store = self.path(way + ".db")
            self.run_bench(way, pages=pages, store=store)
            totals = self.run_bench("totals", store=store)
            self.assertEqual((totals["dossiers"], totals["fee_total"]), raw)
            self.run_bench("payments", pages=pages, store=store)
            prints.add(self.run_bench("standings", store=store, repeats=1)["print"])
        self.assertEqual(len(prints), 1)

    def test_a_pull_repeated_changes_nothing_and_a_changed_one_opens_versions(self):
        clean, _ = self.pages("clean")
        changed, _ = self.pages("changed")
        store = self.path("store.db")
        first = self.run_bench("publish-2", pages=clean, store=store)
        self.assertEqual(first["changed"], RECORDS)
        self.assertEqual(self.run_bench("publish-2", pages=clean, store=store)["changed"], 0)
        again = self.run_bench("publish-2", pages=changed, store=store)
        self.assertAlmostEqual(again["changed"] / RECORDS, 0.05, delta=0.01)
        before = self.run_bench("standings", store=store, repeats=1,
                                known_at="2026-01-01T12:00:00+07:00")
        now = self.run_bench("standings", store=store, repeats=1)
        self.assertNotEqual(before["print"], now["print"])


unittest.main()
