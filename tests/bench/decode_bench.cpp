// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What reading a page of dossiers costs: the parse alone, loops written by hand for the same
// fields, and the shipped iGate preset's reader. CPU time of this thread, so that neighbours on the
// machine count less; the steps take turns, and the medians of the rounds go to standard output, a
// line of JSON for each step. scripts/bench runs it; the bounds are in table.py.
//
//   thidua_bench_decode [pages]     (of 1,000 records; 9 rounds)
//
// Ends with 1 if the loops and the reader do not come to the same.
#include "connectors/page.hpp"
#include "tests/bench/decode_peers.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/connectors/preset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <span>
#include <string>
#include <utility>
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

void require(bool holds, const char* what) {
    if (!holds) {
        fmt::print(stderr, "decode_bench: {}\n", what);
        std::exit(1);
    }
}

/// A way of reading all pages, and nanoseconds of CPU a record in each round.
struct Step {
    std::string name;
    std::function<void()> run;
    std::vector<double> taken{};
};

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void measure(std::span<Step> steps, std::size_t records) {
    for (int round = 0; round < rounds; ++round) {
        for (Step& step : steps) {
            const double begin = cpu_seconds();
            step.run();
            step.taken.push_back(1e9 * (cpu_seconds() - begin) / static_cast<double>(records));
        }
    }
}

/// `size`: bytes of a record.
void report(std::span<const Step> steps, double size) {
    for (const Step& step : steps) {
        const double middle = median(step.taken);
        bench::Measurement(step.name)
            .add("ns", middle)
            .add("ns_best", std::ranges::min(step.taken))
            .add("mb_s", 1e3 * size / middle)
            .add("simdjson", simdjson::get_active_implementation()->name())
            .print();
    }
}

bool are_same(const std::vector<DecodedDossier>& left, const std::vector<DecodedDossier>& right) {
    return std::ranges::equal(
        left,
        right,
        [](const DecodedDossier& one, const DecodedDossier& two) {
            return one.record == two.record && one.id == two.id;
        }
    );
}

SourceDescription without_keep(SourceDescription description) {
    description.keep.reset();
    return description;
}

/// The ways of reading the same pages.
class Decoding {
  public:
    explicit Decoding(int pages) : pages_(make_pages(pages)) {
        for (std::string& page : pages_) {
            bytes_ += page.size();
            page.reserve(page.size() + simdjson::SIMDJSON_PADDING);
        }
    }

    void run() {
        const std::size_t records = pages_.size() * records_a_page;
        check_same();
        std::vector<Step> steps;
        steps.push_back({"parse", [this] {
                             each([this](const std::string& page) {
                                 require(parse(page).is_object(), "a page was not read");
                             });
                         }});
        steps.push_back({"by-hand-dom", [this] {
                             each([this](const std::string& page) {
                                 require_all(bench::read_by_dom(parse(page), window_));
                             });
                         }});
        steps.push_back({"by-hand-on-demand", [this] {
                             each([this](const std::string& page) {
                                 require_all(bench::read_on_demand(on_demand_, page, window_));
                             });
                         }});
        steps.push_back({"map", [this] {
                             each([this](const std::string& page) {
                                 require_all(read(page, plain_).dossiers);
                             });
                         }});
        steps.push_back({"map-and-keep", [this] {
                             each([this](const std::string& page) {
                                 require_all(read(page, keeping_).dossiers);
                             });
                         }});
        measure(steps, records);
        report(steps, static_cast<double>(bytes_) / static_cast<double>(records));
    }

  private:
    template <class Take>
    void each(Take take) const {
        std::ranges::for_each(pages_, take);
    }

    [[nodiscard]] Element parse(const std::string& page) {
        return parser_.parse(page.data(), page.size(), /*realloc_if_needed=*/false).value();
    }

    [[nodiscard]] Page read(const std::string& page, const Keeper& keeper) {
        return reader_.read({.root = parse(page)}, window_, "page 1", keeper).value();
    }

    static void require_all(const std::vector<DecodedDossier>& dossiers) {
        require(dossiers.size() == records_a_page, "a page was not read whole");
    }

    void check_same() {
        for (const std::string& page : pages_) {
            const std::vector<DecodedDossier> ours = read(page, plain_).dossiers;
            require(
                are_same(ours, bench::read_by_dom(parse(page), window_)), "DOM: another result"
            );
            const auto theirs = bench::read_on_demand(on_demand_, page, window_);
            require(are_same(ours, theirs), "On Demand: another result");
        }
    }

    std::vector<std::string> pages_;
    std::size_t bytes_ = 0;
    test::Sources sources_;
    SourceDescription description_ = sources_.igate("http://127.0.0.1");
    PageReader reader_ = PageReader::make(description_).value();
    Keeper keeping_ = Keeper::make(description_).value();
    Keeper plain_ = Keeper::make(without_keep(description_)).value();
    Window window_{test::day("2024-06-01"), test::day("2024-06-30")};
    simdjson::dom::parser parser_;
    simdjson::ondemand::parser on_demand_;
};

}  // namespace
}  // namespace thidua::connectors

int main(int argc, char** argv) {
    const int pages = argc > 1 ? std::atoi(argv[1]) : 50;
    thidua::connectors::Decoding(std::clamp(pages, 1, 1'000)).run();
    return 0;
}
