// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/pull_job.hpp"

#include "connectors/plan.hpp"
#include "daemon/file_drop.hpp"
#include "daemon/pull_steps.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace thidua::daemon {
namespace {

Result<void> pull_windows(PullInHand& pull, const connectors::PullPlan& plan) {
    for (const connectors::Window& window : plan.windows) {
        if (auto room = check_reserve(pull.service.settings); !room) {
            return room;
        }
        const auto slice = pull.connector.gather(window);
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (const auto published = publish(pull, *slice); !published) {
            return std::unexpected(published.error());
        }
    }
    return {};
}

Result<void> pull_look_ups(PullInHand& pull, const connectors::PullPlan& plan) {
    const auto scope = plan.is_sweep ? store::LookUpScope::Everything : store::LookUpScope::Due;
    const auto references = pull.service.store.call([&](store::Store& store) {
        return open_items(
            store, pull.source, pull.service.settings.procedures, pull.run.started_at, scope
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
        if (const auto published = publish(pull, *slice); !published) {
            return std::unexpected(published.error());
        }
        open = open.subspan(batch);
    }
    return {};
}

connectors::PullPlan plan_of(const PullInHand& pull) {
    const Campaign& campaign = pull.service.settings.campaign;
    return connectors::plan_pull(
        pull.source,
        campaign.start,
        campaign.end,
        {pull.progress.data_through, pull.progress.swept_at},
        pull.run.started_at
    );
}

PullReport failed_report(const std::string& source, Error error) {
    PullReport report;
    report.source = source;
    report.error = std::move(error);
    return report;
}

/// An inbox. Where nothing was dropped, nothing was learnt: no pull is put on file, and the source
/// grows stale.
PullReport pull_files(PullInHand pull) {
    if (pull.source.file.inbox.empty()) {
        return pull.report;  // files come by `thidua import` alone
    }
    const auto taken = take_inbox(pull);
    if (taken && *taken == 0) {
        return pull.report;
    }
    finish(pull, taken ? Result<void>{} : std::unexpected(taken.error()));
    return pull.report;
}

PullReport pull_source(
    const Service& service, Connectors& connectors, const SourceDescription& source
) {
    auto pull = begin_pull(service, connectors, source, store::PullKind::Pull);
    if (!pull) {
        return failed_report(source.name, pull.error());
    }
    if (source.slicing.type == Slicing::Type::File) {
        return pull_files(*std::move(pull));
    }
    const connectors::PullPlan plan = plan_of(*pull);
    pull->run.is_sweep = plan.is_sweep;
    pull->report.is_sweep = plan.is_sweep;
    const bool asks_for_others = source.slicing.type == Slicing::Type::Lookup;
    finish(*pull, asks_for_others ? pull_look_ups(*pull, plan) : pull_windows(*pull, plan));
    return pull->report;
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
    connectors::Environment environment{
        [&clock] { return clock.now(); }, service.wait, service.stop};
    environment.rate_limiter = rate_limiter_;
    if (on_exchange_) {
        environment.on_exchange = [this, name = description.name](const auto& exchange) {
            on_exchange_(name, exchange);
        };
    }
    auto made = connectors::Connector::create(description, std::move(environment));
    if (!made) {
        return failed("source " + description.name, made.error());
    }
    auto place =
        made_.emplace(description.name, std::make_unique<connectors::Connector>(*std::move(made)));
    return place.first->second.get();
}

bool PullPool::is_under_way(std::string_view source) const {
    return std::ranges::find(pulls_, source, &Pull::source) != pulls_.end();
}

std::shared_future<PullReport> PullPool::start(const SourceDescription& source) {
    std::vector<std::shared_future<PullReport>> before;
    if (source.slicing.type == Slicing::Type::Lookup) {
        // Procedures are named by records of any source.
        const bool is_any = source.for_each.item == ForEach::Item::Procedure;
        for (const Pull& pull : pulls_) {
            if (is_any || pull.source == source.for_each.source) {
                before.push_back(pull.report);
            }
        }
    }
    ++busy_;
    const auto run = [this, &source, before = std::move(before)] {
        std::ranges::for_each(before, &std::shared_future<PullReport>::wait);
        PullReport report = pull_source(service_, connectors_, source);
        --busy_;
        return report;
    };
    return std::async(std::launch::async, run).share();
}

void PullPool::begin(const std::vector<const config::SourceSettings*>& sources) {
    for (const bool is_look_up : {false, true}) {
        for (const config::SourceSettings* each : sources) {
            const SourceDescription& source = each->description;
            const bool is_meant = (source.slicing.type == Slicing::Type::Lookup) == is_look_up;
            if (is_meant && !is_under_way(source.name)) {
                pulls_.push_back({source.name, start(source)});
            }
        }
    }
}

std::vector<PullReport> PullPool::take_done() {
    std::vector<PullReport> reports;
    std::erase_if(pulls_, [&](const Pull& pull) {
        const bool is_done =
            pull.report.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
        if (is_done) {
            reports.push_back(pull.report.get());
        }
        return is_done;
    });
    return reports;
}

std::vector<PullReport> PullPool::take_all() {
    std::ranges::for_each(pulls_, &std::shared_future<PullReport>::wait, &Pull::report);
    return take_done();
}

std::vector<PullReport> pull_sources(
    const Service& service,
    Connectors& connectors,
    const std::vector<const config::SourceSettings*>& sources
) {
    PullPool pool(service, connectors);
    pool.begin(sources);
    return pool.take_all();
}

}  // namespace thidua::daemon
