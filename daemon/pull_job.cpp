// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/pull_job.hpp"

#include "connectors/plan.hpp"
#include "core/file.hpp"
#include "core/free_space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <span>

namespace thidua::daemon {
namespace {

/// One pull under way: what it needs and what it has done so far.
struct Pull {
    const Service& service;
    const SourceDescription& source;
    connectors::Connector& connector;
    connectors::PullPlan plan;
    store::PullRun run;
    PullReport report;
};

Result<void> publish(Pull& pull, const Slice& slice) {
    const store::SliceToPublish what{
        slice, pull.service.clock.now(), pull.source.expect, connectors::next_look_up};
    const auto published =
        pull.service.store.call([&](store::Store& store) { return store.publish(pull.run, what); });
    if (!published) {
        return std::unexpected(published.error());
    }
    ++pull.report.slices;
    pull.report.records += published->records;
    pull.report.changed += published->changed;
    pull.report.rejected += static_cast<std::int64_t>(slice.rejected.size());
    pull.report.requests += slice.requests;
    if (pull.report.first_rejection.empty() && !slice.rejected.empty()) {
        const Rejected& first = slice.rejected.front();
        pull.report.first_rejection = slice.key + ": " + first.where + ": " + first.reason;
    }
    pull.service.progressed();
    return {};
}

/// Pulling stops before the disk is full, and so leaves room for what is published and sent.
Result<void> check_reserve(const config::Settings& settings) {
    const std::filesystem::path folder = folder_of(settings.store_path);
    const auto free = free_space(folder);
    if (!free) {
        return std::unexpected(free.error());
    }
    if (free->bytes >= settings.store_reserve) {
        return {};
    }
    constexpr std::uint64_t bytes_in_mebibyte = 1024 * 1024;
    return fail(
        ErrorKind::Io,
        fmt::format(
            "nothing is pulled while {} has less than {} MiB free (store.reserve), now {} MiB: "
            "make room; digests and mails go on",
            folder.string(),
            settings.store_reserve / bytes_in_mebibyte,
            free->bytes / bytes_in_mebibyte
        )
    );
}

Result<void> pull_windows(Pull& pull) {
    for (const connectors::Window& window : pull.plan.windows) {
        if (auto room = check_reserve(pull.service.settings); !room) {
            return room;
        }
        const auto slice = pull.connector.gather(window);
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (auto published = publish(pull, *slice); !published) {
            return published;
        }
    }
    return {};
}

Result<void> pull_look_ups(Pull& pull) {
    const auto scope =
        pull.plan.is_sweep ? store::LookUpScope::Everything : store::LookUpScope::Due;
    const auto references = pull.service.store.call([&](store::Store& store) {
        return store.open_references(
            pull.source.for_each.source, pull.source.name, pull.run.started_at, scope
        );
    });
    if (!references) {
        return std::unexpected(references.error());
    }
    std::span<const std::string> open = *references;
    while (!open.empty()) {
        if (auto room = check_reserve(pull.service.settings); !room) {
            return room;
        }
        const std::size_t batch =
            std::min(open.size(), static_cast<std::size_t>(pull.source.slicing.batch));
        const auto slice = pull.connector.look_up(open.first(batch));
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (auto published = publish(pull, *slice); !published) {
            return published;
        }
        open = open.subspan(batch);
    }
    return {};
}

Result<connectors::PullPlan> make_plan(const Service& service, const SourceDescription& source) {
    const auto progress =
        service.store.call([&](store::Store& store) { return store.progress(source.name); });
    if (!progress) {
        return std::unexpected(progress.error());
    }
    return connectors::plan_pull(
        source,
        service.settings.campaign.start,
        service.settings.campaign.end,
        {progress->data_through, progress->swept_at},
        service.clock.now()
    );
}

PullReport failed_report(const std::string& source, Error error) {
    PullReport report;
    report.source = source;
    report.error = std::move(error);
    return report;
}

PullReport pull_source(
    const Service& service, Connectors& connectors, const SourceDescription& source
) {
    auto connector = connectors.get(service, source);
    if (!connector) {
        return failed_report(source.name, connector.error());
    }
    auto plan = make_plan(service, source);
    if (!plan) {
        return failed_report(source.name, plan.error());
    }
    Pull pull{service, source, **connector, *std::move(plan), {}, {}};
    pull.run.source = source.name;
    pull.run.started_at = service.clock.now();
    pull.run.is_sweep = pull.plan.is_sweep;
    pull.report.source = source.name;
    pull.report.is_sweep = pull.plan.is_sweep;
    auto pulled =
        source.slicing.type == Slicing::Type::Lookup ? pull_look_ups(pull) : pull_windows(pull);
    store::PullEnd end{service.clock.now(), std::nullopt};
    if (!pulled) {
        end.error = pulled.error();
    }
    const auto finished =
        service.store.call([&](store::Store& store) { return store.finish_pull(pull.run, end); });
    // Of two errors the first is the cause; the second is often only its echo.
    pull.report.error = end.error;
    if (!finished && !pull.report.error) {
        pull.report.error = finished.error();
    }
    return pull.report;
}

std::vector<PullReport> pull_side_by_side(
    const Service& service,
    Connectors& connectors,
    const std::vector<const config::SourceSettings*>& sources
) {
    std::vector<std::future<PullReport>> pulls;
    pulls.reserve(sources.size());
    for (const config::SourceSettings* source : sources) {
        pulls.push_back(std::async(std::launch::async, [&service, &connectors, source] {
            return pull_source(service, connectors, source->description);
        }));
    }
    std::vector<PullReport> reports;
    for (std::future<PullReport>& pull : pulls) {
        reports.push_back(pull.get());
    }
    return reports;
}

}  // namespace

Result<connectors::Connector*> Connectors::get(
    const Service& service, const SourceDescription& description
) {
    const std::scoped_lock lock(mutex_);
    const auto known = made_.find(description.name);
    if (known != made_.end()) {
        return known->second.get();
    }
    const Clock& clock = service.clock;
    auto made = connectors::Connector::create(
        description, {[&clock] { return clock.now(); }, service.wait, service.stop}
    );
    if (!made) {
        return failed("source " + description.name, made.error());
    }
    auto place =
        made_.emplace(description.name, std::make_unique<connectors::Connector>(*std::move(made)));
    return place.first->second.get();
}

std::vector<PullReport> pull_sources(
    const Service& service,
    Connectors& connectors,
    const std::vector<const config::SourceSettings*>& sources
) {
    std::vector<const config::SourceSettings*> first;
    std::vector<const config::SourceSettings*> look_ups;
    for (const config::SourceSettings* source : sources) {
        const bool asks_for_others = source->description.slicing.type == Slicing::Type::Lookup;
        (asks_for_others ? look_ups : first).push_back(source);
    }
    std::vector<PullReport> reports = pull_side_by_side(service, connectors, first);
    for (PullReport& report : pull_side_by_side(service, connectors, look_ups)) {
        reports.push_back(std::move(report));
    }
    return reports;
}

}  // namespace thidua::daemon
