#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""pandas + sqlite, 10,000 records at a time through a staging table.

    pandas_sqlite.py PAGES DATABASE
"""
import itertools
import json
import sqlite3
import sys

import pandas

import peer


def frame_of(records):
    # Much faster here than json_normalize, which takes four times as long.
    frame = pandas.DataFrame(map(peer.row_of, records), columns=list(peer.COLUMNS))
    return frame.drop_duplicates("code", keep="last")


def main(pages, path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(peer.create_sql())
    columns = ", ".join(peer.COLUMNS)
    merge = (
        f"INSERT INTO dossier ({columns}) SELECT {columns} FROM staging WHERE true "
        + peer.on_conflict_sql()
    )
    with peer.Watch() as watch:
        with open(pages, "rb") as lines:
            while ten := list(itertools.islice(lines, 10)):
                records = [record for line in ten for record in json.loads(line)["content"]]
                frame_of(records).to_sql("staging", connection, if_exists="replace", index=False)
                connection.execute(merge)
                connection.commit()
        connection.close()
    peer.report("pandas", watch, sqlite3.connect(path), path, peer.rss_kib())


main(*sys.argv[1:])
