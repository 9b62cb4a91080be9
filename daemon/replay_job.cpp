// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua replay, thidua quarantine replay: what was kept is read once more by today's mapping, and
// what differs is published. Nobody is asked, and data_through stays where it is.
#include "connectors/plan.hpp"
#include "daemon/commands.hpp"
#include "daemon/log.hpp"
#include "daemon/pull_steps.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// What became of the captures of one source.
struct Replayed {
    std::string source;
    int captures = 0;  ///< that were read
    int slices = 0;    ///< that differ: published, or would be
    std::int64_t records = 0;
    std::int64_t changed = 0;
    std::int64_t refused = 0;   ///< newly
    std::int64_t resolved = 0;  ///< refused no longer
    std::optional<Error> error;
};

json::object to_json(const Replayed& one) {
    json::object object;
    object["source"] = one.source;
    object["captures"] = one.captures;
    object["slices"] = one.slices;
    object["records"] = one.records;
    object["changed"] = one.changed;
    object["refused"] = one.refused;
    object["resolved"] = one.resolved;
    put_error(object, one.error);
    return object;
}

std::string to_line(const Replayed& one, bool is_dry) {
    return fmt::format(
        "{}: {} captures read, {} slices {}differ: {} of {} records {}changed, {} refused anew, {} "
        "refused no longer\n",
        one.source,
        one.captures,
        one.slices,
        is_dry ? "would " : "",
        one.changed,
        one.records,
        is_dry ? "would be " : "",
        one.refused,
        one.resolved
    );
}

/// One run over the captures of several sources.
class Replay {
  public:
    Replay(const Options& options, const Service& service, const Output& output)
        : options_(options), service_(service), output_(output) {}

    ExitCode run(const std::vector<const config::SourceSettings*>& sources) {
        auto captures = service_.store.call([](store::Store& store) { return store.captures(""); });
        if (!captures) {
            return report_error(output_, captures.error());
        }
        const auto is_meant = [&](const store::Capture& capture) {
            return std::ranges::any_of(sources, [&](const config::SourceSettings* source) {
                return source->description.name == capture.source;
            });
        };
        total_ = std::ranges::count_if(*captures, is_meant);
        ExitCode code = ExitCode::Done;
        json::array array;
        for (const config::SourceSettings* source : sources) {
            const Replayed one = replay(source->description, *captures);
            if (one.error) {
                output_.err(fmt::format("thidua: {}: {}\n", one.source, one.error->message));
                code = code == ExitCode::Done ? exit_code_of(one.error->kind) : code;
            }
            if (options_.json) {
                array.push_back(to_json(one));
            } else if (!one.error || one.slices > 0) {
                output_.out(to_line(one, options_.dry_run));
            }
        }
        if (options_.json) {
            output_.out(pretty_json(array));
        }
        return code;
    }

  private:
    Replayed replay(const SourceDescription& source, const std::vector<store::Capture>& captures) {
        Replayed made;
        made.source = source.name;
        const bool has_any = std::ranges::any_of(captures, [&](const store::Capture& capture) {
            return capture.source == source.name;
        });
        if (!has_any) {
            return made;
        }
        auto pull = begin_pull(service_, connectors_, source, store::PullKind::Replay);
        if (!pull) {
            made.error = pull.error();
            return made;
        }
        Result<void> done;
        for (const store::Capture& capture : captures) {
            if (capture.source != source.name || !done) {
                continue;
            }
            done = service_.stop.stop_requested()
                       ? fail(ErrorKind::Stopped, "stopped before its end; run it again")
                       : replay(*pull, capture, made);
            output_.progress({"Replaying", ++done_, total_});
        }
        if (pull->run.slices > 0) {
            finish(*pull, done);
        }
        made.error = done ? pull->report.error : std::optional(done.error());
        for (const std::string& notice : pull->report.notices) {
            output_.err("thidua: " + notice + "\n");
        }
        return made;
    }

    Result<void> replay(PullInHand& pull, const store::Capture& capture, Replayed& made) {
        // A file has no window: all that is in it is meant.
        const bool is_file = pull.source.slicing.type == Slicing::Type::File;
        const auto window = is_file ? std::optional<connectors::Window>(std::in_place)
                                    : connectors::window_of(capture.key);
        if (!window) {
            return {};
        }
        const auto kept = service_.store.call([&](store::Store& store) {
            return store.captured(capture.source, capture.key);
        });
        auto slice = kept ? pull.connector.reread(*kept, *window) : std::unexpected(kept.error());
        if (!slice) {
            return std::unexpected(slice.error());
        }
        ++made.captures;
        slice->key = capture.key;
        slice->print = 0;  // of an answer, which this is not
        slice->sha256 = capture.sha256;
        slice->bytes = capture.bytes;
        slice->declared_total = capture.records;
        const store::SliceToPublish what{
            *slice,
            service_.clock.now(),
            pull.source.expect,
            connectors::next_look_up,
            capture.slice};
        const auto preview = service_.store.call([&](store::Store& store) {
            return store.preview(capture.source, what);
        });
        if (!preview) {
            return std::unexpected(preview.error());
        }
        if (preview->changed == 0 && preview->refused == 0 && preview->resolved == 0) {
            return {};
        }
        if (preview->no) {
            return fail(ErrorKind::Data, *preview->no);
        }
        ++made.slices;
        made.records += preview->records;
        made.changed += preview->changed;
        made.refused += preview->refused;
        made.resolved += preview->resolved;
        if (options_.dry_run) {
            return {};
        }
        const auto published = publish(pull, *slice, capture.slice);
        return published ? Result<void>{} : std::unexpected(published.error());
    }

    const Options& options_;
    const Service& service_;
    const Output& output_;
    Connectors connectors_;
    std::int64_t done_ = 0;
    std::int64_t total_ = 0;
};

/// Sources that have a refused record to be seen to, of those that the options name.
Result<std::vector<std::string>> sources_in_quarantine(
    const Options& options, const Service& service
) {
    const auto open = service.store.call([&](store::Store& store) {
        return store.quarantine({store::QuarantineQuery::Which::Open, options.source});
    });
    if (!open) {
        return std::unexpected(open.error());
    }
    std::set<std::string> names;
    for (const store::Quarantined& one : *open) {
        names.insert(one.source);
    }
    return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace

ExitCode replay(const Options& options, const Service& service, const Output& output) {
    const auto sources = named_sources(service.settings, options.sources, "replay");
    return sources ? Replay(options, service, output).run(*sources)
                   : report_error(output, sources.error());
}

ExitCode quarantine_replay(const Options& options, const Service& service, const Output& output) {
    const auto names = sources_in_quarantine(options, service);
    if (!names) {
        return report_error(output, names.error());
    }
    if (names->empty()) {
        if (options.json) {
            output.out(pretty_json(json::array()));
        } else if (!options.quiet) {
            output.err("thidua: no record is to be seen to\n");
        }
        return ExitCode::Done;
    }
    const auto sources = named_sources(service.settings, *names, "quarantine replay");
    return sources ? Replay(options, service, output).run(*sources)
                   : report_error(output, sources.error());
}

}  // namespace thidua::daemon
