// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/notice_book.hpp"

#include "daemon/notice_words.hpp"
#include "daemon/webhook.hpp"
#include "store/notices.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace thidua::daemon {
namespace {

/// Tells these rows of the ledger from those that are not for the operator.
constexpr std::string_view row_prefix = "operator:";

constexpr std::chrono::hours repeated_after{24};

Telling::Turn turn_of(const store::NoticeRow& row) {
    if (row.state == "ending") {
        return Telling::Turn::Over;
    }
    return row.state == "told" ? Telling::Turn::Lasts : Telling::Turn::Begins;
}

}  // namespace

/// What the ledger knows and we do not. Tried again as long as it does not answer.
void NoticeBook::load() {
    if (is_loaded_) {
        return;
    }
    const auto rows = store_.call([](store::Store& store) { return store::notices(store); });
    if (!rows) {
        return;
    }
    is_loaded_ = true;
    for (const store::NoticeRow& row : *rows) {
        auto notice = row.key.starts_with(row_prefix) ? notice_from_json(row.body) : std::nullopt;
        if (notice && row.state != "closed") {
            const std::string key = notice->key;
            entries_.emplace(key, Entry{row, *std::move(notice), true});  // ours is newer
        }
    }
}

void NoticeBook::change(Entry& entry, std::string state, std::optional<Instant> next_at) {
    entry.row.state = std::move(state);
    entry.row.next_at = next_at;
    entry.is_saved = false;
}

void NoticeBook::begin(const Notice& notice, Instant now) {
    Entry& entry = entries_[notice.key];
    entry.row = {
        std::string(row_prefix) + notice.key, "", now, std::nullopt, 0, std::nullopt, "", ""};
    entry.notice = notice;
    entry.row.body = to_json_text(notice);
    change(entry, "open", now);
}

bool NoticeBook::renew(const Notice& notice, Instant now) {
    const auto found = entries_.find(notice.key);
    if (found == entries_.end() || found->second.row.state == "closed") {
        return false;
    }
    Entry& entry = found->second;
    store::NoticeRow& row = entry.row;
    if (row.state == "ending") {
        change(entry, "told", std::nullopt);  // back before anybody was told that it is over
    }
    const bool is_old = row.told_at && now >= *row.told_at + repeated_after;
    if (row.state == "told" && is_old && notice.is_repeated && !row.next_at) {
        change(entry, "told", now);
    }
    if (row.next_at) {
        entry.notice = notice;  // whoever is told hears the newest words
        row.body = to_json_text(notice);
    }
    return true;
}

std::vector<Telling> NoticeBook::note(const Findings& findings, Instant now) {
    load();
    std::vector<Telling> news;
    for (const Notice& notice : findings.standing) {
        if (!renew(notice, now)) {
            begin(notice, now);
            news.push_back({notice, Telling::Turn::Begins, now});
        }
    }
    for (auto& [key, entry] : entries_) {
        const bool goes_on = entry.row.state == "open" || entry.row.state == "told";
        if (goes_on && findings.is_over(key)) {
            news.push_back({entry.notice, Telling::Turn::Over, entry.row.began_at});
            const bool is_known = entry.row.told_at && entry.notice.is_repeated;
            change(
                entry, is_known ? "ending" : "closed", is_known ? std::optional(now) : std::nullopt
            );
            entry.row.attempts = 0;
        }
    }
    return news;
}

std::vector<Telling> NoticeBook::due(Instant now) {
    std::vector<Telling> tellings;
    for (const auto& [key, entry] : entries_) {
        if (entry.row.next_at && *entry.row.next_at <= now) {
            tellings.push_back({entry.notice, turn_of(entry.row), entry.row.began_at});
        }
    }
    return tellings;
}

void NoticeBook::told(const Reached& reached, Instant now) {
    for (auto& [key, entry] : entries_) {
        store::NoticeRow& row = entry.row;
        if (!row.next_at || *row.next_at > now) {
            continue;
        }
        row.words = reached.words;
        if (!reached.is_reached) {
            ++row.attempts;
            change(entry, row.state, next_try(now, row.attempts));
            continue;
        }
        row.attempts = 0;
        row.told_at = now;
        change(entry, row.state == "ending" ? "closed" : "told", std::nullopt);
    }
}

Result<void> NoticeBook::save(Instant now) {
    for (auto& [key, entry] : entries_) {
        if (entry.is_saved) {
            continue;
        }
        const auto put = store_.call([&](store::Store& store) {
            return store::put_notice(store, entry.row, now);
        });
        if (!put) {
            return put;
        }
        entry.is_saved = true;
    }
    std::erase_if(entries_, [](const auto& each) { return each.second.row.state == "closed"; });
    return {};
}

}  // namespace thidua::daemon
