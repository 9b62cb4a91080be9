// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua report show|reproduce: what was published, made again.
#include "core/file.hpp"
#include "daemon/alert_job.hpp"
#include "daemon/commands.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/final_report_job.hpp"
#include "daemon/json_values.hpp"
#include "daemon/nomination_job.hpp"
#include "daemon/opened_edition.hpp"
#include "daemon/published_json.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/unit_edition_job.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// The edition that was asked for, with the clock at the instant at which it was made.
Result<OpenedEdition> open_at_its_time(const Options& options, const config::Settings& settings) {
    auto opened = open_edition(options, settings);
    if (!opened) {
        return opened;
    }
    opened->session.reset();
    auto session = Session::open(settings, Session::Purpose::Read, opened->edition.created_at, {});
    if (!session) {
        return std::unexpected(session.error());
    }
    opened->session = *std::move(session);
    return opened;
}

/// The order by which a report on the awards was made, as its manifest has it.
FinalReportOrder order_of(const store::Edition& edition) {
    constexpr std::array stages{
        rules::Stage::Rehearsal,
        rules::Stage::Provisional,
        rules::Stage::Final,
        rules::Stage::Amendment};
    const json::value manifest = json::parse(manifest_of(edition));
    const std::string stage = json::value_to<std::string>(manifest.at("stage"));
    const auto* const place =
        std::ranges::find(stages, stage, [](rules::Stage one) { return rules::to_text(one); });
    FinalReportOrder order{
        .stage = place == stages.end() ? rules::Stage::Rehearsal : *place,
        .as_of = edition.as_of,
        .known_at = edition.known_at,
        .revision = json::value_to<int>(manifest.at("revision"))};
    const json::value& started_by = manifest.at("started_by");
    order.started_by = started_by.is_null() ? "" : json::value_to<std::string>(started_by);
    if (const json::value* note = manifest.as_object().if_contains("amendment")) {
        order.amendment = reports::AmendmentNote{
            json::value_to<int>(note->at("number")),
            json::value_to<std::string>(note->at("reason")),
            json::value_to<std::string>(note->at("approved_by")),
            json::value_to<std::string>(note->at("document"))};
    }
    return order;
}

/// The same edition made once more, by this program and this configuration.
Result<store::Edition> make_again(const Service& service, const store::Edition& edition) {
    if (edition.report == "weekly" || edition.report == "unit") {
        const auto week = parse_week(edition.period);
        if (!week) {
            return fail(ErrorKind::Data, edition.id + ": " + edition.period + " is no week");
        }
        if (edition.report == "weekly") {
            return render_digest(service, *week);
        }
        const auto unit = edition.id.find('/', edition.id.find('/') + 1) + 1;
        return render_unit_edition(
            service, *week, edition.id.substr(unit, edition.id.rfind('/') - unit)
        );
    }
    if (edition.report == "alert") {
        return render_alert_edition(service, edition.id);
    }
    if (edition.report == "nomination") {
        return render_nomination_edition(service, edition.id);
    }
    try {
        return render_final_report(service, order_of(edition));
    } catch (const std::exception& error) {
        return fail(ErrorKind::Data, "manifest of " + edition.id + ": " + error.what());
    }
}

/// Names of the documents that are not the same, or not in both.
std::vector<std::string> different_documents(
    const store::Edition& before, const store::Edition& now
) {
    std::vector<std::string> names;
    const auto has = [](const store::Edition& edition, const store::EditionDocument& document) {
        return std::ranges::any_of(edition.documents, [&](const store::EditionDocument& one) {
            return one.file_name == document.file_name && one.bytes == document.bytes;
        });
    };
    for (const store::EditionDocument& document : before.documents) {
        if (!has(now, document)) {
            names.push_back(document.file_name);
        }
    }
    for (const store::EditionDocument& document : now.documents) {
        if (!has(before, document) && std::ranges::find(names, document.file_name) == names.end()) {
            names.push_back(document.file_name);
        }
    }
    return names;
}

json::array changes_json(const rules::Changes& changes) {
    json::array array;
    for (const auto& change : changes.figures) {
        array.push_back(changed_json(change));
    }
    return array;
}

