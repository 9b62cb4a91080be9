// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/loader.hpp"

#include "config/alerts_reader.hpp"
#include "config/calendar_reader.hpp"
#include "config/campaign_reader.hpp"
#include "config/delivery_reader.hpp"
#include "config/files.hpp"
#include "config/filing_reader.hpp"
#include "config/keys/maps.hpp"
#include "config/layers.hpp"
#include "config/officer_reader.hpp"
#include "config/operator_reader.hpp"
#include "config/organisation_reader.hpp"
#include "config/root_file.hpp"
#include "config/schedule_reader.hpp"
#include "config/source_reader.hpp"
#include "config/texts_reader.hpp"
#include "config/web_reader.hpp"
#include "config/yaml.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace thidua::config {

namespace {

constexpr std::string_view default_store = "thidua.db";

/// Daily at 05:00: what the provincial system did yesterday is in, and people are not yet at work.
const Schedule daily_default{
    .every = std::nullopt,
    .weekday = std::nullopt,
    .at = std::chrono::hours{5},
};

/// Daily at 02:00, when nothing is pulled and nobody reads.
const Schedule nightly_default{
    .every = std::nullopt,
    .weekday = std::nullopt,
    .at = std::chrono::hours{2},
};

/// On Sundays at 03:00, after the night's copy.
const Schedule weekly_at_night{
    .every = std::nullopt,
    .weekday = std::chrono::Sunday,
    .at = std::chrono::hours{3},
};

/// A source, or nothing where its preset is already reported.
std::optional<SourceSettings> read_source_settings(
    const std::string& name, const Node& own, const std::filesystem::path& presets, Files& files
) {
    const auto merged = over_preset(own, presets, files);
    if (!merged) {
        return std::nullopt;
    }
    Node node = own.with(*merged);
    if (const Node version = node.optional("version")) {
        (void)version.integer(1, 1);
    }
    SourceSettings settings;
    const Node schedule = node.optional("schedule");
    settings.schedule = read_schedule(schedule, daily_default);
    if (settings.schedule.misfire == Misfire::RunAll) {
        schedule.report(
            "\"misfire\" must be \"run_latest\" or \"skip\": one pull brings all that was missed"
        );
    }
    settings.description = read_source(node, name);
    return settings;
}

/// A look-up source must name another source, whose records name the references.
void check_lookups(const Node& sources, const std::vector<SourceSettings>& settings) {
    const auto entries = sources.entries();
    for (const auto& [name, node] : entries) {
        const auto source = std::ranges::find(settings, name, [](const SourceSettings& each) {
            return each.description.name;
        });
        std::vector<std::string> others;
        for (const auto& [other, other_node] : entries) {
            if (other != name) {
                others.push_back(other);
            }
        }
        const std::string looked_up =
            source == settings.end() ? std::string() : source->description.for_each.source;
        if (!looked_up.empty() && std::ranges::find(others, looked_up) == others.end()) {
            node.problems().add(
                node.place(),
                node.key() + ".for_each.source",
                shown(looked_up) + ": must be the name of another source: " + listed(others) +
                    did_you_mean(looked_up, others)
            );
        }
    }
}

struct Sources {
    std::vector<SourceSettings> settings;  ///< those without a problem
    std::vector<NamedSource> named;        ///< all, as the campaign may name them
};

Sources read_sources(const Node& node, const std::filesystem::path& presets, Files& files) {
    Sources sources;
    for (const auto& [name, own] : node.entries()) {
        sources.named.push_back({.name = name, .kind = std::nullopt});
        const std::size_t problems_before = own.problems().size();
        if (!is_id(name)) {
            own.report(shown(name) + ": must be " + std::string(id_allowed));
        }
        auto source = read_source_settings(name, own, presets, files);
        if (source && own.problems().size() == problems_before) {
            sources.named.back().kind = source->description.kind;
            sources.settings.push_back(*std::move(source));
        }
    }
    return sources;
}

Campaign read_campaign_file(
    const Node& node,
    const std::vector<NamedSource>& sources,
    std::span<const DatedUnit> units,
    Files& files
) {
    const auto merged = over_campaign_file(node, files);
    return merged ? read_campaign(node.with(*merged), sources, units) : Campaign{};
}

/// In "user:password@host", or as a parameter after the question mark.
bool holds_password(std::string_view url) {
    const std::string_view rest = url.substr(url.find("//") + 2);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    const auto user_end = authority.rfind('@');
    return (user_end != std::string_view::npos &&
            authority.substr(0, user_end).find(':') != std::string_view::npos) ||
           rest.find("password=") != std::string_view::npos;
}

/// Shape: {schedule?, folder, keep?}. A relative folder begins at the state directory.
Backups read_backups(Node node, const std::filesystem::path& state_directory) {
    Backups backups;
    const Node schedule = node.optional("schedule");
    backups.schedule = read_schedule(schedule, nightly_default);
    if (backups.schedule.misfire == Misfire::RunAll) {
        schedule.report(
            "\"misfire\" must be \"run_latest\" or \"skip\": one copy holds all that was missed"
        );
    }
    backups.folder = node.required("folder").path_in(state_directory);
    backups.keep = node.optional("keep").number_or<int>(1, 1000, backups.keep);
    node.finish();
    return backups;
}

/// Shape: a schedule, or `off`.
std::optional<Schedule> read_maintenance(const Node& node) {
    if (node.is_scalar()) {
        (void)node.one_of<bool>({{"off", false}});
        return std::nullopt;
    }
    return read_schedule(node, weekly_at_night);
}

/// Shape: {path?, url?, password_file?, reserve?, backup?, maintenance?}. What is wrong with a URL
/// is told without repeating it.
void read_store(Node node, Settings& settings) {
    const Node path = node.optional("path");
    settings.store_path =
        path ? path.path_in(settings.state_directory) : settings.state_directory / default_store;
    const Node url = node.optional("url");
    settings.store_url = url.text();
    if (url && !settings.store_url.empty()) {
        const std::string_view text = settings.store_url;
        if (!text.starts_with("postgresql://")) {
            url.report("must be a PostgreSQL server, as in postgresql://user@host:5432/database");
        } else if (holds_password(text)) {
            url.report(
                "holds a password: write it into a file of its own that only the service can "
                "read, name that file in \"password_file\", and change the password"
            );
        }
    }
    const Node password_file = node.optional("password_file");
    settings.store_password_file = password_file.path();
    if (password_file && !url) {
        password_file.report("goes together with \"url\"");
    }
    settings.store_reserve = node.optional("reserve").bytes_or(settings.store_reserve);
    if (const Node backup = node.optional("backup")) {
        settings.backups = read_backups(backup, settings.state_directory);
        if (url) {
            backup.report("copies a file; a server's database is copied by pg_dump");
        }
    }
    settings.maintenance = read_maintenance(node.optional("maintenance"));
    node.finish();
}

ReportScope scope_of_reports(const Settings& settings) {
    ReportScope scope;
    scope.state_directory = settings.state_directory;
    std::ranges::transform(
        settings.sources,
        std::back_inserter(scope.sources),
        [](const SourceSettings& source) { return source.description.name; }
    );
    scope.units = settings.units;
    scope.start = settings.campaign.start;
    scope.end = settings.campaign.end;
    if (settings.smtp) {
        scope.allowed_domains = settings.smtp->allowed_domains;
    }
    return scope;
}

/// Shape: {weekly?, units?, final?, nominations?}.
void read_reports(Node node, Settings& settings) {
    const ReportScope scope = scope_of_reports(settings);
    const auto refuse_unreachable = [&](const Node& report, bool has_recipients) {
        if (has_recipients && !settings.smtp) {
            report.report("has recipients, but there is no \"smtp:\" to reach them");
        }
    };
    if (const Node weekly = node.optional("weekly")) {
        settings.digest = read_weekly_digest(weekly, scope);
        refuse_unreachable(weekly, !settings.digest->recipients.empty());
    }
    if (const Node units = node.optional("units")) {
        settings.unit_editions = read_unit_editions(units, scope);
        refuse_unreachable(units, !settings.unit_editions->readers.empty());
        if (!settings.digest) {
            units.report("goes with a digest: there is no \"weekly\" beside it");
        }
    }
    if (const Node last = node.optional("final")) {
        settings.final_reports = read_final_reports(last, scope);
        refuse_unreachable(
            last,
            !settings.final_reports->recipients.empty() ||
                !settings.final_reports->rehearsal_recipients.empty()
        );
    }
    if (const Node nominations = node.optional("nominations")) {
        settings.nomination_reminders = read_nomination_reminders(nominations, scope);
        refuse_unreachable(nominations, !settings.nomination_reminders->recipients.empty());
    }
    node.finish();
}

/// Shape: {appeals_until}.
std::optional<Day> read_appeals_until(Node node, const Campaign& campaign) {
    if (!node) {
        return std::nullopt;
    }
    const Node last = node.required("appeals_until");
    const std::size_t problems_before = node.problems().size();
    const Day day = last.day();
    if (node.problems().size() == problems_before && day <= campaign.end) {
        last.refuse("a day after the campaign's last, " + thidua::to_text(campaign.end));
    }
    node.finish();
    return day;
}

Settings read_settings(Node root, Files& files) {
    Settings settings;
    (void)root.required("version").integer(1, 1);
    settings.state_directory = state_directory_of(root);
    read_store(root.optional("store"), settings);

    settings.units = read_named(root.required("organisation"), files, read_units);
    const Node procedures = root.optional("procedures");
    if (procedures) {
        settings.procedures = read_named(procedures, files, [&](const Node& node) {
            return read_procedures(node, settings.units);
        });
    }
    settings.officers = read_named(root.optional("officers"), files, [&](const Node& officers) {
        return read_officers(officers, settings.units);
    });

    settings.calendar = read_named(root.optional("calendar"), files, read_calendar);

    const auto presets_folder = folder_of_presets(root);
    const Node list = root.required("sources");
    Sources sources = read_sources(list, presets_folder, files);
    check_lookups(list, sources.settings);
    const bool has_catalogue = std::ranges::any_of(sources.named, [](const NamedSource& source) {
        return source.kind == RecordKind::Procedures;
    });
    if (!procedures && !has_catalogue) {
        (void)root.required("procedures");
    }
    settings.sources = std::move(sources.settings);
    settings.campaign =
        read_campaign_file(root.required("campaign"), sources.named, settings.units, files);

    if (const Node smtp = root.optional("smtp")) {
        settings.smtp = read_smtp(smtp);
    }
    settings.operator_contact =
        read_operator(root.optional("operator"), scope_of_reports(settings), settings.smtp);
    read_reports(root.optional("reports"), settings);
    if (const Node alerts = root.optional("alerts")) {
        settings.alerts = read_alerts(alerts, scope_of_reports(settings), settings);
    }
    if (const Node urging = root.optional("urging")) {
        settings.urging_interval_days = read_urging_interval(urging);
    }
    if (const Node filing = root.optional("filing")) {
        settings.filing = read_filing(filing);
    }
    settings.appeals_until = read_appeals_until(root.optional("retention"), settings.campaign);
    if (const Node texts = root.optional("texts")) {
        settings.texts = read_texts(texts, settings.units);
    }
    if (const Node web = root.optional("web")) {
        settings.web = read_web(web);
    }
    root.finish();
    return settings;
}

}  // namespace

