// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/machine.hpp"

#include "core/file.hpp"
#include "core/free_space.hpp"
#include "daemon/json_values.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

namespace thidua::daemon::web {
namespace {

namespace json = boost::json;

/// The loop looks at the clock at least every 30 s.
constexpr std::chrono::minutes loop_is_dead_after{2};

void add_secret(
    std::vector<std::string>& missing, const char* key, const std::filesystem::path& file
) {
    if (!file.empty() && ::access(file.c_str(), R_OK) != 0) {
        missing.push_back(fmt::format("{}: {} cannot be read", key, file.string()));
    }
}

void add_space(std::vector<std::string>& missing, const config::Settings& settings) {
    const auto free = free_space(folder_of(settings.store_path));
    if (free && free->bytes < settings.store_reserve) {
        missing.push_back("disk: less is free than store.reserve; nothing is pulled");
    }
}

}  // namespace

std::vector<std::string> missing_parts(
    const DaemonFacts& facts, const config::Settings& settings, const Result<Reader*>& reader
) {
    std::vector<std::string> missing;
    if (facts.is_stopping) {
        missing.emplace_back("service: it is stopping");
    }
    if (!reader) {
        missing.push_back("store: " + reader.error().message);
    } else {
        const auto head =
            (*reader)->store().call([](store::Store& store) { return store.audit_head(); });
        if (!head) {
            missing.push_back("store: " + head.error().message);
        }
        if ((*reader)->now() - facts.looked_at > loop_is_dead_after) {
            missing.emplace_back("schedule: the work loop has not looked at the clock for minutes");
        }
    }
    if (!facts.next_due) {
        missing.emplace_back("schedule: the first cycle has not ended yet");
    }
    add_space(missing, settings);
    if (settings.smtp) {
        add_secret(missing, "smtp.auth_password_file", settings.smtp->auth_password_file);
    }
    add_secret(missing, "web.password_file", settings.web.password_file);
    return missing;
}

json::object status_json(
    const DaemonFacts& facts,
    const config::Settings& settings,
    const std::vector<SourceStatus>& sources,
    const std::vector<std::string>& missing
) {
    json::object object = version_json();
    object["campaign"] = settings.campaign.id;
    object["config_hash"] = facts.config_hash;
    object["started_at"] = to_text(facts.started_at);
    object["busy"] = facts.is_busy;
    object["next_due"] = time_or_null(facts.next_due);
    object["last_cycle_end"] = time_or_null(facts.last_cycle_end);
    object["last_reload_successful"] = facts.is_last_reload_good;
    object["ready"] = missing.empty();
    object["missing"] = json::array(missing.begin(), missing.end());
    json::array array;
    for (const SourceStatus& source : sources) {
        array.push_back(
            {{"name", source.name},
             {"state", to_text(source.state)},
             {"past_limit", source.past_limit},
             {"data_through", time_or_null(source.data_through)}}
        );
    }
    object["sources"] = std::move(array);
    return object;
}

json::object version_json() {
    return {{"program", "thidua"}, {"version", THIDUA_VERSION}};
}

}  // namespace thidua::daemon::web
