// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Due occurrences of jobs: one row each, from the moment somebody works on it to its one end.
#include "store/ledger.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace thidua::store {
namespace {

constexpr std::array<std::pair<SlotState, std::string_view>, 9> slot_words{{
    {SlotState::Running, "running"},
    {SlotState::Waiting, "waiting"},
    {SlotState::Delivering, "delivering"},
    {SlotState::Done, "done"},
    {SlotState::Sent, "sent"},
    {SlotState::PartlySent, "partly-sent"},
    {SlotState::Withheld, "withheld"},
    {SlotState::Skipped, "skipped"},
    {SlotState::Failed, "failed"},
}};

/// What read_slot() reads, of the agency's rows that `which` leaves.
std::string select_slots(std::string_view which) {
    return fmt::format(
        "SELECT job, scheduled_at, state, attempts, term, started_at, finished_at, reason FROM slot"
        " WHERE agency = ?1 {}",
        which
    );
}

Slot read_slot(const Statement& row) {
    return {
        {row.text(0), *row.instant_or_null(1)},
        parse_slot_state(row.text(2)).value_or(SlotState::Failed),  // the table has no other word
        static_cast<int>(row.integer(3)),
        row.integer(4),
        *row.instant_or_null(5),
        row.instant_or_null(6),
        row.text(7)};
}

/// One that was skipped at a time that has not come yet was skipped by a clock that was ahead.
bool may_begin(const Slot& slot, Instant now) {
    return slot.state == SlotState::Running || slot.state == SlotState::Waiting ||
           (slot.state == SlotState::Skipped && slot.finished_at && *slot.finished_at > now);
}

Result<std::vector<Slot>> read_slots(Statement& find) {
    std::vector<Slot> slots;
    const auto read =
        find.for_each_row([&](const Statement& row) { slots.push_back(read_slot(row)); });
    return read ? Result<std::vector<Slot>>(std::move(slots)) : failed("slots", read.error());
}

}  // namespace

std::string_view to_text(SlotState state) {
    for (const auto& [known, word] : slot_words) {
        if (known == state) {
            return word;
        }
    }
    return "";
}

std::optional<SlotState> parse_slot_state(std::string_view text) {
    for (const auto& [state, word] : slot_words) {
        if (word == text) {
            return state;
        }
    }
    return std::nullopt;
}

bool has_ended(SlotState state) {
    return state != SlotState::Running && state != SlotState::Waiting &&
           state != SlotState::Delivering;
}

Result<std::int64_t> Store::raise_term() {
    auto find = statement("SELECT value FROM meta WHERE agency = ? AND key = 'term'");
    if (!find) {
        return std::unexpected(find.error());
    }
    auto transaction = Transaction::begin(*database_);
    const auto before = transaction ? (*find)->bind(agency).first_row([](const Statement& row) {
        return std::strtoll(row.text(0).c_str(), nullptr, 10);
    })
                                    : std::unexpected(transaction.error());
    if (!before) {
        return failed("take a term", before.error());
    }
    term_ = before->value_or(0) + 1;
    auto raised = set_meta("term", std::to_string(term_));
    raised = raised ? transaction->commit() : raised;
    if (!raised) {
        return failed("take a term", raised.error());
    }
    database_->expect_term(term_);
    return term_;
}

Result<std::optional<Slot>> Store::find_slot(const SlotKey& key) {
    static const std::string select = select_slots("AND job = ?2 AND scheduled_at = ?3");
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    return (*find)->bind(agency, key.job, key.scheduled_at).first_row(read_slot);
}

Result<std::optional<Instant>> Store::last_slot(std::string_view job, Instant now) {
    auto find = statement(
        "SELECT max(scheduled_at) FROM slot WHERE agency = ?1 AND job = ?2 AND scheduled_at <= ?3"
        " AND NOT (state = 'skipped' AND finished_at > ?3)"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto last = (*find)->bind(agency, job, now).first_row([](const Statement& row) {
        return row.instant_or_null(0);
    });
    return last ? Result<std::optional<Instant>>(last->value_or(std::nullopt))
                : std::unexpected(last.error());
}

Result<std::vector<Slot>> Store::open_slots() {
    static const std::string select =
        select_slots("AND finished_at IS NULL ORDER BY job, scheduled_at");
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency);
    return read_slots(**find);
}

Result<std::vector<Slot>> Store::slots(std::string_view job, std::int64_t limit) {
    static const std::string select =
        select_slots("AND (?2 = '' OR job = ?2) ORDER BY scheduled_at DESC, job LIMIT ?3");
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, job, limit);
    return read_slots(**find);
}

Result<std::vector<Slot>> Store::newest_slots() {
    static const std::string select = select_slots(
        "AND scheduled_at = (SELECT max(n.scheduled_at) FROM slot n WHERE n.agency = slot.agency"
        " AND n.job = slot.job) ORDER BY job"
    );
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency);
    return read_slots(**find);
}

Result<bool> Store::begin_slot(const SlotKey& key, Instant now) {
    auto add = statement(
        "INSERT INTO slot (agency, job, scheduled_at, state, attempts, term, started_at, reason)"
        " VALUES (?, ?, ?, 'running', 1, ?, ?, '')"
    );
    auto take = statement(
        "UPDATE slot SET state = 'running', attempts = attempts + 1, term = ?, reason = '',"
        " finished_at = NULL"
        " WHERE agency = ? AND job = ? AND scheduled_at = ?"
    );
    if (!add || !take) {
        return std::unexpected(add ? take.error() : add.error());
    }
    auto transaction = Transaction::begin(*database_);
    const auto row = transaction ? find_slot(key) : std::unexpected(transaction.error());
    if (!row) {
        return failed("begin slot " + key.job, row.error());
    }
    if (*row && !may_begin(**row, now)) {
        return false;
    }
    auto begun = *row ? (*take)->run(term_, agency, key.job, key.scheduled_at)
                      : (*add)->run(agency, key.job, key.scheduled_at, term_, now);
    begun = begun ? transaction->commit() : begun;
    return begun ? Result<bool>(true) : failed("begin slot " + key.job, begun.error());
}

