// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Plain values: what is told beside the mail, and what the ledger says that somebody should be
// told.
#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::store {

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

}  // namespace thidua::store
