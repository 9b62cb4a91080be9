// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/preset.hpp"

#include "config/source_reader.hpp"
#include "config/yaml.hpp"
#include "core/file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

namespace thidua::test {

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

Day day(std::string_view text) {
    return parse_day(text).value();
}

SourceDescription preset(std::string_view name, const std::string& over) {
    constexpr std::uintmax_t bytes_max = 1'000'000;
    const std::filesystem::path file = std::filesystem::path(THIDUA_SOURCE_DIR) /
                                       "connectors/presets" / fmt::format("{}.yaml", name);
    config::Problems problems;
    const std::string text = read_file(file, bytes_max).value();
    auto shipped = config::parse_yaml(text, problems.add_file(file), problems);
    auto own = config::parse_yaml(over, problems.add_file("over.yaml"), problems);
    const config::Value value = config::overlay(shipped.value(), own.value());
    config::Node node(value, "sources.test", problems);
    (void)node.optional("version");
    SourceDescription description = config::read_source(node, "test");
    for (const config::Problem& problem : problems.sorted()) {
        ADD_FAILURE() << config::to_text(problem);
    }
    return description;
}

SourceDescription described(const std::string& text) {
    config::Problems problems;
    const auto value = config::parse_yaml(text, problems.add_file("source.yaml"), problems);
    SourceDescription description;
    if (value) {
        description = config::read_source(config::Node(*value, "sources.test", problems), "test");
    }
    for (const config::Problem& problem : problems.sorted()) {
        ADD_FAILURE() << config::to_text(problem);
    }
    return description;
}

connectors::Environment World::environment() {
    return {
        [this] { return now; },
        [this](std::chrono::milliseconds delay) {
            waits.push_back(delay);
            now += delay;
        },
        stop.get_token()};
}

Sources::Sources() {
    write_secret(test_secret);
}

void Sources::write_secret(std::string_view secret) const {
    ASSERT_TRUE(write_file(secret_file(), fmt::format("{}\n", secret)));
    ASSERT_EQ(::chmod(secret_file().c_str(), 0600), 0);
}

SourceDescription Sources::igate(const std::string& url) const {
    return preset(
        "igate-dossiers",
        fmt::format(
            "base_url: {}\n"
            "auth: {{client_id: thidua, client_secret_file: {}}}\n"
            "parameters: {{ancestor_agency_id: 640000000000000000000001}}\n",
            url,
            secret_file().string()
        )
    );
}

SourceDescription Sources::reporting(const std::string& url) const {
    return preset(
        "dvcqg-reporting",
        fmt::format("base_url: {}\nparameters: {{root_department: root-1}}\n", url)
    );
}

SourceDescription Sources::platform(const std::string& url) const {
    return preset(
        "payment-platform",
        fmt::format(
            "base_url: {}\n"
            "parameters: {{partner: LANGSON}}\n"
            "request: {{secret_file: {}}}\n",
            url,
            secret_file().string()
        )
    );
}

}  // namespace thidua::test
