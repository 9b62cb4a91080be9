// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Evidence as units fill it into a table.
#pragma once

#include "config/settings.hpp"
#include "connectors/tables/template_xlsx.hpp"
#include "core/evidence.hpp"
#include "core/table_file.hpp"
#include "daemon/catalogue_table.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// What evidence is filed for.
struct Topic {
    std::string id;    ///< "content/3", or the key of a question
    std::string word;  ///< as people write it: "Nội dung 3", or the key
    std::string text;  ///< the plan's words
};

/// What evidence about such a candidate may be filed for: each content, then what bodies judge
/// beside them.
[[nodiscard]] std::vector<Topic> topics(const Campaign& campaign, Subject subject);

/// The topic that "3", "Nội dung 3", "content/3" or a question's key means; nothing if there is
/// none.
[[nodiscard]] std::optional<Topic> find_topic(
    const Campaign& campaign, Subject subject, std::string_view given
);

/// The columns of such a table.
[[nodiscard]] const std::vector<FileColumn>& evidence_columns();

/// The same with the only words that Excel lets people enter, and title and guide; `unit`: code of
/// the unit that is to fill it in with its officers, empty for all.
struct EvidenceTemplate {
    std::vector<FileColumn> columns;
    connectors::TemplateWords words;
};
[[nodiscard]] EvidenceTemplate evidence_template(
    const config::Settings& settings, std::string_view unit
);

/// How rows are understood.
struct EvidenceBasis {
    const config::Settings& settings;
    std::filesystem::path folder;  ///< where the files lie that rows name
    std::string by;                ///< who files it
    Instant at;
};

struct EvidenceRows {
    std::vector<Evidence> evidence;    ///< not to be used with mistakes
    std::vector<RowMistake> mistakes;  ///< by row
};

/// Files that rows name are read for their SHA-256.
[[nodiscard]] EvidenceRows evidence_rows(const CatalogueTable& table, const EvidenceBasis& basis);

/// Reads a file that shows evidence; sets its name and SHA-256. Errors: Io; Data if it is too
/// large.
[[nodiscard]] Result<void> attach(Evidence& evidence, const std::filesystem::path& file);

}  // namespace thidua::daemon
