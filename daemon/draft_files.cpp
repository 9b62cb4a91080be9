// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/draft_files.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "reports/docx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t file_bytes_max = 64ULL * 1024 * 1024;

enum class State { Written, Unchanged, Replaced };

std::string_view to_text(State state) {
    switch (state) {
        case State::Written:
            return "written";
        case State::Unchanged:
            return "unchanged";
        case State::Replaced:
            return "replaced";
    }
    check(false, "to_text: a known State");
    return "";
}

/// A draft as bytes, and what becomes of its file.
struct Packed {
    const Draft* draft = nullptr;
    std::filesystem::path path;
    std::string bytes;
    State state = State::Written;
};

/// Errors: Io if the file is there with other content and may not be replaced.
Result<State> state_of(const Packed& packed, bool may_replace) {
    std::error_code code;
    if (!std::filesystem::exists(packed.path, code)) {
        return State::Written;
    }
    const auto there = read_file(packed.path, file_bytes_max);
    if (there && *there == packed.bytes) {
        return State::Unchanged;
    }
    if (may_replace) {
        return State::Replaced;
    }
    return fail(
        ErrorKind::Io,
        fmt::format(
            "{} is there with other content: it was edited, or figures have changed since; nothing "
            "is written, --replace replaces it",
            packed.path.string()
        )
    );
}

Result<std::vector<Packed>> pack_all(const Options& options, const std::vector<Draft>& drafts) {
    std::vector<Packed> all;
    for (const Draft& draft : drafts) {
        auto bytes = reports::render_docx(draft.paper);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        Packed packed{&draft, options.out / draft.file_name, *std::move(bytes)};
        const auto state = state_of(packed, options.replace);
        if (!state) {
            return std::unexpected(state.error());
        }
        packed.state = *state;
        all.push_back(std::move(packed));
    }
    return all;
}

Result<void> write_all(const Options& options, const std::vector<Packed>& all) {
    std::error_code code;
    std::filesystem::create_directories(options.out, code);
    for (const Packed& packed : all) {
        if (packed.state == State::Unchanged) {
            continue;
        }
        if (auto written = write_file(packed.path, packed.bytes); !written) {
            return written;
        }
    }
    return {};
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object to_json(const Packed& packed) {
    const Draft& draft = *packed.draft;
    return {
        {"file", draft.file_name},
        {"kind", draft.kind},
        {"candidate", text_or_null(draft.candidate)},
        {"award", text_or_null(draft.award)},
        {"state", to_text(packed.state)},
        {"sha256", sha256_hex(packed.bytes)},
        {"figures", json::array(draft.figures.begin(), draft.figures.end())}};
}

}  // namespace

std::string file_word(std::string_view text) {
    std::string word;
    for (const char letter : text) {
        const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') || letter == '.';
        word += is_plain ? letter : '-';
    }
    return word;
}

Result<Texts> texts_of(const config::Settings& settings) {
    if (settings.texts) {
        return *settings.texts;
    }
    return fail(
        ErrorKind::Config,
        fmt::format(
            "{}: \"texts:\" is missing: names of the agency, signer, addressees and recipients as "
            "they are printed on papers; config/example/demo.yaml.in shows one",
            settings.file.string()
        )
    );
}

std::vector<std::string> figure_ids(const rules::UnitStanding& unit) {
    std::vector<std::string> ids;
    std::ranges::transform(unit.figures, std::back_inserter(ids), &rules::Figure::id);
    return ids;
}

ExitCode hand_out(
    const Options& options, const std::vector<Draft>& drafts, boost::json::object head
) {
    const auto all = pack_all(options, drafts);
    const auto written = all ? write_all(options, *all) : std::unexpected(all.error());
    if (!written) {
        return report_error(written.error());
    }
    json::array files;
    for (const Packed& packed : *all) {
        files.push_back(to_json(packed));
        if (!options.json) {
            fmt::print("{} {}\n", to_text(packed.state), packed.path.string());
        }
    }
    if (options.json) {
        head["folder"] = options.out.string();
        head["files"] = std::move(files);
        fmt::print("{}", pretty_json(head));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
