// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/dump.hpp"

#include "store/rollup_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace thidua::store {
namespace {

using Names = std::vector<std::string>;

struct Table {
    std::string name;
    Names columns;
};

const Names of_version{
    "id",
    "version",
    "slice",
    "procedure",
    "unit",
    "channel",
    "status",
    "applied_at",
    "due_at",
    "fee_count",
    "fee_total",
    "paid_flag",
    "finished_at",
    "accepted_at",
    "payments",
    "content"};

const std::vector<Table> tables{
    {"source", {"id", "name"}},
    {"pull",
     {"id",
      "source",
      "started_at",
      "finished_at",
      "is_sweep",
      "state",
      "slices",
      "repeats",
      "data_through",
      "error_kind",
      "error",
      "kind"}},
    {"slice",
     {"id",
      "source",
      "pull",
      "key",
      "published_at",
      "records",
      "changed",
      "rejected",
      "declared_total",
      "requests",
      "bytes",
      "sha256"}},
    {"dictionary", {"kind", "id", "value"}},
    {"odd_code", {"number", "code"}},
    {"alias", {"number", "stands_for"}},
    {"dossier", of_version},
    {"dossier_history", of_version},
    {"dossier_history", {"id", "version", "until_slice"}},
    {"payment_link", {"reference", "dossier"}},
    {"payment", {"reference", "source", "version", "slice", "state", "settled_at", "amount"}},
    {"payment_history",
     {"reference", "source", "version", "slice", "until_slice", "state", "settled_at", "amount"}},
    {"slice_print", {"source", "key", "print"}},
    {"look_up", {"source", "reference", "attempts", "asked_at", "next_at"}},
    {"statistic", {"source", "period", "unit_code", "metric", "slice", "value"}},
    {"capture", {"source", "key", "slice", "records", "length(kept)"}},
    {"quarantine",
     {"id",
      "source",
      "key",
      "place",
      "reason",
      "record",
      "print",
      "first_slice",
      "last_slice",
      "state",
      "decided_by",
      "decided_at",
      "note"}},
    {"field_shape", {"source", "pointer", "type", "since_slice"}},
    {"procedure_version",
     {"source", "code", "slice", "name", "level", "fee_bearing", "units", "is_listed"}},
    {"unit_alias", {"code", "unit", "from_day", "decided_by", "decided_at"}},
    {"backfill", {"source", "first_day", "last_day", "key"}},
    {"decision",
     {"id",
      "candidate",
      "question",
      "outcome",
      "body",
      "decided_by",
      "decided_at",
      "document",
      "note"}},
    {"evidence",
     {"id",
      "candidate",
      "topic",
      "title",
      "done",
      "day",
      "document",
      "file_name",
      "file_sha256",
      "filed_by",
      "filed_at",
      "print"}},
    {"evidence_ruling", {"id", "evidence", "state", "ruled_by", "ruled_at", "why"}},
    {"procedure_review",
     {"id", "procedure", "unit", "word", "recorded_by", "recorded_at", "document", "note"}},
    {"nomination_receipt",
     {"id",
      "candidate",
      "award",
      "deadline",
      "part",
      "copies",
      "day",
      "recorded_by",
      "recorded_at",
      "note"}},
};

std::string select(const Table& table) {
    std::string row;
    for (const std::string& column : table.columns) {
        row += fmt::format(
            "{}'{}=' || coalesce(CAST({} AS TEXT), '-')",
            row.empty() ? "" : " || ' ' || ",
            column,
            column
        );
    }
    return fmt::format("SELECT {} FROM {}", row, table.name);
}

template <class Value>
Value or_throw(Result<Value> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return *std::move(result);
}

std::vector<std::string> dump_rollups(Database& database) {
    const RollupChange sums = rollups_of(database);
    const auto words = [](const DayKey& key) {
        return fmt::format(
            "rollup: day={} source={} unit={} procedure={}",
            key.day,
            key.source,
            key.unit,
            key.procedure
        );
    };
    std::vector<std::string> lines;
    for (const auto& [key, counts] : sums.days) {
        lines.push_back(fmt::format(
            "{} received={} online={} owing={}",
            words(key),
            counts.received,
            counts.online,
            counts.owing
        ));
    }
    for (const auto& [key, dossiers] : sums.paid) {
        lines.push_back(fmt::format(
            "{} way={} payment_source={} settled_day={} dossiers={}",
            words(key.received),
            static_cast<int>(key.way),
            key.payment_source,
            key.settled_day,
            dossiers
        ));
    }
    return lines;
}

}  // namespace

RollupChange rollups_of(Database& database) {
    const auto find = or_throw(
        database.prepare("SELECT day, source, unit, counts, paid FROM rollup WHERE agency = 1"
                         " ORDER BY day, source, unit")
    );
    find->bind();
    RollupChange sums;
    Result<void> unpacked;
    const auto read = find->for_each_row([&](const Statement& row) {
        const RollupKey key{row.integer(0), row.integer(1), row.integer(2)};
        unpacked = unpacked ? unpack({key, row.text(3), row.text(4)}, sums) : unpacked;
    });
    if (!read || !unpacked) {
        throw std::runtime_error((read ? unpacked : read).error().message);
    }
    return sums;
}

std::vector<std::string> dump(const Location& location) {
    const auto database = or_throw(Database::open(location, Access::ReadOnly));
    std::vector<std::string> lines = dump_rollups(*database);
    for (const Table& table : tables) {
        const auto find = or_throw(database->prepare(select(table)));
        find->bind();
        const auto read = find->for_each_row([&](const Statement& row) {
            lines.push_back(table.name + ": " + row.text(0));
        });
        if (!read) {
            throw std::runtime_error(read.error().message);
        }
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace thidua::store
