// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/alert_job.hpp"

#include "daemon/alerts.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/log.hpp"
#include "daemon/measure.hpp"
#include "daemon/messages.hpp"
#include "daemon/standings_json.hpp"
#include "reports/alert_notice.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::chrono::days one_day{1};

/// One line for each source that holds alerts up from this day on, and one when they go on.
void tell_operator(const AlertDay& day) {
    std::map<std::string, int> held;
    int going_on = 0;
    for (const AlertChange& change : day.changes) {
        if (change.alert.state == AlertState::Undetermined &&
            change.seen.cause == AlertCause::Source) {
            ++held[change.seen.source];
        }
        going_on += change.from == AlertState::Undetermined ? 1 : 0;
    }
    for (const auto& [source, alerts] : held) {
        log_warning(fmt::format(
            "alerts: source {} is not up to date, alerts frozen: {}; nobody is reminded because of "
            "them until it is; thidua status says why",
            source,
            alerts
        ));
    }
    if (going_on > 0) {
        log_info(fmt::format("alerts: going on where they were frozen: {}", going_on));
    }
}

/// The part of the id between day and revision.
std::string recipient_of(const std::string& id) {
    const auto end = id.rfind('/');
    const auto begin = id.rfind('/', end - 1) + 1;
    return id.substr(begin, end - begin);
}

/// Who is meant; nobody if the configuration does not know them any more.
std::vector<config::Recipient> find_readers(
    const config::Settings& settings, const std::string& id, Day day
) {
    std::vector<config::Recipient> readers = settings.alerts->leaders;
    if (settings.unit_editions) {
        std::ranges::transform(
            settings.unit_editions->readers,
            std::back_inserter(readers),
            &config::UnitReader::recipient
        );
    }
    readers = recipients_on(readers, day);
    const auto reader = std::ranges::find(readers, id, &config::Recipient::id);
    return reader == readers.end() ? std::vector<config::Recipient>{} : std::vector{*reader};
}

/// The units that `steps` are about, and no total: what a reader is not told of is not in what the
/// message is made from.
rules::Standings only_of(rules::Standings standings, const std::vector<StepTaken>& steps) {
    std::set<std::string_view> told;
    for (const StepTaken& step : steps) {
        told.insert(step.key.unit);
    }
    std::erase_if(standings.units, [&](const rules::UnitStanding& unit) {
        return !told.contains(unit.code);
    });
    standings.fitness = rules::Fitness::Final;
    for (const rules::UnitStanding& unit : standings.units) {
        for (const rules::Figure& figure : unit.figures) {
            standings.fitness = std::max(standings.fitness, figure.fitness);
        }
    }
    standings.total = {};
    standings.unmapped = 0;
    return standings;
}

/// What an edition is made from.
struct NoticeMaterial {
    std::vector<StepTaken> steps;  ///< that it tells of
    std::string agency;
    rules::Standings standings;  ///< only_of
    AlertBook book;              ///< as known when the steps were taken
    store::AuditHead seal;
};

Result<NoticeMaterial> gather_notice(const Service& service, const std::string& id) {
    const auto records =
        service.store.call([&](store::Store& store) { return store.alerts(service.clock.now()); });
    if (!records) {
        return std::unexpected(records.error());
    }
    NoticeMaterial material;
    std::ranges::copy_if(
        records->steps,
        std::back_inserter(material.steps),
        [&](const StepTaken& step) { return step.edition == id; }
    );
    if (material.steps.empty()) {
        return fail(ErrorKind::Usage, "no reminder is told of in " + id);
    }
    const Instant known_at = material.steps.front().at;
    const Day day = material.steps.front().day - one_day;
    auto book = AlertBook::load(service.store, known_at);
    auto standings = standings_of(service.store, service.settings, day, known_at);
    auto seal = seal_for(service, id);
    if (!book || !standings || !seal) {
        return std::unexpected(
            !book        ? book.error()
            : !standings ? standings.error()
                         : seal.error()
        );
    }
    material.agency = standings->units.front().name;
    material.standings = only_of(*std::move(standings), material.steps);
    material.book = *std::move(book);
    material.seal = *std::move(seal);
    return material;
}

std::vector<reports::AlertReminder> reminders_of(
    const config::Settings& settings, const NoticeMaterial& material
) {
    std::vector<reports::AlertReminder> reminders;
    for (const StepTaken& step : material.steps) {
        const auto unit =
            std::ranges::find(material.standings.units, step.key.unit, &rules::UnitStanding::code);
        const auto indicator =
            std::ranges::find(settings.campaign.indicators, step.key.indicator, &Indicator::id);
        if (unit == material.standings.units.end() ||
            indicator == settings.campaign.indicators.end()) {
            continue;  // the configuration has changed since
        }
        reminders.push_back(
            {&*unit,
             &*indicator,
             step.step,
             material.book.below_since(step.key).value_or(material.standings.as_of),
             next_step_of(settings, material.book, step.key, step.day + one_day)}
        );
    }
    return reminders;
}

