// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Editions that are filed on another machine too.
#include "store/notices.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace thidua::store {

Result<std::vector<Upload>> uploads(Store& store, Instant since) {
    auto find = store.statement(
        "SELECT edition, folder, state, began_at, attempts, next_at, words FROM upload"
        " WHERE agency = ? AND (state <> 'filed' OR began_at >= ?) ORDER BY edition"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<Upload> uploads;
    (*find)->bind(agency, since);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        uploads.push_back(
            {row.text(0),
             row.text(1),
             row.text(2),
             row.instant_or_null(3).value_or(Instant{}),
             static_cast<int>(row.integer(4)),
             row.instant_or_null(5),
             row.text(6)}
        );
    });
    return read ? Result<std::vector<Upload>>(std::move(uploads)) : failed("uploads", read.error());
}

Result<void> begin_upload(Store& store, const Upload& upload) {
    auto add = store.statement(
        "INSERT INTO upload (agency, edition, folder, state, began_at, attempts, next_at, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agency, edition) DO NOTHING"
    );
    return add ? (*add)->run(
                     agency,
                     upload.edition,
                     upload.folder,
                     upload.state,
                     upload.began_at,
                     upload.attempts,
                     upload.next_at,
                     upload.words
                 )
               : std::unexpected(add.error());
}

Result<void> put_upload(Store& store, const Upload& upload, Instant now) {
    auto put = store.statement(
        "UPDATE upload SET state = ?3, attempts = ?4, next_at = ?5, words = ?6"
        " WHERE agency = ?1 AND edition = ?2"
    );
    if (!put) {
        return std::unexpected(put.error());
    }
    const auto put_row = [&] {
        return (*put)->run(
            agency, upload.edition, upload.state, upload.attempts, upload.next_at, upload.words
        );
    };
    if (upload.state == "pending") {
        return put_row();
    }
    AuditNote note{
        "upload", upload.edition, fmt::format("state={} folder={}", upload.state, upload.folder)};
    return store.record(now, std::move(note), put_row);
}

}  // namespace thidua::store
