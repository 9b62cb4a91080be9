// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What editions cost once the figures are known, on one core. Everything is invented, and the same
// each time. scripts/bench runs it; the bounds are in table.py.
//
//   thidua_bench_editions digest          the digest of 15 units as page, mail, text, PDF and
//   workbook thidua_bench_editions week [UNITS]    the same of 1,000 units, and the edition of each
//   as a mail
//                                         with its PDF
//   thidua_bench_editions table FOLDER    a table of 40 pages as PDF; the same table as HTML for
//   the
//                                         peers is left in FOLDER
#include "delivery/message.hpp"
#include "reports/edition_workbook.hpp"
#include "reports/mail.hpp"
#include "reports/pdf.hpp"
#include "reports/unit_edition.hpp"
#include "reports/xlsx.hpp"
#include "rules/actions.hpp"
#include "rules/part.hpp"
#include "tests/bench/judged_world.hpp"
#include "tests/bench/measurement.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::bench {
namespace {

constexpr int weeks_published = 20;

/// The figures, and what else editions say of them. It has views of itself: it does not move.
class Figures {
  public:
    explicit Figures(int units)
        : world(units),
          tallies(world.shared(world.by_week)),
          input(world.input(world.campaign, tallies)),
          standings(rules::measure(input)),
          actions(rules::find_actions(input, standings)),
          procedures(rules::count_procedures(input, standings)) {
        for (int back = weeks_published; back > 0; --back) {
            reports::PastWeek week{week_of(world.as_of - std::chrono::weeks{back}), {}};
            for (std::size_t at = 0; at < world.campaign.indicators.size(); ++at) {
                week.figures.push_back({.counts = Ratio{100 - back, 150}});
            }
            past.push_back(std::move(week));
        }
    }
    Figures(const Figures&) = delete;
    Figures& operator=(const Figures&) = delete;
    Figures(Figures&&) = delete;
    Figures& operator=(Figures&&) = delete;
    ~Figures() = default;

    [[nodiscard]] reports::DigestInput digest(const rules::Standings& of) const {
        reports::DigestInput digest{
            .campaign = world.campaign, .week = week_of(world.as_of), .standings = of};
        digest.previous = &of;
        digest.past = past;
        digest.recipients = {"Giám đốc Sở", "Văn phòng Sở"};
        return digest;
    }

