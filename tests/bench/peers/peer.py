# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What the Python peers share: the table, what is read of a record, and how a run is measured."""
import json
import os
import time

COLUMNS = (
    "code", "procedure", "unit", "channel", "status", "applied_at", "accepted_at", "due_at",
    "finished_at", "fee_count", "fee_total", "payment_state", "payment_method",
    "payment_references",
)
TYPES = {"status": "INTEGER", "channel": "INTEGER", "fee_count": "INTEGER", "fee_total": "INTEGER"}


def create_sql(end=""):
    columns = ", ".join(f"{name} {TYPES.get(name, 'TEXT')}" for name in COLUMNS[1:])
    return f"CREATE TABLE dossier (code TEXT NOT NULL PRIMARY KEY, {columns}){end}"


def on_conflict_sql():
    sets = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    return f"ON CONFLICT (code) DO UPDATE SET {sets}"


def upsert_sql():
    marks = ", ".join("?" for _ in COLUMNS)
    return f"INSERT INTO dossier ({', '.join(COLUMNS)}) VALUES ({marks}) {on_conflict_sql()}"


def row_of(record):
    """A record as a row, in the order of COLUMNS. Times stay as they came."""
    method = record["applyMethod"]
    payment = record["paymentRequestData"] or {}
    fees = record["fees"]
    return (
        record["code"],
        record["procedure"]["code"],
        record["agency"]["code"],
        method["id"] if method else 1,
        record["dossierStatus"]["id"],
        record["appliedDate"],
        record["acceptedDate"],
        record["appointmentDate"],
        record["completedDate"],
        len(fees),
        int(sum(fee["amount"] for fee in fees)),
        payment.get("state"),
        payment.get("method"),
        ",".join(payment.get("references", ())),
    )


def rss_kib():
    """The most memory this program ever held."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


class Watch:
    """Wall and CPU time of this process and of the children it has waited for."""

    def __enter__(self):
        self.wall, self.cpu = time.perf_counter(), self.cpu_now()
        return self

    def __exit__(self, *_):
        self.wall, self.cpu = time.perf_counter() - self.wall, self.cpu_now() - self.cpu

    @staticmethod
    def cpu_now():
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system


def report(name, watch, connection, path, rss):
    """Asks for the totals of each unit and prints the measurement."""
    with Watch() as totals:
        units = connection.execute(
            "SELECT unit, count(*), sum(fee_total) FROM dossier GROUP BY unit"
        ).fetchall()
    print(json.dumps({
        "name": name,
        "wall_s": round(watch.wall, 6),
        "cpu_s": round(watch.cpu, 6),
        "file_bytes": os.path.getsize(path),
        "dossiers": sum(unit[1] for unit in units),
        "fee_total": sum(unit[2] for unit in units),
        "totals_s": round(totals.wall, 6),
        "rss_kib": rss,
    }))