std::expected<Settings, std::vector<Problem>> load(const std::filesystem::path& file) {
    return load_with(file, {});
}

std::optional<OperatorAlone> load_operator(const std::filesystem::path& file) {
    Problems of_files;
    Files files(of_files);
    const auto value = read_root(file, files, of_files);
    if (!value) {
        return std::nullopt;
    }
    Problems problems;  // those of the part that matters here
    Node root(*value, keys::root_file(), "", problems);
    Settings settings;
    settings.state_directory = state_directory_of(root);
    OperatorAlone alone{settings.state_directory, {}};
    alone.contact = read_operator(root.optional("operator"), scope_of_reports(settings), {});
    return problems.empty() ? std::optional(std::move(alone)) : std::nullopt;
}

std::expected<Settings, std::vector<Problem>> load_with(
    const std::filesystem::path& file, const NewTexts& new_texts
) {
    Problems problems;
    Files files(problems, new_texts);
    const auto root = read_root(file, files, problems);
    if (!root) {
        return std::unexpected(problems.sorted());
    }
    Settings settings = read_settings(Node(*root, keys::root_file(), "", problems), files);
    if (!problems.empty()) {
        return std::unexpected(problems.sorted());
    }
    settings.file = file;
    settings.hash = files.hash();
    settings.warnings = problems.warnings();
    return settings;
}

}  // namespace thidua::config
