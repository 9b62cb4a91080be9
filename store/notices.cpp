// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/notices.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace thidua::store {
namespace {

template <class Value, class Read>
Result<std::vector<Value>> read_all(std::string_view what, Statement& find, Read read) {
    std::vector<Value> values;
    const auto done = find.for_each_row([&](const Statement& row) { values.push_back(read(row)); });
    return done ? Result<std::vector<Value>>(std::move(values)) : failed(what, done.error());
}

NoticeRow read_notice(const Statement& row) {
    return {
        row.text(0),
        row.text(1),
        row.instant_or_null(2).value_or(Instant{}),
        row.instant_or_null(3),
        static_cast<int>(row.integer(4)),
        row.instant_or_null(5),
        row.text(6),
        row.text(7)};
}

}  // namespace

Result<std::vector<NoticeRow>> notices(Store& store) {
    auto find = store.statement(
        "SELECT key, state, began_at, told_at, attempts, next_at, body, words FROM notice"
        " WHERE agency = ? ORDER BY key"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency);
    return read_all<NoticeRow>("notices", **find, read_notice);
}

Result<void> put_notice(Store& store, const NoticeRow& notice, Instant now) {
    auto find = store.statement("SELECT state FROM notice WHERE agency = ? AND key = ?");
    auto put = store.statement(
        "INSERT INTO notice (agency, key, state, began_at, told_at, attempts, next_at, body, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agency, key) DO UPDATE SET"
        " state = excluded.state, began_at = excluded.began_at, told_at = excluded.told_at,"
        " attempts = excluded.attempts, next_at = excluded.next_at, body = excluded.body,"
        " words = excluded.words"
    );
    if (!find || !put) {
        return std::unexpected(find ? put.error() : find.error());
    }
    const auto before = (*find)->bind(agency, notice.key).first_row([](const Statement& row) {
        return row.text(0);
    });
    if (!before) {
        return failed("put notice", before.error());
    }
    const auto put_row = [&] {
        return (*put)->run(
            agency,
            notice.key,
            notice.state,
            notice.began_at,
            notice.told_at,
            notice.attempts,
            notice.next_at,
            notice.body,
            notice.words
        );
    };
    if (*before == notice.state) {
        return put_row();  // another attempt is no news
    }
    AuditNote note{
        "notice",
        notice.key,
        fmt::format(
            "state={} began_at={}", notice.state, notice.began_at.time_since_epoch().count()
        )};
    return store.record(now, std::move(note), put_row);
}

Result<std::vector<std::string>> sources_pulled_well(Store& store) {
    auto find = store.statement(
        "SELECT s.name FROM source s JOIN pull p ON p.agency = s.agency AND p.id ="
        " (SELECT max(q.id) FROM pull q WHERE q.agency = s.agency AND q.source = s.id"
        " AND q.kind = 'pull') WHERE s.agency = ? AND p.state = 'complete' ORDER BY s.name"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency);
    return read_all<std::string>("sources pulled well", **find, [](const Statement& row) {
        return row.text(0);
    });
}

Result<std::vector<EditionHead>> editions_since(
    Store& store, std::string_view report, Instant since
) {
    auto find = store.statement(
        "SELECT id, period, subject, created_at FROM edition"
        " WHERE agency = ? AND report = ? AND created_at >= ? ORDER BY created_at, id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, report, since);
    return read_all<EditionHead>("editions", **find, [](const Statement& row) {
        return EditionHead{
            row.text(0), row.text(1), row.text(2), row.instant_or_null(3).value_or(Instant{})};
    });
}

Result<std::vector<MailTrouble>> mail_troubles(Store& store, Instant since) {
    auto find = store.statement(
        "SELECT d.edition, e.report, e.period, d.recipient, d.state, d.attempts, d.next_at,"
        " coalesce(d.reply, '') FROM delivery d"
        " JOIN edition e ON e.agency = d.agency AND e.id = d.edition"
        " WHERE d.agency = ? AND e.created_at >= ? AND d.state IN ('deferred', 'unknown', "
        "'refused')"
        " ORDER BY d.edition, d.recipient"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, since);
    return read_all<MailTrouble>("deliveries in trouble", **find, [](const Statement& row) {
        return MailTrouble{
            row.text(0),
            row.text(1),
            row.text(2),
            row.text(3),
            row.text(4),
            static_cast<int>(row.integer(5)),
            row.instant_or_null(6),
            row.text(7)};
    });
}

}  // namespace thidua::store
