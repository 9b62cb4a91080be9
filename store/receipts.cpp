// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Papers of nominations that came in.
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace thidua::store {
namespace {

AuditNote note_of_row(std::int64_t id, const Receipt& receipt) {
    return note_of(EntryAccount{
        "nomination-received",
        id,
        fmt::format(
            "candidate={} award={} deadline={} part={} copies={} by={}",
            receipt.candidate,
            receipt.award,
            receipt.deadline,
            receipt.part,
            receipt.copies,
            receipt.by
        ),
        {receipt.candidate,
         receipt.award,
         receipt.deadline,
         receipt.part,
         std::to_string(receipt.copies),
         field_of(receipt.day),
         receipt.by,
         field_of(receipt.at),
         receipt.note}});
}

using VisitReceipt = std::function<void(std::int64_t id, Receipt receipt)>;

Result<void> for_each_receipt(Store& store, Instant known_at, const VisitReceipt& visit) {
    constexpr std::string_view select =
        "SELECT id, candidate, award, deadline, part, copies, day, recorded_by, recorded_at, note"
        " FROM nomination_receipt WHERE agency = ? AND recorded_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(
            row.integer(0),
            {row.text(1),
             row.text(2),
             row.text(3),
             row.text(4),
             row.integer(5),
             day_or_null(row, 6).value_or(Day{}),
             row.text(7),
             row.instant_or_null(8).value_or(Instant{}),
             row.text(9)}
        );
    });
}

}  // namespace

Result<std::vector<Receipt>> Store::receipts(Instant known_at) {
    std::vector<Receipt> receipts;
    const auto read = for_each_receipt(*this, known_at, [&](std::int64_t, Receipt receipt) {
        receipts.push_back(std::move(receipt));
    });
    return read ? Result<std::vector<Receipt>>(std::move(receipts))
                : failed("receipts", read.error());
}

Result<void> Store::receive(const Receipt& receipt) {
    auto add = statement(
        "INSERT INTO nomination_receipt (agency, id, candidate, award, deadline, part, copies,"
        " day, recorded_by, recorded_at, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    std::int64_t last = 0;
    const auto read =
        for_each_receipt(*this, ever, [&](std::int64_t id, const Receipt&) { last = id; });
    if (!add || !read) {
        return failed("receive", add ? read.error() : add.error());
    }
    auto done = record(receipt.at, note_of_row(last + 1, receipt), [&] {
        return (*add)->run(
            agency,
            last + 1,
            receipt.candidate,
            receipt.award,
            receipt.deadline,
            receipt.part,
            receipt.copies,
            day_number(receipt.day),
            receipt.by,
            receipt.at,
            receipt.note
        );
    });
    return done ? done : failed("receive", done.error());
}

Result<void> add_receipt_notes(Store& store, std::vector<AuditNote>& notes) {
    return for_each_receipt(store, ever, [&](std::int64_t id, const Receipt& receipt) {
        notes.push_back(note_of_row(id, receipt));
    });
}

}  // namespace thidua::store
