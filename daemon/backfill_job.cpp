// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua backfill SOURCE --from D --to D: windows are asked for again, whatever the schedule says.
// What an unfinished one has published is remembered, and skipped when it is started again.
#include "daemon/backfill_job.hpp"

#include "connectors/plan.hpp"
#include "daemon/commands.hpp"
#include "daemon/pull_steps.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

struct WindowDone {
    std::string key;
    std::string state;  ///< planned, skipped, published, failed
    std::int64_t records = 0;
    std::int64_t changed = 0;
};

/// One backfill under way.
class Backfill {
  public:
    Backfill(const Options& options, const Service& service, const Output& output)
        : options_(options), service_(service), output_(output) {}

    ExitCode run(const SourceDescription& source) {
        days_ = {source.name, *options_.from, *options_.last};
        if (auto planned = plan(source); !planned) {
            return report_error(output_, planned.error());
        }
        const auto done = options_.dry_run ? Result<void>{} : ask(source);
        tell(done);
        return done ? ExitCode::Done : exit_code_of(done.error().kind);
    }

  private:
    Result<void> plan(const SourceDescription& source) {
        if (source.slicing.type == Slicing::Type::Lookup) {
            return fail(
                ErrorKind::Usage,
                fmt::format(
                    "backfill: {} is asked for references, not for days; the first pull of a week "
                    "asks for all of them",
                    source.name
                )
            );
        }
        if (source.slicing.type == Slicing::Type::Whole) {
            return fail(
                ErrorKind::Usage,
                fmt::format(
                    "backfill: {} has no days: a pull asks for all that it has", source.name
                )
            );
        }
        if (source.slicing.type == Slicing::Type::File) {
            return fail(
                ErrorKind::Usage,
                fmt::format(
                    "backfill: {} takes files, and asks nobody: hand them over again, or replay "
                    "what "
                    "was kept",
                    source.name
                )
            );
        }
        if (days_.first > days_.last) {
            return fail(ErrorKind::Usage, "backfill: --from is after --to");
        }
        windows_ = windows_of_days(
            source, service_.settings.campaign, {days_.first, days_.last}, service_.clock.now()
        );
        if (windows_.empty()) {
            return fail(
                ErrorKind::Usage,
                fmt::format(
                    "backfill: no window of the campaign, from {} to today, holds these days",
                    to_text(service_.settings.campaign.start)
                )
            );
        }
        const auto published =
            service_.store.call([&](store::Store& store) { return store.backfilled(days_); });
        if (!published) {
            return std::unexpected(published.error());
        }
        for (const connectors::Window& window : windows_) {
            const std::string key = connectors::key_of(source, window);
            const bool is_done = std::ranges::count(*published, key) != 0;
            told_.push_back({key, is_done ? "skipped" : "planned"});
        }
        return {};
    }

    Result<void> ask(const SourceDescription& source) {
        Connectors connectors;
        auto pull = begin_pull(service_, connectors, source, store::PullKind::Backfill);
        if (!pull) {
            return std::unexpected(pull.error());
        }
        Result<void> done;
        for (std::size_t at = 0; at < windows_.size() && done; ++at) {
            if (told_[at].state == "planned") {
                done = ask(*pull, windows_[at], told_[at]);
            }
            output_.progress(
                {"Backfilling",
                 static_cast<std::int64_t>(at) + (done ? 1 : 0),
                 static_cast<std::int64_t>(windows_.size())}
            );
        }
        finish(*pull, done);
        if (done && pull->report.error) {
            done = std::unexpected(*pull->report.error);
        }
        for (const std::string& notice : pull->report.notices) {
            output_.err("thidua: " + notice + "\n");
        }
        if (done) {
            done = service_.store.call([&](store::Store& store) {
                return store.forget_backfill(days_);
            });
        }
        return done;
    }

    Result<void> ask(PullInHand& pull, const connectors::Window& window, WindowDone& told) {
        told.state = "failed";
        if (service_.stop.stop_requested()) {
            return fail(ErrorKind::Stopped, "stopped before its end");
        }
        if (auto room = check_reserve(service_.settings); !room) {
            return room;
        }
        const auto slice = pull.connector.gather(window);
        const auto published = slice ? publish(pull, *slice) : std::unexpected(slice.error());
        if (!published) {
            return std::unexpected(published.error());
        }
        told.state = "published";
        told.records = published->records;
        told.changed = published->changed;
        return service_.store.call([&](store::Store& store) {
            return store.note_backfilled(days_, told.key);
        });
    }

    void tell(const Result<void>& done) {
        if (options_.json) {
            output_.out(pretty_json(to_json(done)));
        } else {
            for (const WindowDone& window : told_) {
                output_.out(fmt::format(
                    "{} {:<21} {:<9} records {} changed {}\n",
                    days_.source,
                    window.key,
                    window.state,
                    window.records,
                    window.changed
                ));
            }
        }
        if (!done) {
            const auto left = std::ranges::count_if(told_, [](const WindowDone& window) {
                return window.state == "planned" || window.state == "failed";
            });
            output_.err(fmt::format(
                "thidua: {}: {}; {} of {} windows are left: run the same command again once that "
                "is seen to, it goes on there\n",
                days_.source,
                done.error().message,
                left,
                told_.size()
            ));
        }
    }

    [[nodiscard]] json::object to_json(const Result<void>& done) const {
        json::array windows;
        for (const WindowDone& window : told_) {
            windows.push_back(
                {{"window", window.key},
                 {"state", window.state},
                 {"records", window.records},
                 {"changed", window.changed}}
            );
        }
        json::object object;
        object["source"] = days_.source;
        object["from"] = to_text(days_.first);
        object["to"] = to_text(days_.last);
        object["windows"] = std::move(windows);
        put_error(object, done ? std::nullopt : std::optional(done.error()));
        return object;
    }

    const Options& options_;
    const Service& service_;
    const Output& output_;
    store::BackfillDays days_;
    std::vector<connectors::Window> windows_;
    std::vector<WindowDone> told_;  ///< of each window
};

}  // namespace

std::vector<connectors::Window> windows_of_days(
    const SourceDescription& source,
    const Campaign& campaign,
    const connectors::Window& days,
    Instant now
) {
    std::vector<connectors::Window> windows =
        connectors::plan_pull(source, campaign.start, campaign.end, {}, now).windows;
    std::erase_if(windows, [&](const connectors::Window& window) {
        return window.last < days.first || window.first > days.last;
    });
    return windows;
}

ExitCode backfill(const Options& options, const Service& service, const Output& output) {
    const auto sources = named_sources(service.settings, options.sources, "backfill");
    if (!sources) {
        return report_error(output, sources.error());
    }
    if (options.sources.size() != 1 || !options.from || !options.last) {
        return report_error(
            output, {ErrorKind::Usage, "backfill: name one source, --from and --to"}
        );
    }
    return Backfill(options, service, output).run(sources->front()->description);
}

}  // namespace thidua::daemon