void print_changes(const rules::Changes& changes) {
    for (const auto& change : changes.figures) {
        fmt::print("  {}\n", changed_text(change));
    }
    for (const auto& change : changes.verdicts) {
        const rules::PublishedVerdict& one = change.now ? *change.now : *change.before;
        fmt::print(
            "  {} {}: {} before, {} now\n",
            one.candidate,
            one.award,
            change.before ? change.before->words : "none",
            change.now ? change.now->words : "none"
        );
    }
}

Result<rules::Changes> changes_of(const store::Edition& before, std::string_view manifest_now) {
    const auto said = read_published(manifest_of(before));
    const auto says = read_published(manifest_now);
    if (!said || !says) {
        return failed("manifest of " + before.id, said ? says.error() : said.error());
    }
    return rules::changes_between(*said, *says);
}

/// The message to one recipient, as it was handed to the relay. Errors: Usage if there is none; Io.
Result<std::string> message_to(
    const Session& session, const store::Edition& edition, const std::string& recipient
) {
    return session.service().store.call([&](store::Store& store) -> Result<std::string> {
        const auto deliveries = store.deliveries(edition.id);
        if (!deliveries) {
            return std::unexpected(deliveries.error());
        }
        const auto delivery =
            std::ranges::find(*deliveries, recipient, &store::Delivery::recipient);
        if (delivery == deliveries->end()) {
            return fail(
                ErrorKind::Usage, "report show: " + edition.id + " has no recipient " + recipient
            );
        }
        return store.artefact(delivery->sha256);
    });
}

}  // namespace

ExitCode run_report_show(const Options& options, const config::Settings& settings) {
    const auto opened = open_edition(options, settings);
    if (!opened) {
        return report_error(opened.error());
    }
    const store::Edition& edition = opened->edition;
    if (!options.to.empty()) {
        const auto message = message_to(*opened->session, edition, options.to);
        if (!message) {
            return report_error(message.error());
        }
        fmt::print("{}", *message);
        return ExitCode::Done;
    }
    for (const store::EditionDocument& document : edition.documents) {
        if (!options.out.empty()) {
            std::error_code code;
            std::filesystem::create_directories(options.out, code);
            const auto path = options.out / document.file_name;
            if (auto written = write_file(path, document.bytes); !written) {
                return report_error(written.error());
            }
            fmt::print("{}\n", path.string());
        } else if (document.file_name.ends_with(".txt")) {
            fmt::print("{}\n\n{}", edition.subject, document.bytes);
        }
    }
    if (options.out.empty()) {
        fmt::print("{}", minutes_text(edition.id, manifest_sha256(edition)));
    }
    return ExitCode::Done;
}

ExitCode run_report_reproduce(const Options& options, const config::Settings& settings) {
    const auto then = open_at_its_time(options, settings);
    if (!then) {
        return report_error(then.error());
    }
    const auto again = make_again(then->session->service(), then->edition);
    if (!again) {
        return report_error(again.error());
    }
    const auto changes = changes_of(then->edition, manifest_of(*again));
    if (!changes) {
        return report_error(changes.error());
    }
    const auto files = different_documents(then->edition, *again);
    const bool same_config = then->edition.config_hash == settings.hash;
    const std::string outcome = files.empty()         ? "byte-identical"
                                : changes->is_empty() ? "figures-identical"
                                                      : "figures-differ";
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(
                {{"edition", then->edition.id},
                 {"outcome", outcome},
                 {"same_configuration", same_config},
                 {"files", json::array(files.begin(), files.end())},
                 {"changes", changes_json(*changes)}}
            )
        );
    } else if (files.empty()) {
        fmt::print("{}: byte-identical, {} files\n", then->edition.id, again->documents.size());
    } else if (changes->is_empty()) {
        fmt::print(
            "{}: figures identical, {} differs: {}\n",
            then->edition.id,
            same_config ? "engine" : "configuration",
            fmt::join(files, ", ")
        );
    } else {
        fmt::print("{}: figures differ\n", then->edition.id);
        print_changes(*changes);
    }
    return changes->is_empty() ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace thidua::daemon
