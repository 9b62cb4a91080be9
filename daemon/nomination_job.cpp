// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/nomination_job.hpp"

#include "daemon/edition_files.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/messages.hpp"
#include "daemon/nominations.hpp"
#include "daemon/standings_json.hpp"
#include "reports/nomination_notice.hpp"
#include "rules/award_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::string_view id_prefix = "nomination/";

/// What an edition's id says.
struct NominationEdition {
    Day day;
    std::string recipient;
};

std::string nomination_edition_id(const NominationEdition& edition) {
    return fmt::format("{}{}/{}/1", id_prefix, thidua::to_text(edition.day), edition.recipient);
}

Result<NominationEdition> parse_nomination_id(const std::string& id) {
    const std::string rest = id.starts_with(id_prefix) ? id.substr(id_prefix.size()) : "";
    const auto end_of_day = rest.find('/');
    const auto end = rest.rfind('/');
    const auto day = parse_day(rest.substr(0, end_of_day));
    if (!day || end_of_day == std::string::npos || end <= end_of_day) {
        return fail(ErrorKind::Usage, id + " is no edition of reminders of nominations");
    }
    return NominationEdition{*day, rest.substr(end_of_day + 1, end - end_of_day - 1)};
}

/// Somebody who is reminded, and of whom: all, or one unit.
struct NominationReader {
    config::Recipient recipient;
    bool hears_of_all = false;
    std::vector<std::string> units;
};

/// By id; who is the coordinator and reads of a unit as well hears of all, once.
std::map<std::string, NominationReader> nomination_readers(
    const config::Settings& settings, Day day
) {
    std::map<std::string, NominationReader> readers;
    for (config::Recipient& one : recipients_on(settings.nomination_reminders->recipients, day)) {
        const std::string id = one.id;
        readers[id] = {std::move(one), true, {}};
    }
    if (!settings.unit_editions) {
        return readers;
    }
    for (const config::UnitReader& reader : settings.unit_editions->readers) {
        for (config::Recipient& one : recipients_on({reader.recipient}, day)) {
            const std::string id = one.id;
            auto& found =
                readers.try_emplace(id, NominationReader{std::move(one), false, {}}).first->second;
            found.units.push_back(reader.unit);
        }
    }
    return readers;
}

/// What of `reminders` the reader is told.
std::vector<reports::NominationReminder> told_to(
    const NominationReader& reader,
    const std::vector<rules::Reminder>& reminders,
    const Nominations& all
) {
    std::vector<reports::NominationReminder> told;
    for (const rules::Reminder& reminder : reminders) {
        const auto listed = std::ranges::find_if(all.listed, [&](const ListedNomination& one) {
            return one.state.candidate == reminder.candidate && one.state.award == reminder.award &&
                   one.state.deadline == reminder.deadline;
        });
        check(listed != all.listed.end(), "told_to: a reminder is of a nomination");
        const rules::Candidate& candidate = listed->of->candidate;
        const bool is_theirs = candidate.subject == Subject::Collective &&
                               std::ranges::find(reader.units, candidate.id) != reader.units.end();
        if (reader.hears_of_all || is_theirs) {
            told.push_back(
                {reminder.kind,
                 candidate.name,
                 listed->of->award,
                 listed->deadline,
                 listed->state.parts,
                 rules::verdict_text(listed->of->finding)}
            );
        }
    }
    return told;
}

std::filesystem::path folder_of_reminder(
    const config::Settings& settings, const NominationEdition& edition
) {
    const std::string day = thidua::to_text(edition.day);
    return settings.nomination_reminders->file_to / day.substr(0, day.find('-')) / "ho-so" / day /
           edition.recipient;
}

