#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""iGate, and what all systems have in common: items 14, 16 and 18 of domain.md 9."""

import json
import re
import time
import unicodedata

import ask

MONTH = {"from_date": "2024-09-01T00:00:00.000Z", "to_date": "2024-09-30T23:59:59.999Z"}
BY_AGENCY = "/pa/dossier-statistic/--statistic-agency-kgg"
BY_FORM = "/pa/dni-dossier-statistic/--01-2020-percentage"
ONLINE = "/pa/kgg-dossier-statistic/--kgg-dossier-report-online"


class Igate(ask.Case):
    def statistic(self, path, **query):
        answer = self.box.igate(path, **query)
        self.assertEqual(answer.status, 200, answer)
        return json.loads(answer.body)

    def test_item_14_tokens_and_faults(self):
        self.box.log_in_to_igate()
        self.box.post("/sandbox/clock", {"now": "2024-11-05T09:04:59+07:00"})
        self.assertEqual(self.box.igate("/ba/agency/name+code").status, 200)
        self.box.post("/sandbox/clock", {"now": "2024-11-05T09:05:00+07:00"})
        self.assertEqual(self.box.igate("/ba/agency/name+code").status, 401)
        self.box.log_in_to_igate()
        for kind, status in (("unauthorized-401", 401), ("forbidden-403", 403),
                             ("throttle-429", 429), ("html-200", 200)):
            self.box.fail_next("/pa/", kind)
            answer = self.box.igate(BY_AGENCY, agency_id=ask.ANCESTOR, **MONTH)
            self.assertEqual(answer.status, status)
            self.assertEqual(answer.type.startswith("text/html"), kind == "html-200")
        self.box.post("/sandbox/faults", {"slow_ms": 700})
        self.box.fail_next("/pa/", "slow")
        begin = time.monotonic()
        self.assertEqual(self.box.igate(BY_FORM, **MONTH).status, 200)
        self.assertGreaterEqual(time.monotonic() - begin, 0.7)

    def test_item_14_pages_and_slices(self):
        page = self.box.search(size=100, spec="page")
        self.assertIn("totalElements", page)
        rows, number = [], 0
        while True:
            piece = self.box.search(size=500, page=number, spec="slice", sort="id,asc")
            self.assertFalse({"totalElements", "totalPages"} & set(piece))
            rows += piece["content"]
            number += 1
            if piece["last"]:
                break
        self.assertEqual(len({row["id"] for row in rows}), page["totalElements"])
        self.assertTrue(rows[0]["appliedDate"].endswith("+0700"))
        self.assertEqual({type(row["currentTask"]) for row in rows}, {list, dict})

    def test_item_14_statistics(self):
        rows = self.statistic(BY_AGENCY, agency_id=ask.ANCESTOR, **MONTH)
        received = [row for row in self.box.all_dossiers().values()
                    if (row["acceptedDate"] or "").startswith("2024-09")
                    and row["dossierStatus"]["id"] not in (1, 3)]
        self.assertEqual(sum(row["received"] for row in rows), len(received))
        self.assertEqual(sum(row["receivedOnline"] for row in rows),
                         sum((row["applyMethod"] or {}).get("id") == 0 for row in received))
        for row in self.statistic(BY_FORM, **MONTH):
            self.assertEqual(row["procedureLevelUnknown"], row["receivedOnline"] +
                             row["receivedDirect"] + row["receivedOld"])
            self.assertEqual(row["procedureLevelUnknown"], row["resolved"] + row["unresolved"])
        query = {"from_applied_date": MONTH["from_date"], "to_applied_date": MONTH["to_date"]}
        owing = self.statistic(ONLINE, **query, is_ignore_free_dossier="true")
        everything = self.statistic(ONLINE, **query)
        self.assertLess(sum(row["datiepnhan_quantity"] for row in owing),
                        sum(row["datiepnhan_quantity"] for row in everything))
        self.assertGreater(sum(row["onlinepaid_quantity"] for row in owing), 0)
        self.assertEqual(self.box.igate(BY_AGENCY, agency_id="x").status, 400)

    def test_item_14_missing_agencies(self):
        first = json.loads(self.box.igate("/ba/agency/name+code", page=0, size=10).body)
        second = json.loads(self.box.igate("/ba/agency/name+code", page=1, size=10).body)
        agencies = {row["id"]: row for row in first["content"] + second["content"]}
        self.assertEqual(len(agencies), first["totalElements"])
        rows = self.statistic(BY_AGENCY, agency_id=ask.ANCESTOR, **{
            **MONTH, "from_date": "2024-06-01T00:00:00.000Z"})
        said = {row["agency"]["id"] for row in rows}
        self.assertTrue(set(agencies) - said)  # without dossiers: no row
        self.assertTrue(said - set(agencies))  # with dossiers: in no list
        codes = {row["code"] for row in agencies.values()}
        self.assertTrue({"H37.10.0501", "003.05.10.H37"} & codes)


