# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A sandbox of the test's own, and its systems asked as their clients would ask them. Shares
nothing with the program, like the sandbox itself."""

import base64
import collections
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

NOW = "2024-11-05T09:00:00+07:00"
ANCESTOR = "640000010000000000000000"
UNIT = "000.00.10.H37"
START_LIMIT_SECONDS = 60
Answer = collections.namedtuple("Answer", "status type body headers")


class Sandbox:
    """One process; ended on leaving."""

    def __init__(self, dossiers=2500, now=NOW):
        self.program = os.environ["THIDUA_SANDBOX"]
        self.folder = tempfile.TemporaryDirectory(prefix="thidua-sandbox-")
        port_file = pathlib.Path(self.folder.name) / "port"
        self.world = ["--dossiers", str(dossiers), "--seed", "3"]
        self.process = subprocess.Popen(
            [self.program, *self.world, "--now", now, "--port-file", str(port_file)],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the sandbox did not start")
            time.sleep(0.02)
        self.port = int(port_file.read_text())
        self.token = None
        self.session = None

    def stop(self):
        self.process.terminate()
        if self.process.wait(timeout=30) not in (0, -15):
            sys.exit(f"the sandbox ended with {self.process.returncode}")
        self.folder.cleanup()

    def ask(self, path, body=None, headers=None):
        """Any answer, whatever its status; OSError only if there is none."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers or {})
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.headers["Content-Type"], answer.read(),
                          answer.headers)

    def post(self, path, body, headers=None):
        return self.ask(path, json.dumps(body).encode(),
                        {"Content-Type": "application/json", **(headers or {})})

    def print_out(self, *options):
        done = subprocess.run([self.program, *self.world, *options],
                              capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    def set_clock(self, now):
        self.post("/sandbox/clock", {"now": now})
        self.token = None  # they last 300 s of virtual time

    def fail_next(self, path, kind, times=1):
        answer = self.post("/sandbox/faults",
                           {"next": [{"path": path, "kind": kind, "times": times}]})
        assert answer.status == 200, answer

    def personal_words(self):
        return [word.encode() for word in self.print_out("--personal-data") if word]

    # iGate

    def log_in_to_igate(self):
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": "thidua",
                                       "client_secret": "sandbox-secret"})
        answer = self.ask("/auth/realms/digo/protocol/openid-connect/token", form.encode())
        self.token = json.loads(answer.body)["access_token"]

    def igate(self, path, **query):
        if self.token is None:
            self.log_in_to_igate()
        text = urllib.parse.urlencode({key.replace("_", "-"): query[key] for key in query})
        return self.ask(f"{path}?{text}", headers={"Authorization": f"Bearer {self.token}"})

    def search(self, **query):
        answer = self.igate("/pa/dossier/search", ancestor_agency_id=ANCESTOR, **query)
        return json.loads(answer.body)

    def all_dossiers(self):
        """Every record, by code, without the second rows of twins."""
        rows, page = [], 0
        while True:
            answer = self.search(size=500, page=page, sort="id,asc", spec="page")
            rows += answer["content"]
            page += 1
            if answer["last"]:
                return {row["code"]: row for row in rows if row["code"]}

    # The portal's integration API

    def dvcqg(self, service, endpoint="integration", **fields):
        """The answer's object; logs in first if nobody has."""
        if self.session is None:
            self.log_in_to_dvcqg()
        answer = self.post(f"/dvcqg/{endpoint}",
                           {"session": self.session, "madonvi": UNIT, "service": service, **fields},
                           {"dstcode": "VN:GOV:ANY"})
        assert answer.status == 200, answer
        return json.loads(answer.body)

    def log_in_to_dvcqg(self):
        answer = self.post("/dvcqg/auth", {"username": "thidua", "password": "sandbox-adapter"})
        self.session = json.loads(answer.body)["session"]
        return self.session

    # The portal's two generations of reporting

    def rest_jsp(self, service, **params):
        """The rows, and whether they came in an object."""
        form = {"params": json.dumps({"type": "ref", "service": service, **params})}
        answer = self.ask("/jsp/rest.jsp", urllib.parse.urlencode(form).encode())
        assert answer.status == 200, answer
        value = json.loads(answer.body)
        return (value["data"], True) if isinstance(value, dict) else (value, False)

    def department(self, code):
        if code == "H37":
            tree = self.report("dvc-progress-tree", departmentType="ADMINISTRATIVE_UNIT")
            return next(one["departmentId"] for one in tree["children"]
                        if one["departmentCode"] == code)
        return dict(line.split() for line in self.print_out("--departments"))[code]

    def report_answer(self, path, **question):
        if not {"timeType", "fromDate"} & set(question):
            question = {"timeType": "month", "year": 2024, "month": 9, **question}
        return self.post(f"/api/v1/reporting/evaluation/{path}", question)

    def report(self, path, **question):
        answer = self.report_answer(path, **question)
        value = json.loads(answer.body)
        assert (answer.status, value["code"]) == (201, "OK"), answer
        return value["data"]

    # The Payment Platform and the LGSP

    def message(self, kind, reference, secret="sandbox-partner"):
        fields = [kind, "1.0.6", "LANGSON", reference, "20241105090000"]
        names = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"]
        return {**dict(zip(names, fields)), "MaXacThuc": sha256(*fields, secret)}

    def query(self, reference):
        return json.loads(self.post("/payment/query", self.message("QUERY", reference)).body)

    def lgsp_token(self, secret="sandbox-lgsp"):
        return self.ask("/token", b"grant_type=client_credentials", basic("thidua", secret))

    # OpenCPS

    def opencps(self, path, group="35417", password="sandbox-opencps", **query):
        headers = basic("thidua", password)
        if group:
            headers["groupId"] = group
        return self.ask(f"/o/rest{path}?{urllib.parse.urlencode(query)}", headers=headers)

    def opencps_rows(self, **query):
        answer = self.opencps("/v2/dossiers", start=0, end=100000, **query)
        assert answer.status == 200, answer
        return json.loads(answer.body)["data"]


def basic(user, password):
    text = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {text}"}


def sha256(*fields):
    return hashlib.sha256("|".join(fields).encode()).hexdigest()


def references_of(row):
    return (row["paymentRequestData"] or {}).get("references", [])


class Case(unittest.TestCase):
    """Each test has a sandbox of its own, and may break it."""

    now = NOW

    def setUp(self):
        self.box = Sandbox(now=self.now)
        self.addCleanup(self.box.stop)


def main():
    """Runs the tests of one item, or all of the file; that there is none is a failure too."""
    item = sys.argv[1] if len(sys.argv) > 1 else ""
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*test_{item}*"]
    result = unittest.TextTestRunner().run(loader.loadTestsFromModule(sys.modules["__main__"]))
    sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
