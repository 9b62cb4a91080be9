// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/fixture.hpp"

#include "config/yaml.hpp"
#include "core/file.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t bytes_max = 32U * 1024 * 1024;

Fixture read_test(config::Node node) {
    Fixture fixture;
    fixture.source = node.required("source").text();
    fixture.now = node.required("now").instant();
    config::Node window = node.optional("window");
    if (window) {
        const Day first = window.required("from").day();
        fixture.window = connectors::Window{first, window.required("to").day()};
    }
    window.finish();
    if (node.optional("whole").boolean_or(false)) {
        fixture.window = connectors::Window{};  // a catalogue has no days
    }
    fixture.look_up = node.optional("look_up").texts();
    fixture.file = node.optional("file").text_or("");
    const int kinds = static_cast<int>(fixture.window.has_value()) +
                      static_cast<int>(!fixture.look_up.empty()) +
                      static_cast<int>(!fixture.file.empty());
    if (kinds != 1) {
        node.report("needs one of window, whole, look_up and file");
    }
    return fixture;
}

Result<connectors::Recorded> read_answer(const std::filesystem::path& file, int status) {
    auto body = read_file(file, bytes_max);
    if (!body) {
        return std::unexpected(std::move(body.error()));
    }
    return connectors::Recorded{status, *std::move(body)};
}

/// The answers that `pull --record` kept of this source.
Result<void> read_manifest(Fixture& fixture) {
    const auto text = read_file(fixture.folder / "manifest.json", bytes_max);
    if (!text) {
        return failed("answers are not listed, and there is no record", text.error());
    }
    boost::system::error_code code;
    const json::value manifest = json::parse(*text, code);
    if (code || !manifest.is_array()) {
        return fail(ErrorKind::Config, (fixture.folder / "manifest.json").string() + ": no record");
    }
    for (const json::value& entry : manifest.get_array()) {
        const json::object* object = entry.if_object();
        const auto text_at = [&](const char* key) {
            const json::value* value = object != nullptr ? object->if_contains(key) : nullptr;
            return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                          : std::string();
        };
        if (text_at("source") != fixture.source) {
            continue;
        }
        const json::value* status = object->if_contains("status");
        auto answer = read_answer(
            fixture.folder / text_at("file"),
            status != nullptr && status->is_int64() ? static_cast<int>(status->get_int64()) : 200
        );
        if (!answer) {
            return std::unexpected(std::move(answer.error()));
        }
        fixture.answers.emplace(text_at("step"), *std::move(answer));
    }
    return {};
}

std::string joined(const std::vector<config::Problem>& problems) {
    std::string text;
    for (const config::Problem& problem : problems) {
        text += (text.empty() ? "" : "\n") + config::to_text(problem);
    }
    return text;
}

}  // namespace

Result<Fixture> read_fixture(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "test.yaml";
    const auto text = read_file(file, config::file_bytes_max);
    if (!text) {
        return std::unexpected(text.error());
    }
    config::Problems problems;
    const auto value = config::parse_yaml(*text, problems.add_file(file), problems);
    Fixture fixture;
    Result<void> read;
    if (value) {
        config::Node node(*value, "test", problems);
        fixture = read_test(node);
        fixture.folder = folder;
        config::Node known(*value, "test", problems);
        for (const char* key : {"source", "now", "window", "whole", "look_up", "file"}) {
            (void)known.optional(key);
        }
        const config::Node answers = known.optional("answers");
        known.finish();
        for (const auto& [step, name] : answers.entries()) {
            auto answer = read_answer(folder / name.text(), 200);
            if (answer) {
                fixture.answers.emplace(step, *std::move(answer));
            } else {
                name.report(answer.error().message);
            }
        }
        if (!answers && fixture.file.empty() && problems.sorted().empty()) {
            read = read_manifest(fixture);
        }
    }
    if (const auto found = problems.sorted(); !found.empty()) {
        return fail(ErrorKind::Config, joined(found));
    }
    return read ? Result<Fixture>(std::move(fixture)) : std::unexpected(std::move(read.error()));
}

}  // namespace thidua::daemon