    World world;
    std::vector<rules::IndicatorTallies> tallies;
    rules::StandingsInput input;
    rules::Standings standings;
    rules::Actions actions;
    std::vector<rules::ProcedureCounts> procedures;
    std::vector<reports::PastWeek> past;
};

template <class Value>
Value taken(Result<Value> result) {
    require(result.has_value(), "a writer fails");
    return *std::move(result);
}

/// Bytes of the document as page and text, PDF, and the mail that has them.
std::size_t write_document(const reports::Document& document, std::string workbook) {
    const std::string pdf = taken(reports::render_pdf(document));
    std::vector<reports::Picture> pictures = taken(reports::draw_pictures(document));
    const reports::MailParts parts = reports::render_mail(document, pictures);
    delivery::Message message;
    message.from = {"Thi đua", "thidua@example.vn"};
    message.to = {"Giám đốc", "giam-doc@example.vn"};
    message.subject = parts.subject;
    message.message_id = "edition@example.vn";
    message.date = document.known_at;
    message.text = parts.text;
    message.html = reports::with_attached_pictures(parts.html);
    for (reports::Picture& picture : pictures) {
        message.pictures.push_back(
            {reports::content_id(message.pictures.size()), "image/png", std::move(picture.png)}
        );
    }
    message.attachments = {{"ban-tin.pdf", "application/pdf", pdf}};
    const std::size_t size = workbook.size();
    if (size > 0) {
        message.attachments.push_back({"ban-tin.xlsx", "application/zip", std::move(workbook)});
    }
    return size + pdf.size() + parts.html.size() + taken(delivery::build_message(message)).size();
}

std::size_t write_digest(const Figures& figures) {
    const reports::DigestInput input = figures.digest(figures.standings);
    const reports::Document document = reports::weekly_digest(input);
    return write_document(
        document,
        taken(reports::render_xlsx(reports::digest_workbook(document, {input, figures.procedures})))
    );
}

std::size_t write_unit(const Figures& figures, std::size_t unit) {
    const rules::Standings part =
        rules::part_of(figures.standings, figures.standings.units[unit].code);
    return write_document(
        reports::unit_edition(
            {figures.digest(part), figures.actions.units[unit], figures.world.procedures}
        ),
        ""
    );
}

void measure_digest() {
    constexpr int times = 10;
    const Figures figures(15);
    (void)write_digest(figures);  // the fonts are looked for once
    Stopwatch watch;
    watch.start();
    std::size_t bytes = 0;
    for (int time = 0; time < times; ++time) {
        bytes = write_digest(figures);
    }
    watch.stop();
    Measurement("digest-15")
        .add("wall_s", watch.wall_seconds() / times)
        .add("cpu_s", watch.cpu_seconds() / times)
        .add("bytes", static_cast<std::int64_t>(bytes))
        .print();
}

void measure_week(int units) {
    const Figures figures(units);
    Stopwatch watch;
    watch.start();
    std::size_t bytes = write_digest(figures);
    std::int64_t editions = 0;
    for (std::size_t unit = 0; unit < figures.standings.units.size(); ++unit) {
        if (figures.standings.units[unit].rank) {
            bytes += write_unit(figures, unit);
            ++editions;
        }
    }
    watch.stop();
    require(editions == units, "not every unit has its edition");
    Measurement("editions-week")
        .add(watch)
        .add("editions", editions)
        .add("bytes", static_cast<std::int64_t>(bytes))
        .print();
}

// --- the table that peers write too

constexpr int table_rows = 770;  // 40 pages

reports::Table made_up_table() {
    reports::Table table;
    table.label_title = "Đơn vị";
    table.columns = {"Hồ sơ tiếp nhận", "Hồ sơ trực tuyến", "Thanh toán trực tuyến"};
    for (int number = 0; number < table_rows; ++number) {
        const std::int64_t received = 100 + number * 37 % 900;
        const reports::Percent percent{
            .counts = Ratio{received / 3, received}, .fitness = rules::Fitness::Provisional};
        table.rows.push_back(
            {.rank = number + 1,
             .label = fmt::format("Chi nhánh Văn phòng Đăng ký đất đai số {}", number + 1),
             .cells = {reports::Count{received}, reports::Count{received / 2}, percent}}
        );
    }
    return table;
}

/// The same text in the same measures, so that it takes about as many pages.
std::string as_html(const reports::Table& table) {
    std::string rows;
    for (const reports::Table::Row& row : table.rows) {
        const Ratio percent = *std::get<reports::Percent>(row.cells[2]).counts;
        rows += fmt::format(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{} %<br>{}/{}</td></tr>\n",
            *row.rank,
            row.label,
            std::get<reports::Count>(row.cells[0]).value,
            std::get<reports::Count>(row.cells[1]).value,
            percent.numerator * 100 / percent.denominator,
            percent.numerator,
            percent.denominator
        );
    }
    constexpr std::string_view head =
        R"(<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><style>
@page{size:A4;margin:20mm 15mm 20mm 30mm}
body{font:11pt 'Liberation Serif',serif}
table{width:100%;border-collapse:collapse}
td,th{padding:3pt 4pt;border-bottom:0.5pt solid #999}
</style></head><body><table><thead><tr><th>Hạng</th><th>Đơn vị</th><th>Hồ sơ tiếp nhận</th>
<th>Hồ sơ trực tuyến</th><th>Thanh toán trực tuyến</th></tr></thead><tbody>
)";
    return fmt::format("{}{}</tbody></table></body></html>\n", head, rows);
}

void measure_table(const std::string& folder) {
    reports::Document document;
    document.title = "Bảng số liệu";
    const reports::Table table = made_up_table();
    std::ofstream(folder + "/table.html") << as_html(table);
    document.blocks.emplace_back(table);
    Stopwatch watch;
    watch.start();
    const std::string pdf = taken(reports::render_pdf(document));
    watch.stop();
    std::ofstream(folder + "/ours.pdf", std::ios::binary) << pdf;
    Measurement("table-ours").add(watch).print();
}

}  // namespace
}  // namespace thidua::bench

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "digest") {
        thidua::bench::measure_digest();
    } else if (what == "week") {
        thidua::bench::measure_week(argc > 2 ? std::atoi(argv[2]) : 1'000);
    } else if (what == "table" && argc > 2) {
        thidua::bench::measure_table(argv[2]);
    } else {
        fmt::print(stderr, "usage: thidua_bench_editions digest | week [UNITS] | table FOLDER\n");
        return 64;
    }
    return 0;
}
