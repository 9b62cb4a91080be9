// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_row.hpp"

#include "core/hash.hpp"
#include "core/result.hpp"
#include "store/row_columns.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace thidua::store {
namespace {

std::int64_t millis(const std::optional<Instant>& instant) {
    constexpr std::int64_t absent = -1;  // a second before 1970 is nobody's business here
    return instant ? instant->time_since_epoch().count() : absent;
}

void append_number(std::string& text, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    check(error == std::errc{}, "append_number: 24 characters hold any 64-bit number");
    text.append(digits.data(), end);
}

/// Takes the text up to the next space off `rest`.
std::string_view take_word(std::string_view& rest) {
    const std::size_t end = rest.find(' ');
    check(end != std::string_view::npos, "unpack_payments: a text of pack_payments");
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return word;
}

std::int64_t number_of(std::string_view word) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    check(error == std::errc{}, "unpack_payments: a number of pack_payments");
    check(end == word.data() + word.size(), "unpack_payments: nothing but a number");
    return number;
}

PackedPayment take_payment(std::string_view& rest) {
    PackedPayment payment;
    payment.gateway = static_cast<Gateway>(number_of(take_word(rest)));
    payment.state = static_cast<PaymentState>(number_of(take_word(rest)));
    if (const std::string_view paid_at = take_word(rest); !paid_at.empty()) {
        payment.paid_at = Instant{std::chrono::milliseconds{number_of(paid_at)}};
    }
    const auto length = static_cast<std::size_t>(number_of(take_word(rest)));
    check(length <= rest.size(), "unpack_payments: whole references");
    payment.reference = rest.substr(0, length);
    rest.remove_prefix(length);
    return payment;
}

}  // namespace

std::string pack_payments(const std::vector<NamedPayment>& payments) {
    std::string text;
    for (const NamedPayment& payment : payments) {
        append_number(text, static_cast<int>(payment.gateway));
        text += ' ';
        append_number(text, static_cast<int>(payment.state));
        text += ' ';
        if (payment.paid_at) {
            append_number(text, payment.paid_at->time_since_epoch().count());
        }
        text += ' ';
        append_number(text, static_cast<std::int64_t>(payment.reference.size()));
        text += ' ';
        text += payment.reference;
    }
    return text;
}

std::vector<PackedPayment> unpack_payments(std::string_view text) {
    std::vector<PackedPayment> payments;
    while (!text.empty()) {
        payments.push_back(take_payment(text));
    }
    return payments;
}

DossierRow row_of(const DossierRecord& record, std::int64_t procedure, std::int64_t unit) {
    DossierRow row;
    row.procedure = procedure;
    row.unit = unit;
    row.channel = record.channel;
    row.status = record.status;
    row.applied_at = record.applied_at;
    row.accepted_at = record.accepted_at;
    row.due_at = record.due_at;
    row.finished_at = record.finished_at;
    row.fee_count = record.fee_count;
    row.fee_total = record.fee_total;
    row.paid_flag = record.paid_flag;
    row.payments = pack_payments(record.payments);
    row.content = content_of(row);
    return row;
}

std::int64_t content_of(const DossierRow& row) {
    const std::array<std::int64_t, 11> fixed{
        row.procedure,
        row.unit,
        static_cast<std::int64_t>(row.channel),
        row.status,
        millis(row.applied_at),
        millis(row.accepted_at),
        millis(row.due_at),
        millis(row.finished_at),
        row.fee_count,
        row.fee_total,
        row.paid_flag};
    std::array<char, sizeof fixed> bytes{};
    std::memcpy(bytes.data(), fixed.data(), sizeof fixed);
    const std::uint64_t of_payments = row.payments.empty() ? 0 : print_of(row.payments);
    return static_cast<std::int64_t>(print_of({bytes.data(), bytes.size()}, of_payments));
}

DossierRow read_row(const Statement& statement) {
    DossierRow row;
    row.id = statement.integer(0);
    row.version = statement.integer(1);
    row.slice = statement.integer(2);
    row.procedure = statement.integer(3);
    row.unit = statement.integer(4);
    row.channel = static_cast<Channel>(statement.integer(5));
    row.status = static_cast<int>(statement.integer(6));
    row.applied_at = statement.instant_or_null(7);
    row.accepted_at = statement.instant_or_null(8);
    row.due_at = statement.instant_or_null(9);
    row.finished_at = statement.instant_or_null(10);
    row.fee_count = statement.integer(11);
    row.fee_total = statement.integer(12);
    row.paid_flag = static_cast<int>(statement.integer(13));
    row.payments = statement.text(14);
    row.content = statement.integer(15);
    return row;
}

}  // namespace thidua::store
