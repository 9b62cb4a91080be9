// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What bodies decided about candidates.
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace thidua::store {
namespace {

AuditNote note_of_row(std::int64_t id, const Decision& decision) {
    return note_of(EntryAccount{
        "decided",
        id,
        fmt::format(
            "candidate={} question={} outcome={} body={} by={}",
            decision.candidate,
            decision.key,
            to_text(decision.outcome),
            decision.body,
            decision.by
        ),
        {decision.candidate,
         decision.key,
         std::string(to_text(decision.outcome)),
         decision.body,
         decision.by,
         field_of(decision.at),
         decision.document,
         decision.note}});
}

using VisitDecision = std::function<void(std::int64_t id, Decision decision)>;

Result<void> for_each_decision(Store& store, Instant known_at, const VisitDecision& visit) {
    constexpr std::string_view select =
        "SELECT id, candidate, question, outcome, body, decided_by, decided_at, document, note"
        " FROM decision WHERE agency = ? AND decided_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(
            row.integer(0),
            {row.text(1),
             row.text(2),
             parse_outcome(row.text(3)).value_or(Outcome::NotMet),  // the table has no other word
             row.text(4),
             row.text(5),
             row.instant_or_null(6).value_or(Instant{}),
             row.text(7),
             row.text(8)}
        );
    });
}

bool say_the_same(Decision left, const Decision& right) {
    left.at = right.at;
    return left == right;
}

}  // namespace

Result<std::vector<Decision>> Store::decisions(Instant known_at) {
    std::vector<Decision> decisions;
    const auto read = for_each_decision(*this, known_at, [&](std::int64_t, Decision decision) {
        decisions.push_back(std::move(decision));
    });
    return read ? Result<std::vector<Decision>>(std::move(decisions))
                : failed("decisions", read.error());
}

Result<bool> Store::decide(const Decision& decision) {
    auto add = statement(
        "INSERT INTO decision (agency, id, candidate, question, outcome, body, decided_by,"
        " decided_at, document, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    std::int64_t last = 0;
    std::optional<Decision> in_force;
    const auto read = for_each_decision(*this, ever, [&](std::int64_t id, Decision one) {
        last = id;
        if (one.candidate == decision.candidate && one.key == decision.key) {
            in_force = std::move(one);
        }
    });
    if (!add || !read) {
        return failed("decide", add ? read.error() : add.error());
    }
    if (in_force && say_the_same(*in_force, decision)) {
        return false;
    }
    const auto done = record(decision.at, note_of_row(last + 1, decision), [&] {
        return (*add)->run(
            agency,
            last + 1,
            decision.candidate,
            decision.key,
            to_text(decision.outcome),
            decision.body,
            decision.by,
            decision.at,
            decision.document,
            decision.note
        );
    });
    return done ? Result<bool>(true) : failed("decide", done.error());
}

Result<void> add_decision_notes(Store& store, std::vector<AuditNote>& notes) {
    return for_each_decision(store, ever, [&](std::int64_t id, const Decision& decision) {
        notes.push_back(note_of_row(id, decision));
    });
}

}  // namespace thidua::store
