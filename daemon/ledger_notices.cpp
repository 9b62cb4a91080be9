// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/ledger_notices.hpp"

#include "daemon/digest_job.hpp"
#include "daemon/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace thidua::daemon {
namespace {

using Severity = Notice::Severity;

constexpr std::string_view store_key = "store";
constexpr std::string_view clock_key = "clock";
constexpr std::string_view disk_key = "disk";
constexpr std::string_view mail_key = "mail";
constexpr std::string_view filing_key = "filing";
constexpr std::string_view leaders_key = "leaders-webhook";
constexpr std::string_view slot_prefix = "slot:";
constexpr std::string_view refused_prefix = "refused:";

/// Clocks are set right by so much without anybody having to know.
constexpr std::chrono::minutes clock_tolerance{2};

/// A notice names so many editions, and counts the rest.
constexpr std::size_t named_max = 3;

Notice notice_of(const store::Slot& slot, const config::Settings& settings) {
    const bool is_digest = slot.key.job == digest_job_name;
    const std::string period = week_of_slot(settings, slot.key.scheduled_at);
    Notice notice;
    notice.key = std::string(slot_prefix) + slot.key.job;
    notice.subject = "report " + slot.key.job;
    notice.period = period;
    notice.step = "publish";
    notice.error_class = to_text(slot.state);
    notice.what = slot.reason.empty() ? "no reason is on file" : slot.reason;
    notice.next = "nothing for this period; the next one falls due in its turn";
    notice.command =
        is_digest ? "thidua report send --week " + period : std::string("thidua status");
    return notice;
}

void find_slots(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& found
) {
    for (const store::Slot& slot : around.slots) {
        const bool is_bad =
            slot.state == store::SlotState::Withheld || slot.state == store::SlotState::Failed;
        if (is_bad && !slot.key.job.starts_with("pull:")) {
            found.push_back(notice_of(slot, settings));
        }
    }
}

/// One notice of everything that waits for the relay: it is one relay.
void find_waiting_mail(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& found
) {
    std::set<std::string> reports;
    std::set<std::string> periods;
    const store::MailTrouble* soonest = nullptr;
    int waiting = 0;
    for (const store::MailTrouble& mail : around.mail) {
        if (mail.next_at) {
            ++waiting;
            reports.insert(mail.report);
            periods.insert(mail.period);
            soonest = soonest == nullptr || *mail.next_at < *soonest->next_at ? &mail : soonest;
        }
    }
    if (soonest == nullptr) {
        return;
    }
    Notice notice;
    notice.severity = Severity::Warning;
    notice.key = mail_key;
    notice.subject = "report " + joined_words(reports);
    notice.period = joined_words(periods);
    notice.step = "mail";
    notice.error_class = to_text(ErrorKind::Transient);
    notice.what = fmt::format(
        "{} messages wait for the relay {}: {}",
        waiting,
        settings.smtp ? fmt::format("{}:{}", settings.smtp->host, settings.smtp->port) : "",
        without_addresses(soonest->reply)
    );
    notice.next = fmt::format(
        "they are tried again from {} on, {} times in all",
        local_text(settings, *soonest->next_at),
        settings.smtp ? settings.smtp->max_attempts : 0
    );
    notice.command = "thidua delivery list";
    found.push_back(std::move(notice));
}

/// What nobody tries again: one notice for each edition, told once.
void find_refused_mail(const Surroundings& around, std::vector<Notice>& found) {
    std::map<std::string, std::vector<const store::MailTrouble*>> by_edition;
    for (const store::MailTrouble& mail : around.mail) {
        if (!mail.next_at) {
            by_edition[mail.edition].push_back(&mail);
        }
    }
    for (const auto& [edition, mails] : by_edition) {
        std::set<std::string> recipients;
        std::ranges::transform(
            mails,
            std::inserter(recipients, recipients.end()),
            [](const auto* mail) { return mail->recipient + " (" + mail->state + ")"; }
        );
        Notice notice;
        notice.key = std::string(refused_prefix) + edition;
        notice.subject = "report " + mails.front()->report;
        notice.period = mails.front()->period;
        notice.step = "mail";
        notice.error_class = mails.front()->state;
        notice.what = fmt::format(
            "{} has not reached {}: {}",
            edition,
            joined_words(recipients),
            without_addresses(mails.front()->reply)
        );
        notice.next = "nothing: who has got it keeps it, and the rest is for a person to decide";
        notice.command = fmt::format("thidua delivery list {} --failed", edition);
        notice.is_repeated = false;
        found.push_back(std::move(notice));
    }
}

void find_untold_leaders(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& found
) {
    if (around.untold_leaders.empty()) {
        return;
    }
    const store::NoticeRow& row = around.untold_leaders.back();  // the newest
    Notice notice;
    notice.severity = Severity::Warning;
    notice.key = leaders_key;
    notice.subject = "report " + row.key.substr(store::leaders_prefix.size());
    notice.period = local_text(settings, row.began_at);
    notice.step = "webhook";
    notice.error_class = to_text(ErrorKind::Transient);
    notice.what = "the leaders' webhook has not taken the verdict: " + row.words;
    notice.next = row.next_at
                      ? fmt::format("it is tried again at {}", local_text(settings, *row.next_at))
                      : std::string("nothing");
    notice.command = "thidua report list";
    found.push_back(std::move(notice));
}

void find_unfiled(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& found
) {
    if (around.unfiled.empty()) {
        return;
    }
    std::set<std::string> editions;
    std::ranges::transform(
        around.unfiled, std::inserter(editions, editions.end()), &store::Upload::edition
    );
    const auto final_one = std::ranges::find(around.unfiled, "failed", &store::Upload::state);
    const store::Upload& worst =
        final_one == around.unfiled.end() ? around.unfiled.front() : *final_one;
    Notice notice;
    notice.severity = worst.next_at ? Severity::Warning : Severity::Error;
    notice.key = filing_key;
    notice.subject = "report " + joined_words(editions);
    notice.period = local_text(settings, worst.began_at);
    notice.step = "filing elsewhere";
    notice.error_class = worst.state;
    notice.what = worst.words;
    notice.next = worst.next_at
                      ? "it is tried again at " + local_text(settings, *worst.next_at)
                      : "nothing; the folder of this machine and the mails are not touched";
    notice.command = "thidua report verify FOLDER";
    found.push_back(std::move(notice));
}

void find_clock(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& found
) {
    if (around.recorded_until <= around.now + clock_tolerance) {
        return;
    }
    Notice notice;
    notice.key = clock_key;
    notice.subject = "the clock";
    notice.period = local_text(settings, around.now);
    notice.step = "clock";
    notice.error_class = to_text(ErrorKind::Io);
    notice.what = fmt::format(
        "it is behind: something was recorded at {} already",
        local_text(settings, around.recorded_until)
    );
    notice.next = "what falls due is done by the clock as it is, so perhaps late";
    notice.command = "timedatectl status";
    found.push_back(std::move(notice));
}

void find_disk(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& found
) {
    if (!around.free_bytes || *around.free_bytes >= settings.store_reserve) {
        return;
    }
    const std::string folder = settings.store_path.parent_path().string();
    Notice notice;
    notice.key = disk_key;
    notice.subject = "the disk of " + folder;
    notice.period = local_text(settings, around.now);
    notice.step = "disk";
    notice.error_class = to_text(ErrorKind::Io);
    notice.what = fmt::format(
        "{} MiB are free, less than store.reserve, {} MiB",
        *around.free_bytes >> 20U,
        settings.store_reserve >> 20U
    );
    notice.next = "nothing is pulled until there is room again; digests and mails go on";
    notice.command = "df -h " + folder;
    found.push_back(std::move(notice));
}

}  // namespace

