# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The pages and machine endpoints of a running daemon: every page in both languages, every number as
`thidua standings --json` has it, who may look, and nothing that concerns a person."""

import base64
import html
import json
import re
import subprocess

import prometheus_client.parser

import harness
import web_office
from harness import expect
from web_office import printed

CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; " \
      "frame-ancestors 'none'"
METRICS_PAGE = harness.ROOT / "docs/metrics.md"
USER, PASSWORD = "van-phong", "một mật khẩu dài"


def text_of(page):
    """What is read out: entities decoded, tags gone."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")


def figures_of(page):
    """{figure id: (value, counts)} as printed."""
    pattern = r'<a href="/explain/(\w+)">([^<]*)</a></span> <span class="counts">([^<]*)</span>'
    return {found[0]: (html.unescape(found[1]).replace("\u00a0", " "), found[2])
            for found in re.findall(pattern, page)}


def check_headers(path, headers):
    expect(headers.get("content-security-policy") == CSP, f"{path}: {headers}")
    expect(headers.get("x-content-type-options") == "nosniff", f"{path}: {headers}")
    expect(headers.get("referrer-policy") == "no-referrer", f"{path}: {headers}")
    expect("set-cookie" not in headers and "server" not in headers, f"{path}: {headers}")


def check_figures(office):
    standings = json.loads(office.get("/api/standings")[2])
    known_at = standings["known_at"]
    harness.check_schema(standings, "standings.schema.json")
    command = office.world.standings(standings["as_of"], known_at)
    expect(standings == command, "/api/standings is not what `thidua standings --json` says")
    figures = {}
    for unit in [*standings["units"], standings["total"]]:
        figures.update({figure["figure"]: figure for figure in unit["indicators"]})
    for english in (False, True):
        _, page = office.page("/", "en" if english else "vi")
        shown = figures_of(page)
        expect(len(shown) >= 40, f"only {len(shown)} figures")
        for name, told in shown.items():
            expect(told == printed(figures[name], english), f"{name}: {told}")
    for unit in standings["units"]:
        _, page = office.page("/units/" + unit["code"])
        shown = figures_of(page)
        for figure in unit["indicators"]:
            expect(shown[figure["figure"]] == printed(figure), f"{unit['code']}: {figure}")
    print(f"{len(figures)} figures: the same on the pages, in /api/standings and by the command")
    return standings


def check_explanation(office, standings):
    for figure in standings["total"]["indicators"]:
        _, page = office.page("/explain/" + figure["figure"])
        text = text_of(page)
        expect("bằng đúng số trên" in text and "khác số trên" not in text, text)
        value, counts = printed(figure)
        expect(value in text and counts in text, text)
    last = office.world.thidua("report", "show", "weekly/2024-W52/all/1").stdout
    then = re.search(r"số liệu chung: (F\w{8})", last)[1]
    text = text_of(office.page("/explain/" + then)[1])
    expect("weekly/2024-W52/all/1" in text and "bằng" in text, text)
    expect(office.get("/explain/F00000000")[0] == 404, "an id of no figure")


def check_editions(office):
    _, page = office.page("/editions")
    links = re.findall(r'href="(/editions/[^"]+)"', page)
    expect(len(links) >= 4, page)
    _, page = office.page("/editions/weekly/2024-W52/all/1")
    files = re.findall(r'href="(/editions/weekly/2024-W52/all/1/[^"]+)"', page)
    kinds = set()
    folder = office.world.folder / "state/editions"
    filed = {path.name: path for path in harness.files_below(folder)}
    for link in files:
        status, headers, body = office.get(link)
        name = link.rsplit("/", 1)[1]
        expect(status == 200 and name.isascii(), f"{link}: {status}")
        expect(headers["content-disposition"] == f'attachment; filename="{name}"', f"{headers}")
        expect(body == filed[name].read_bytes(), f"{name}: other bytes than those filed")
        kinds.add(headers["content-type"])
        check_headers(link, headers)
    expect({"application/pdf", "text/html; charset=utf-8", "application/json"} <= kinds, f"{kinds}")
    for path in ("/editions/weekly/2024-W52/all/1/../../../etc/passwd",
                 "/editions/..%2f..%2fetc%2fpasswd", "/editions/weekly/2024-W52/all/1/nothing.pdf"):
        expect(office.get(path)[0] == 404, path)
    print(f"{len(files)} documents of a digest, byte for byte those that were filed")


def check_pages(office):
    pages = ["/", "/units/H37.10.05", "/units/H37.10.06", "/sources", "/editions", "/schedule",
             "/editions/weekly/2024-W52/all/1"]
    addresses = set(re.findall(r"address: ([^\s}]+)", office.world.config.read_text()))
    expect(len(addresses) >= 5, f"{addresses}")
    for path in pages:
        for language, word in (("vi", "Xếp hạng"), ("en-GB,en;q=0.8", "Standings")):
            headers, page = office.page(path, language)
            check_headers(path, headers)
            expect(word in page and f'<html lang="{language[:2]}">' in page, path)
            expect("<script" not in page, f"{path}: a script")
            expect(not any(address in page for address in addresses), f"{path}: an address")
        status, headers, body = office.get(path, method="HEAD")
        expect((status, body) == (200, b"") and int(headers["content-length"]) > 500, f"{headers}")
    expect("&lt;script&gt;" in office.page("/")[1], "the planted name is not there")
    for path in ("/nothing", "/units/H37.99", "/index.php"):
        status, headers, body = office.get(path)
        expect(status == 404 and b"</html>" in body, f"{path}: {status}")
        check_headers(path, headers)
    text = text_of(office.page("/schedule")[1])
    expect("Asia/Ho_Chi_Minh" in text and "giam-doc" in text and "đã gửi" in text, text)
    print(f"{len(pages)} pages in two languages")


