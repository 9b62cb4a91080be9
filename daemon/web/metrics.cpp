// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/metrics.hpp"

#include <fmt/format.h>

namespace thidua::daemon::web {
namespace {

std::string escaped_label(std::string_view value) {
    std::string text;
    for (const char letter : value) {
        if (letter == '\\' || letter == '"') {
            text += '\\';
        }
        text += letter == '\n' ? "\\n" : std::string(1, letter);
    }
    return text;
}

void add_program(MetricsText& text, const DaemonFacts& facts, const MetricsInput& input) {
    text.family("build_info", "gauge", "The running program and its campaign.");
    text.sample({{"version", THIDUA_VERSION}, {"campaign", input.campaign}}, 1);
    text.family("config_hash", "gauge", "The configuration that the service runs with.");
    text.sample({{"hash", facts.config_hash}}, 1);
    text.family("config_last_reload_successful", "gauge", "Whether the last reload was taken up.");
    text.sample({}, facts.is_last_reload_good ? 1 : 0);
    text.family(
        "config_last_reload_success_timestamp_seconds",
        "gauge",
        "When the running configuration was taken up."
    );
    text.sample({}, facts.loaded_at);
    text.family("start_timestamp_seconds", "gauge", "When the service began.");
    text.sample({}, facts.started_at);
    text.family("busy", "gauge", "Whether a cycle or a command is under way.");
    text.sample({}, facts.is_busy ? 1 : 0);
    if (facts.last_cycle_end) {
        text.family("last_cycle_end_timestamp_seconds", "gauge", "When the last cycle ended.");
        text.sample({}, *facts.last_cycle_end);
    }
}

void add_source_state(MetricsText& text, const MetricsInput& input) {
    text.family("source_up", "gauge", "Whether the source's last pull ended well, in its limit.");
    for (const SourceStatus& source : input.sources) {
        const bool is_well = source.state == SourceStatus::State::Fresh && !source.past_limit;
        text.sample({{"source", source.name}}, is_well ? 1 : 0);
    }
    text.family(
        "source_data_as_of_timestamp_seconds", "gauge", "Until when the source's data are whole."
    );
    for (const SourceStatus& source : input.sources) {
        if (source.data_through) {
            text.sample({{"source", source.name}}, *source.data_through);
        }
    }
    text.family("source_last_success_timestamp_seconds", "gauge", "When a pull last ended well.");
    for (const store::PullSummary& pull : input.last_pulls) {
        if (pull.state == "complete" && pull.finished_at) {
            text.sample({{"source", pull.source}}, *pull.finished_at);
        }
    }
    text.family("source_rows", "gauge", "Records of the source's last pull, without repeats.");
    for (const store::PullSummary& pull : input.last_pulls) {
        text.sample({{"source", pull.source}}, pull.records);
    }
}

void add_source_counts(MetricsText& text, const DaemonFacts& facts, const MetricsInput& input) {
    text.family("source_runs_total", "counter", "Pulls since the service began.");
    for (const auto& [key, count] : facts.pulls) {
        text.sample(
            {{"source", key.first}, {"result", key.second}}, static_cast<std::int64_t>(count)
        );
    }
    text.family("source_errors_total", "counter", "Failed pulls since the service began.");
    for (const auto& [key, count] : facts.errors) {
        text.sample(
            {{"source", key.first}, {"error_type", key.second}}, static_cast<std::int64_t>(count)
        );
    }
    text.family(
        "quarantine_rows", "gauge", "Records that could not be read and wait for a person."
    );
    for (const SourceStatus& source : input.sources) {
        const auto rows = input.quarantined.find(source.name);
        text.sample({{"source", source.name}}, rows == input.quarantined.end() ? 0 : rows->second);
    }
}

/// Each figure of each unit, and of the whole as unit "total".
template <class Visit>
void for_each_figure(const rules::Standings& standings, Visit visit) {
    for (const rules::UnitStanding& unit : standings.units) {
        for (const rules::Figure& figure : unit.figures) {
            visit(unit.code, figure);
        }
    }
    for (const rules::Figure& figure : standings.total.figures) {
        visit("total", figure);
    }
}

void add_figures(MetricsText& text, const rules::Standings& standings) {
    const auto labels = [](const std::string& unit, const rules::Figure& figure) {
        return MetricsText::Labels{{"indicator", figure.indicator}, {"unit", unit}};
    };
    text.family("unmapped_rows", "gauge", "Received dossiers whose unit code names no unit.");
    text.sample({}, standings.unmapped);
    text.family("indicator_ratio", "gauge", "Of an indicator; absent without data or activity.");
    for_each_figure(standings, [&](const std::string& unit, const rules::Figure& figure) {
        if (figure.counts && figure.counts->denominator > 0) {
            text.sample(labels(unit, figure), *figure.counts);
        }
    });
    text.family("indicator_numerator", "gauge", "What is counted; absent without data.");
    for_each_figure(standings, [&](const std::string& unit, const rules::Figure& figure) {
        if (figure.counts) {
            text.sample(labels(unit, figure), figure.counts->numerator);
        }
    });
    text.family("indicator_denominator", "gauge", "What it is counted of; absent without data.");
    for_each_figure(standings, [&](const std::string& unit, const rules::Figure& figure) {
        if (figure.counts) {
            text.sample(labels(unit, figure), figure.counts->denominator);
        }
    });
    text.family("indicator_fit", "gauge", "Whether the figure is fit to be published.");
    for_each_figure(standings, [&](const std::string& unit, const rules::Figure& figure) {
        text.sample(labels(unit, figure), rules::is_fit(figure.fitness) ? 1 : 0);
    });
    text.family("indicator_gap", "gauge", "How many more are needed; only below a target.");
    for_each_figure(standings, [&](const std::string& unit, const rules::Figure& figure) {
        auto with = labels(unit, figure);
        with.emplace_back("assumption", "convert");
        if (figure.convert) {
            text.sample(with, *figure.convert);
        }
        with.back().second = "new_all_online";
        if (figure.new_all_online) {
            text.sample(with, *figure.new_all_online);
        }
    });
}

void add_schedule(MetricsText& text, const MetricsInput& input) {
    text.family("alerts", "gauge", "Units and indicators by the state of their reminder.");
    for (const auto& [state, count] : input.alerts) {
        text.sample({{"state", state}}, count);
    }
    text.family("silences", "gauge", "Silences by state.");
    text.sample({{"state", "active"}}, input.silences);
    text.family("schedule_next_fire_timestamp_seconds", "gauge", "When a job falls due next.");
    for (const auto& [job, at] : input.next_fires) {
        text.sample({{"job", job}}, at);
    }
    text.family("report_runs_total", "counter", "Occurrences on file, by how they ended.");
    for (const auto& [key, count] : input.runs) {
        text.sample({{"report", key.first}, {"result", key.second}}, count);
    }
    text.family("report_overdue", "gauge", "Whether a report that fell due has not ended in time.");
    for (const auto& [report, is_overdue] : input.overdue) {
        text.sample({{"report", report}}, is_overdue ? 1 : 0);
    }
}

void add_ledger(MetricsText& text, const MetricsInput& input) {
    text.family("delivery_messages_total", "counter", "Messages on file, by how they ended.");
    for (const auto& [key, count] : input.delivered) {
        text.sample({{"report", key.first}, {"result", key.second}}, count);
    }
    text.family("delivery_queue_messages", "gauge", "Messages that are yet to be handed over.");
    text.sample({}, input.queued);
    text.family(
        "delivery_oldest_pending_seconds",
        "gauge",
        "Since when the edition of the oldest of them is made; 0: none waits."
    );
    text.sample({}, input.oldest_queued.value_or(std::chrono::seconds{0}).count());
    if (input.store_bytes) {
        text.family("db_size_bytes", "gauge", "Size of the store's file.");
        text.sample({}, *input.store_bytes);
    }
    if (input.last_backup) {
        text.family(
            "backup_last_success_timestamp_seconds", "gauge", "When a scheduled copy ended well."
        );
        text.sample({}, *input.last_backup);
    }
}

void add_server(MetricsText& text, const Counters& server) {
    text.family("web_requests_total", "counter", "Requests since the service began.");
    text.sample({}, static_cast<std::int64_t>(server.requests.load()));
    text.family("web_refused_total", "counter", "Requests refused for their form or their number.");
    text.sample({}, static_cast<std::int64_t>(server.refused.load()));
    text.family("web_evicted_total", "counter", "Connections ended to make room for others.");
    text.sample({}, static_cast<std::int64_t>(server.evicted.load()));
    text.family("web_connections", "gauge", "Connections just now.");
    text.sample({}, static_cast<std::int64_t>(server.connections.load()));
}

}  // namespace

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = fmt::format("thidua_{}", name);
    text_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name_, type, help);
}