Result<void> Store::move_slot(
    const SlotKey& key, SlotState state, std::string_view reason, Instant now
) {
    check(!has_ended(state), "move_slot: end_slot ends it");
    auto add = statement(
        "INSERT INTO slot (agency, job, scheduled_at, state, attempts, term, started_at, reason)"
        " VALUES (?, ?, ?, ?, 0, ?, ?, ?)"
    );
    auto put = statement(
        "UPDATE slot SET state = ?, term = ?, reason = ?, finished_at = NULL"
        " WHERE agency = ? AND job = ? AND scheduled_at = ?"
    );
    const auto row = find_slot(key);
    if (!add || !put || !row) {
        return std::unexpected(!add ? add.error() : !put ? put.error() : row.error());
    }
    if (!*row) {
        return (*add)->run(agency, key.job, key.scheduled_at, to_text(state), term_, now, reason);
    }
    // What is said already is not written again: somebody may look every second.
    if ((*row)->state == state && (*row)->reason == reason) {
        return {};
    }
    return (*put)->run(to_text(state), term_, reason, agency, key.job, key.scheduled_at);
}

Result<void> Store::end_slot(
    const SlotKey& key, SlotState state, std::string_view reason, Instant now
) {
    check(has_ended(state), "end_slot: an end");
    auto put = statement(
        "INSERT INTO slot (agency, job, scheduled_at, state, attempts, term, started_at,"
        " finished_at, reason) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?6, ?7)"
        " ON CONFLICT (agency, job, scheduled_at) DO UPDATE SET state = ?4, term = ?5,"
        " finished_at = ?6, reason = ?7"
    );
    const auto row = find_slot(key);
    if (!put || !row) {
        return std::unexpected(put ? row.error() : put.error());
    }
    if (*row && has_ended((*row)->state)) {
        return {};  // the first end counts
    }
    const auto put_end = [&] {
        return (*put)->run(agency, key.job, key.scheduled_at, to_text(state), term_, now, reason);
    };
    if (state == SlotState::Done) {
        return put_end();  // what was done has entries of its own
    }
    AuditNote note{
        "slot",
        key.job,
        fmt::format(
            "scheduled_at={} state={} reason={}",
            key.scheduled_at.time_since_epoch().count(),
            to_text(state),
            reason
        )};
    return record(now, std::move(note), put_end);
}

Result<void> Store::skip_slots(std::string_view job, const SkippedSlots& skipped, Instant now) {
    auto add = statement(
        "INSERT INTO slot (agency, job, scheduled_at, state, attempts, term, started_at,"
        " finished_at, reason) VALUES (?1, ?2, ?3, 'skipped', 0, ?4, ?5, ?5, ?6)"
        " ON CONFLICT (agency, job, scheduled_at) DO NOTHING"
    );
    if (!add || skipped.scheduled.empty()) {
        return add ? Result<void>{} : std::unexpected(add.error());
    }
    AuditNote note{
        "slot",
        std::string(job),
        fmt::format(
            "scheduled_at={} state=skipped number={} last={} reason={}",
            skipped.scheduled.front().time_since_epoch().count(),
            skipped.scheduled.size(),
            skipped.scheduled.back().time_since_epoch().count(),
            skipped.why
        )};
    return record(now, std::move(note), [&]() -> Result<void> {
        for (const Instant at : skipped.scheduled) {
            if (auto added = (*add)->run(agency, job, at, term_, now, skipped.why); !added) {
                return added;
            }
        }
        return {};
    });
}

Result<void> Store::link_edition(std::string_view edition, const SlotKey& key) {
    auto put = statement(
        "UPDATE edition SET job = ?, scheduled_at = ? WHERE agency = ? AND id = ? AND job = ''"
    );
    return put ? (*put)->run(key.job, key.scheduled_at, agency, edition)
               : std::unexpected(put.error());
}

Result<SlotDeliveries> Store::slot_deliveries(const SlotKey& key) {
    auto find = statement(
        "SELECT coalesce(sum(CASE WHEN d.state = 'sent' THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN d.state IN ('pending', 'attempting', 'deferred')"
        " OR (d.state = 'unknown' AND d.next_at IS NOT NULL) THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN d.state = 'refused' THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN d.state = 'unknown' AND d.next_at IS NULL THEN 1 ELSE 0 END), 0)"
        " FROM edition e JOIN delivery d ON d.agency = e.agency AND d.edition = e.id"
        " WHERE e.agency = ? AND e.job = ? AND e.scheduled_at = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto counted =
        (*find)->bind(agency, key.job, key.scheduled_at).first_row([](const Statement& row) {
            const auto count = [&](int column) { return static_cast<int>(row.integer(column)); };
            return SlotDeliveries{count(0), count(1), count(2), count(3)};
        });
    return counted ? Result<SlotDeliveries>(counted->value_or(SlotDeliveries{}))
                   : std::unexpected(counted.error());
}

}  // namespace thidua::store
