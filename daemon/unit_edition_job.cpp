// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/unit_edition_job.hpp"

#include "core/hash.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/measure.hpp"
#include "daemon/messages.hpp"
#include "daemon/past_weeks.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/week_before.hpp"
#include "reports/unit_edition.hpp"
#include "reports/unit_workbook.hpp"
#include "reports/xlsx.hpp"
#include "rules/part.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

namespace thidua::daemon {
namespace {

using Readers = std::vector<config::Recipient>;
using UnitReaders = std::pair<const std::string, Readers>;

/// Unit -> who reads its edition, in the order of their codes.
std::map<std::string, Readers> readers_by_unit(const config::UnitEditions& editions) {
    std::map<std::string, Readers> units;
    for (const config::UnitReader& reader : editions.readers) {
        units[reader.unit].push_back(reader.recipient);
    }
    return units;
}

/// What all units' editions of a week are made from. It has views of itself: it does not move.
struct Material {
    explicit Material(FigureBasis loaded) : basis(std::move(loaded)), input(basis.input()) {}

    FigureBasis basis;
    rules::StandingsInput input;
    rules::Standings standings;
    rules::Actions actions;
    std::optional<rules::Standings> before;  ///< of the week before (week_before.hpp)
    PastWeeks past;
    Instant made_at{};
};

Result<std::unique_ptr<Material>> gather(const Service& service, IsoWeek week) {
    const config::Settings& settings = service.settings;
    const Instant now = service.clock.now();
    auto basis = FigureBasis::load(
        service.store,
        settings,
        last_day_of(settings.campaign, week),
        now,
        FigureBasis::Pieces::Weeks
    );
    if (!basis) {
        return std::unexpected(basis.error());
    }
    auto material = std::make_unique<Material>(*std::move(basis));
    material->made_at = now;
    material->standings = rules::measure(material->input);
    material->actions = rules::find_actions(material->input, material->standings);
    auto before = week_before(service, week, now);
    if (!before) {
        return std::unexpected(before.error());
    }
    material->before = std::move(before->standings);
    auto past = PastWeeks::load(service, week);
    if (!past) {
        return std::unexpected(past.error());
    }
    material->past = *std::move(past);
    return material;
}

/// Of the unit and those below it, by all pairs.
std::vector<rules::Difference> differences_of(
    const Material& material, const rules::Standings& part
) {
    std::vector<rules::Difference> differences;
    for (const PairReport& pair : material.basis.pairs()) {
        for (const rules::Difference& difference : pair.result.differences) {
            if (std::ranges::find(part.units, difference.unit, &rules::UnitStanding::code) !=
                part.units.end()) {
                differences.push_back(difference);
            }
        }
    }
    return differences;
}

bool knows(const rules::Standings& standings, const std::string& unit) {
    return std::ranges::find(standings.units, unit, &rules::UnitStanding::code) !=
           standings.units.end();
}

/// The document, and the part of the standings that it tells of.
struct Composed {
    reports::Document document;
    std::optional<reports::sheet::Workbook> workbook;  ///< only if the settings ask for it
    rules::Standings part;
};

Composed compose(
    const Service& service,
    IsoWeek week,
    const Material& material,
    const UnitReaders& unit,
    const store::AuditHead& seal
) {
    const config::Settings& settings = service.settings;
    const auto& [code, readers] = unit;
    const auto place =
        std::ranges::find(material.standings.units, code, &rules::UnitStanding::code);
    const auto at = static_cast<std::size_t>(place - material.standings.units.begin());
    Composed composed{{}, {}, rules::part_of(material.standings, code)};
    std::optional<rules::Standings> before;
    if (material.before && knows(*material.before, code)) {
        before = rules::part_of(*material.before, code);
    }
    const std::vector<rules::Difference> differences = differences_of(material, composed.part);
    const std::vector<reports::PastWeek> past = material.past.of_unit(settings.campaign, code);
    reports::DigestInput digest{
        .campaign = settings.campaign,
        .week = week,
        .standings = composed.part,
        .previous = before ? &*before : nullptr,
        .past = past,
        .is_late = is_late_for(settings, week, material.made_at),
        .config_hash = settings.hash};
    for (const config::Recipient& reader : recipients_on(readers, day_of(material.made_at))) {
        digest.recipients.push_back(reader.name);
    }
    digest.seal = printed(seal);
    digest.texts = settings.digest->texts;
    const reports::UnitEditionInput input{
        std::move(digest), material.actions.units[at], material.input.procedures, differences};
    composed.document = reports::unit_edition(input);
    if (settings.unit_editions->has_dossier_codes) {
        composed.workbook = reports::unit_workbook(composed.document, input);
    }
    return composed;
}

std::filesystem::path folder_of_unit(
    const config::UnitEditions& editions, IsoWeek week, const std::string& unit
) {
    return edition_folder(editions.file_to, week) / "don-vi" / unit;
}

Result<store::Edition> render(
    const Service& service, IsoWeek week, const Material& material, const UnitReaders& unit
) {
    const auto seal = seal_for(service, unit_edition_id(week, unit.first));
    if (!seal) {
        return std::unexpected(seal.error());
    }
    const Composed composed = compose(service, week, material, unit, *seal);
    store::Edition edition;
    edition.id = unit_edition_id(week, unit.first);
    edition.report = "unit";
    edition.period = to_text(week);
    edition.as_of = composed.part.as_of;
    edition.known_at = material.made_at;
    edition.created_at = material.made_at;
    edition.config_hash = service.settings.hash;
    const std::string name = fmt::format(
        "{}_{}_{}_r1", to_text(week), unit.first, rules::to_text(composed.part.fitness)
    );
    if (auto added = add_document(edition, name, composed.document); !added) {
        return std::unexpected(added.error());
    }
    if (composed.workbook) {
        auto workbook = reports::render_xlsx(*composed.workbook);
        if (!workbook) {
            return std::unexpected(workbook.error());
        }
        edition.documents.push_back({name + ".xlsx", *std::move(workbook)});
    }
    const IsoWeek week_before = week_of(monday_of(week) - std::chrono::days{1});
    const auto previous = service.store.call([&](store::Store& store) {
        return store.edition_document(unit_edition_id(week_before, unit.first), manifest_suffix);
    });
    if (!previous) {
        return std::unexpected(previous.error());
    }
    edition.documents.push_back(
        {name + std::string(manifest_suffix),
         pretty_json(
             make_manifest(edition, composed.part, {*previous ? sha256_hex(**previous) : "", *seal})
         )}
    );
    if (auto added = add_messages(
            service.settings,
            unit.second,
            edition,
            {mail_parts_of(edition),
             folder_of_unit(*service.settings.unit_editions, week, unit.first)}
        );
        !added) {
        return std::unexpected(added.error());
    }
    return edition;
}

}  // namespace

std::string unit_edition_id(IsoWeek week, std::string_view unit) {
    return fmt::format("unit/{}/{}/1", to_text(week), unit);
}

Result<store::Edition> render_unit_edition(
    const Service& service, IsoWeek week, const std::string& unit
) {
    if (!service.settings.unit_editions) {
        return fail(
            ErrorKind::Config,
            service.settings.file.string() +
                ": reports.units: not configured, there is no edition of a unit to make"
        );
    }
    const auto readers = readers_by_unit(*service.settings.unit_editions);
    const auto place = readers.find(unit);
    const auto material = gather(service, week);
    if (!material) {
        return failed(unit_edition_id(week, unit), material.error());
    }
    if (!knows((*material)->standings, unit)) {
        return fail(ErrorKind::Usage, "there is no unit " + unit + " in " + to_text(week));
    }
    return render(
        service, week, **material, place == readers.end() ? UnitReaders{unit, {}} : *place
    );
}

Result<std::vector<store::Edition>> publish_unit_editions(
    const Service& service, IsoWeek week, const std::optional<store::SlotKey>& slot
) {
    std::vector<store::Edition> editions;
    const config::UnitEditions& settings = *service.settings.unit_editions;
    const auto material = gather(service, week);
    if (!material) {
        return failed("unit editions " + to_text(week), material.error());
    }
    std::optional<Error> first_error;
    for (const auto& unit : readers_by_unit(settings)) {
        // Founded later, or ended before the week's last day: there is nothing to tell.
        if (!knows((*material)->standings, unit.first)) {
            continue;
        }
        auto edition = publish_once(
            service,
            {unit_edition_id(week, unit.first), slot},
            [&] { return render(service, week, **material, unit); },
            [&] { return folder_of_unit(settings, week, unit.first); }
        );
        if (edition) {
            editions.push_back(*std::move(edition));
        } else if (!first_error) {
            first_error = edition.error();
        }
        service.progressed();
    }
    if (first_error) {
        return failed("unit editions " + to_text(week), *first_error);
    }
    return editions;
}

}  // namespace thidua::daemon
