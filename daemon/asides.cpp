// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/asides.hpp"

#include "daemon/log.hpp"
#include "daemon/slot_pings.hpp"
#include "daemon/webhook.hpp"
#include "store/notices.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon {
namespace {

constexpr std::string_view weekly_report = "weekly";

/// A digest that was published before somebody named a webhook is not told of a week later.
constexpr std::chrono::hours begins_within{24};
constexpr std::chrono::days tried_for{5};

std::optional<store::NoticeRow> find_row(
    const std::vector<store::NoticeRow>& rows, std::string_view key
) {
    const auto row = std::ranges::find(rows, key, &store::NoticeRow::key);
    return row == rows.end() ? std::nullopt : std::optional(*row);
}

Result<void> put(const Service& service, const store::NoticeRow& row) {
    return service.store.call([&](store::Store& store) {
        return store::put_notice(store, row, service.clock.now());
    });
}

store::NoticeRow row_for(const store::EditionHead& edition, Instant now) {
    store::NoticeRow row;
    row.key = std::string(store::leaders_prefix) + edition.id;
    row.state = "open";
    row.began_at = now;
    row.next_at = now;
    row.body = boost::json::serialize(boost::json::object{
        {"text", edition.subject}, {"edition", edition.id}, {"week", edition.period}});
    return row;
}

/// The rows that are to be told now, with those of digests that have none yet.
Result<std::vector<store::NoticeRow>> due_rows(const Service& service) {
    const Instant now = service.clock.now();
    return service.store.call([&](store::Store& store) -> Result<std::vector<store::NoticeRow>> {
        auto rows = store::notices(store);
        const auto editions = store::editions_since(store, weekly_report, now - begins_within);
        if (!rows || !editions) {
            return std::unexpected(rows ? editions.error() : rows.error());
        }
        for (const store::EditionHead& edition : *editions) {
            auto row = row_for(edition, now);
            if (!find_row(*rows, row.key)) {
                rows->push_back(std::move(row));
            }
        }
        std::erase_if(*rows, [&](const store::NoticeRow& row) {
            return !row.key.starts_with(store::leaders_prefix) || !row.next_at ||
                   *row.next_at > now;
        });
        return rows;
    });
}

store::NoticeRow after_telling(store::NoticeRow row, const Result<void>& told, Instant now) {
    row.words = told ? "" : told.error().message;
    row.next_at = std::nullopt;
    if (told) {
        row.state = "told";
        row.told_at = now;
        return row;
    }
    ++row.attempts;
    if (now < row.began_at + tried_for) {
        row.next_at = next_try(now, row.attempts);
    } else {
        row.state = "closed";
    }
    return row;
}

}  // namespace

Result<void> ping_slots(const Service& service, const std::stop_token& stop) {
    const auto& contact = service.settings.operator_contact;
    if (contact.ping_url_file.empty()) {
        return {};
    }
    const Instant now = service.clock.now();
    std::optional<SlotPing> due;
    const auto read = service.store.call([&](store::Store& store) -> Result<void> {
        const auto rows = store::notices(store);
        const auto slots = store.newest_slots();
        if (!rows || !slots) {
            return std::unexpected(rows ? slots.error() : rows.error());
        }
        due = slot_ping(service.settings, *slots, find_row(*rows, slot_ping_key), now);
        return {};
    });
    if (!read || !due) {
        return read;
    }
    const auto told = ping(
        {"operator.ping_url_file", contact.ping_url_file, contact.ca_file},
        due->suffix,
        run_id(due->row.began_at),
        stop
    );
    if (!told && told.error().kind == ErrorKind::Stopped) {
        return {};
    }
    if (!told) {
        log_warning("ping: " + told.error().message + "; it is tried again");
    }
    return put(service, after_ping(*due, told, now));
}

Result<void> tell_leaders(const Service& service, const std::stop_token& stop) {
    const auto& settings = service.settings;
    if (!settings.digest || settings.digest->webhook_url_file.empty()) {
        return {};
    }
    const auto rows = due_rows(service);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    for (const store::NoticeRow& row : *rows) {
        // On file before the first byte goes out: what a crash cuts off is told again.
        if (auto begun = put(service, row); !begun) {
            return begun;
        }
        const auto told = post_json(
            {"reports.weekly.webhook_url_file",
             settings.digest->webhook_url_file,
             settings.operator_contact.ca_file},
            boost::json::parse(row.body).as_object(),
            stop
        );
        if (!told && told.error().kind == ErrorKind::Stopped) {
            return {};
        }
        const auto after = after_telling(row, told, service.clock.now());
        if (auto recorded = put(service, after); !recorded) {
            return recorded;
        }
        if (told) {
            log_info("webhook: told " + row.key.substr(store::leaders_prefix.size()));
        }
    }
    return {};
}

}  // namespace thidua::daemon