def check_metrics(office, standings):
    status, headers, body = office.get("/metrics")
    expect(headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8", f"{headers}")
    families = {family.name: family for family in
                prometheus_client.parser.text_string_to_metric_families(body.decode())}
    documented = set(re.findall(r"^\| `(thidua_\w+)`", METRICS_PAGE.read_text(), re.M))
    told = {re.sub("_total$", "", name) for name in documented}
    expect(families.keys() <= told, f"not in docs/metrics.md: {families.keys() - told}")
    ratios = {(sample.labels["unit"], sample.labels["indicator"]): sample.value
              for sample in families["thidua_indicator_ratio"].samples}
    for unit in standings["units"]:
        for figure in unit["indicators"]:
            key = (unit["code"], figure["id"])
            if figure["denominator"]:
                expect(ratios[key] == figure["numerator"] / figure["denominator"], f"{key}")
            else:
                expect(key not in ratios, f"{key}: a ratio without activity")
    for sample in families["thidua_source_up"].samples:
        expect(sample.value == 1, f"{sample}")
    count = sum(len(family.samples) for family in families.values())
    expect(count < 500, f"{count} samples")
    print(f"{len(families)} families of metrics, {count} samples, read by another parser")


def check_machine_endpoints(office):
    expect(office.get("/-/healthy")[::2] == (200, b"alive\n"), "healthy")
    expect(office.get("/-/ready")[::2] == (200, b"ready\n"), "ready")
    harness.check_schema(json.loads(office.get("/version")[2]), "web-version.schema.json")
    status = json.loads(office.get("/status")[2])
    harness.check_schema(status, "web-status.schema.json")
    expect(status["ready"] and status["missing"] == [], f"{status}")
    for method, path, wanted in (("POST", "/", 405), ("DELETE", "/", 405), ("GET", "/-/reload", 405),
                                 ("OPTIONS", "/", 405)):
        expect(office.get(path, method=method)[0] == wanted, f"{method} {path}")
    expect(office.get("/", headers={"Host": "evil.example"})[0] == 421, "DNS rebinding")
    crossed = office.get("/-/reload", method="POST", headers={"Origin": "http://evil.example"})
    expect(crossed[0] == 403, f"{crossed}")


def check_not_ready(office):
    """What is missing is named, and the daemon goes on."""
    visitors = office.world.folder / "secrets/visitors"
    visitors.rename(visitors.with_suffix(".gone"))

    def ready():
        return office.get("/-/ready", headers=basic(USER, PASSWORD))

    harness.wait_for("503", lambda: ready()[0] == 503, 10)
    body = ready()[2].decode()
    expect(f"web.password_file: {visitors} cannot be read" in body, body)
    expect(office.get("/-/healthy")[0] == 200, "alive all the same")
    visitors.with_suffix(".gone").rename(visitors)
    harness.wait_for("the file back", lambda: "web.password_file" not in ready()[2].decode(), 10)


def basic(user, password):
    text = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": "Basic " + text, "Host": "thidua.example.vn"}


def check_passwords(options):
    """With a password file everybody is asked, and guessing is slow."""
    made = subprocess.run([str(options.thidua), "web", "password", USER],
                          input=PASSWORD + "\n", capture_output=True, text=True)
    expect(made.returncode == 0 and PASSWORD not in made.stdout, made.stderr)
    short = subprocess.run([str(options.thidua), "web", "password", USER],
                           input="short\n", capture_output=True, text=True)
    expect(short.returncode == 64 and "from 12 to 256 bytes" in short.stderr, short.stderr)
    office = web_office.WebOffice(
        options, dossiers=300, weeks=(), web="\n  password_file: secrets/visitors")
    office.world.write_secret("visitors", made.stdout.strip())
    office.is_settled = lambda: is_up(office)
    with office:
        for path in ("/", "/metrics", "/-/ready", "/status", "/nothing"):
            status, headers, body = office.get(path)
            expect(status == 401 and headers["www-authenticate"].startswith("Basic "), f"{path}")
            expect(b"H37" not in body, path)
        expect(office.get("/-/healthy")[0] == 200, "healthy is for everybody")
        expect(office.get("/", headers=basic(USER, PASSWORD))[0] == 200, "the right password")
        wrong = [office.get("/", headers=basic(USER, f"guess number {number}"))[0]
                 for number in range(8)]
        expect(wrong == [401] * 5 + [429] * 3, f"{wrong}")
        expect(office.get("/", headers=basic(USER, PASSWORD))[0] == 200, "who is known is not held up")
        check_not_ready(office)
        expect(PASSWORD not in office.log_text(), "a password in the log")
    print("with a password file: asked, throttled, remembered")


def is_up(office):
    try:
        return office.get("/-/healthy")[0] == 200
    except OSError:
        return False


def check_open_without_password(world):
    config = world.write_config("open.yaml", edit=lambda text: text.replace(
        "listen: off", "listen: 0.0.0.0:8787"))
    done = world.thidua("validate", config=config, check=False)
    expect(done.returncode == 78 and 'web.listen: "0.0.0.0:8787": other machines reach' in done.stderr,
           done.stderr)


def test(options):
    with web_office.WebOffice(options) as office:
        standings = check_figures(office)
        check_explanation(office, standings)
        check_editions(office)
        check_pages(office)
        check_metrics(office, standings)
        check_machine_endpoints(office)
        check_open_without_password(office.world)
        for private in office.world.personal_data():
            for path in ("/", "/units/H37.10.05", "/schedule", "/metrics", "/status"):
                expect(private not in office.get(path)[2], f"{path}: {private}")
    check_passwords(options)


harness.main(test)