Result<store::Edition> edition_of(
    const Service& service,
    const NominationEdition& order,
    const Nominations& all,
    const NominationReader& reader,
    std::vector<reports::NominationReminder> reminders
) {
    const config::Settings& settings = service.settings;
    const std::string id = nomination_edition_id(order);
    const auto seal = seal_for(service, id);
    if (!seal) {
        return std::unexpected(seal.error());
    }
    store::Edition edition;
    edition.id = id;
    edition.report = "nomination";
    edition.period = thidua::to_text(order.day);
    edition.as_of = all.standings.as_of;
    edition.known_at = all.standings.known_at;
    edition.created_at = service.clock.now();
    edition.config_hash = settings.hash;
    const reports::Document document = reports::nomination_notice(
        {.campaign = settings.campaign,
         .calendar = settings.calendar,
         .organisation = all.standings.units.front().name,
         .reminders = std::move(reminders),
         .day = order.day,
         .known_at = edition.known_at,
         .config_hash = settings.hash,
         .texts = settings.digest ? settings.digest->texts : DigestTexts{},
         .recipients = {reader.recipient.name}}
    );
    const std::string name =
        fmt::format("{}_ho-so-khen-thuong_{}_r1", edition.period, order.recipient);
    if (auto added = add_document(edition, name, document); !added) {
        return failed(id, added.error());
    }
    rules::Standings no_figures = all.standings;  // papers are counted here, no indicator
    no_figures.units.clear();
    no_figures.total = {};
    edition.documents.push_back(
        {name + std::string(manifest_suffix),
         pretty_json(make_manifest(edition, no_figures, {"", *seal}))}
    );
    const auto added = add_messages(
        settings,
        {reader.recipient},
        edition,
        {mail_parts_of(edition), folder_of_reminder(settings, order)}
    );
    return added ? Result<store::Edition>(std::move(edition)) : std::unexpected(added.error());
}

}  // namespace

Result<store::Edition> render_nomination_edition(const Service& service, const std::string& id) {
    const config::Settings& settings = service.settings;
    const auto order = parse_nomination_id(id);
    if (!order) {
        return std::unexpected(order.error());
    }
    if (!settings.nomination_reminders) {
        return fail(
            ErrorKind::Config,
            settings.file.string() + ": reports.nominations: not configured, nobody is reminded"
        );
    }
    const auto readers = nomination_readers(settings, order->day);
    const auto reader = readers.find(order->recipient);
    const auto all = Nominations::load(service.store, settings, order->day, service.clock.now());
    if (!all) {
        return failed(id, all.error());
    }
    auto told =
        reader == readers.end()
            ? std::vector<reports::NominationReminder>{}
            : told_to(reader->second, reminders_for((*all)->listed, settings, order->day), **all);
    if (told.empty()) {
        return fail(ErrorKind::Usage, id + ": there is nothing to remind this reader of");
    }
    return edition_of(service, *order, **all, reader->second, std::move(told));
}

Result<std::vector<store::Edition>> remind_of_nominations(
    const Service& service, Day day, const std::optional<store::SlotKey>& slot
) {
    const config::Settings& settings = service.settings;
    std::vector<store::Edition> editions;
    if (!rules::is_day_of_reminders(settings.campaign.plan, settings.calendar, day)) {
        return editions;
    }
    const auto all = Nominations::load(service.store, settings, day, service.clock.now());
    if (!all) {
        return failed("reminders of nominations", all.error());
    }
    const auto reminders = reminders_for((*all)->listed, settings, day);
    for (const auto& [recipient, reader] : nomination_readers(settings, day)) {
        auto told = told_to(reader, reminders, **all);
        if (told.empty()) {
            continue;
        }
        const NominationEdition order{day, recipient};
        auto edition = publish_once(
            service,
            {nomination_edition_id(order), slot},
            [&] { return edition_of(service, order, **all, reader, told); },
            [&] { return folder_of_reminder(settings, order); }
        );
        if (!edition) {
            return failed("reminders of nominations", edition.error());
        }
        editions.push_back(*std::move(edition));
        service.progressed();
    }
    return editions;
}

}  // namespace thidua::daemon
