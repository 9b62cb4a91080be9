// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/final_report_job.hpp"

#include "daemon/award_json.hpp"
#include "daemon/awards.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/edition_figures.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/measure.hpp"
#include "daemon/messages.hpp"
#include "daemon/published_json.hpp"
#include "daemon/standings_json.hpp"
#include "reports/edition_workbook.hpp"
#include "reports/final_report_annex.hpp"
#include "reports/mail.hpp"
#include "reports/pdf.hpp"
#include "reports/xlsx.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace thidua::daemon {
namespace {

using rules::Stage;

/// A report made later than this after its hour says so ("lập muộn").
constexpr std::chrono::hours late_after{1};

/// What a report is made from. The eligibility has views of the standings: it does not move.
struct Material {
    rules::Standings standings;
    rules::OpenPoints open;
    std::vector<rules::Eligibility> eligibility;
    rules::Standings read_otherwise;
    std::vector<rules::TwoReadings> readings;
    std::vector<rules::ProcedureCounts> procedures;
    std::vector<reports::ReconciledPair> reconciled;
    rules::WeeksTested weeks;
    std::optional<store::Edition> before;
    std::optional<rules::Changes> changes;
    store::AuditHead seal;
};

/// The edition that this one takes the place of: of the final report the revision before it.
Result<std::optional<store::Edition>> find_before(
    const Service& service, const FinalReportOrder& order
) {
    if (order.stage == Stage::Rehearsal || order.revision == 1) {
        return std::optional<store::Edition>();
    }
    FinalReportOrder before = order;
    before.revision = order.revision - 1;
    const std::string id = final_report_id(service.settings.campaign, before);
    return service.store.call([&](store::Store& store) { return store.find_edition(id); });
}

/// Whose verdict would be another by the other lawful reading of the plan.
Result<void> read_otherwise(
    const Service& service, const FinalReportOrder& order, Material& material
) {
    auto otherwise =
        standings_read_otherwise(service.store, service.settings, order.as_of, order.known_at);
    if (!otherwise) {
        return std::unexpected(otherwise.error());
    }
    material.read_otherwise = *std::move(otherwise);
    material.readings = rules::compare_readings(
        service.settings.campaign, material.standings, material.read_otherwise
    );
    return {};
}

Result<void> compare_with_before(Material& material) {
    if (!material.before) {
        return {};
    }
    const auto said = read_published(manifest_of(*material.before));
    if (!said) {
        return failed("manifest of " + material.before->id, said.error());
    }
    material.changes =
        rules::changes_between(*said, rules::published(material.standings, material.eligibility));
    return {};
}

Result<std::unique_ptr<Material>> gather(const Service& service, const FinalReportOrder& order) {
    const config::Settings& settings = service.settings;
    auto material = std::make_unique<Material>();
    auto counted = council_figures(service, order.as_of, order.known_at);
    if (!counted) {
        return std::unexpected(counted.error());
    }
    EditionFigures& figures = counted->figures;
    material->procedures = std::move(figures.procedures);
    material->reconciled = std::move(figures.reconciled);
    material->weeks = std::move(counted->weeks);
    rules::Standings& standings = figures.standings;
    material->open = rules::open_points(settings.campaign, standings);
    const bool is_closed =
        rules::demanded_at(order.stage) == rules::Fitness::Reconciled && material->open.is_empty();
    material->standings = is_closed ? rules::closed(std::move(standings)) : std::move(standings);
    auto eligibility = eligibility_of(
        service.store, settings, material->standings, rules::demanded_at(order.stage)
    );
    if (!eligibility) {
        return std::unexpected(eligibility.error());
    }
    material->eligibility = *std::move(eligibility);
    if (auto read = read_otherwise(service, order, *material); !read) {
        return std::unexpected(read.error());
    }
    auto before = find_before(service, order);
    if (!before) {
        return std::unexpected(before.error());
    }
    material->before = *std::move(before);
    if (auto compared = compare_with_before(*material); !compared) {
        return std::unexpected(compared.error());
    }
    auto seal = seal_for(service, final_report_id(settings.campaign, order));
    if (!seal) {
        return std::unexpected(seal.error());
    }
    material->seal = *std::move(seal);
    return material;
}

const std::vector<config::Recipient>& recipients_of(
    const config::FinalReports& reports, Stage stage
) {
    return stage == Stage::Rehearsal ? reports.rehearsal_recipients : reports.recipients;
}

reports::FinalReportInput input_of(
    const Service& service, const FinalReportOrder& order, const Material& material
) {
    const config::Settings& settings = service.settings;
    const auto due = rules::due_at(settings.campaign.plan.freeze, order.stage);
    reports::FinalReportInput input{
        .campaign = settings.campaign,
        .stage = order.stage,
        .standings = material.standings,
        .eligibility = material.eligibility,
        .open = material.open,
        .readings = material.readings,
        .reconciled = material.reconciled,
        .weeks = material.weeks,
        .changes = material.changes,
        .before = material.before ? material.before->id : std::string(),
        .amendment = order.amendment,
        .made_at = service.clock.now(),
        .config_hash = settings.hash,
    };
    if (order.stage != Stage::Rehearsal) {
        input.edition = final_report_id(settings.campaign, order);
    }
    input.is_late = due && input.made_at > *due + late_after;
    for (const config::Recipient& recipient : recipients_on(
             recipients_of(*settings.final_reports, order.stage), day_of(input.made_at)
         )) {
        input.recipients.push_back(recipient.name);
    }
    input.seal = printed(material.seal);
    return input;
}

/// `document` in every form: each is called `name` and what it is.
Result<void> add_documents(
    store::Edition& edition,
    const std::string& name,
    const reports::Document& document,
    const reports::FinalReportInput& input,
    std::span<const rules::ProcedureCounts> procedures
) {
    if (auto added = add_document(edition, name, document); !added) {
        return added;
    }
    auto workbook =
        reports::render_xlsx(reports::final_report_workbook(document, input, procedures));
    if (!workbook) {
        return std::unexpected(workbook.error());
    }
    const reports::Document annex = reports::final_report_annex(input);
    auto pdf = reports::render_pdf(annex);
    if (!pdf) {
        return std::unexpected(pdf.error());
    }
    edition.documents.push_back({name + ".xlsx", *std::move(workbook)});
    edition.documents.push_back(
        {fmt::format("{}{}.html", name, annex_suffix), reports::render_mail(annex).html}
    );
    edition.documents.push_back({fmt::format("{}{}.pdf", name, annex_suffix), *std::move(pdf)});
    return {};
}

/// 2024-W42_dien-tap_r1, langson-2024_ket-qua_tam-thoi_r1
std::string base_name(const Campaign& campaign, const FinalReportOrder& order) {
    switch (order.stage) {
        case Stage::Rehearsal:
            return fmt::format("{}_dien-tap_r1", to_text(week_of(order.as_of)));
        case Stage::Provisional:
            return fmt::format("{}_ket-qua_tam-thoi_r{}", campaign.id, order.revision);
        case Stage::Final:
            return fmt::format("{}_ket-qua_chinh-thuc_r{}", campaign.id, order.revision);
        case Stage::Amendment:
            break;
    }
    return fmt::format("{}_ket-qua_sua-doi_r{}", campaign.id, order.revision);
}

std::filesystem::path folder_of(const config::Settings& settings, const FinalReportOrder& order) {
    const std::filesystem::path& root = settings.final_reports->file_to;
    const IsoWeek week = week_of(order.as_of);
    if (order.stage == Stage::Rehearsal) {
        return edition_folder(root, week);
    }
    const std::chrono::year_month_day end{settings.campaign.end};
    return root / fmt::format("{:04}", static_cast<int>(end.year())) / "chot-so";
}

boost::json::object manifest_object(
    const store::Edition& edition, const FinalReportOrder& order, const Material& material
) {
    boost::json::object manifest = make_manifest(
        edition, material.standings, {manifest_sha256(material.before), material.seal}
    );
    manifest["stage"] = rules::to_text(order.stage);
    manifest["revision"] = order.revision;
    manifest["started_by"] =
        order.started_by.empty() ? boost::json::value() : boost::json::value(order.started_by);
    manifest["undecided"] =
        boost::json::array(material.open.undecided.begin(), material.open.undecided.end());
    manifest["unfit"] = boost::json::array(material.open.unfit.begin(), material.open.unfit.end());
    if (order.amendment) {
        manifest["amendment"] = {
            {"number", order.amendment->number},
            {"reason", order.amendment->reason},
            {"approved_by", order.amendment->approved_by},
            {"document", order.amendment->document}};
    }
    boost::json::array verdicts;
    for (const rules::Eligibility& one : material.eligibility) {
        boost::json::object verdict = eligibility_json(one);
        verdict["finding"] = finding_json(one.finding);
        verdicts.push_back(std::move(verdict));
    }
    manifest["verdicts"] = std::move(verdicts);
    return manifest;
}

}  // namespace

