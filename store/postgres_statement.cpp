// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <cstring>
#include <utility>

namespace thidua::store {
namespace {

// From PostgreSQL's catalogue, where they never change.
constexpr Oid bytes_type = 17;
constexpr Oid integer_type = 20;
constexpr Oid text_type = 25;

int hex_value(char digit) {
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

/// A BYTEA as the server writes it, "\x" and hexadecimal digits.
std::string from_hex(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t at = 2; at + 1 < text.size(); at += 2) {
        bytes += static_cast<char>(hex_value(text[at]) * 16 + hex_value(text[at + 1]));
    }
    return bytes;
}

std::string_view field(const PGresult* row, int column) {
    return {PQgetvalue(row, 0, column), static_cast<std::size_t>(PQgetlength(row, 0, column))};
}

}  // namespace

PostgresStatement::PostgresStatement(PostgresDatabase& database, std::string sql)
    : database_(database), alive_(database.alive_), sql_(std::move(sql)) {}

PostgresStatement::~PostgresStatement() {
    if (!alive_.expired()) {
        reset();
    }
}

PostgresStatement::Value& PostgresStatement::next_value(unsigned type) {
    if (bound_ == values_.size()) {
        values_.emplace_back();
    }
    Value& value = values_[bound_++];
    value.type = type;
    return value;
}

void PostgresStatement::bind_integer(std::int64_t value) {
    auto& number = next_value(integer_type).number;
    const auto bits = __builtin_bswap64(static_cast<std::uint64_t>(value));
    std::memcpy(number.data(), &bits, number.size());
}

void PostgresStatement::bind_text(std::string_view value) {
    next_value(text_type).text = value;
}

void PostgresStatement::bind_bytes(std::string_view value) {
    next_value(bytes_type).text = value;
}

void PostgresStatement::bind_null() {
    (void)next_value(0);
}

Result<void> PostgresStatement::prepare_for_values() {
    bool is_prepared = session_ == database_.session_;
    types_.resize(bound_, 0);
    for (std::size_t at = 0; at < bound_; ++at) {
        if (values_[at].type != 0 && values_[at].type != types_[at]) {
            types_[at] = values_[at].type;  // so far it was null, and the server chose
            is_prepared = false;
        }
    }
    if (is_prepared) {
        return {};
    }
    name_ = fmt::format("s{}", ++database_.prepared_);
    const PostgresResult result(PQprepare(
        database_.handle_.get(),
        name_.c_str(),
        sql_.c_str(),
        static_cast<int>(types_.size()),
        types_.data()
    ));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        return database_.error("prepare", result.get());
    }
    session_ = database_.session_;
    return {};
}

Result<void> PostgresStatement::send() {
    if (auto ready = database_.make_ready(); !ready) {
        return ready;
    }
    if (auto prepared = prepare_for_values(); !prepared) {
        return prepared;
    }
    std::vector<const char*> starts;
    std::vector<int> lengths;
    for (std::size_t at = 0; at < bound_; ++at) {
        const Value& value = values_[at];
        const bool is_number = value.type == integer_type;
        starts.push_back(
            value.type == 0 ? nullptr
            : is_number     ? value.number.data()
                            : value.text.data()
        );
        lengths.push_back(static_cast<int>(is_number ? value.number.size() : value.text.size()));
    }
    const std::vector<int> binary(bound_, 1);
    const int sent = PQsendQueryPrepared(
        database_.handle_.get(),
        name_.c_str(),
        static_cast<int>(bound_),
        starts.data(),
        lengths.data(),
        binary.data(),
        0
    );
    if (sent != 1 || PQsetSingleRowMode(database_.handle_.get()) != 1) {
        return database_.error("send", nullptr);
    }
    database_.reading_ = this;
    state_ = State::Reading;
    return {};
}

Result<PostgresResult> PostgresStatement::receive() {
    PostgresResult result(PQgetResult(database_.handle_.get()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_SINGLE_TUPLE) {
        return result;
    }
    while (PostgresResult(PQgetResult(database_.handle_.get()))) {
    }
    database_.reading_ = nullptr;
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        return PostgresResult{};
    }
    return database_.error("step", result.get());
}

void PostgresStatement::take_rest() {
    while (database_.reading_ == this) {
        rest_.push_back(receive());
    }
}

Result<bool> PostgresStatement::step() {
    if (state_ == State::Bound) {
        if (auto sent = send(); !sent) {
            reset();
            return std::unexpected(sent.error());
        }
    }
    if (state_ == State::Ended) {
        return false;
    }
    auto row = PostgresResult{};
    if (rest_.empty()) {
        auto received = receive();
        if (!received) {
            auto error = received.error();
            reset();
            return std::unexpected(std::move(error));
        }
        row = *std::move(received);
    } else {
        auto received = std::move(rest_.front());
        rest_.pop_front();
        if (!received) {
            auto error = received.error();
            reset();
            return std::unexpected(std::move(error));
        }
        row = *std::move(received);
    }
    row_ = std::move(row);
    if (!row_) {
        state_ = State::Ended;
    }
    return row_ != nullptr;
}

void PostgresStatement::reset() {
    while (database_.reading_ == this) {
        (void)receive();
    }
    rest_.clear();
    row_.reset();
    bound_ = 0;
    state_ = State::Bound;
}

std::int64_t PostgresStatement::integer(int column) const {
    return integer_or_null(column).value_or(0);
}

std::optional<std::int64_t> PostgresStatement::integer_or_null(int column) const {
    if (!row_ || PQgetisnull(row_.get(), 0, column) != 0) {
        return std::nullopt;
    }
    const std::string_view text = field(row_.get(), column);
    std::int64_t value = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string PostgresStatement::text(int column) const {
    if (!row_) {
        return {};
    }
    const std::string_view text = field(row_.get(), column);
    return PQftype(row_.get(), column) == bytes_type ? from_hex(text) : std::string(text);
}

}  // namespace thidua::store
