#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""json + sqlite3 of the standard library.

    python_sqlite.py default PAGES DATABASE   a page a transaction, no pragma
    python_sqlite.py tuned PAGES DATABASE     WAL, NORMAL, 10,000 a transaction, WITHOUT ROWID
"""
import json
import sqlite3
import sys

import peer


def main(way, pages, path):
    connection = sqlite3.connect(path)
    if way == "tuned":
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-16384")
    connection.execute(peer.create_sql(" WITHOUT ROWID" if way == "tuned" else ""))
    upsert = peer.upsert_sql()
    pages_a_transaction = 10 if way == "tuned" else 1
    with peer.Watch() as watch:
        with open(pages, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                records = json.loads(line)["content"]
                connection.executemany(upsert, map(peer.row_of, records))
                if number % pages_a_transaction == 0:
                    connection.commit()
        connection.commit()
        connection.close()
    peer.report(f"python-{way}", watch, sqlite3.connect(path), path, peer.rss_kib())


main(*sys.argv[1:])
