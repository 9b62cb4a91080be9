// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Plain values: what is told beside the mail, and what the ledger says that somebody should be
// told.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

class Store;

/// Something that somebody is to be told, and how that stands.
struct NoticeRow {
    std::string key;    ///< what goes on: pull:tthc
    std::string state;  ///< open (not told yet), told, ending (over, not told yet), closed
    Instant began_at;
    std::optional<Instant> told_at;
    int attempts = 0;                ///< since it was told last
    std::optional<Instant> next_at;  ///< when it is told again, if by itself
    std::string body;                ///< what is told, JSON
    std::string words;               ///< how the last attempt went

    friend bool operator==(const NoticeRow&, const NoticeRow&) = default;
};

/// Begins the key of a row that tells the leaders' webhook of an edition.
inline constexpr std::string_view leaders_prefix = "leaders:";

/// An edition without its documents.
struct EditionHead {
    std::string id;
    std::string period;
    std::string subject;
    Instant created_at;

    friend bool operator==(const EditionHead&, const EditionHead&) = default;
};

/// An edition that is filed on another machine too.
struct Upload {
    std::string edition;
    std::string folder;  ///< below the configured one: 2024/W42
    std::string state;   ///< pending, filed, failed
    Instant began_at;
    int attempts = 0;
    std::optional<Instant> next_at;  ///< nothing: it has ended
    std::string words;               ///< how the last attempt went; empty: well

    friend bool operator==(const Upload&, const Upload&) = default;
};

/// A recipient of an edition who has not got it.
struct MailTrouble {
    std::string edition;
    std::string report;
    std::string period;
    std::string recipient;  ///< id
    std::string state;      ///< deferred, unknown, refused
    int attempts = 0;
    std::optional<Instant> next_at;  ///< nothing: a person must act
    std::string reply;

    friend bool operator==(const MailTrouble&, const MailTrouble&) = default;
};

/// All, by key.
[[nodiscard]] Result<std::vector<NoticeRow>> notices(Store& store);
/// Puts it in place of the row of its key; an entry of the audit chain tells of another state.
[[nodiscard]] Result<void> put_notice(Store& store, const NoticeRow& notice, Instant now);
/// Sources whose newest pull is complete, by name.
[[nodiscard]] Result<std::vector<std::string>> sources_pulled_well(Store& store);
/// The editions of a report that were made at `since` or later, oldest first.
[[nodiscard]] Result<std::vector<EditionHead>> editions_since(
    Store& store, std::string_view report, Instant since
);
/// Uploads that have not been filed, or were since `since`, by edition.
[[nodiscard]] Result<std::vector<Upload>> uploads(Store& store, Instant since);
/// Puts it on file unless its edition is.
[[nodiscard]] Result<void> begin_upload(Store& store, const Upload& upload);
/// Puts it in place of the row of its edition; an end has an entry of the audit chain.
[[nodiscard]] Result<void> put_upload(Store& store, const Upload& upload, Instant now);
/// Recipients who have not got an edition of `since` or later, by edition and recipient, and
/// were tried.
[[nodiscard]] Result<std::vector<MailTrouble>> mail_troubles(Store& store, Instant since);

}  // namespace thidua::store
