// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua freeze start, status, amend
#include "daemon/commands.hpp"
#include "daemon/cycle.hpp"
#include "daemon/final_report_job.hpp"
#include "daemon/json_values.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/measure.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace thidua::daemon {
namespace {

namespace json = boost::json;
using rules::Stage;

/// The reports of the freeze that were published: by revision, ascending from 1.
Result<std::vector<store::EditionSummary>> published_reports(const Service& service) {
    const std::string prefix = "final/" + service.settings.campaign.id + "/";
    auto editions = service.store.call([](store::Store& store) { return store.editions(); });
    if (!editions) {
        return std::unexpected(editions.error());
    }
    std::erase_if(*editions, [&](const store::EditionSummary& edition) {
        return !edition.id.starts_with(prefix);
    });
    std::ranges::sort(*editions, {}, &store::EditionSummary::known_at);
    return editions;
}

Stage stage_of(std::size_t revision) {
    return revision == 1 ? Stage::Provisional : revision == 2 ? Stage::Final : Stage::Amendment;
}

/// What was published, and the two reports that are still to come.
struct FreezeStatus {
    std::vector<store::EditionSummary> published;
    rules::OpenPoints open;
    Day as_of;
};

Result<FreezeStatus> status_of(const Service& service) {
    const Campaign& campaign = service.settings.campaign;
    const Instant now = service.clock.now();
    auto published = published_reports(service);
    if (!published) {
        return std::unexpected(published.error());
    }
    const Day as_of = std::min(day_of(now), campaign.end);
    const auto standings = standings_of(service.store, service.settings, as_of, now);
    if (!standings) {
        return std::unexpected(standings.error());
    }
    return FreezeStatus{*std::move(published), rules::open_points(campaign, *standings), as_of};
}

json::object report_json(const FreezeStatus& status, const Freeze& freeze, std::size_t revision) {
    const Stage stage = stage_of(revision);
    const auto due = rules::due_at(freeze, stage);
    const store::EditionSummary* edition =
        revision <= status.published.size() ? &status.published[revision - 1] : nullptr;
    json::object object;
    object["revision"] = revision;
    object["stage"] = rules::to_text(stage);
    object["due"] = time_or_null(due);
    object["edition"] = edition ? json::value(edition->id) : json::value(nullptr);
    object["known_at"] = edition ? json::value(to_text(edition->known_at)) : json::value(nullptr);
    object["sent"] = edition ? edition->sent : 0;
    object["recipients"] = edition ? edition->recipients : 0;
    return object;
}

/// Those that fall due by themselves, and amendments.
std::size_t reports_known(const FreezeStatus& status) {
    return std::max<std::size_t>(status.published.size(), 2);
}

void print_json(const FreezeStatus& status, const Freeze& freeze) {
    json::array reports;
    for (std::size_t revision = 1; revision <= reports_known(status); ++revision) {
        reports.push_back(report_json(status, freeze, revision));
    }
    fmt::print(
        "{}",
        pretty_json(
            {{"as_of", to_text(status.as_of)},
             {"reports", std::move(reports)},
             {"undecided", json::array(status.open.undecided.begin(), status.open.undecided.end())},
             {"unfit", json::array(status.open.unfit.begin(), status.open.unfit.end())}}
        )
    );
}

void print_text(const FreezeStatus& status, const Freeze& freeze) {
    for (std::size_t revision = 1; revision <= reports_known(status); ++revision) {
        const Stage stage = stage_of(revision);
        const auto due = rules::due_at(freeze, stage);
        const bool is_there = revision <= status.published.size();
        const store::EditionSummary edition =
            is_there ? status.published[revision - 1] : store::EditionSummary{};
        fmt::print(
            "{:>2}  {:<12} {:<27} {}\n",
            revision,
            rules::to_text(stage),
            due ? "due " + to_text(*due) : "",
            is_there ? fmt::format(
                           "{}, known at {}, sent {}/{}",
                           edition.id,
                           to_text(edition.known_at),
                           edition.sent,
                           edition.recipients
                       )
                     : "not yet"
        );
    }
    for (const std::string& id : status.open.undecided) {
        fmt::print(
            "open: ambiguities: {}: nobody has decided on the reading; once somebody has, add "
            "decided_by and decided_on in the campaign's file\n",
            id
        );
    }
    for (const std::string& id : status.open.unfit) {
        fmt::print(
            "open: {}: not reconciled for every candidate; thidua reconcile shows why\n", id
        );
    }
    if (status.open.is_empty()) {
        fmt::print("nothing is open as of {}\n", to_text(status.as_of));
    }
}

ExitCode publish(const FinalReportOrder& order, const Service& service, const Output& output) {
    const auto edition = publish_final_report(service, order);
    if (!edition) {
        return report_error(output, edition.error());
    }
    output.out(fmt::format("{}: {}\n", edition->id, edition->subject));
    const auto delivered = deliver_due(service);
    if (!delivered) {
        return report_error(output, delivered.error());
    }
    output.out(describe(*delivered) + "\n");
    return ExitCode::Done;
}

Error usage(std::string message) {
    return {ErrorKind::Usage, std::move(message)};
}

}  // namespace

ExitCode run_freeze_status(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto status = status_of((*session)->service());
    if (!status) {
        return report_error(status.error());
    }
    const Freeze& freeze = settings.campaign.plan.freeze;
    options.json ? print_json(*status, freeze) : print_text(*status, freeze);
    return status->open.is_empty() ? ExitCode::Done : ExitCode::Negative;
}

ExitCode freeze_start(const Options& options, const Service& service, const Output& output) {
    const Campaign& campaign = service.settings.campaign;
    const Instant now = service.clock.now();
    const auto published = published_reports(service);
    if (!published) {
        return report_error(output, published.error());
    }
    if (!published->empty()) {
        return report_error(
            output, usage("freeze start: it has begun, with " + published->front().id)
        );
    }
    if (now <= last_instant(campaign.end)) {
        return report_error(
            output,
            usage(fmt::format(
                "freeze start: the campaign lasts to the end of {}; rehearsals show how it stands",
                to_text(campaign.end)
            ))
        );
    }
    FinalReportOrder order = report_at(campaign, Stage::Provisional);
    order.known_at = now;
    order.started_by = options.by;
    return publish(order, service, output);
}

ExitCode freeze_amend(const Options& options, const Service& service, const Output& output) {
    const auto published = published_reports(service);
    if (!published) {
        return report_error(output, published.error());
    }
    constexpr std::size_t final_revision = 2;
    if (published->size() < final_revision) {
        return report_error(
            output,
            usage(fmt::format(
                "freeze amend: there is no final report yet; it is due {}",
                to_text(service.settings.campaign.plan.freeze.final)
            ))
        );
    }
    const auto number = static_cast<int>(published->size() - final_revision) + 1;
    FinalReportOrder order;
    order.stage = Stage::Amendment;
    order.as_of = service.settings.campaign.end;
    order.known_at = service.clock.now();
    order.revision = static_cast<int>(published->size()) + 1;
    order.amendment = {number, options.note, options.approved_by, options.document};
    order.started_by = options.by;
    return publish(order, service, output);
}

}  // namespace thidua::daemon