FinalReportOrder rehearsal_of(const Campaign& campaign, IsoWeek week, Instant now) {
    return {.stage = Stage::Rehearsal, .as_of = last_day_of(campaign, week), .known_at = now};
}

FinalReportOrder report_at(const Campaign& campaign, rules::Stage stage) {
    const auto due = rules::due_at(campaign.plan.freeze, stage);
    check(due.has_value(), "report_at: a stage that falls due by itself");
    return {
        .stage = stage,
        .as_of = campaign.end,
        .known_at = *due,
        .revision = stage == Stage::Provisional ? 1 : 2,
    };
}

std::string final_report_id(const Campaign& campaign, const FinalReportOrder& order) {
    if (order.stage == Stage::Rehearsal) {
        return fmt::format("rehearsal/{}/coordinator/1", to_text(week_of(order.as_of)));
    }
    return fmt::format("final/{}/council/{}", campaign.id, order.revision);
}

Result<store::Edition> render_final_report(const Service& service, const FinalReportOrder& order) {
    const config::Settings& settings = service.settings;
    const std::string id = final_report_id(settings.campaign, order);
    if (!settings.final_reports) {
        return fail(
            ErrorKind::Config,
            settings.file.string() + ": reports.final: not configured, there is no report to make"
        );
    }
    const auto material = gather(service, order);
    if (!material) {
        return failed(id, material.error());
    }
    const reports::FinalReportInput input = input_of(service, order, **material);
    store::Edition edition;
    edition.id = id;
    edition.report = order.stage == Stage::Rehearsal ? "rehearsal" : "final";
    edition.period =
        order.stage == Stage::Rehearsal ? to_text(week_of(order.as_of)) : settings.campaign.id;
    edition.as_of = order.as_of;
    edition.known_at = order.known_at;
    edition.created_at = input.made_at;
    edition.config_hash = settings.hash;
    const std::string name = base_name(settings.campaign, order);
    const reports::Document document = reports::final_report(input);
    if (auto added = add_documents(edition, name, document, input, (*material)->procedures);
        !added) {
        return failed(id, added.error());
    }
    edition.documents.push_back(
        {name + std::string(manifest_suffix),
         pretty_json(manifest_object(edition, order, **material))}
    );
    const auto added = add_messages(
        settings,
        recipients_of(*settings.final_reports, order.stage),
        edition,
        {reports::render_mail(reports::with_minutes_line(document, input, manifest_sha256(edition))
         ),
         folder_of(settings, order)}
    );
    if (!added) {
        return std::unexpected(added.error());
    }
    return edition;
}

Result<store::Edition> publish_final_report(
    const Service& service, const FinalReportOrder& order, const std::optional<store::SlotKey>& slot
) {
    return publish_once(
        service,
        {final_report_id(service.settings.campaign, order), slot},
        [&] { return render_final_report(service, order); },
        [&] { return folder_of(service.settings, order); }
    );
}

}  // namespace thidua::daemon
