#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The Payment Platform and the LGSP: items 10, 11, 12 and 15 of domain.md 9."""

import json

import ask

STATES = {"1", "3", "4"}
INIT = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan",
        "MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich",
        "ThoiGianGD", "Ip"]
CONFIRM = ["LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich",
           "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"]


class Payments(ask.Case):
    def references(self):
        return [code for row in self.box.all_dossiers().values() for code in ask.references_of(row)
                if code.startswith("dvc")]

    def lgsp(self, path, message):
        token = json.loads(self.box.lgsp_token().body)["access_token"]
        return self.box.post(path, message, {"Authorization": f"Bearer {token}"})

    def states(self, references):
        return {code: self.box.query(code).get("TrangThaiGD") for code in references}

    def test_item_10_signatures(self):
        code = self.references()[0]
        self.assertEqual(self.box.query(code)["MaLoi"], "00")
        self.assertIsInstance(self.box.query(code)["SoTien"], int)
        forged = self.box.message("QUERY", code, secret="another")
        self.assertEqual(json.loads(self.box.post("/payment/query", forged).body)["MaLoi"], "97")
        init = {name: name.lower() for name in INIT} | {"SoTien": "450000"}
        for order, result in ((INIT, "00"), (sorted(INIT), "97")):
            signature = ask.sha256(*(init[name] for name in order), "sandbox-partner")
            answer = self.box.post("/payment/init", {**init, "MaXacThuc": signature})
            self.assertEqual(json.loads(answer.body)["MaLoi"], result)
        pushed = json.loads(self.box.ask(f"/sandbox/confirm?reference={code}").body)
        self.assertIsInstance(pushed["SoTien"], str)
        fields = [pushed[name] for name in CONFIRM]
        self.assertEqual(pushed["MaXacThuc"], ask.sha256(*fields, "sandbox-partner"))

    def test_item_10_states_turn(self):
        moves = set()
        before = {}
        for day in range(1, 26, 4):
            self.box.set_clock(f"2024-09-{day:02}T15:00:00+07:00")
            after = self.states(before)
            moves |= {(before[code], after[code]) for code in before}
            before = self.states(self.references())
        self.assertTrue(set(before.values()) - {None} <= STATES)
        self.assertTrue({("3", "1"), ("3", "4"), ("1", "4")} <= moves, moves)

    def test_item_11_double_encoded(self):
        references = self.references()[:60]
        amounts = set()
        for code in references:
            outer = json.loads(self.lgsp("/lgsp/payment/query",
                                         self.box.message("QUERY", code)).body)
            self.assertEqual(outer["error_code"], "0")
            inner = json.loads(outer["message"])
            amounts.add(type(inner["SoTien"]))
            plain = self.box.query(code)
            self.assertEqual((inner["TrangThaiGD"], int(inner["SoTien"])),
                             (plain["TrangThaiGD"], plain["SoTien"]))
        self.assertEqual(amounts, {int, str})
        unknown = self.lgsp("/lgsp/payment/query", self.box.message("QUERY", "unknown"))
        self.assertEqual(json.loads(json.loads(unknown.body)["message"])["MaLoi"], "01")

    def test_item_11_bills(self):
        kinds = set()
        for code in self.references()[:60]:
            if self.box.query(code).get("TrangThaiGD") != "1":
                continue
            message = self.box.message("GET_BILL", code)
            answer = self.box.post("/payment/bill", message)
            if answer.body.startswith(b"%PDF"):
                kinds.add(answer.type)
                self.assertTrue(self.lgsp("/lgsp/payment/bill", message).body.startswith(b"%PDF"))
                continue
            bill = json.loads(answer.body)
            kinds |= {"UrlBienLai", "URLBienLai"} & set(bill)
            outer = json.loads(self.lgsp("/lgsp/payment/bill", message).body)
            self.assertEqual(json.loads(outer["message"]), bill)
        self.assertEqual(kinds, {"application/pdf", "UrlBienLai", "URLBienLai"})

    def test_item_12_attempts_refunds_and_half_day_clocks(self):
        rows = self.box.all_dossiers().values()
        several = [ask.references_of(row) for row in rows if len(ask.references_of(row)) > 1]
        self.assertTrue(any({"4", "1"} <= set(self.states(codes).values()) for codes in several))
        refunded = [row for row in rows if (row["paymentRequestData"] or {}).get("state") ==
                    "Đã hoàn phí"]
        self.assertTrue(refunded)
        codes = ask.references_of(refunded[0])
        self.assertNotIn("1", self.states(codes).values())
        early = 0
        for code in self.references()[:120]:
            inner = json.loads(json.loads(self.lgsp(
                "/lgsp/payment/query", self.box.message("QUERY", code)).body)["message"])
            plain = self.box.query(code)["ThoiGianGD"]
            if inner["ThoiGianGD"] != plain:
                hour, half = int(plain[8:10]), int(inner["ThoiGianGD"][8:10])
                self.assertEqual((half, inner["ThoiGianGD"][:8]), (hour % 12 or 12, plain[:8]))
                early += hour > 12
        self.assertGreater(early, 5)


class Lgsp(ask.Case):
    def test_item_15_tokens(self):
        first = json.loads(self.box.lgsp_token().body)
        self.assertEqual((first["expires_in"], first["token_type"]), (3600, "Bearer"))
        self.box.set_clock("2024-11-05T09:50:00+07:00")
        second = json.loads(self.box.lgsp_token().body)
        self.assertEqual((second["access_token"], second["expires_in"]),
                         (first["access_token"], 600))
        self.box.set_clock("2024-11-05T10:00:00+07:00")
        expired = self.ask_with(first["access_token"])
        self.assertEqual((expired.status, self.fault(expired)["code"]), (401, 900903))
        third = json.loads(self.box.lgsp_token().body)
        self.assertNotEqual(third["access_token"], first["access_token"])
        self.assertEqual(self.box.lgsp_token(secret="?").status, 401)

    def ask_with(self, token):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.box.post("/lgsp/payment/query", {}, headers)

    def fault(self, answer):
        return json.loads(answer.body)["fault"]

    def test_item_15_faults(self):
        self.assertEqual(self.fault(self.ask_with("invented"))["code"], 900901)
        self.assertEqual(self.fault(self.ask_with(None))["code"], 900902)
        self.box.fail_next("/lgsp/", "unauthorized-401")
        answer = self.ask_with("any")
        self.assertEqual((answer.status, self.fault(answer)["code"]), (401, 900901))
        self.box.fail_next("/lgsp/", "throttle-429")
        answer = self.ask_with("any")
        self.assertEqual(answer.status, 429)
        self.assertEqual(self.fault(answer)["code"] // 100, 9008)
        self.assertIn("nextAccessTime", self.fault(answer))
        self.box.fail_next("/lgsp/", "error-500")
        self.assertEqual(self.fault(self.ask_with("any"))["code"], 101503)
        self.box.fail_next("/lgsp/", "error-503")
        self.assertTrue(self.ask_with("any").body.startswith(b"<am:fault"))

    def test_item_15_document_exchange_login(self):
        asked = {"username": "thidua", "password": "sandbox-lgsp", "applicationCode": "thidua"}
        answers = [json.loads(self.box.post("/api/lgspedoc/login", asked).body) for _ in range(2)]
        self.assertTrue(all(answer["success"] for answer in answers))
        self.assertTrue(answers[0]["token"] and answers[1]["data"]["token"])
        refused = self.box.post("/api/lgspedoc/login", {**asked, "password": "?"})
        self.assertEqual((refused.status, json.loads(refused.body)["success"]), (200, False))


if __name__ == "__main__":
    ask.main()
