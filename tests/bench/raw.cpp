// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/raw.hpp"

#include "core/hash.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace thidua::bench {
namespace {

// As store/schema.hpp has them; keep in step.
constexpr const char* set_up_sql = R"sql(
PRAGMA page_size=4096;
PRAGMA journal_mode=TRUNCATE;
PRAGMA synchronous=FULL;
PRAGMA cache_size=-16384;
PRAGMA temp_store=MEMORY;
CREATE TABLE dossier (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, slice INTEGER NOT NULL,
    procedure INTEGER NOT NULL, unit INTEGER NOT NULL, channel INTEGER NOT NULL,
    status INTEGER NOT NULL, applied_at INTEGER, accepted_at INTEGER, due_at INTEGER,
    finished_at INTEGER, fee_count INTEGER NOT NULL, fee_total INTEGER NOT NULL,
    paid_flag INTEGER NOT NULL, payments TEXT NOT NULL, content INTEGER NOT NULL
) STRICT;
CREATE TABLE payment_link (
    agency INTEGER NOT NULL, reference TEXT NOT NULL, dossier INTEGER NOT NULL,
    PRIMARY KEY (agency, reference, dossier)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view upsert_sql = R"sql(
INSERT INTO dossier (id, version, slice, procedure, unit, channel, status, applied_at, accepted_at,
    due_at, finished_at, fee_count, fee_total, paid_flag, payments, content)
VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET version = version + 1, slice = excluded.slice,
    procedure = excluded.procedure, unit = excluded.unit, channel = excluded.channel,
    status = excluded.status, applied_at = excluded.applied_at,
    accepted_at = excluded.accepted_at, due_at = excluded.due_at,
    finished_at = excluded.finished_at, fee_count = excluded.fee_count,
    fee_total = excluded.fee_total, paid_flag = excluded.paid_flag,
    payments = excluded.payments, content = excluded.content
)sql";

constexpr std::string_view link_sql =
    "INSERT INTO payment_link (agency, reference, dossier) VALUES (1, ?, ?) ON CONFLICT DO NOTHING";

struct Close {
    void operator()(sqlite3* handle) const { (void)sqlite3_close(handle); }
};
struct Finalize {
    void operator()(sqlite3_stmt* handle) const { (void)sqlite3_finalize(handle); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

std::int64_t millis(const std::optional<Instant>& instant) {
    return instant ? instant->time_since_epoch().count() : 0;
}

/// The number at `begin` of `length` digits; -1 if it is none.
std::int64_t digits(std::string_view text) {
    std::int64_t value = 0;
    for (const char letter : text) {
        if (letter < '0' || letter > '9') {
            return -1;
        }
        value = value * 10 + (letter - '0');
    }
    return text.empty() ? -1 : value;
}

}  // namespace

RawRow raw_row(const DossierRecord& record) {
    RawRow row;
    row.code = record.code;
    row.unit = record.unit_code;
    row.procedure = record.procedure_code;
    row.channel = static_cast<int>(record.channel);
    row.status = record.status;
    row.applied_at = millis(record.applied_at);
    row.accepted_at = millis(record.accepted_at);
    row.due_at = millis(record.due_at);
    row.finished_at = millis(record.finished_at);
    row.fee_count = record.fee_count;
    row.fee_total = record.fee_total;
    row.paid_flag = record.paid_flag;
    for (const NamedPayment& payment : record.payments) {
        fmt::format_to(
            std::back_inserter(row.payments),
            "{}{}|{}|{}|{}",
            row.payments.empty() ? "" : "\n",
            payment.reference,
            static_cast<int>(payment.gateway),
            static_cast<int>(payment.state),
            millis(payment.paid_at)
        );
        if (payment.gateway == Gateway::Dvcqg && !payment.reference.empty()) {
            row.references.push_back(payment.reference);
        }
    }
    const std::string content = fmt::format(
        "{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}",
        row.procedure,
        row.unit,
        row.channel,
        row.status,
        row.applied_at,
        row.accepted_at,
        row.due_at,
        row.finished_at,
        row.fee_count,
        row.fee_total,
        row.paid_flag,
        row.payments
    );
    row.content = static_cast<std::int64_t>(print_of(content, 0));
    return row;
}

Result<CodeParts> split_code(std::string_view code) {
    const std::size_t last = code.rfind('-');
    const bool is_long_enough = last != std::string_view::npos && last > 7;
    const std::size_t first = is_long_enough ? last - 7 : 0;
    if (!is_long_enough || code[first] != '-') {
        return fail(ErrorKind::Data, "a dossier code of another shape");
    }
    const std::int64_t date = digits(code.substr(first + 1, 6));
    CodeParts parts;
    parts.issuer = code.substr(0, first);
    const std::string_view number = code.substr(last + 1);
    parts.number = digits(number);
    parts.width = static_cast<std::int64_t>(number.size()) & 3;
    const std::chrono::year_month_day day{
        std::chrono::year{static_cast<int>(2000 + date / 10'000)},
        std::chrono::month{static_cast<unsigned>(date / 100 % 100)},
        std::chrono::day{static_cast<unsigned>(date % 100)}};
    if (date < 0 || parts.number < 0 || parts.number >= 1 << 20 || !day.ok()) {
        return fail(ErrorKind::Data, "a dossier code of another shape");
    }
    parts.day = Day{day}.time_since_epoch().count();
    return parts;
}

std::int64_t pack(const CodeParts& parts, std::int64_t issuer) {
    constexpr std::int64_t agency = 1;
    constexpr std::int64_t source = 1;
    std::int64_t id = agency;
    id = id << 16 | parts.day;
    id = id << 20 | parts.number;
    id = id << 2 | parts.width;
    id = id << 12 | issuer;
    return id << 5 | source;
}

struct RawInserter::State {
    std::unique_ptr<sqlite3, Close> database;
    Statement upsert;
    Statement link;
    std::unordered_map<std::string, std::int64_t> words;  // units, procedures and issuers

    [[nodiscard]] std::int64_t number_of(std::string_view word) {
        const auto next = static_cast<std::int64_t>(words.size()) + 1;
        return words.try_emplace(std::string(word), next).first->second;
    }
    [[nodiscard]] std::unexpected<Error> trouble() const {
        return fail(ErrorKind::Io, fmt::format("raw: {}", sqlite3_errmsg(database.get())));
    }
    [[nodiscard]] Result<void> execute(const char* sql) const {
        if (sqlite3_exec(database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
            return trouble();
        }
        return {};
    }
    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const {
        sqlite3_stmt* made = nullptr;
        const int code = sqlite3_prepare_v3(
            database.get(),
            sql.data(),
            static_cast<int>(sql.size()),
            SQLITE_PREPARE_PERSISTENT,
            &made,
            nullptr
        );
        if (code != SQLITE_OK) {
            return trouble();
        }
        return Statement(made);
    }
    [[nodiscard]] Result<void> put(const RawRow& row, std::int64_t slice);
    void bind(const RawRow& row, std::int64_t id, std::int64_t slice);
};

RawInserter::RawInserter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RawInserter::RawInserter(RawInserter&&) noexcept = default;
RawInserter::~RawInserter() = default;

Result<RawInserter> RawInserter::create(const std::filesystem::path& file) {
    // One connection and one thread: what a careful user would set.
    (void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    auto state = std::make_unique<State>();
    sqlite3* handle = nullptr;
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int opened = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    state->database.reset(handle);
    if (opened != SQLITE_OK) {
        return state->trouble();
    }
    if (auto made = state->execute(set_up_sql); !made) {
        return std::unexpected(made.error());
    }
    auto upsert = state->prepare(upsert_sql);
    auto link = state->prepare(link_sql);
    if (!upsert || !link) {
        return std::unexpected(upsert ? link.error() : upsert.error());
    }
    state->upsert = *std::move(upsert);
    state->link = *std::move(link);
    return RawInserter(std::move(state));
}

void RawInserter::State::bind(const RawRow& row, std::int64_t id, std::int64_t slice) {
    sqlite3_stmt* statement = upsert.get();
    int at = 0;
    const auto number = [&](std::int64_t value) {
        (void)sqlite3_bind_int64(statement, ++at, value);
    };
    const auto time = [&](std::int64_t value) {
        (void
        )(value == 0 ? sqlite3_bind_null(statement, ++at)
                     : sqlite3_bind_int64(statement, ++at, value));
    };
    number(id);
    number(slice);
    number(number_of(row.procedure));
    number(number_of(row.unit));
    number(row.channel);
    number(row.status);
    time(row.applied_at);
    time(row.accepted_at);
    time(row.due_at);
    time(row.finished_at);
    number(row.fee_count);
    number(row.fee_total);
    number(row.paid_flag);
    const auto length = static_cast<int>(row.payments.size());
    (void)sqlite3_bind_text(statement, ++at, row.payments.data(), length, nullptr);
    number(row.content);
}

Result<void> RawInserter::State::put(const RawRow& row, std::int64_t slice) {
    const auto parts = split_code(row.code);
    if (!parts) {
        return std::unexpected(parts.error());
    }
    const std::int64_t id = pack(*parts, number_of(parts->issuer));
    bind(row, id, slice);
    if (sqlite3_step(upsert.get()) != SQLITE_DONE || sqlite3_reset(upsert.get()) != SQLITE_OK) {
        return trouble();
    }
    for (const std::string& reference : row.references) {
        const auto length = static_cast<int>(reference.size());
        (void)sqlite3_bind_text(link.get(), 1, reference.data(), length, nullptr);
        (void)sqlite3_bind_int64(link.get(), 2, id);
        if (sqlite3_step(link.get()) != SQLITE_DONE || sqlite3_reset(link.get()) != SQLITE_OK) {
            return trouble();
        }
    }
    return {};
}

Result<void> RawInserter::insert(std::span<const RawRow> rows, std::int64_t slice) {
    if (auto begun = state_->execute("BEGIN IMMEDIATE"); !begun) {
        return begun;
    }
    for (const RawRow& row : rows) {
        if (auto put = state_->put(row, slice); !put) {
            return put;
        }
    }
    return state_->execute("COMMIT");
}

}  // namespace thidua::bench
