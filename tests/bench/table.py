#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Turns the lines that scripts/bench has gathered into tables: what was measured, and whether the
bounds hold. Ratios are taken within a round, where both sides ran one after the other; the median
over the rounds counts.

    table.py RESULTS RECORDS GROWTH_RECORDS

Ends with 1 if a count is wrong or a bound is not held.
"""
import collections
import json
import os
import platform
import statistics
import sys

INGEST = (
    ("read", "read the answers and split them into pages"),
    ("read-xxh3", "... and XXH3 of each page"),
    ("read-sha256", "... and SHA-256 of each page, in its place"),
    ("decode", "read, XXH3, decode by the preset"),
    ("raw", "raw upsert of decoded rows"),
    ("publish-1", "ours, one thread"),
    ("publish-2", "ours, two threads"),
    ("first-load", "ours, no record twice"),
    ("repull-print", "pulled again, by print"),
    ("repull-records", "pulled again, record by record"),
    ("repull-changed", "pulled again, 5 % changed"),
    ("python-default", "python3 json + sqlite3, default"),
    ("python-tuned", "python3 json + sqlite3, tuned"),
    ("pandas", "pandas + sqlite"),
    ("jq", "jq + sqlite3 .import"),
    ("better-sqlite3", "node + better-sqlite3"),
    ("duckdb-file", "DuckDB, one read_json over the page file"),
    ("duckdb-daemon", "DuckDB, 10,000 a transaction"),
    ("postgres-upsert", "PostgreSQL, COPY + ON CONFLICT, decoded"),
    ("postgres-copy", "PostgreSQL, COPY without a key, decoded"),
    ("publish-postgres", "ours, two threads, PostgreSQL"),
    ("growth-small", "ours, 100,000 records"),
    ("growth-big", "ours, {growth:,} records"),
)
DECODE = (
    ("parse", "simdjson's DOM, nothing else"),
    ("by-hand-dom", "the same fields by a loop written by hand, DOM"),
    ("by-hand-on-demand", "... and On Demand"),
    ("map", "ours: any mapping, and the facts of the page"),
    ("map-and-keep", "... and what is kept of each record"),
)
RULES = (
    ("standings_s", "standings and ranks"),
    ("actions_s", "gaps and paces, by week and procedure"),
    ("sensitivity_s", "the other readings"),
    ("awards_s", "four awards, of as many units as officers"),
    ("cpu_s", "all of it"),
)
EDITIONS = (
    ("digest-15", "a digest of 15 units: page, mail, text, PDF, workbook"),
    ("editions-week", "a digest of 1,000 units, 1,000 unit editions as mail and PDF"),
    ("table-ours", "a table of 40 pages as PDF"),
    ("table-weasyprint", "... by WeasyPrint"),
    ("table-libreoffice", "... by LibreOffice, headless"),
)
REPORTS = (
    ("standings-window", "standings, a store of the month alone"),
    ("standings", "standings, the whole store"),
    ("standings-known-now", "standings, after a re-pull with changes"),
    ("standings-known-before", "standings, as known before it"),
    ("scan", "full scan, units' totals of all dossiers"),
    ("scan-month", "full scan, units' totals of the month"),
)
# Peer -> how much faster ours has to be.
PEERS = {
    "python-default": 8, "python-tuned": 5.5, "better-sqlite3": 5, "pandas": 7, "jq": 10,
    "duckdb-file": 4, "duckdb-daemon": 10, "postgres-upsert": 2.5,
}


class Results:
    """Measurements by name, and their ratios."""

    def __init__(self, lines):
        self.by_name = collections.defaultdict(list)
        for line in lines:
            measurement = json.loads(line)
            self.by_name[measurement["name"]].append(measurement)

    def all(self, name, key, where=None):
        """The values of `key`, where there are any; of one set, if `where` names it."""
        return [m[key] for m in self.by_name[name] if key in m and where in (None, m["set"])]

    def median(self, name, key, where=None):
        values = self.all(name, key, where)
        return statistics.median(values) if values else None

    def ratio(self, above, below, key, where=None):
        """The median over the rounds of one measurement's `key` divided by another's."""
        other = {m["round"]: m[key] for m in self.by_name[below]
                 if m.get(key) and where in (None, m["set"])}
        values = [m[key] / other[m["round"]] for m in self.by_name[above]
                  if key in m and m["round"] in other and where in (None, m["set"])]
        return statistics.median(values) if values else None


class Bounds:
    """Rows of the second table."""

    def __init__(self):
        self.rows = []
        self.is_held = True

    def add(self, claim, sign, bound, measured, note="", unit="", missing=""):
        """`missing` says how to measure what was not."""
        if measured is None:
            self.rows.append((claim, f"{sign} {bound}{unit}", "not measured", "-", note or missing))
            return
        holds = measured <= bound if sign == "<=" else measured >= bound
        self.is_held &= holds
        word = "ok" if holds else "NOT OK"
        self.rows.append((claim, f"{sign} {bound}{unit}", f"{measured:.3g}{unit}", word, note))

    def check(self, claim, values, note=""):
        """A claim that is true or not; nothing is said without values."""
        if values:
            holds = all(values)
            self.is_held &= holds
            self.rows.append((claim, "", "", "ok" if holds else "NOT OK", note))


def by_cpu(ratio):
    return "" if ratio is None else f"by CPU {ratio:.3g}"


def print_table(rows):
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [f"{str(cell):{'<' if column == 0 or not rows[0][column] else '>'}{width}}"
                 for column, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def print_decode(results):
    rows = [("decoding alone, median", "CPU ns/record", "MB/s")]
    for name, title in DECODE:
        rows.append((title, *(f"{results.median(name, key):.0f}" for key in ("ns", "mb_s"))))
    print_table(rows)


def print_rules(results):
    print_table([
        ("judging 10,000 units, median", "CPU s"),
        *((title, f"{results.median('rules', key):.3f}") for key, title in RULES),
    ])


def print_editions(results):
    rows = [("editions, median", "s", "CPU s", "RSS MiB")]
    for name, title in EDITIONS:
        if results.all(name, "cpu_s"):
            rows.append((title, *(f"{results.median(name, key):.3f}" for key in ("wall_s", "cpu_s")),
                         f"{max(results.all(name, 'rss_kib')) / 1024:.0f}"))
    print_table(rows)


def print_sources(results):
    name = "many-sources"
    sources = results.median(name, "sources")
    print_table([
        ("sources at once, median", "s", "CPU s", "RSS MiB"),
        (f"{sources:.0f}, each answering after 200 ms",
         *(f"{results.median(name, key):.2f}" for key in ("wall_s", "cpu_s")),
         f"{max(results.all(name, 'rss_kib')) / 1024:.0f}"),
    ])


def print_idle(results, sizes):
    rows = [("a service with nothing to do", "records", "s until ready", "RSS MiB", "wake-ups/s")]
    for size in sizes:
        if results.median("idle", "ready_seconds", size) is not None:
            rows.append(("", size, f"{results.median('idle', 'ready_seconds', size):.2f}",
                         f"{results.median('idle', 'resident_bytes', size) / 2**20:.0f}",
                         f"{results.median('idle', 'wakeups_per_second', size):.1f}"))
    print_table(rows)


def print_ingest(results, records, growth):
    rows = [("ingest, median", "us/record", "CPU us/record", "RSS MiB", "file MB")]
    for name, title in INGEST:
        wall, cpu = results.median(name, "wall_s"), results.median(name, "cpu_s")
        if wall is None:
            continue
        count = results.median(name, "records") or records
        size = results.median(name, "file_bytes")
        rows.append((
            title.format(growth=growth),
            f"{wall / count * 1e6:.2f}",
            f"{cpu / count * 1e6:.2f}",
            f"{max(results.all(name, 'rss_kib')) / 1024:.0f}",
            f"{size / 1e6:.1f}" if size else "",
        ))
    print_table(rows)


def print_reports(results, sizes):
    rows = [("reports of one month, median",
             "records", "ms", "CPU ms", "tally ms", "rules ms", "rows")]
    for size in sizes:
        for name, title in REPORTS:
            cells = [results.median(name, key, size)
                     for key in ("ms", "cpu_ms", "tally_ms", "measure_ms", "rows")]
            if cells[0] is not None:
                words = ["" if cell is None else f"{cell:.2f}" for cell in cells[:4]]
                rows.append((title, size, *words, "" if cells[4] is None else int(cells[4])))
    print_table(rows)


def add_decode_bounds(results, bounds):
    bounds.add("decoding: a core's speed", ">=", 600, results.median("map", "mb_s"), unit=" MB/s")
    bounds.add("decoding: speed against the On Demand loop", ">=", 0.5,
               results.ratio("by-hand-on-demand", "map", "ns"))


def add_rules_bounds(results, bounds):
    bounds.add("judging 10,000 units: all of it on one core", "<=", 1,
               results.median("rules", "cpu_s"), unit=" s")


def add_editions_bounds(results, bounds):
    bounds.add("editions: a digest of 15 units on one core", "<=", 0.3,
               results.median("digest-15", "cpu_s"), unit=" s")
    bounds.add("editions: 1,000 units, all of them on one core", "<=", 60,
               results.median("editions-week", "cpu_s"), unit=" s")
    bounds.add("editions: 1,000 units, most memory held", "<=", 256,
               max(results.all("editions-week", "rss_kib")) / 1024, unit=" MiB")
    for tool in ("weasyprint", "libreoffice"):
        bounds.add(f"a table as PDF: faster than {tool}", ">=", 10,
                   results.ratio(f"table-{tool}", "table-ours", "wall_s"),
                   by_cpu(results.ratio(f"table-{tool}", "table-ours", "cpu_s")), missing="--peers")


def add_sources_bounds(results, bounds):
    name = "many-sources"
    bounds.check("sources at once: every one whole",
                 [whole == sources for whole, sources in zip(results.all(name, "whole"),
                                                             results.all(name, "sources"))])
    bounds.add("sources at once: all whole after", "<=", 3, results.median(name, "wall_s"),
               unit=" s")
    bounds.add("sources at once: most memory held", "<=", 128,
               max(results.all(name, "rss_kib")) / 1024, unit=" MiB")


def add_idle_bounds(results, bounds, sizes):
    for size in sizes:
        for what, key, bound, scale, unit in (
                ("ready after", "ready_seconds", 1, 1, " s"),
                ("memory held", "resident_bytes", 40, 2**20, " MiB"),
                ("wake-ups", "wakeups_per_second", 5, 1, " a second")):
            measured = results.median("idle", key, size)
            bounds.add(f"idle, {int(size):,} records: {what}", "<=", bound,
                       None if measured is None else measured / scale, unit=unit)


def add_ingest_bounds(results, bounds):
    bounds.add("ingest: speed against the raw upsert", ">=", 0.65,
               results.ratio("raw", "publish-2", "wall_s"))
    bounds.add("ingest: CPU against the raw upsert", "<=", 2.0,
               results.ratio("publish-2", "raw", "cpu_s"))
    for peer, bound in PEERS.items():
        bounds.add(f"ingest: faster than {peer}", ">=", bound,
                   results.ratio(peer, "publish-2", "wall_s"),
                   by_cpu(results.ratio(peer, "publish-2", "cpu_s")), missing="--peers")
    bounds.add("our PostgreSQL store: speed against COPY without a key", ">=", 0.4,
               results.ratio("postgres-copy", "publish-postgres", "wall_s"),
               missing="--peers")
    for name, bound in (("repull-print", 0.2), ("repull-records", 0.5)):
        bounds.add(f"{name}: time against the first load", "<=", bound,
                   results.ratio(name, "first-load", "wall_s"),
                   by_cpu(results.ratio(name, "first-load", "cpu_s")))
    bounds.check("repull-print: nothing decoded, no byte of the file changed",
                 [changed + decode == 0
                  for changed, decode in zip(results.all("repull-print", "file_changed"),
                                             results.all("repull-print", "slices_to_decode"))])
    written = results.median("repull-records", "written_bytes")
    bounds.check("repull-records: no version opened",
                 [changed == 0 for changed in results.all("repull-records", "changed")],
                 "" if written is None else f"{written / 1e6:.2f} MB written")
    rss = results.all("publish-2", "rss_kib") + results.all("growth-big", "rss_kib")
    bounds.add("ingest: most memory held", "<=", 64, max(rss) / 1024 if rss else None, unit=" MiB")
    sizes = [size / dossiers for size, dossiers in zip(results.all("totals", "file_bytes"),
                                                       results.all("totals", "dossiers"))]
    bounds.add("file bytes of a current dossier", "<=", 160, max(sizes) if sizes else None)


def add_growth_bounds(results, bounds, growth):
    def cost(name, key):
        value, records = results.median(name, key), results.median(name, "records")
        return value / records if value else None

    small, big = cost("growth-small", "wall_s"), cost("growth-big", "wall_s")
    cpu = cost("growth-big", "cpu_s") / cost("growth-small", "cpu_s") if big else None
    bounds.add(f"cost of a record: {growth:,} against 100,000", "<=", 1.3,
               big / small if big else None, by_cpu(cpu), missing="--growth")


def add_report_bounds(results, bounds, sizes, growth):
    for size in sizes:
        bounds.add(f"standings of a month: out of {size} against the month alone", "<=", 1.2,
                   results.ratio("standings", "standings-window", "ms", size),
                   by_cpu(results.ratio("standings", "standings-window", "cpu_ms", size)))
        faster = results.ratio("scan", "standings", "ms", size)
        month = results.ratio("scan-month", "standings", "ms", size)
        note = "" if month is None else f"{month:.3g} if it only counts the month"
        if size == growth:
            bounds.add("standings of a month: faster than a full scan", ">=", 100, faster, note)
        elif faster is not None:
            bounds.rows.append((f"standings of a month: against a full scan of {size}", "",
                                f"{faster:.3g}", "-", note or "judged by --growth"))
        prints = [one for name in ("standings", "standings-window")
                  for one in results.all(name, "print", size)]
        bounds.check(f"standings out of {size}: the same either way",
                     [one == prints[0] for one in prints])


def add_counts(results, bounds):
    ours = [(m["dossiers"], m["fee_total"])
            for m in results.by_name["totals"] if m["set"] == "mixed"]
    for name in PEERS:
        theirs = zip(results.all(name, "dossiers"), results.all(name, "fee_total"))
        bounds.check(f"{name}: dossiers and fee total as ours", [one == ours[0] for one in theirs])


def machine(results):
    name = platform.processor()
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    load = results.all("machine", "load")[0]
    text = f"{os.cpu_count()} x {name}, Linux {platform.release()}; load {load} at the start"
    return text + ("" if load < 0.3 else ": not idle, so believe the CPU columns alone")


def main(path, records, growth):
    with open(path, encoding="utf-8") as lines:
        results = Results(lines)
    sizes = [records] + ([growth] if results.by_name["growth-big"] else [])
    bounds = Bounds()
    add_decode_bounds(results, bounds)
    add_rules_bounds(results, bounds)
    add_editions_bounds(results, bounds)
    add_sources_bounds(results, bounds)
    add_idle_bounds(results, bounds, sizes)
    add_ingest_bounds(results, bounds)
    add_growth_bounds(results, bounds, int(growth))
    add_report_bounds(results, bounds, sizes, growth)
    add_counts(results, bounds)
    print(machine(results), end="\n\n")
    print_decode(results)
    print()
    print_rules(results)
    print()
    print_editions(results)
    print()
    print_sources(results)
    print()
    print_ingest(results, int(records), int(growth))
    print()
    print_reports(results, sizes + ["changed"])
    print()
    print_idle(results, sizes)
    print()
    print_table([("bound", "asked for", "measured", "", "")] + bounds.rows)
    return 0 if bounds.is_held else 1


sys.exit(main(*sys.argv[1:]))
