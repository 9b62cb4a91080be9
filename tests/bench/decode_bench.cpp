// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What reading a page of dossiers costs: the parse alone, and the parse with the shipped iGate
// preset's reader behind it. CPU time of this thread, so that neighbours on the machine count less.
//
//   thidua_bench_decode [pages]     (of 1,000 records; each step is measured in 9 rounds)
#include "connectors/page.hpp"
#include "tests/connectors/preset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace thidua::connectors {
namespace {

constexpr int records_a_page = 1'000;
constexpr int rounds = 9;

/// An invented record as the real system sends it: about 945 bytes, most of which nobody maps.
std::string make_record(int number) {
    const int day = number / 90 % 28 + 1;
    const int minute = number % 60;
    const std::string dates = fmt::format(
        R"("appliedDate":"2024-06-{0:02}T08:{1:02}:03.000+0700","acceptedDate":"2024-06-{0:02}T09:{1:02}:12.000+0700",)"
        R"("appointmentDate":"2024-07-{0:02}T17:00:00.000+0700","completedDate":{2},)"
        R"("updatedDate":"2024-06-{0:02}T10:{1:02}:00.000+0700")",
        day,
        minute,
        number % 2 == 0 ? fmt::format(R"("2024-06-{:02}T16:{:02}:41.000+0700")", day, minute)
                        : "null"
    );
    const std::string payment =
        number % 10 < 3
            ? fmt::format(
                  R"("paymentRequestData":{{"state":"Đã thanh toán","method":"PayPlatDVCQG",)"
                  R"("references":["G22.99-{0:010}"],"paidDate":"2024-06-{1:02}T10:{2:02}:33.000+0700"}},)",
                  number,
                  day,
                  minute
              )
            : R"("paymentRequestData":null,)";
    return fmt::format(
        R"({{"id":"6670000000000000{0:08x}","code":"H37.10-2406{1:02}-{2:04}","nationCode":"000.00.10.H37-2406{1:02}-{2:04}",)"
        R"({3},"procedure":{{"id":"64b000000000000000{4:06}","code":"1.{4:06}.000.00.00.H37","translate":[{{"languageId":228,"name":"Thủ tục số {4}"}}]}},)"
        R"("agency":{{"id":"64a000000000000000{5:06}","code":"000.{5:02}.10.H37"}},)"
        R"("applyMethod":{{"id":{6},"name":[{{"languageId":228,"name":"Trực tuyến"}}]}},"dossierStatus":{{"id":{7},"name":[{{"languageId":228,"name":"Đang xử lý"}}]}},)"
        R"("currentTask":[{{"id":"t{0}"}}],{8}"applicant":{{"data":{{"fullname":"Người Nộp {0}","phone":"0900000000"}}}},"accepter":{{"id":"64f000000000000000000001","fullname":"Người Nhận"}},"isDVCLT":false,"eForm":null}})",
        number,
        day,
        number % 90,
        dates,
        number % 1'800,
        number % 40,
        number % 3,
        number % 9 + 1,
        payment
    );
}

std::vector<std::string> make_pages(int count) {
    std::vector<std::string> pages;
    for (int page = 0; page < count; ++page) {
        std::string body = R"({"content":[)";
        for (int record = 0; record < records_a_page; ++record) {
            body += record == 0 ? "" : ",";
            body += make_record(page * records_a_page + record);
        }
        body += fmt::format(R"(],"totalElements":{}}})", count * records_a_page);
        pages.push_back(std::move(body));
    }
    return pages;
}

double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Microseconds of CPU a record: the best and the middle of the rounds.
template <class Step>
void measure(const char* name, std::size_t records, Step step) {
    std::array<double, rounds> taken{};
    for (double& round : taken) {
        const double begin = cpu_seconds();
        step();
        round = 1e6 * (cpu_seconds() - begin) / static_cast<double>(records);
    }
    std::ranges::sort(taken);
    fmt::print("{:<16} {:.3f} us/record (best {:.3f})\n", name, taken[rounds / 2], taken[0]);
}

void require(bool holds, const char* what) {
    if (!holds) {
        fmt::print(stderr, "decode_bench: {}\n", what);
        std::exit(1);
    }
}

void run(int count) {
    std::vector<std::string> pages = make_pages(count);
    std::size_t bytes = 0;
    for (std::string& page : pages) {
        bytes += page.size();
        page.reserve(page.size() + simdjson::SIMDJSON_PADDING);
    }
    const std::size_t records = static_cast<std::size_t>(count) * records_a_page;
    fmt::print(
        "{} records of {} bytes, simdjson: {}\n",
        records,
        bytes / records,
        simdjson::get_active_implementation()->name()
    );
    const test::Sources sources;
    SourceDescription description = sources.igate("http://127.0.0.1");
    const PageReader reader = PageReader::make(description).value();
    const Keeper keeping = Keeper::make(description).value();
    description.keep.reset();
    const Keeper plain = Keeper::make(description).value();
    const Window window{test::day("2024-06-01"), test::day("2024-06-30")};
    simdjson::dom::parser parser;
    const auto parse = [&](const std::string& page) {
        return parser.parse(page.data(), page.size(), /*realloc_if_needed=*/false).value();
    };

    std::size_t seen = 0;
    measure("parse", records, [&] {
        for (const std::string& page : pages) {
            seen += Element(parse(page)).is_object() ? 1U : 0U;
        }
    });
    const auto read_with = [&](const Keeper& keeper) {
        for (const std::string& page : pages) {
            const auto read = reader.read({.root = parse(page)}, window, "page 1", keeper);
            require(read && read->dossiers.size() == records_a_page, "a page was not read whole");
            seen += read->dossiers.size();
        }
    };
    measure("parse and read", records, [&] { read_with(plain); });
    measure("parse, read and keep", records, [&] { read_with(keeping); });
    require(seen == rounds * (pages.size() + 2 * records), "pages were left out");
}

}  // namespace
}  // namespace thidua::connectors

int main(int argc, char** argv) {
    const int pages = argc > 1 ? std::atoi(argv[1]) : 50;
    thidua::connectors::run(std::clamp(pages, 1, 1'000));
}
