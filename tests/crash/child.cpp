// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua-crash-child STORE UNTIL: publishes the made-up source from where STORE (a path or a
// postgresql:// URL) says it is up to slice UNTIL, and tells on standard output, a line each, what
// it begins and what was acknowledged. It is there to be killed; links core and store only.
#include "store/store.hpp"
#include "tests/crash/made_up_source.hpp"
#include "tests/crash/open.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace thidua::crash {
namespace {

using store::Store;

constexpr int input_output_error = 74;

/// One write, so that a kill leaves whole lines.
void tell(std::string_view word, std::int64_t number) {
    const std::string line = fmt::format("{} {}\n", word, number);
    if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        ::_exit(EXIT_FAILURE);
    }
}

/// Where the store says it is; nothing else is asked.
struct Position {
    std::int64_t newest = 0;   ///< slice
    std::int64_t through = 0;  ///< slice up to which pulls are complete
};

Result<Position> position(Store& store) {
    Position found;
    auto find = store.statement("SELECT max(id) FROM slice");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto newest = (*find)->bind().first_row([](const store::Statement& row) {
        return row.integer_or_null(0).value_or(0);
    });
    if (!newest) {
        return std::unexpected(newest.error());
    }
    found.newest = newest->value_or(0);
    for (const char* source : {dossier_source, payment_source}) {
        const auto progress = store.progress(source);
        if (!progress) {
            return std::unexpected(progress.error());
        }
        if (progress->data_through) {
            found.through = std::max(found.through, number_at(*progress->data_through));
        }
    }
    return found;
}

Result<void> finish(Store& store, store::PullRun& run, std::int64_t number) {
    tell("finish", number);
    auto finished = store.finish_pull(run, {instant_of(number), std::nullopt});
    if (finished) {
        tell("finished", number);
    }
    return finished;
}

Result<void> ingest(Store& store, Position at, std::int64_t until) {
    Expect expect;
    expect.max_drop = Share{1, 1};  // slices with one key never come twice
    store::PullRun run;
    if (at.newest > at.through && end_of_pull(at.newest) == at.newest) {
        run = {slice_of(at.newest).source, instant_of(at.newest)};
        if (auto finished = finish(store, run, at.newest); !finished) {
            return finished;
        }
    }
    run = {};
    for (std::int64_t number = std::max(at.newest, at.through) + 1; number <= until; ++number) {
        const MadeUpSlice made = slice_of(number);
        if (run.source.empty()) {
            run = {made.source, instant_of(end_of_pull(number))};
        }
        tell("publish", number);
        const auto published =
            store.publish(run, {made.slice, made.at, expect, [](PaymentState, int, Instant asked) {
                                    return std::optional(asked);
                                }});
        if (!published) {
            return std::unexpected(published.error());
        }
        tell("published", number);
        if (end_of_pull(number) == number) {
            if (auto finished = finish(store, run, number); !finished) {
                return finished;
            }
            run = {};
        }
    }
    return {};
}

Result<void> live(const std::string& where, std::int64_t until) {
    tell("begin", 0);
    auto store = open_store(where, [] { tell("held", 0); });
    if (!store) {
        return std::unexpected(store.error());
    }
    const auto at = position(*store);
    if (!at) {
        return std::unexpected(at.error());
    }
    const auto interrupted =
        store->close_interrupted(instant_of(std::max(at->newest, at->through)));
    if (!interrupted) {
        return std::unexpected(interrupted.error());
    }
    tell("interrupted", *interrupted);
    return ingest(*store, *at, until);
}

}  // namespace
}  // namespace thidua::crash

int main(int count, char** arguments) {
    if (count != 3) {
        fmt::print(stderr, "usage: thidua-crash-child STORE UNTIL\n");
        return EXIT_FAILURE;
    }
    const auto lived = thidua::crash::live(arguments[1], std::atoll(arguments[2]));
    if (lived) {
        return EXIT_SUCCESS;
    }
    fmt::print(stderr, "thidua-crash-child: {}\n", lived.error().message);
    return thidua::crash::input_output_error;
}
