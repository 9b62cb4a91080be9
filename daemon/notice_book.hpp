// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which notices go on, who was told of them, and what is to be told next.
#pragma once

#include "daemon/notices.hpp"
#include "daemon/service.hpp"
#include "daemon/tell_operator.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Kept in the ledger, so that it outlives the program; while the ledger cannot be had it goes on
/// from memory. Used by one thread.
class NoticeBook {
  public:
    explicit NoticeBook(SharedStore& store) : store_(store) {}

    /// Takes down what is wrong and what is over. Returns what is told the first time or the last:
    /// for journal and file, which are told once.
    [[nodiscard]] std::vector<Telling> note(const Findings& findings, Instant now);

    /// What is to be told now by the ways that may fail: what is new; what lasts, a day after it
    /// was told last; what is over, if somebody was told that it is not.
    [[nodiscard]] std::vector<Telling> due(Instant now);

    /// Takes down how telling all that was due has gone. What reached nobody is told again after a
    /// minute, two, four, ... at most an hour.
    void told(const Reached& reached, Instant now);

    /// Puts down in the ledger what has changed. Errors: those of the store; nothing is forgotten.
    [[nodiscard]] Result<void> save(Instant now);

  private:
    struct Entry {
        store::NoticeRow row;
        Notice notice;
        bool is_saved = false;
    };
    void load();
    void change(Entry& entry, std::string state, std::optional<Instant> next_at);
    void begin(const Notice& notice, Instant now);
    /// False if `notice` goes on already.
    [[nodiscard]] bool renew(const Notice& notice, Instant now);

    SharedStore& store_;
    bool is_loaded_ = false;
    std::map<std::string, Entry, std::less<>> entries_;  ///< by the notice's key
};

}  // namespace thidua::daemon
