// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Many sources asked at once, each by a connector of its own on a thread of its own, as the daemon
// does it: how long it takes, and how much memory, in a line of JSON. many_sources.py is the other
// side, and table.py has the bounds.
//
//     thidua_bench_many_sources URL SECRET_FILE [SOURCES]
#include "connectors/connector.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/connectors/preset.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace thidua::connectors {
namespace {

SourceDescription source_at(const std::string& url, const std::string& secret_file) {
    return test::preset(
        "igate-dossiers",
        fmt::format(
            "base_url: {}\nauth: {{client_id: a, client_secret_file: {}}}\n"
            "parameters: {{ancestor_agency_id: 640000010000000000000010}}\n",
            url,
            secret_file
        )
    );
}

/// How many of `count` sources brought their ten dossiers.
int pull_all(const SourceDescription& source, int count) {
    const auto limiter = std::make_shared<RateLimiter>();
    std::vector<std::future<bool>> pulls;
    pulls.reserve(static_cast<std::size_t>(count));
    for (int number = 0; number < count; ++number) {
        pulls.push_back(std::async(std::launch::async, [&] {
            Environment environment{
                [] { return test::at("2024-06-14T16:00:00+07:00"); },
                [](std::chrono::milliseconds) {},
                {}};
            environment.rate_limiter = limiter;
            auto connector = Connector::create(source, std::move(environment));
            const auto slice =
                connector ? connector->gather({test::day("2024-06-07"), test::day("2024-06-20")})
                          : Result<Slice>(std::unexpected(connector.error()));
            if (!slice) {
                fmt::print(stderr, "{}\n", slice.error().message);
            }
            return slice && slice->dossiers.size() == 10;
        }));
    }
    int whole = 0;
    for (std::future<bool>& pull : pulls) {
        whole += pull.get() ? 1 : 0;
    }
    return whole;
}

void run(const std::string& url, const std::string& secret_file, int count) {
    const SourceDescription source = source_at(url, secret_file);
    bench::Stopwatch watch;
    watch.start();
    const int whole = pull_all(source, count);
    watch.stop();
    bench::Measurement("many-sources")
        .add("sources", std::int64_t{count})
        .add("whole", std::int64_t{whole})
        .add(watch)
        .print();
}

}  // namespace
}  // namespace thidua::connectors

int main(int argc, char** argv) {
    if (argc < 3) {
        return 64;
    }
    thidua::connectors::run(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 100);
    return 0;
}