class Common(ask.Case):
    now = "2025-01-20T09:00:00+07:00"

    def test_item_16_codes_and_names(self):
        rows = list(self.box.all_dossiers().values())
        suffixes = {row["procedure"]["code"][8:] for row in rows}
        self.assertEqual(suffixes, {"", ".H37", ".000.00.00.H37"})
        names = [row["agency"]["name"][0]["name"] for row in rows]
        self.assertTrue(any(name != unicodedata.normalize("NFC", name) for name in names))
        self.assertTrue(any("\u00a0" in name for name in names))
        recoded = [row for row in rows if row.get("nationCode") and
                   row["nationCode"].split("-")[2] != row["code"].split("-")[2]]
        self.assertTrue(recoded)
        row = recoded[0]
        record = self.box.dvcqg("TraCuuHoSo", mahoso=row["nationCode"])["result"][0]
        self.assertEqual(record["MaHoSo"], row["nationCode"])
        self.assertEqual(record["MaHoSoKhac"].split("-")[1:], row["code"].split("-")[1:])
        self.assertEqual(self.box.dvcqg("TraCuuHoSo", mahoso=record["MaHoSoKhac"])["result"], [])
        plain = next(row for row in rows if row.get("nationCode") and row not in recoded)
        both = [self.box.dvcqg("TraCuuHoSo", mahoso=plain[key])["result"][0]["MaHoSo"]
                for key in ("code", "nationCode")]
        self.assertEqual(both, [plain["nationCode"]] * 2)
        self.assertRegex(plain["nationCode"], r"^\d{3}\.\d\d\.10\.H37-\d{6}-\d{4,6}$")
        twins = json.loads(self.box.igate("/pa/dossier/search", ancestor_agency_id=ask.ANCESTOR,
                                          size=500, sort="id,asc").body)["content"]
        self.assertTrue(any(row["code"] is None and row["nationCode"] for row in twins))

    def test_item_18_year_boundary(self):
        rows = self.box.all_dossiers().values()
        last = self.accepted_at(rows, "2024-12-31T23:59:59")
        first = self.accepted_at(rows, "2025-01-01T00:00:00")
        new_year = [row for row in self.box.opencps_rows()
                    if row["receiveDate"] == "01/01/2025 00:00:00"]
        self.assertEqual({row["dossierNo"] for row in new_year}, {row["code"] for row in first})
        found = self.box.opencps_rows(fromReceiveDate="01/01/2025", toReceiveDate="01/02/2025")
        self.assertFalse([row for row in found if row in new_year])
        until = self.box.opencps_rows(fromReceiveDate="31/12/2024", toReceiveDate="01/01/2025")
        self.assertTrue({row["code"] for row in last} <= {row["dossierNo"] for row in until})
        for row, said in ((last[0], "20241231235959"), (first[0], "20250101000000")):
            code = row.get("nationCode") or row["code"]
            record = self.box.dvcqg("TraCuuHoSo", mahoso=code)["result"][0]
            self.assertEqual(record["NgayTiepNhan"], said)
        self.assertEqual(self.synchronised(rows, 2024) + self.synchronised(rows, 2025),
                         self.received(rows, "20"))

    def synchronised(self, rows, year):
        """What the older gateway counts in a year, after it was compared with iGate's list."""
        row = self.box.rest_jsp("report_by_year_sum_service", p_nam=year, p_tinh_id="417489")[0][0]
        self.assertEqual(int(row["HS_TOTAL"]), self.received(rows, str(year)))
        return int(row["HS_TOTAL"])

    def received(self, rows, prefix):
        return sum((row["acceptedDate"] or "").startswith(prefix) and
                   row["dossierStatus"]["id"] not in (1, 3) for row in rows)

    def accepted_at(self, rows, second):
        found = [row for row in rows if (row["acceptedDate"] or "").startswith(second)
                 and row["dossierStatus"]["id"] not in (1, 3)]
        self.assertTrue(found, second)
        self.assertTrue(all(re.search(r"\+0700$", row["acceptedDate"]) for row in found))
        return found


if __name__ == "__main__":
    ask.main()
