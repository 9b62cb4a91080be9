// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/log.hpp"

#include "core/text.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace thidua::daemon {

void set_up_log() {
    auto logger = spdlog::stderr_logger_mt("thidua");
    const bool under_journal = std::getenv("JOURNAL_STREAM") != nullptr;
    logger->set_pattern(under_journal ? "%l: %v" : "%Y-%m-%dT%H:%M:%S%z %l: %v");
    spdlog::set_default_logger(std::move(logger));
}

void log_error(const std::string& line) {
    spdlog::error("{}", one_line(line));
}

void log_warning(const std::string& line) {
    spdlog::warn("{}", one_line(line));
}

void log_info(const std::string& line) {
    spdlog::info("{}", one_line(line));
}

std::string describe(const PullReport& report) {
    const std::string counts = fmt::format(
        "{} slices, {} records, {} changed, {} rejected, {} requests",
        report.slices,
        report.records,
        report.changed,
        report.rejected,
        report.requests
    );
    if (report.error) {
        return fmt::format(
            "{}: failed ({}): {}; published before that: {}",
            report.source,
            to_text(report.error->kind),
            report.error->message,
            counts
        );
    }
    return fmt::format(
        "{}: complete{}: {}", report.source, report.is_sweep ? " (all of the campaign)" : "", counts
    );
}

void log_cycle(const CycleReport& report) {
    for (const PullReport& pull : report.pulls) {
        if (!pull.error) {
            log_info("pull " + describe(pull));
        } else if (pull.error->kind == ErrorKind::Stopped) {
            log_info("pull " + describe(pull) + "; it starts again with the next run");
        } else if (pull.error->kind == ErrorKind::Transient) {
            log_warning("pull " + describe(pull) + "; retrying in 30 minutes");
        } else {
            const bool again = is_worth_another_try(*pull.error);
            log_error("pull " + describe(pull) + (again ? "; retrying in 30 minutes" : ""));
        }
        for (const std::string& notice : pull.notices) {
            log_warning(notice);
        }
        if (!pull.first_rejection.empty()) {
            log_warning(fmt::format(
                "pull {}: {} records refused by themselves, the first at {}",
                pull.source,
                pull.rejected,
                pull.first_rejection
            ));
        }
    }
    for (const store::Edition& edition : report.editions) {
        log_info("edition " + edition.id + " published, known at " + to_text(edition.known_at));
    }
    const DeliveryReport& mail = report.deliveries;
    const std::string outcome = "deliveries: " + describe(mail);
    if (mail.refused > 0) {
        log_error(outcome + "; last reply: " + mail.last_reply);
    } else if (mail.deferred + mail.unknown > 0) {
        log_warning(outcome + ", they are tried again; last reply: " + mail.last_reply);
    } else if (mail.sent > 0) {
        log_info(outcome);
    }
    for (const Error& error : report.errors) {
        log_error(error.message);
    }
}

}  // namespace thidua::daemon