/// Below the folder of a year: 2024/nhac/2024-10-18/giam-doc
std::filesystem::path folder_of(const config::Settings& settings, const std::string& id) {
    constexpr std::size_t prefix = std::string_view("alert/").size();
    const std::string day = id.substr(prefix, id.find('/', prefix) - prefix);
    return settings.alerts->file_to / day.substr(0, day.find('-')) / "nhac" / day /
           recipient_of(id);
}

/// Those of `day`, which a crash may have kept from their folder, and older ones that a crash kept
/// from being made.
Result<std::vector<std::string>> editions_to_publish(const Service& service, Day day) {
    return service.store.call([&](store::Store& store) -> Result<std::vector<std::string>> {
        auto ids = store.untold_editions();
        const auto records = store.alerts(service.clock.now());
        if (!ids || !records) {
            return ids ? std::unexpected(records.error()) : ids;
        }
        std::set<std::string> all(ids->begin(), ids->end());
        for (const StepTaken& step : records->steps) {
            if (step.day == day && !step.edition.empty()) {
                all.insert(step.edition);
            }
        }
        return std::vector<std::string>(all.begin(), all.end());
    });
}

Result<std::vector<store::Edition>> publish_reminders(
    const Service& service, Day day, const std::optional<store::SlotKey>& slot
) {
    const auto ids = editions_to_publish(service, day);
    if (!ids) {
        return std::unexpected(ids.error());
    }
    std::vector<store::Edition> editions;
    std::optional<Error> first_error;
    for (const std::string& id : *ids) {
        auto edition = publish_once(
            service,
            {id, slot},
            [&] { return render_alert_edition(service, id); },
            [&] { return folder_of(service.settings, id); }
        );
        if (edition) {
            editions.push_back(*std::move(edition));
        } else if (!first_error) {
            first_error = edition.error();
        }
        service.progressed();
    }
    return first_error ? Result<std::vector<store::Edition>>(std::unexpected(*first_error))
                       : std::move(editions);
}

/// The document, for `readers`: one, or none if the configuration does not know them any more.
Result<reports::Document> compose_notice(
    const config::Settings& settings,
    const NoticeMaterial& material,
    const std::vector<config::Recipient>& readers
) {
    reports::DigestInput figures{
        .campaign = settings.campaign,
        .week = week_of(material.standings.as_of),
        .standings = material.standings};
    figures.config_hash = settings.hash;
    for (const config::Recipient& reader : readers) {
        figures.recipients.push_back(reader.name);
    }
    if (settings.digest) {
        figures.texts = settings.digest->texts;
    }
    auto reminders = reminders_of(settings, material);
    if (reminders.empty()) {
        return fail(
            ErrorKind::Config,
            "its units or indicators are not configured any more: nothing can be told of them"
        );
    }
    return reports::alert_notice(
        {std::move(figures), material.agency, std::move(reminders), material.steps.front().day}
    );
}

}  // namespace

Result<store::Edition> render_alert_edition(const Service& service, const std::string& id) {
    const config::Settings& settings = service.settings;
    if (!settings.alerts) {
        return fail(
            ErrorKind::Config,
            settings.file.string() + ": alerts: not configured, nobody is reminded"
        );
    }
    const auto material = gather_notice(service, id);
    if (!material) {
        return failed(id, material.error());
    }
    const std::vector<config::Recipient> readers =
        find_readers(settings, recipient_of(id), day_of(service.clock.now()));
    const auto document = compose_notice(settings, *material, readers);
    if (!document) {
        return failed(id, document.error());
    }
    const Day day = material->steps.front().day;
    store::Edition edition;
    edition.id = id;
    edition.report = "alert";
    edition.period = thidua::to_text(day);
    edition.as_of = material->standings.as_of;
    edition.known_at = material->standings.known_at;
    edition.created_at = service.clock.now();
    edition.config_hash = settings.hash;
    const std::string name = fmt::format("{}_nhac_{}_r1", thidua::to_text(day), recipient_of(id));
    if (auto added = add_document(edition, name, *document); !added) {
        return failed(id, added.error());
    }
    edition.documents.push_back(
        {name + std::string(manifest_suffix),
         pretty_json(make_manifest(edition, material->standings, {"", material->seal}))}
    );
    const auto added =
        add_messages(settings, readers, edition, {mail_parts_of(edition), folder_of(settings, id)});
    return added ? Result<store::Edition>(std::move(edition)) : std::unexpected(added.error());
}

Result<std::vector<store::Edition>> run_alerts(
    const Service& service, Day day, const std::optional<store::SlotKey>& slot
) {
    const Instant now = service.clock.now();
    const auto book = AlertBook::load(service.store, now);
    if (!book) {
        return failed("alerts", book.error());
    }
    if (!book->last_day() || *book->last_day() < day) {
        const auto standings = standings_of(service.store, service.settings, day, now);
        if (!standings) {
            return failed("alerts", standings.error());
        }
        const AlertDay looked = look(service.settings, *standings, *book);
        const auto recorded =
            service.store.call([&](store::Store& store) { return store.record_alerts(looked); });
        if (!recorded) {
            return failed("alerts", recorded.error());
        }
        tell_operator(looked);
    }
    auto editions = publish_reminders(service, day + one_day, slot);
    return editions ? std::move(editions) : failed("alerts", editions.error());
}

}  // namespace thidua::daemon
