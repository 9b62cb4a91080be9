// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/file.hpp"
#include "daemon/commands.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// The week asked for, or the last complete one of the campaign.
Result<IsoWeek> week_for(const Options& options, const config::Settings& settings, Instant now) {
    const Campaign& campaign = settings.campaign;
    const IsoWeek first = week_of(campaign.start);
    const IsoWeek last = week_of(campaign.end);
    const IsoWeek complete = week_of(monday_of(week_of(day_of(now))) - std::chrono::days{1});
    const IsoWeek week = options.week.value_or(std::min(complete, last));
    if (week < first || last < week) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "report: {} is not a week of the campaign, which goes from {} to {}",
                to_text(week),
                to_text(first),
                to_text(last)
            )
        );
    }
    return week;
}

Result<void> write_documents(const std::filesystem::path& folder, const store::Edition& edition) {
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    for (const store::EditionDocument& document : edition.documents) {
        if (auto written = write_file(folder / document.file_name, document.bytes); !written) {
            return written;
        }
        fmt::print("{}\n", (folder / document.file_name).string());
    }
    return {};
}

void print_text_of(const store::Edition& edition) {
    for (const store::EditionDocument& document : edition.documents) {
        if (document.file_name.ends_with(".txt")) {
            fmt::print("{}\n\n{}", edition.subject, document.bytes);
        }
    }
}

}  // namespace

ExitCode run_report_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto editions =
        (*session)->store().call([](store::Store& store) { return store.editions(); });
    if (!editions) {
        return report_error(editions.error());
    }
    json::array array;
    for (const store::EditionSummary& edition : *editions) {
        array.push_back(
            {{"id", edition.id},
             {"period", edition.period},
             {"as_of", to_text(edition.as_of)},
             {"known_at", to_text(edition.known_at)},
             {"subject", edition.subject},
             {"recipients", edition.recipients},
             {"sent", edition.sent}}
        );
        if (!options.json) {
            fmt::print(
                "{}  {}  sent {}/{}  {}\n",
                edition.id,
                to_text(edition.known_at),
                edition.sent,
                edition.recipients,
                edition.subject
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

ExitCode run_report_render(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto week = week_for(options, settings, (*session)->clock().now());
    if (!week) {
        return report_error(week.error());
    }
    const auto edition = render_digest((*session)->service(), *week);
    if (!edition) {
        return report_error(edition.error());
    }
    if (options.out.empty()) {
        print_text_of(*edition);
        return ExitCode::Done;
    }
    const auto written = write_documents(options.out, *edition);
    return written ? ExitCode::Done : report_error(written.error());
}

ExitCode report_send(const Options& options, const Service& service, const Output& output) {
    const bool is_trial = !options.to.empty();
    const auto week = week_for(options, service.settings, service.clock.now());
    if (!week) {
        return report_error(output, week.error());
    }
    const auto edition = is_trial ? render_digest(service, *week) : publish_digest(service, *week);
    if (!edition) {
        return report_error(output, edition.error());
    }
    if (is_trial) {
        const auto sent = send_trial(service, *edition, options.to);
        if (!sent) {
            return report_error(output, sent.error());
        }
        output.out(fmt::format("trial copy of {} handed over: {}\n", edition->id, *sent));
        return ExitCode::Done;
    }
    const auto delivered = deliver_due(service);
    if (!delivered) {
        return report_error(output, delivered.error());
    }
    output.out(edition->id + ": " + describe(*delivered) + "\n");
    return tell_delivered(*delivered, output);
}

}  // namespace thidua::daemon
