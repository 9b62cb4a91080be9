# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""All presets against the sandbox: each brings what the sandbox has, the same dossiers by every
road, and nothing of a person's."""

import csv
import datetime
import json
import sqlite3
import sys
import urllib.parse
import urllib.request

import harness

NOW = "2024-10-18T16:00:00+07:00"
LATER = "2024-10-18T16:30:00+07:00"
PROVINCE = 417489

def add_sources(world):
    text = harness.preset_sources(world.sandbox_url())

    def edit(config):
        return config.replace("\n# The mail relay.", text + "\n# The mail relay.", 1)

    world.edit = edit
    world.config = world.write_config(edit=edit)
    harness.write_preset_secrets(world)
    (world.folder / "inbox").mkdir()


def dossiers(store, source):
    """{number: columns} of the current versions of a source."""
    (number,) = store.execute("SELECT id FROM source WHERE name = ?", (source,)).fetchone()
    rows = store.execute(
        "SELECT id, procedure, unit, channel, status, accepted_at, fee_total, payments FROM dossier"
        " WHERE (id & 31) = ?", (number,))
    return {row[0] >> 5: row[1:] for row in rows}


def statistics(store, source):
    (number,) = store.execute("SELECT id FROM source WHERE name = ?", (source,)).fetchone()
    rows = store.execute(
        "SELECT period, unit_code, metric, value FROM statistic WHERE source = ?", (number,))
    return {(period, unit, metric): value for period, unit, metric, value in rows}


def units(store):
    return dict(store.execute("SELECT id, value FROM dictionary WHERE kind = 1").fetchall())


def check_the_same_dossiers_by_every_road(store):
    tthc, opencps, national = (dossiers(store, name) for name in ("tthc", "opencps", "national"))
    shared = tthc.keys() & opencps.keys()
    assert len(tthc) > 1000 and len(shared) >= 0.95 * len(tthc), (len(tthc), len(opencps))
    for number in shared:
        mine, theirs = tthc[number], opencps[number]
        assert mine[0] == theirs[0], "another procedure"
        assert mine[4] // 1000 == theirs[4] // 1000, ("accepted at another time", mine, theirs)
    known = tthc.keys() & national.keys()
    assert len(known) >= 0.8 * len(tthc), (len(tthc), len(national))
    flagged = sum(1 for number in known if national[number][3] == 9 and tthc[number][3] in (5, 6, 8))
    assert flagged > 0, "the defect of section 1.6 did not show: 5, 6 and 8 told as 9"
    print(f"{len(tthc)} dossiers by iGate, {len(opencps)} by OpenCPS, {len(national)} of the nation")


def check_payments(store):
    def payments(source):
        (number,) = store.execute("SELECT id FROM source WHERE name = ?", (source,)).fetchone()
        columns = [row[1] for row in store.execute("PRAGMA table_info(payment)")]
        assert "state" in columns, columns
        return dict(store.execute(
            "SELECT reference, state FROM payment WHERE source = ?", (number,)).fetchall())

    direct, wrapped = payments("payments"), payments("lgsp")
    assert direct and direct == wrapped, (len(direct), len(wrapped))
    print(f"{len(direct)} payments, the same through the LGSP")


def ask_old_gateway(world, month):
    params = {"type": "ref", "service": "report_by_month_sum_service", "p_nam": "2024",
              "p_6thang": 0, "p_quy": 0, "p_thang": month, "p_tinh_id": str(PROVINCE)}
    body = urllib.parse.urlencode({"params": json.dumps(params)}).encode()
    with urllib.request.urlopen(world.sandbox_url("/jsp/rest.jsp"), body, timeout=30) as answer:
        rows = json.loads(answer.read())
    return rows["data"] if isinstance(rows, dict) else rows


def check_statistics(world, store):
    old = statistics(store, "old-gateway")
    (row,) = ask_old_gateway(world, 9)
    for metric in ("HS_TOTAL", "HTN_TRUCTUYEN_TOTAL", "GDTT_TOTAL", "GDTTQG_TOTAL"):
        assert old["2024-09", "H37", metric] == int(row[metric]), (metric, row[metric])
    igate, opencps = (statistics(store, name) for name in ("igate-figures", "opencps-figures"))
    received = {unit: value for (period, unit, metric), value in igate.items()
                if (period, metric) == ("2024-09", "received")}
    counted = {unit: value for (period, unit, metric), value in opencps.items()
               if (period, metric) == ("2024-09", "receivedCount")}
    assert received and sum(received.values()) > 0
    assert sum(counted.values()) > 0 and len(counted) > 3, counted
    national = statistics(store, "dvcqg")
    assert any(metric == "totalDossierFinancialObligation" for _, _, metric in national)
    print(f"{len(old) + len(igate) + len(opencps) + len(national)} statistics of four sources")


