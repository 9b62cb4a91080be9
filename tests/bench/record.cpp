// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <optional>
#include <string_view>

namespace thidua::bench {
namespace {

constexpr std::int64_t dossiers_a_day = 2'500;
constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t opening = 27'000;        // 07:30
constexpr std::int64_t opening_hours = 32'400;  // nine of them

// Which of a dossier's facts a random number decides.
namespace stream {
constexpr std::uint64_t unit = 1;
constexpr std::uint64_t procedure = 2;
constexpr std::uint64_t state = 3;
constexpr std::uint64_t channel = 4;
constexpr std::uint64_t fee = 5;
constexpr std::uint64_t payment = 6;
constexpr std::uint64_t times = 7;
constexpr std::uint64_t person = 8;
}  // namespace stream

constexpr std::array<std::string_view, 8> surnames{
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vi", "Nông", "Lý"};
constexpr std::array<std::string_view, 8> given_names{
    "An", "Bình", "Chi", "Dũng", "Hạnh", "Khánh", "Minh", "Thảo"};
constexpr std::array<std::string_view, 4> channel_texts{
    R"({"id":0,"name":[{"languageId":228,"name":"Trực tuyến"}]})",
    R"({"id":1,"name":[{"languageId":228,"name":"Trực tiếp"}]})",
    R"({"id":2,"name":[{"languageId":228,"name":"Bưu chính công ích"}]})",
    "null"};

/// Seconds since 1970 in Viet Nam's time.
void append_time(std::string& out, std::optional<std::int64_t> seconds) {
    if (!seconds) {
        out += "null";
        return;
    }
    const std::chrono::year_month_day date{Day{std::chrono::days{*seconds / day_seconds}}};
    const std::int64_t time = *seconds % day_seconds;
    fmt::format_to(
        std::back_inserter(out),
        R"("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000+0700")",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        time / 3600,
        time / 60 % 60,
        time % 60
    );
}

/// 200117 for 17/01/2020.
std::string short_date(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:02}{:02}{:02}",
        static_cast<int>(date.year()) % 100,
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

}  // namespace

struct RecordWriter::Facts {
    std::size_t unit = 0;
    std::size_t procedure = 0;
    std::string_view channel;
    int status = 0;
    std::int64_t applied = 0;
    std::int64_t accepted = 0;
    std::int64_t due = 0;
    std::optional<std::int64_t> finished;
    std::int64_t updated = 0;
    std::int64_t fee = 0;
    int fee_rows = 0;
};

RecordWriter::RecordWriter(std::uint64_t seed, Day first_day)
    : seed_(seed), first_day_(first_day), today_by_issuer_(unit_count) {
    for (std::size_t unit = 0; unit < unit_count; ++unit) {
        unit_codes_.push_back(unit_code(unit));
        old_unit_codes_.push_back(old_unit_code(unit_codes_.back()));
    }
}

void RecordWriter::add_dossier() {
    if (dossiers() % dossiers_a_day == 0) {
        std::ranges::fill(today_by_issuer_, std::uint16_t{0});
    }
    sequence_.push_back(++today_by_issuer_[issuer_of(dossiers())]);
}

Day RecordWriter::accepted_day(std::int64_t dossier) const {
    return first_day_ + std::chrono::days{dossier / dossiers_a_day};
}

std::uint64_t RecordWriter::dice(std::uint64_t kind, std::int64_t dossier) const {
    return mix(seed_, kind, static_cast<std::uint64_t>(dossier));
}

std::size_t RecordWriter::issuer_of(std::int64_t dossier) const {
    return units_.draw(dice(stream::unit, dossier));
}

/// A later version is finished, later than the one before; where there is a fee it has grown, and
/// one in twenty has moved to another unit.
RecordWriter::Facts RecordWriter::facts_of(std::int64_t dossier, int version) const {
    Facts facts;
    const std::uint64_t state = dice(stream::state, dossier);
    const std::uint64_t times = dice(stream::times, dossier);
    const std::uint64_t fee = dice(stream::fee, dossier);
    const std::uint64_t channel = dice(stream::channel, dossier) % 20;
    const bool has_moved = version > 1 && state / 16 % 20 == 0;
    facts.unit = (issuer_of(dossier) + (has_moved ? 1 : 0)) % unit_count;
    facts.procedure = procedures_.draw(dice(stream::procedure, dossier));
    facts.channel = channel_texts.at(channel < 12 ? 0 : channel < 18 ? 1 : channel < 19 ? 2 : 3);
    facts.accepted = accepted_day(dossier).time_since_epoch().count() * day_seconds + opening +
                     dossier % dossiers_a_day * opening_hours / dossiers_a_day;
    facts.applied = facts.accepted - static_cast<std::int64_t>(times % 40'000);
    const auto days_to_due = static_cast<std::int64_t>(times / 64 % 16 + 3);
    const auto days_to_end = static_cast<std::int64_t>(times / 1024 % 18 + 1);
    facts.due = (facts.accepted / day_seconds + days_to_due) * day_seconds + 17 * 3600;
    const bool is_finished = version > 1 || state % 10 < 6;
    if (is_finished) {
        facts.finished = facts.accepted + days_to_end * day_seconds + (version - 1) * 600;
    }
    facts.status = is_finished ? 10 : 4;
    facts.updated = facts.finished.value_or(facts.accepted) + version * 3600;
    facts.fee_rows = fee % 10 < 2 ? 0 : fee % 10 < 8 ? 1 : 2;
    if (facts.fee_rows > 0 && fee % 10 > 4) {
        facts.fee = static_cast<std::int64_t>(fee / 16 % 90 + 10) * 1000 + (version - 1) * 5000;
    }
    return facts;
}

void RecordWriter::append(std::string& out, std::int64_t dossier, int version) const {
    const Facts facts = facts_of(dossier, version);
    const std::size_t issuer = issuer_of(dossier);
    const std::string tail = fmt::format(
        "-{}-{:04}", short_date(accepted_day(dossier)), sequence_[static_cast<std::size_t>(dossier)]
    );
    fmt::format_to(
        std::back_inserter(out),
        R"({{"id":"6670{:020x}","code":"{}{}","nationCode":"{}{}","agency":{{"id":"64{:022x}",)"
        R"("code":"{}","name":[{{"languageId":228,"name":"Đơn vị {}"}}]}},"appliedDate":)",
        dossier,
        unit_codes_[issuer],
        tail,
        old_unit_codes_[issuer],
        tail,
        facts.unit,
        unit_codes_[facts.unit],
        unit_codes_[facts.unit]
    );
    append_time(out, facts.applied);
    out += R"(,"acceptedDate":)";
    append_time(out, facts.accepted);
    out += R"(,"appointmentDate":)";
    append_time(out, facts.due);
    out += R"(,"completedDate":)";
    append_time(out, facts.finished);
    out += R"(,"updatedDate":)";
    append_time(out, facts.updated);
    append_kinds(out, facts);
    append_payment(out, dossier, facts);
    append_fees(out, facts);
    append_person(out, dice(stream::person, dossier));
}

void RecordWriter::append_kinds(std::string& out, const Facts& facts) {
    fmt::format_to(
        std::back_inserter(out),
        R"(,"procedure":{{"id":"65{:022x}","code":"1.{:06}","translate":[{{"languageId":228,)"
        R"("name":"Thủ tục số {}"}}]}},"applyMethod":{},"dossierStatus":{{"id":{}}})",
        facts.procedure,
        facts.procedure,
        facts.procedure,
        facts.channel,
        facts.status
    );
}

void RecordWriter::append_payment(std::string& out, std::int64_t dossier, const Facts& facts)
    const {
    const std::uint64_t payment = dice(stream::payment, dossier);
    if (payment % 100 >= 35) {
        out += R"(,"paymentRequestData":null)";
        return;
    }
    if (payment % 100 >= 30) {
        out += R"(,"paymentRequestData":{"state":"Đã thanh toán","method":"tien-mat",)"
               R"("references":[],"paidDate":)";
        append_time(out, facts.accepted + 600);
        out += '}';
        return;
    }
    const bool is_paid = payment / 128 % 10 != 0;
    fmt::format_to(
        std::back_inserter(out),
        R"(,"paymentRequestData":{{"state":"{}","method":"PayPlatDVCQG",)"
        R"("references":["dvc{:010}{:06}"],"paidDate":)",
        is_paid ? "Đã thanh toán" : "Chờ thanh toán",
        dossier,
        payment / 1024 % 1'000'000
    );
    append_time(out, is_paid ? std::optional(facts.accepted + 1800) : std::nullopt);
    out += '}';
}

void RecordWriter::append_fees(std::string& out, const Facts& facts) {
    out += R"(,"fees":[)";
    for (int row = 0; row < facts.fee_rows; ++row) {
        fmt::format_to(
            std::back_inserter(out),
            R"({}{{"amount":{}.0,"quantity":1}})",
            row == 0 ? "" : ",",
            row == 0 ? facts.fee : 2000
        );
    }
    out += ']';
}

void RecordWriter::append_person(std::string& out, std::uint64_t person) {
    fmt::format_to(
        std::back_inserter(out),
        R"(,"applicant":{{"data":{{"fullname":"{} {}","phoneNumber":"0000{:06}",)"
        R"("address":"Thôn {}, xã {}"}}}},"currentTask":[{{"name":"Xử lý"}}],"isDVCLT":false,"priority":0}})",
        surnames.at(person % surnames.size()),
        given_names.at(person / 8 % given_names.size()),
        person / 64 % 1'000'000,
        person / 128 % 30 + 1,
        person / 4096 % 200 + 1
    );
}

}  // namespace thidua::bench
