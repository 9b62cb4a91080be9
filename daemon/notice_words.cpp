// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/notice_words.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t told_at_once_max = 20;

std::string_view to_text(Notice::Severity severity) {
    return severity == Notice::Severity::Error ? "error" : "warning";
}

std::string_view to_text(Telling::Turn turn) {
    switch (turn) {
        case Telling::Turn::Begins:
            return "new";
        case Telling::Turn::Lasts:
            return "lasts";
        case Telling::Turn::Over:
            return "over";
    }
    return "new";
}

/// "error" or "cleared": what a reader looks for first.
std::string_view headword(const Telling& telling) {
    return telling.turn == Telling::Turn::Over ? "cleared" : to_text(telling.notice.severity);
}

/// Every field but severity and the flag, by its name.
constexpr std::array<std::pair<std::string_view, std::string Notice::*>, 8> fields{{
    {"key", &Notice::key},
    {"subject", &Notice::subject},
    {"period", &Notice::period},
    {"step", &Notice::step},
    {"class", &Notice::error_class},
    {"what", &Notice::what},
    {"next", &Notice::next},
    {"command", &Notice::command},
}};

json::object notice_json(const Notice& notice) {
    json::object object;
    object["severity"] = to_text(notice.severity);
    for (const auto& [name, field] : fields) {
        object[name] = notice.*field;
    }
    object["repeated"] = notice.is_repeated;
    return object;
}

std::string block_of(const Telling& telling) {
    const Notice& notice = telling.notice;
    if (telling.turn == Telling::Turn::Over) {
        return fmt::format(
            "[cleared] {}, {}, {}: it is right again (it began at {})\n",
            notice.subject,
            notice.period,
            notice.step,
            thidua::to_text(telling.since)
        );
    }
    return fmt::format(
        "[{}] {}\n  period:  {}\n  step:    {}\n  class:   {}\n  what:    {}\n  next:    {}\n"
        "  command: {}\n  since:   {}{}\n",
        headword(telling),
        notice.subject,
        notice.period,
        notice.step,
        notice.error_class,
        notice.what,
        notice.next,
        notice.command,
        thidua::to_text(telling.since),
        telling.turn == Telling::Turn::Lasts ? ", and it lasts" : ""
    );
}

}  // namespace

std::string line_of(const Telling& telling) {
    const Notice& notice = telling.notice;
    if (telling.turn == Telling::Turn::Over) {
        return fmt::format("notice {}: cleared: {}, {}", notice.key, notice.subject, notice.period);
    }
    return fmt::format(
        "notice {}: {}, {}, step {} ({}): {}; next: {}; run: {}",
        notice.key,
        notice.subject,
        notice.period,
        notice.step,
        notice.error_class,
        notice.what,
        notice.next,
        notice.command
    );
}

std::string subject_of(std::span<const Telling> tellings) {
    const auto worst = std::ranges::max_element(tellings, {}, [](const Telling& telling) {
        const bool is_error = telling.notice.severity == Notice::Severity::Error;
        return telling.turn == Telling::Turn::Over ? 0 : is_error ? 2 : 1;
    });
    if (worst == tellings.end()) {
        return "thidua: nothing";
    }
    const std::string more =
        tellings.size() > 1 ? fmt::format(" and {} more", tellings.size() - 1) : "";
    return fmt::format(
        "[thidua] {}: {}, {}{}", headword(*worst), worst->notice.subject, worst->notice.period, more
    );
}

std::string text_of(std::span<const Telling> tellings) {
    std::string text;
    for (const Telling& telling : tellings.first(std::min(tellings.size(), told_at_once_max))) {
        text += (text.empty() ? "" : "\n") + block_of(telling);
    }
    if (tellings.size() > told_at_once_max) {
        text += fmt::format("\n... and {} more\n", tellings.size() - told_at_once_max);
    }
    return text;
}

json::object webhook_json(std::span<const Telling> tellings) {
    json::array notices;
    for (const Telling& telling : tellings.first(std::min(tellings.size(), told_at_once_max))) {
        json::object object = notice_json(telling.notice);
        object["state"] = to_text(telling.turn);
        object["since"] = thidua::to_text(telling.since);
        notices.push_back(std::move(object));
    }
    json::object message;
    message["text"] = subject_of(tellings) + "\n\n" + text_of(tellings);
    message["notices"] = std::move(notices);
    return message;
}

std::string to_json_text(const Notice& notice) {
    return json::serialize(notice_json(notice));
}

std::optional<Notice> notice_from_json(std::string_view text) {
    boost::system::error_code code;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), code);
    const json::object* object = code ? nullptr : value.if_object();
    if (object == nullptr) {
        return std::nullopt;
    }
    Notice notice;
    for (const auto& [name, field] : fields) {
        const json::value* member = object->if_contains(name);
        if (member == nullptr || !member->is_string()) {
            return std::nullopt;
        }
        notice.*field = std::string(member->get_string());
    }
    const json::value* severity = object->if_contains("severity");
    const json::value* repeated = object->if_contains("repeated");
    if (severity == nullptr || repeated == nullptr || !repeated->is_bool()) {
        return std::nullopt;
    }
    notice.severity = *severity == "warning" ? Notice::Severity::Warning : Notice::Severity::Error;
    notice.is_repeated = repeated->get_bool();
    return notice;
}

}  // namespace thidua::daemon
