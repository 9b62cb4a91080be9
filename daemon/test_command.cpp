// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua test
#include "connectors/plan.hpp"
#include "core/file.hpp"
#include "daemon/commands.hpp"
#include "daemon/fixture.hpp"
#include "daemon/measure.hpp"
#include "daemon/pull_steps.hpp"
#include "daemon/rehearsal.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/standings_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace thidua::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view expected_name = "expected.txt";
constexpr std::size_t records_shown = 1'000;
constexpr std::uintmax_t bytes_max = 32U * 1024 * 1024;

/// A folder that is gone at the end.
class Scratch {
  public:
    Scratch() : path_((fs::temp_directory_path() / "thidua-test-XXXXXX").string()) {
        is_made_ = ::mkdtemp(path_.data()) != nullptr;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code code;
        if (is_made_) {
            fs::remove_all(path_, code);
        }
    }
    [[nodiscard]] bool is_made() const { return is_made_; }
    [[nodiscard]] fs::path path() const { return path_; }

  private:
    std::string path_;
    bool is_made_ = false;
};

Result<Slice> gather(const SourceDescription& source, const Fixture& fixture) {
    connectors::Environment environment{
        [now = fixture.now] { return now; }, [](std::chrono::milliseconds) {}, {}};
    environment.recorded = [&](const std::string& step) -> std::optional<connectors::Recorded> {
        const auto found = fixture.answers.find(step);
        return found == fixture.answers.end() ? std::nullopt : std::optional(found->second);
    };
    auto connector = connectors::Connector::create(source, std::move(environment));
    if (!connector) {
        return std::unexpected(std::move(connector.error()));
    }
    if (!fixture.file.empty()) {
        const auto bytes = read_file(fixture.folder / fixture.file, bytes_max);
        return bytes ? connector->read_file(fixture.file, *bytes) : std::unexpected(bytes.error());
    }
    return fixture.window ? connector->gather(*fixture.window)
                          : connector->look_up(fixture.look_up);
}

/// As if the campaign counted by the word of this source.
config::Settings counted_by(config::Settings settings, const SourceDescription& source) {
    for (Indicator& indicator : settings.campaign.indicators) {
        if (source.kind == RecordKind::Dossiers) {
            indicator.system_of_record = source.name;
        } else if (source.kind == RecordKind::Payments) {
            indicator.payment_record = source.name;
        }
    }
    return settings;
}

/// The standings by this slice alone, in a store of its own.
Result<std::string> standings_text(
    const config::Settings& given,
    const SourceDescription& source,
    const Fixture& fixture,
    const Slice& slice
) {
    const config::Settings settings = counted_by(given, source);
    const Scratch scratch;
    if (!scratch.is_made()) {
        return fail(ErrorKind::Io, "no folder for temporary files can be made (TMPDIR)");
    }
    store::Location location;
    location.path = scratch.path() / "thidua.db";
    auto opened = store::Store::open(location, store::Access::ReadWrite);
    if (!opened) {
        return std::unexpected(std::move(opened.error()));
    }
    SharedStore store(*std::move(opened));
    store::PullRun run;
    run.source = source.name;
    run.records = source.kind;
    run.started_at = fixture.now;
    auto published = store.call([&](store::Store& held) -> Result<void> {
        const auto done =
            held.publish(run, {slice, fixture.now, source.expect, connectors::next_look_up, 0});
        return done ? held.finish_pull(run, {fixture.now, std::nullopt})
                    : std::unexpected(done.error());
    });
    if (!published) {
        return std::unexpected(std::move(published.error()));
    }
    const auto standings = standings_of(store, settings, day_of(fixture.now), fixture.now);
    return standings ? Result<std::string>(standings_table(*standings, settings.campaign))
                     : std::unexpected(standings.error());
}

/// All that is compared: records, verdict and standings, or the error that came instead.
std::string outcome_of(
    const config::Settings& settings, const SourceDescription& source, const Fixture& fixture
) {
    Rehearsal shown;
    shown.source = source.name;
    const auto slice = gather(source, fixture);
    if (!slice) {
        shown.error = slice.error();
        return describe(shown);
    }
    shown.key = slice->key;
    if (auto taken = take_records(*slice, records_shown, shown); !taken) {
        shown.error = taken.error();
    }
    const auto standings = standings_text(settings, source, fixture, *slice);
    return describe(shown) + "standings:\n" +
           (standings ? *standings : standings.error().message + "\n");
}

/// The lines in which two texts differ, the first few, as both have them.
std::string differences(std::string_view expected, std::string_view actual) {
    constexpr int shown_max = 10;
    std::string text;
    int shown = 0;
    for (int line = 1; (!expected.empty() || !actual.empty()) && shown < shown_max; ++line) {
        const std::string_view wanted = expected.substr(0, expected.find('\n'));
        const std::string_view given = actual.substr(0, actual.find('\n'));
        if (wanted != given) {
            ++shown;
            text += fmt::format("line {}:\n  expected: {}\n  now:      {}\n", line, wanted, given);
        }
        expected.remove_prefix(std::min(wanted.size() + 1, expected.size()));
        actual.remove_prefix(std::min(given.size() + 1, actual.size()));
    }
    return text;
}

struct Verdict {
    std::string state;  ///< ok, differs, written, error
    std::string words{};
};

Verdict try_folder(
    const Options& options, const config::Settings& settings, const fs::path& folder
) {
    const auto fixture = read_fixture(folder);
    if (!fixture) {
        return {"error", fixture.error().message + "\n"};
    }
    const auto source = named_sources(settings, {fixture->source}, "test");
    if (!source) {
        return {"error", source.error().message + "\n"};
    }
    const std::string outcome = outcome_of(settings, source->front()->description, *fixture);
    if (options.update_golden) {
        const auto written = write_file(folder / expected_name, outcome);
        return written ? Verdict{"written"} : Verdict{"error", written.error().message + "\n"};
    }
    const auto expected = read_file(folder / expected_name, bytes_max);
    if (!expected) {
        return {
            "error",
            expected.error().message + "; what comes now, to be kept by --update-golden:\n" +
                outcome};
    }
    const std::string difference = differences(*expected, outcome);
    return difference.empty() ? Verdict{"ok"} : Verdict{"differs", difference};
}

}  // namespace

ExitCode run_test(const Options& options, const config::Settings& settings) {
    boost::json::array told;
    bool is_good = true;
    for (const std::string& folder : options.files) {
        const Verdict verdict = try_folder(options, settings, folder);
        is_good = is_good && (verdict.state == "ok" || verdict.state == "written");
        if (options.json) {
            told.push_back(
                {{"folder", folder}, {"state", verdict.state}, {"message", verdict.words}}
            );
        } else {
            fmt::print("{:<8} {}\n{}", verdict.state, folder, verdict.words);
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(boost::json::object{{"tests", std::move(told)}}));
    }
    return is_good ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace thidua::daemon
