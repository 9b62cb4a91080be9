// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A configuration file: the strict YAML reader, and what it takes as a source. Nothing may crash, a
// file that is refused says why, and every problem has a place in the file and fits on a line.
#include "config/source_reader.hpp"
#include "config/yaml.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

namespace config = thidua::config;
using thidua::check;

void check_told(const config::Problems& problems) {
    for (const config::Problem& problem : problems.sorted()) {
        check(problem.file == "thidua.yaml", "a problem names its file");
        check(problem.line >= 0 && problem.column >= 0, "a problem has a place");
        check(!problem.message.empty(), "a problem says what is wrong");
        check(problem.message.find('\n') == std::string::npos, "a problem is one line");
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    config::Problems problems;
    const config::Place file = problems.add_file("thidua.yaml");
    const auto value = config::parse_yaml(text, file, problems);
    check(value || !problems.empty(), "a file that is refused says why");
    if (value) {
        (void)config::read_source(config::Node(*value, "sources.fuzzed", problems), "fuzzed");
        const config::Value laid = config::overlay(*value, *value);
        config::Problems again;
        (void)config::read_source(config::Node(laid, "sources.fuzzed", again), "fuzzed");
    }
    check_told(problems);
    return 0;
}
