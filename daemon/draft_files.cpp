// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/draft_files.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "daemon/json_values.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "reports/docx.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t file_bytes_max = 64ULL * 1024 * 1024;

enum class State { Written, Unchanged, Replaced };

std::string_view word_of(State state) {
    switch (state) {
        case State::Written:
            return "written";
        case State::Unchanged:
            return "unchanged";
        case State::Replaced:
            return "replaced";
    }
    check(false, "word_of: a known State");
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

/// What came of the names in a form.
using Names = std::set<std::string, std::less<>>;

/// Errors: Data if the form names something that there is not, with what there is.
Result<std::string> fill(const Draft& draft, const std::string& form, Names& without_value) {
    auto filled = reports::docx::fill_form(form, draft.values);
    if (!filled) {
        return failed("--form", filled.error());
    }
    without_value.merge(filled->without_value);
    if (filled->unknown.empty()) {
        return std::move(filled->bytes);
    }
    Names known;
    for (const auto& [name, text] : draft.values.texts) {
        known.insert(name);
    }
    for (const auto& [name, items] : draft.values.lists) {
        known.insert("#" + name);
        for (const auto& [inner, text] :
             items.empty() ? reports::docx::FormTexts() : items.front()) {
            known.insert(name + "." + inner);
        }
    }
    return fail(
        ErrorKind::Data,
        fmt::format(
            "--form: nothing is called {}; there are {} (a.b: b in a row with #a)",
            fmt::join(filled->unknown, ", "),
            fmt::join(known, ", ")
        )
    );
}

Result<std::vector<Packed>> pack_all(
    const Options& options, const std::vector<Draft>& drafts, Names& without_value
) {
    std::string form;
    if (!options.form.empty()) {
        auto read = read_file(options.form, file_bytes_max);
        if (!read) {
            return std::unexpected(read.error());
        }
        form = *std::move(read);
    }
    std::vector<Packed> all;
    for (const Draft& draft : drafts) {
        auto bytes = options.form.empty() ? reports::render_docx(draft.paper)
                                          : fill(draft, form, without_value);
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

json::object to_json(const Packed& packed) {
    const Draft& draft = *packed.draft;
    return {
        {"file", draft.file_name},
        {"kind", draft.kind},
        {"candidate", text_or_null(draft.candidate)},
        {"award", text_or_null(draft.award)},
        {"state", word_of(packed.state)},
        {"sha256", sha256_hex(packed.bytes)},
        {"figures", json::array(draft.figures.begin(), draft.figures.end())}};
}

}  // namespace

std::string form_file_name(const Options& options, const std::string& about) {
    return fmt::format("{}_{}.docx", file_word(fold(options.form.stem().string())), about);
}

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
    Names without_value;
    const auto all = pack_all(options, drafts, without_value);
    const auto written = all ? write_all(options, *all) : std::unexpected(all.error());
    if (!written) {
        return report_error(written.error());
    }
    json::array files;
    for (const Packed& packed : *all) {
        files.push_back(to_json(packed));
        if (!options.json) {
            fmt::print("{} {}\n", word_of(packed.state), packed.path.string());
        }
    }
    if (!without_value.empty() && !options.quiet) {
        fmt::print(
            stderr, "thidua: left blank, for lack of a value: {}\n", fmt::join(without_value, ", ")
        );
    }
    if (options.json) {
        head["form"] = text_or_null(options.form.string());
        head["without_value"] = json::array(without_value.begin(), without_value.end());
        head["folder"] = options.out.string();
        head["files"] = std::move(files);
        fmt::print("{}", pretty_json(head));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
