// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/digest_job.hpp"

#include "daemon/edition_figures.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/messages.hpp"
#include "daemon/past_weeks.hpp"
#include "daemon/restatements.hpp"
#include "daemon/schedule.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/week_before.hpp"
#include "reports/digest.hpp"
#include "reports/edition_workbook.hpp"
#include "reports/xlsx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace thidua::daemon {
namespace {

/// A digest made later than this after its slot says so ("gửi bù").
constexpr std::chrono::hours late_after{1};

/// The instant at which the digest of `week` falls due: the first one scheduled after its Sunday.
Instant due_at(const config::Settings& settings, IsoWeek week) {
    const Instant end = last_instant(sunday_of(week));
    const auto after =
        occurrences(settings.digest->schedule, settings.calendar, end, end + std::chrono::days{40});
    check(!after.empty(), "a digest is weekly");
    return after.front().due_at;
}

/// What a digest is made from.
struct Material {
    EditionFigures figures;
    WeekBefore before;
    std::vector<reports::PastWeek> past;
    std::vector<rules::Restatement> restated;  ///< of the digest of the week before
    std::vector<Evidence> evidence;
    std::vector<Silence> silences;
    store::AuditHead seal;
};

Result<Material> gather_material(const Service& service, IsoWeek week, Instant now) {
    const Day last = last_day_of(service.settings.campaign, week);
    auto figures = edition_figures(service, last, now);
    if (!figures) {
        return std::unexpected(figures.error());
    }
    auto before = week_before(service, week, now);
    if (!before) {
        return std::unexpected(before.error());
    }
    std::vector<rules::Restatement> restated;
    if (before->digest) {
        auto found = restatements_of(service.store, service.settings, *before->digest, now);
        if (!found) {
            return std::unexpected(found.error());
        }
        restated = *std::move(found);
    }
    auto seal = seal_for(service, edition_id(week));
    if (!seal) {
        return std::unexpected(seal.error());
    }
    const auto past = PastWeeks::load(service, week);
    if (!past) {
        return std::unexpected(past.error());
    }
    auto evidence = service.store.call([&](store::Store& store) { return store.evidence(now); });
    if (!evidence) {
        return std::unexpected(evidence.error());
    }
    auto silences = service.store.call([&](store::Store& store) { return store.silences(now); });
    if (!silences) {
        return std::unexpected(silences.error());
    }
    return Material{
        *std::move(figures),
        *std::move(before),
        past->of_all(service.settings.campaign),
        std::move(restated),
        *std::move(evidence),
        *std::move(silences),
        *std::move(seal)};
}

reports::DigestInput input_of(
    const config::Settings& settings, IsoWeek week, const Material& material, Instant now
) {
    reports::DigestInput input{
        .campaign = settings.campaign, .week = week, .standings = material.figures.standings};
    input.previous = material.before.standings ? &*material.before.standings : nullptr;
    input.past = material.past;
    for (const config::Recipient& recipient :
         recipients_on(settings.digest->recipients, day_of(now))) {
        input.recipients.push_back(recipient.name);
    }
    input.is_late = is_late_for(settings, week, now);
    input.config_hash = settings.hash;
    input.seal = printed(material.seal);
    input.restated = material.restated;
    input.evidence = material.evidence;
    input.silences = material.silences;
    input.reconciled = material.figures.reconciled;
    input.texts = settings.digest->texts;
    return input;
}

/// The digest in every form: each document is called `name` and what it is.
Result<void> add_documents(
    store::Edition& edition,
    const std::string& name,
    const reports::DigestInput& input,
    const EditionFigures& figures
) {
    const reports::Document document = reports::weekly_digest(input);
    if (auto added = add_document(edition, name, document); !added) {
        return added;
    }
    auto workbook =
        reports::render_xlsx(reports::digest_workbook(document, {input, figures.procedures}));
    if (!workbook) {
        return std::unexpected(workbook.error());
    }
    edition.documents.push_back({name + ".xlsx", *std::move(workbook)});
    return {};
}

}  // namespace

Day last_day_of(const Campaign& campaign, IsoWeek week) {
    return std::min(sunday_of(week), campaign.end);
}

bool is_late_for(const config::Settings& settings, IsoWeek week, Instant made_at) {
    return made_at > due_at(settings, week) + late_after;
}

std::string edition_id(IsoWeek week) {
    return fmt::format("weekly/{}/all/1", to_text(week));
}

Result<store::Edition> render_digest(const Service& service, IsoWeek week) {
    const config::Settings& settings = service.settings;
    if (!settings.digest) {
        return fail(
            ErrorKind::Config,
            settings.file.string() + ": reports.weekly: not configured, there is no digest to make"
        );
    }
    const Instant now = service.clock.now();
    const auto material = gather_material(service, week, now);
    if (!material) {
        return failed("digest " + to_text(week), material.error());
    }
    const rules::Standings& standings = material->figures.standings;
    store::Edition edition;
    edition.id = edition_id(week);
    edition.report = "weekly";
    edition.period = to_text(week);
    edition.as_of = standings.as_of;
    edition.known_at = now;
    edition.created_at = now;
    edition.config_hash = settings.hash;
    const std::string name = edition_base_name(week, standings.fitness);
    const reports::DigestInput input = input_of(settings, week, *material, now);
    if (auto added = add_documents(edition, name, input, material->figures); !added) {
        return failed("digest " + to_text(week), added.error());
    }
    const ManifestFacts facts{manifest_sha256(material->before.digest), material->seal};
    edition.documents.push_back(
        {name + std::string(manifest_suffix), pretty_json(make_manifest(edition, standings, facts))}
    );
    if (auto added = add_messages(
            settings,
            settings.digest->recipients,
            edition,
            {mail_parts_of(edition), edition_folder(settings.digest->file_to, week)}
        );
        !added) {
        return std::unexpected(added.error());
    }
    return edition;
}

Result<store::Edition> publish_digest(
    const Service& service, IsoWeek week, const std::optional<store::SlotKey>& slot
) {
    const auto folder = [&] { return edition_folder(service.settings.digest->file_to, week); };
    return publish_once(
        service, {edition_id(week), slot}, [&] { return render_digest(service, week); }, folder
    );
}

}  // namespace thidua::daemon
