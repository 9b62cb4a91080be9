#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The portal's newer reporting, and how its counts differ from the province's: items 7, 8, 9 and 17
of domain.md 9."""

import http.client
import json

import ask


def metrics_of(node):
    return {metric["code"]: metric for metric in node["metrics"]}


class Reporting(ask.Case):
    def setUp(self):
        super().setUp()
        self.root = self.box.department("H37.10")

    def test_item_07_shapes(self):
        answer = self.box.report_answer("provide-online-tree", rootDepartmentId=self.root)
        self.assertEqual(answer.status, 201)
        online = self.box.report("provide-online-tree", rootDepartmentId=self.root)
        self.assertIn("channelTotalSum", online["parent"])
        self.assertNotIn("channelTotalSum", online["children"][0])
        progress = self.box.report("dvc-progress-tree", rootDepartmentId=self.root)
        parent, children = progress["parent"], progress["children"]
        self.assertIn("totalCompleted", parent)
        self.assertNotIn("totalOverdue", parent)
        self.assertTrue(all("totalOverdue" in child and "totalCompleted" not in child
                            and "score" in child for child in children))
        self.assertEqual(parent["totalReceived"], online["parent"]["channelTotalSum"])
        idle = next(child for child in children if child["departmentCode"] == "H37.10.06")
        self.assertEqual((idle["ratio"], idle["score"]), (0, 0))  # 0 of 0 is 0 here
        self.assertIsNone(idle["avgProcessingDays"])

    def test_item_07_zero_of_zero_and_quality(self):
        units = self.box.report("transparency", rootDepartmentId=self.root)["evaluation"]
        idle = next(unit for unit in units if unit["totalScore"] == 0)
        sync = metrics_of(idle)["DOSSIER_SYNC"]
        self.assertEqual((sync["denominator"], sync["ratio"], sync["score"]), (0, None, None))
        self.assertEqual(sync["dataQualityStatus"], "NO_NATIONAL_REPORT_DATA")
        petitions = self.box.report("handling-satisfaction", rootDepartmentId=self.root,
                                    fromDate="2024-09-01", toDate="2024-09-30")
        idle = next(unit for unit in petitions["evaluation"] if unit["totalDossiers"] == 0)
        on_time = metrics_of(idle)["PETITION_PROCESSING_ON_TIME"]
        self.assertEqual((on_time["denominator"], on_time["ratio"], on_time["score"]), (0, 0, 6))
        self.assertIsNone(metrics_of(idle)["PETITION_CLASSIFICATION_STAFF"]["score"])
        ended = self.box.report("transparency", rootDepartmentId=self.root)["overview"]
        self.assertNotIn("dataQualityStatus", metrics_of(ended)["DOSSIER_SYNC"])
        running = self.box.report("transparency", rootDepartmentId=self.root, timeType="month",
                                  year=2024, month=11)["overview"]
        self.assertEqual(metrics_of(running)["DOSSIER_SYNC"]["dataQualityStatus"],
                         "TEMP_NATIONAL_REPORT_DENOMINATOR")

    def test_item_07_the_province_is_found_by_its_code(self):
        province = self.box.department("H37")
        tree = self.box.report("dvc-progress-tree", rootDepartmentId=province)
        self.assertEqual(tree["parent"]["departmentCode"], "H37")
        ours = next(child for child in tree["children"] if child["departmentCode"] == "H37.10")
        self.assertEqual(ours["totalReceived"], tree["parent"]["totalReceived"])
        results = self.box.report("service-results", rootDepartmentId=self.root)["overview"]
        self.assertEqual((results["totalMaxScore"], len(results["metrics"])), (100, 6))

    def test_item_08_formalities_and_dates(self):
        items, page = [], 0
        while True:
            page += 1
            answer = self.box.post("/api/v1/reporting/formalities",
                                   {"q": "", "currentPage": page, "pageSize": 30})
            data = json.loads(answer.body)["data"]
            items += data["items"]
            if page == data["pagination"]["totalPages"]:
                break
        self.assertEqual(len(items), data["pagination"]["total"])
        one = next(item for item in items if item["code"] == "1.012756")
        whole = self.box.report("provide-online-tree", rootDepartmentId=self.root)["parent"]
        part = self.box.report("provide-online-tree", rootDepartmentId=self.root,
                               formalityId=one["id"])["parent"]
        self.assertTrue(0 < part["channelTotalSum"] < whole["channelTotalSum"])
        self.assertEqual(part["authorityCount"], 1)

        def done(**key):
            node = self.box.report("dossier-digitized", rootDepartmentId=self.root, **key)
            return metrics_of(node["overview"])["RESULT_DIGITIZED"]["denominator"]
        self.assertEqual(done(formalityId=one["id"]), done())  # the wrong key is ignored
        self.assertLess(done(formalityID=one["id"]), done())
        by_period = self.box.report_answer("handling-satisfaction", rootDepartmentId=self.root)
        self.assertEqual(by_period.status, 400)

    def test_item_09_faults(self):
        path = "/api/v1/reporting/evaluation/formality-online-payment-tree"
        self.box.fail_next(path, "truncated-json")
        answer = self.box.report_answer("formality-online-payment-tree", rootDepartmentId=self.root)
        self.assertEqual(answer.status, 201)
        self.assertRaises(json.JSONDecodeError, json.loads, answer.body)
        for name in ("formality-online-payment-tree", "dvc-progress-tree"):
            self.box.fail_next(path.rpartition("/")[0], "wrong-root")
            self.assertNotEqual(self.box.report(name, rootDepartmentId=self.root)["parent"]
                                ["departmentId"], self.root)
            self.assertEqual(self.box.report(name, rootDepartmentId=self.root)["parent"]
                             ["departmentId"], self.root)
        for kind, status in (("forbidden-403", 403), ("throttle-429", 429)):
            self.box.fail_next(path, kind)
            self.assertEqual(self.box.report_answer("formality-online-payment-tree",
                                                    rootDepartmentId=self.root).status, status)
        self.box.fail_next(path, "cut-body")
        with self.assertRaises(http.client.IncompleteRead):
            self.box.report_answer("formality-online-payment-tree", rootDepartmentId=self.root)

    def received_by_the_province(self):
        return [row for row in self.box.all_dossiers().values()
                if (row["acceptedDate"] or "").startswith("2024-10")
                and row["dossierStatus"]["id"] not in (1, 3)]

    def test_item_17_national_counts_differ(self):
        now = self.box.report("provide-online-tree", rootDepartmentId=self.root, timeType="month",
                              year=2024, month=10)["parent"]["channelTotalSum"]
        self.assertLess(now, len(self.received_by_the_province()))  # some are late
        self.box.set_clock("2024-12-31T09:00:00+07:00")
        rows = self.received_by_the_province()
        tree = self.box.report("formality-online-payment-tree", rootDepartmentId=self.root,
                               timeType="month", year=2024, month=10)["parent"]
        self.box.post("/sandbox/sessions", {"calls": len(rows)})
        records = [self.record(row) for row in rows]
        flags = [record["DuocThanhToanTrucTuyen"] for record in records]
        # What the single records say is what the totals count.
        self.assertEqual(flags.count("1") + flags.count("2"),
                         tree["totalDossierOnlinePaymentSuccess"])
        cash = [record["DuocThanhToanTrucTuyen"] for row, record in zip(rows, records)
                if (row["paymentRequestData"] or {}).get("method") in ("tien-mat", "chuyen-khoan")
                and row["paymentRequestData"]["state"] == "Đã thanh toán"]
        self.assertTrue({"1", "3"} <= set(cash))
        pushed = {(row["dossierStatus"]["id"], record["TrangThaiHoSo"])
                  for row, record in zip(rows, records)}
        self.assertTrue(all(national == "9" for local, national in pushed if local in (5, 6, 8)))
        self.assertTrue(any(local in (5, 6, 8) for local, _ in pushed))
        overwritten = [record for record in records
                       if record["NgayNopHoSo"] == record["NgayTiepNhan"]]
        self.assertGreater(len(overwritten), len(records) // 5)

    def record(self, row):
        code = row.get("nationCode") or row["code"]  # either form of the unit's code will do
        answer = self.box.dvcqg("TraCuuHoSo", mahoso=code)
        self.assertEqual(len(answer["result"]), 1, code)
        return answer["result"][0]


if __name__ == "__main__":
    ask.main()