def check_files(world, store_path):
    """The same dossiers typed into a CSV file are the same dossiers."""
    store = sqlite3.connect(store_path)
    words = {0: "Trực tiếp", 1: "Trực tuyến", 2: "Bưu chính"}
    issuers = dict(store.execute("SELECT id, value FROM dictionary WHERE kind = 3"))
    procedures = dict(store.execute("SELECT id, value FROM dictionary WHERE kind = 2"))
    names = units(store)
    file = world.folder / "inbox" / "thang-10.csv"
    count = 0
    with open(file, "w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out, delimiter=";")
        table.writerow(["TT", "MÃ HỒ SƠ", "Mã TTHC", "Mã đơn vị", "Kênh nộp", "Trạng thái",
                        "Ngày tiếp nhận"])
        for number, row in sorted(dossiers(store, "tthc").items()):
            code = code_of(number, issuers)
            if not code or row[4] is None:
                continue
            count += 1
            table.writerow([count, code, procedures[row[0]], names[row[1]], words[row[2]], row[3],
                            day_and_time(row[4])])
    store.close()
    # The virtual clock is behind the file's own time, so its marker says that it is whole.
    file.with_name(file.name + ".done").touch()
    world.thidua("pull", "files", "--now", LATER)
    store = sqlite3.connect(store_path)
    typed, tthc = dossiers(store, "files"), dossiers(store, "tthc")
    assert len(typed) == count, (len(typed), count)
    for number, row in typed.items():
        assert row[:4] == tthc[number][:4] and row[4] // 1000 == tthc[number][4] // 1000
    left = sorted(path.name for path in (world.folder / "inbox").glob("*.csv"))
    assert left == [], left
    assert len(list((world.folder / "inbox" / "da-nhan").glob("*thang-10.csv"))) == 1
    print(f"{count} dossiers typed into a file are the same")


def code_of(number, issuers):
    """The code that a dossier's number is packed from: agency, day, sequence, width, issuer."""
    issuer, rest = number & 4095, number >> 12
    width, rest = (rest & 3) + 4, rest >> 2
    sequence, day = rest & ((1 << 20) - 1), (rest >> 20) & 65535
    return code_text(issuers.get(issuer), day, sequence, width) if day else None


def code_text(issuer, day, sequence, width):
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
    return f"{issuer}-{date:%y%m%d}-{sequence:0{width}}"


def day_and_time(milliseconds):
    zone = datetime.timezone(datetime.timedelta(hours=7))
    return datetime.datetime.fromtimestamp(milliseconds / 1000, zone).strftime("%d/%m/%Y %H:%M:%S")


def check_catalogues(world):
    """The national portal's catalogue says what the configuration says, and can stand in for it."""
    listed = json.loads(world.thidua("procedures", "list", "--json", "--now", NOW).stdout)
    assert listed["differences"] == [], listed["differences"]
    procedures = listed["procedures"]
    assert len(procedures) > 50, len(procedures)
    assert {each["from"] for each in procedures} == {"configuration"}
    without = world.write_config("by-catalogue.yaml", secrets=False, edit=lambda text: without_file(
        world.edit(text)))
    told = json.loads(
        world.thidua("procedures", "list", "--json", "--now", NOW, config=without).stdout)
    online = {each["code"] for each in procedures if each["level"] in ("partial", "full")}
    assert {each["code"] for each in told["procedures"] if each["level"] == "partial"} == online
    assert {each["from"] for each in told["procedures"]} == {"services", "national-procedures"}
    fees = {each["code"]: each["fee_bearing"] for each in procedures}
    named = {each["code"]: each["fee_bearing"] for each in told["procedures"]}
    assert all(fees[code] == bears for code, bears in named.items()), (fees, named)
    by_file, by_catalogue = (services(world, config) for config in (world.config, without))
    assert by_file == by_catalogue, (by_file, by_catalogue)
    print(f"{len(online)} services and {len(named)} procedures by the national catalogue, as written")


def without_file(text):
    (line,) = [line for line in text.splitlines(True) if line.startswith("procedures:")]
    return text.replace(line, "")


def services(world, config):
    """{unit: counts of services-online}, which asks for the levels and units of today."""
    standings = json.loads(
        world.thidua("standings", "--json", "--now", NOW, config=config).stdout)
    return {
        unit["code"]: [(figure["numerator"], figure["denominator"])
                       for figure in unit["indicators"] if figure["id"] == "services-online"]
        for unit in [*standings["units"], standings["total"]]}


def check_nothing_personal(world):
    planted = world.personal_data()
    for path in harness.files_below(world.folder):
        content = path.read_bytes()
        for value in planted:
            if value in content:
                sys.exit(f"{path.relative_to(world.folder)} holds a planted personal datum")


def test(options):
    with harness.World(options, dossiers=2000, now=NOW) as world:
        add_sources(world)
        world.thidua("pull", "--now", NOW)
        store_path = world.folder / "state" / "thidua.db"
        store = sqlite3.connect(store_path)
        check_the_same_dossiers_by_every_road(store)
        check_payments(store)
        check_statistics(world, store)
        store.close()
        check_catalogues(world)
        check_files(world, store_path)
        check_nothing_personal(world)


harness.main(test)
