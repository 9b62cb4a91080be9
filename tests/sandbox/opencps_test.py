#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""OpenCPS: item 13 of domain.md 9."""

import json

import ask

STATUSES = {"new", "receiving", "processing", "waiting", "interoperating", "releasing", "posting",
            "done", "cancelled", "denied", "unresolved"}


class OpenCps(ask.Case):
    def test_item_13_errors(self):
        answer = self.box.opencps("/v2/dossiers", password="?")
        self.assertEqual(answer.status, 203)
        self.assertEqual(json.loads(answer.body)["message"], "Non-Authoritative Information.")
        self.assertEqual(self.box.opencps("/v2/dossiers", group="1").status, 401)
        for refused in (self.box.opencps("/v2/dossiers", group=None),
                        self.box.opencps("/v2/dossiers", agency="H99.10"),
                        self.box.opencps("/v2/dossiers/1/payment"),
                        self.box.opencps("/statistics", year="x")):
            self.assertEqual(refused.status, 403)
            self.assertEqual(json.loads(refused.body)["message"], "No Content.")
        self.box.fail_next("/o/rest/", "error-500")
        self.assertEqual(self.box.opencps("/v2/dossiers").status, 403)
        self.box.fail_next("/o/rest/", "empty-200")
        empty = self.box.opencps("/v2/dossiers")
        self.assertEqual((empty.status, empty.body), (200, b""))

    def test_item_13_pages(self):
        whole = self.box.opencps_rows()
        first = json.loads(self.box.opencps("/v2/dossiers").body)
        self.assertEqual((first["total"], len(first["data"])), (len(whole), 10))
        unended = json.loads(self.box.opencps("/v2/dossiers", start=50, end=0).body)
        self.assertEqual(unended["data"], first["data"])
        part = json.loads(self.box.opencps("/v2/dossiers", start=30, end=50).body)["data"]
        self.assertEqual(part, whole[30:50])
        self.assertTrue(all(isinstance(value, str) for row in whole for value in row.values()))
        self.assertEqual({row["dossierStatus"] for row in whole} - STATUSES, set())
        self.assertGreater(len({row["dossierStatus"] for row in whole}), 9)
        self.assertEqual({row["online"] for row in whole}, {"true", "false", ""})
        self.assertIn(("true", "2"), {(row["online"], row["viaPostal"]) for row in whole})

    def test_item_13_same_dossiers_as_igate(self):
        igate = self.box.all_dossiers()
        rows = {row["dossierNo"]: row for row in self.box.opencps_rows()}
        self.assertEqual(set(rows), set(igate))
        for code, row in rows.items():
            accepted = igate[code]["acceptedDate"]
            self.assertEqual(row["receiveDate"], slashed(accepted))
            self.assertEqual(row["govAgencyCode"], igate[code]["agency"]["code"])
            self.assertEqual(row["serviceCode"], igate[code]["procedure"]["code"])

    def test_item_13_bounds_are_exclusive(self):
        midnight = [row for row in self.box.opencps_rows()
                    if row["receiveDate"].endswith(" 00:00:00")]
        day = midnight[0]["receiveDate"][:10]
        after = self.box.opencps_rows(fromReceiveDate=day, toReceiveDate="31/12/2024")
        self.assertNotIn(midnight[0], after)
        self.assertTrue(all(after_day(row) >= turned(day) for row in after))
        before = self.box.opencps_rows(fromReceiveDate="01/01/2024", toReceiveDate=day)
        self.assertNotIn(midnight[0], before)
        self.assertEqual(len(after) + len(before), sum(
            row["receiveDate"] != "" and row["receiveDate"] != f"{day} 00:00:00"
            for row in self.box.opencps_rows()))
        one = json.loads(self.box.opencps(
            "/statistics", fromStatisticDate=day, toStatisticDate=next_day(day)).body)
        total = next(row for row in rows_of(one) if is_roll_up(row))
        self.assertEqual(total["receivedCount"], self.received_on(day) - sum(
            row["receiveDate"].startswith(day) for row in midnight))

    def received_on(self, day):
        return sum(row["receiveDate"].startswith(day) and
                   row["dossierStatus"] not in ("new", "denied")
                   for row in self.box.opencps_rows())

    def test_item_13_statistics(self):
        keys, sums = set(), []
        for _ in range(2):
            answer = json.loads(self.box.opencps("/statistics", year=2024, month=9).body)
            keys |= {"dossierStatisticData", "data"} & set(answer)
            sums.append(rows_of(answer))
        self.assertEqual(keys, {"dossierStatisticData", "data"})
        self.assertEqual(sums[0], sums[1])
        rows = sums[0]
        total = next(row for row in rows if is_roll_up(row))
        single = [row for row in rows if row["govAgencyCode"] and row["domainCode"]]
        for count in ("receivedCount", "onlineCount", "releaseCount", "processCount"):
            self.assertEqual(sum(row[count] for row in single), total[count])
            self.assertEqual(sum(row[count] for row in rows), 4 * total[count])
        for row in rows:
            self.assertEqual(row["totalCount"], row["processCount"] + row["deniedCount"])
            self.assertEqual(row["processCount"], row["remainingCount"] + row["receivedCount"])
            self.assertEqual(row["receivedCount"], row["onlineCount"] + row["onegateCount"])
            self.assertEqual(row["releaseCount"],
                             row["betimesCount"] + row["ontimeCount"] + row["overtimeCount"])
            self.assertEqual(row["processingCount"], row["undueCount"] + row["overdueCount"])
        received = [row for row in self.box.opencps_rows() if row["receiveDate"][3:10] == "09/2024"
                    and row["dossierStatus"] not in ("new", "denied")]
        self.assertEqual(len(received), total["receivedCount"])
        year = json.loads(self.box.opencps("/statistics", year=2024, month=-1, end=0).body)
        self.assertEqual(rows_of(year)[0]["month"], 0)

    def test_item_13_payments(self):
        igate = self.box.all_dossiers()
        methods, payloads = set(), 0
        for row in self.box.opencps_rows()[:250]:
            path = f"/v2/dossiers/{row['dossierId']}/payment"
            payment = json.loads(self.box.opencps(path).body)
            methods.add(payment["paymentMethod"])
            self.assertIsInstance(payment["feeAmount"], str)
            self.assertIsInstance(payment["paymentAmount"], int)
            secret = json.loads(payment["epaymentProfile"])["ppDvcqg"]["secretKey"]
            self.assertIn("CANARY", secret)
            references = ask.references_of(igate[row["dossierNo"]])
            self.assertEqual(bool(references), payment["confirmPayload"] != "")
            if references:
                payload = json.loads(payment["confirmPayload"])
                self.assertIn(payload["MaThamChieu"], references)
                # One reference is named here, and it is paid if any that iGate names is.
                paid = [self.box.query(code).get("TrangThaiGD") == "1" for code in references]
                one = self.box.query(payload["MaThamChieu"]).get("TrangThaiGD") == "1"
                self.assertEqual(one, any(paid))
                payloads += payment["paymentMethod"] == "PayPlatDVCQG"
            self.assertEqual(payment, json.loads(self.box.opencps(
                f"/v2/dossiers/{row['referenceUid']}/payment").body))
        self.assertTrue({"PayPlatDVCQG", "Tiền mặt", "Chuyển khoản", ""} <= methods)
        self.assertGreater(payloads, 10)


def slashed(igate):
    if not igate:
        return ""
    return f"{igate[8:10]}/{igate[5:7]}/{igate[:4]} {igate[11:19]}"


def turned(day):
    return day[6:] + day[3:5] + day[:2]


def after_day(row):
    return turned(row["receiveDate"][:10])


def next_day(day):
    # Within one month; the sandbox's first such day is no month's last.
    return f"{int(day[:2]) + 1:02}{day[2:]}"


def rows_of(answer):
    return answer.get("dossierStatisticData") or answer["data"]


def is_roll_up(row):
    return not row["govAgencyCode"] and not row["domainCode"]


if __name__ == "__main__":
    ask.main()
