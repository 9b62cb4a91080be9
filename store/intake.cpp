// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/intake.hpp"

#include "core/hash.hpp"
#include "core/spool.hpp"
#include "store/intake_rows.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <map>

namespace thidua::store {
namespace {

/// Positions in an answer move from pull to pull.
std::string without_positions(std::string_view place) {
    std::string made;
    for (const char letter : place) {
        const bool is_digit = letter >= '0' && letter <= '9';
        if (!is_digit) {
            made += letter;
        } else if (!made.ends_with('#')) {
            made += '#';
        }
    }
    return made;
}

/// A replay leaves the capture as it is: it was gathered when it was gathered.
Result<void> keep_capture(Store& store, const IntakeOf& what) {
    if (what.slice.key == look_up_key || what.gathered_by != 0) {
        return {};
    }
    auto drop = store.statement("DELETE FROM capture WHERE agency = ? AND source = ? AND key = ?");
    auto put = store.statement(
        "INSERT INTO capture (agency, source, key, slice, kept, records) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (agency, source, key) DO UPDATE SET slice = excluded.slice,"
        " kept = excluded.kept, records = excluded.records"
    );
    if (!drop || !put) {
        return std::unexpected(drop ? put.error() : drop.error());
    }
    if (what.slice.kept.empty()) {
        return (*drop)->run(agency, what.source, what.slice.key);
    }
    return (*put)->run(
        agency,
        what.source,
        what.slice.key,
        what.id,
        Blob{what.slice.kept},
        record_count(what.slice) + static_cast<std::int64_t>(what.slice.rejected.size())
    );
}

/// What was settled and comes again is open again; what somebody dropped stays dropped.
Result<void> keep_rejected(Store& store, const IntakeOf& what) {
    auto put = store.statement(
        "INSERT INTO quarantine (agency, id, source, key, place, reason, record, print,"
        " first_slice, last_slice, state)"
        " SELECT ?1, coalesce(max(id), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, 'open'"
        " FROM quarantine WHERE agency = ?1"
        " ON CONFLICT (agency, source, print) DO UPDATE SET key = excluded.key,"
        " place = excluded.place, last_slice = excluded.last_slice,"
        " state = CASE quarantine.state WHEN 'dropped' THEN 'dropped' ELSE 'open' END"
    );
    auto settle = store.statement(
        "UPDATE quarantine SET state = ? WHERE agency = ? AND source = ? AND key = ?"
        " AND state = 'open' AND last_slice < ?"
    );
    if (!put || !settle) {
        return std::unexpected(put ? settle.error() : put.error());
    }
    for (const Rejected& rejected : what.slice.rejected) {
        auto done = (*put)->run(
            agency,
            what.source,
            what.slice.key,
            rejected.where,
            rejected.reason,
            rejected.record,
            print_of(rejected),
            what.id
        );
        if (!done) {
            return done;
        }
    }
    if (what.slice.key == look_up_key) {
        return {};  // the next slice asks for other references, and tells nothing of these
    }
    const std::string_view state = what.gathered_by == 0 ? "resolved" : "replayed";
    return (*settle)->run(state, agency, what.source, what.slice.key, what.id);
}

/// The types that each field has had.
Result<std::map<std::string, std::set<std::string>>> known_types(
    Store& store, std::int64_t source
) {
    auto find =
        store.statement("SELECT pointer, type FROM field_shape WHERE agency = ? AND source = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    std::map<std::string, std::set<std::string>> types;
    (*find)->bind(agency, source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        types[row.text(0)].insert(row.text(1));
    });
    return read ? Result<std::map<std::string, std::set<std::string>>>(std::move(types))
                : std::unexpected(read.error());
}

std::string joined(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// The first shape of a source is no news.
Result<std::vector<FieldNews>> keep_shape(Store& store, const IntakeOf& what) {
    if (what.slice.shape.empty()) {
        return {};
    }
    auto add = store.statement(
        "INSERT INTO field_shape (agency, source, pointer, type, since_slice)"
        " VALUES (?, ?, ?, ?, ?)"
    );
    auto known = known_types(store, what.source);
    if (!add || !known) {
        return std::unexpected(add ? known.error() : add.error());
    }
    const bool is_first = known->empty();
    std::vector<FieldNews> news;
    for (const FieldShape& field : what.slice.shape) {
        std::set<std::string>& types = (*known)[field.pointer];
        if (field.type.empty() || field.type == "null" || types.contains(field.type)) {
            continue;
        }
        if (!is_first) {
            news.push_back({field, joined(types)});
        }
        types.insert(field.type);
        auto added = (*add)->run(agency, what.source, field.pointer, field.type, what.id);
        if (!added) {
            return std::unexpected(added.error());
        }
    }
    return news;
}

}  // namespace

std::string_view to_text(PullKind kind) {
    switch (kind) {
        case PullKind::Pull:
            return "pull";
        case PullKind::Backfill:
            return "backfill";
        case PullKind::Replay:
            return "replay";
    }
    return "";
}

std::int64_t record_count(const Slice& slice) {
    const std::size_t spooled = slice.spooled ? slice.spooled->size() : 0;
    return static_cast<std::int64_t>(
        spooled + slice.dossiers.size() + slice.payments.size() + slice.statistics.size() +
        slice.procedures.size()
    );
}

std::string print_of(const Rejected& rejected) {
    return sha256_hex(
        rejected.reason + '\n' + without_positions(rejected.where) + '\n' + rejected.record
    );
}

Result<std::vector<FieldNews>> keep_intake(Store& store, const IntakeOf& what) {
    Result<void> done = keep_capture(store, what);
    done = done ? keep_rejected(store, what) : done;
    return done ? keep_shape(store, what) : std::unexpected(done.error());
}

Result<std::set<std::int64_t>> later_words(
    Store& store, std::int64_t source, std::int64_t slice, std::string_view key
) {
    auto find = store.statement(
        "SELECT id FROM slice WHERE agency = ? AND source = ? AND id > ? AND key <> ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::set<std::int64_t> slices;
    (*find)->bind(agency, source, slice, key);
    const auto read =
        (*find)->for_each_row([&](const Statement& row) { slices.insert(row.integer(0)); });
    return read ? Result<std::set<std::int64_t>>(std::move(slices)) : std::unexpected(read.error());
}

}  // namespace thidua::store
