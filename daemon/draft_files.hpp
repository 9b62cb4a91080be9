// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Drafts of papers, on their way into a folder.
#pragma once

#include "config/settings.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/options.hpp"
#include "reports/docx/form.hpp"
#include "reports/official_document.hpp"
#include "rules/standings.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// A paper, and what it is about.
struct Draft {
    std::string file_name;  ///< ASCII
    std::string kind;       ///< "urging", "procedure-review", or the id of a nomination's part
    std::string candidate;  ///< a unit's code or an officer's id; empty: the whole agency
    std::string award;      ///< its id; empty: none
    reports::official::Paper paper;
    reports::docx::FormValues values{};  ///< the same for `options.form`, which then is filled in
    std::vector<std::string> figures{};  ///< ids of those in it
};

/// "bao-cao_H37.10.05.docx": a form's own name, in ASCII, before what it is about.
[[nodiscard]] std::string form_file_name(const Options& options, const std::string& about);

/// `text` for a file's name: ASCII letters, digits, "." and "-", everything else as "-".
[[nodiscard]] std::string file_word(std::string_view text);

/// What is printed on papers. Errors: Config, naming what to add, where nothing is configured.
[[nodiscard]] Result<Texts> texts_of(const config::Settings& settings);

[[nodiscard]] std::vector<std::string> figure_ids(const rules::UnitStanding& unit);

/// Writes them to `options.out`, each whole or not at all, and says so on stdout. A file that is
/// there with other content is left alone, and nothing is written, unless `options.replace`.
/// `head`: what JSON says before the list of files.
[[nodiscard]] ExitCode hand_out(
    const Options& options, const std::vector<Draft>& drafts, boost::json::object head
);

}  // namespace thidua::daemon
