#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""jq to CSV, sqlite3's .import into a staging table, INSERT ... SELECT. Python only starts them.

    jq_sqlite.py PAGES DATABASE
"""
import resource
import sqlite3
import subprocess
import sys

import peer

FILTER = """.content[] | [.code, .procedure.code, .agency.code, (.applyMethod.id // 1),
    .dossierStatus.id, .appliedDate, .acceptedDate, .appointmentDate, .completedDate,
    (.fees | length), ([.fees[].amount] | add // 0 | floor),
    .paymentRequestData.state, .paymentRequestData.method,
    ((.paymentRequestData.references // []) | join(","))] | @csv"""


def main(pages, path):
    columns = ", ".join(peer.COLUMNS)
    sqlite3.connect(path).execute(peer.create_sql()).connection.close()
    script = (
        "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=NORMAL;\n"
        f"CREATE TEMP TABLE staging ({columns});\n"
        ".mode csv\n.import /dev/stdin staging\n"
        f"INSERT INTO dossier ({columns}) SELECT {columns} FROM staging WHERE true ORDER BY rowid "
        + peer.on_conflict_sql() + ";\n"
    )
    with peer.Watch() as watch:
        jq = subprocess.Popen(["jq", "-r", FILTER, pages], stdout=subprocess.PIPE)
        load = ["sqlite3", "-batch", path]
        for line in script.splitlines():
            load += ["-cmd", line]
        subprocess.run(load + ["SELECT 1"], stdin=jq.stdout, stdout=subprocess.DEVNULL, check=True)
        jq.stdout.close()
        if jq.wait() != 0:
            sys.exit("jq failed")
    rss = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peer.report("jq", watch, sqlite3.connect(path), path, rss)


main(*sys.argv[1:])
