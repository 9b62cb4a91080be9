// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/rehearsal.hpp"

#include "connectors/plan.hpp"
#include "core/spool.hpp"
#include "daemon/commands.hpp"
#include "daemon/exchange_record.hpp"
#include "daemon/pull_steps.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

/// Gathers as a pull would. Nothing, with a remark, if there is nothing to ask for.
Result<std::optional<Slice>> ask(
    connectors::Connector& connector,
    const SourceDescription& source,
    std::optional<store::Store>& store,
    const RehearsalSet& set,
    Rehearsal& made
) {
    if (source.slicing.type == Slicing::Type::Lookup) {
        auto references = store ? open_items(
                                      *store,
                                      source,
                                      set.settings.procedures,
                                      set.environment.now(),
                                      store::LookUpScope::Everything
                                  )
                                : Result<std::vector<std::string>>(std::vector<std::string>{});
        if (!references) {
            return std::unexpected(references.error());
        }
        if (references->empty()) {
            const std::string& other = source.for_each.source;
            made.remark = "nothing to ask about is on file yet: pull " +
                          (other.empty() ? "the sources of dossiers" : other) + " first";
            return std::nullopt;
        }
        references->resize(std::min(references->size(), set.limit));
        auto slice = connector.look_up(*references);
        return slice ? Result<std::optional<Slice>>(*std::move(slice))
                     : std::unexpected(slice.error());
    }
    if (source.slicing.type == Slicing::Type::File) {
        made.remark = "it takes files, which `thidua test` tries without writing";
        return std::nullopt;
    }
    const Campaign& campaign = set.settings.campaign;
    const auto plan =
        connectors::plan_pull(source, campaign.start, campaign.end, {}, set.environment.now());
    if (plan.windows.empty()) {
        made.remark = "the campaign begins on " + to_text(campaign.start);
        return std::nullopt;
    }
    made.key = connectors::key_of(source, plan.windows.back());
    auto slice = connector.gather(plan.windows.back());
    return slice ? Result<std::optional<Slice>>(*std::move(slice)) : std::unexpected(slice.error());
}

Result<store::Preview> preview_of(
    const SourceDescription& source,
    std::optional<store::Store>& store,
    const Slice& slice,
    Instant now
) {
    if (store) {
        return store->preview(source.name, {slice, now, source.expect, connectors::next_look_up});
    }
    store::Preview preview;  // to a new store everything is news
    const std::size_t spooled = slice.spooled ? slice.spooled->size() : 0;
    preview.records = static_cast<std::int64_t>(
        spooled + slice.dossiers.size() + slice.payments.size() + slice.statistics.size() +
        slice.procedures.size()
    );
    preview.changed = preview.records;
    preview.refused = static_cast<std::int64_t>(slice.rejected.size());
    return preview;
}

ExitCode end_of(const Rehearsal& one) {
    const bool is_refused = one.preview && one.preview->no;
    return one.error    ? exit_code_of(one.error->kind)
           : is_refused ? exit_code_of(ErrorKind::Data)
                        : ExitCode::Done;
}

}  // namespace

Result<void> take_records(const Slice& slice, std::size_t limit, Rehearsal& made) {
    const auto take = [&](const auto& from, auto& into) {
        const std::size_t room = limit - std::min(limit, into.size());
        into.insert(
            into.end(),
            from.begin(),
            from.begin() + static_cast<std::ptrdiff_t>(std::min(room, from.size()))
        );
    };
    const std::size_t spooled = slice.spooled ? slice.spooled->size() : 0;
    for (std::size_t at = 0; at < std::min(spooled, limit); ++at) {
        auto record = slice.spooled->at(at);
        if (!record) {
            return std::unexpected(record.error());
        }
        made.dossiers.push_back(*std::move(record));
    }
    take(slice.dossiers, made.dossiers);
    take(slice.payments, made.payments);
    take(slice.statistics, made.statistics);
    take(slice.procedures, made.procedures);
    made.rejected = slice.rejected;
    return {};
}

Result<std::optional<store::Store>> open_if_there(const config::Settings& settings) {
    const store::Location location = location_of(settings);
    std::error_code code;
    if (location.url.empty() && !std::filesystem::exists(location.path, code)) {
        return std::nullopt;
    }
    {
        auto database = store::Database::open(location, store::Access::ReadOnly);
        const auto version = database ? (*database)->schema_version()
                                      : Result<int>(std::unexpected(database.error()));
        if (!version || *version == 0) {
            return version ? Result<std::optional<store::Store>>(std::nullopt)
                           : std::unexpected(version.error());
        }
    }
    auto store = store::Store::open(location, store::Access::ReadOnly);
    return store ? Result<std::optional<store::Store>>(*std::move(store))
                 : std::unexpected(store.error());
}

Rehearsal rehearse(
    const SourceDescription& source, std::optional<store::Store>& store, const RehearsalSet& set
) {
    Rehearsal made;
    made.source = source.name;
    connectors::Environment environment = set.environment;
    environment.on_exchange = [&](const connectors::Exchange& exchange) {
        made.exchanges.push_back(exchange);
        if (set.environment.on_exchange) {
            set.environment.on_exchange(exchange);
        }
    };
    auto connector = connectors::Connector::create(source, std::move(environment));
    if (!connector) {
        made.error = connector.error();
        return made;
    }
    const auto slice = ask(*connector, source, store, set, made);
    if (!slice) {
        made.error = slice.error();
    }
    if (!slice || !*slice) {
        return made;
    }
    made.key = (*slice)->key;
    const auto taken = take_records(**slice, set.limit, made);
    const auto preview = taken ? preview_of(source, store, **slice, set.environment.now())
                               : std::unexpected(taken.error());
    if (preview) {
        made.preview = *preview;
    } else {
        made.error = preview.error();
    }
    return made;
}

ExitCode run_pull_rehearsal(const Options& options, const config::Settings& settings) {
    const StopOnSignal signals;
    const Clock clock(options.now);
    const auto sources = named_sources(settings, options.sources, "pull");
    auto store = sources ? open_if_there(settings) : std::unexpected(sources.error());
    if (!store) {
        return report_error(store.error());
    }
    std::unique_ptr<ExchangeRecord> record;
    if (!options.record.empty()) {
        auto made = ExchangeRecord::make(options.record);
        if (!made) {
            return report_error(made.error());
        }
        record = *std::move(made);
    }
    ExitCode code = ExitCode::Done;
    boost::json::array array;
    for (const config::SourceSettings* source : *sources) {
        const std::string& name = source->description.name;
        RehearsalSet set{
            settings,
            {[&clock] { return clock.now(); }, make_wait(clock, signals.token()), signals.token()},
            static_cast<std::size_t>(options.limit)};
        if (record) {
            set.environment.on_exchange = [&](const auto& exchange) {
                record->add(name, exchange);
            };
        }
        const Rehearsal one = rehearse(source->description, *store, set);
        code = code == ExitCode::Done ? end_of(one) : code;
        if (options.json) {
            array.push_back(to_json(one));
        } else {
            fmt::print("{}", describe(one));
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    const auto recorded = record ? record->finish() : Result<void>{};
    return recorded ? code : report_error(recorded.error());
}

}  // namespace thidua::daemon