/// The zone that the agency's own times are told in.
std::string local_text(const config::Settings& settings, Instant instant) {
    return to_local_text(
        instant, settings.digest ? settings.digest->schedule.timezone : Schedule{}.timezone
    );
}

std::string joined_words(const std::set<std::string>& words) {
    std::string text;
    std::size_t named = 0;
    for (const std::string& word : words) {
        if (named++ == named_max) {
            return text + fmt::format(" and {} more", words.size() - named_max);
        }
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

const store::Slot* newest_slot(const std::vector<store::Slot>& slots, std::string_view job) {
    const auto newest =
        std::ranges::find(slots, job, [](const store::Slot& slot) { return slot.key.job; });
    return newest == slots.end() ? nullptr : &*newest;
}

std::string week_of_slot(const config::Settings& settings, Instant slot) {
    const auto week = week_reported(settings.campaign, slot);
    return week ? to_text(*week) : local_text(settings, slot);
}

bool is_of_ledger(std::string_view key) {
    return key == store_key || key == clock_key || key == disk_key || key == mail_key ||
           key == leaders_key || key == filing_key || key.starts_with(slot_prefix) ||
           key.starts_with(refused_prefix);
}

std::string without_addresses(std::string_view text) {
    std::string clean;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" <>()[],;:\"'", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        clean += word.contains('@') ? std::string_view("(address)") : word;
        clean += end < text.size() ? text.substr(end, 1) : std::string_view();
        at = end + 1;
    }
    return clean;
}

Notice store_notice(const config::Settings& settings, const Surroundings& around) {
    Notice notice;
    notice.key = store_key;
    notice.subject = "the ledger";
    notice.period = local_text(settings, around.now);
    notice.step = "store";
    notice.error_class = to_text(around.store_error->kind);
    notice.what = around.store_error->message;
    notice.next = "it is read again every minute";
    notice.command = "thidua status";
    return notice;
}

std::vector<Notice> ledger_notices(const config::Settings& settings, const Surroundings& around) {
    std::vector<Notice> found;
    find_slots(settings, around, found);
    find_waiting_mail(settings, around, found);
    find_refused_mail(around, found);
    find_untold_leaders(settings, around, found);
    find_unfiled(settings, around, found);
    find_clock(settings, around, found);
    find_disk(settings, around, found);
    return found;
}

}  // namespace thidua::daemon