void MetricsText::line(const Labels& labels, std::string_view value) {
    std::string inner;
    for (const auto& [name, text] : labels) {
        inner += fmt::format(R"({}{}="{}")", inner.empty() ? "" : ",", name, escaped_label(text));
    }
    text_ += name_ + (inner.empty() ? "" : "{" + inner + "}") + fmt::format(" {}\n", value);
}

void MetricsText::sample(const Labels& labels, std::int64_t value) {
    line(labels, std::to_string(value));
}

void MetricsText::sample(const Labels& labels, const Ratio& value) {
    line(
        labels,
        fmt::format(
            "{:.17g}", static_cast<double>(value.numerator) / static_cast<double>(value.denominator)
        )
    );
}

void MetricsText::sample(const Labels& labels, Instant value) {
    const auto milliseconds = value.time_since_epoch().count();
    line(labels, fmt::format("{}.{:03}", milliseconds / 1000, milliseconds % 1000));
}

std::string metrics_text(
    const DaemonFacts& facts, const Counters& server, const MetricsInput& input
) {
    MetricsText text;
    add_program(text, facts, input);
    add_source_state(text, input);
    add_source_counts(text, facts, input);
    if (input.standings != nullptr) {
        add_figures(text, *input.standings);
    }
    add_schedule(text, input);
    add_ledger(text, input);
    add_server(text, server);
    return text.text();
}

}  // namespace thidua::daemon::web
