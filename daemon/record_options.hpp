// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Commands about awards, and about what people record for them.
#pragma once

#include "daemon/source_options.hpp"

namespace thidua::daemon {

class RecordOptions : protected SourceOptions {
  protected:
    void add_rules();
    void add_evidence();
    void add_reviews();
    void add_nominations();

  private:
    void add_nominations_draft(CLI::App& nominations);
    /// Who is meant, and in which paper and why it stands there.
    void add_candidate(CLI::App& app);
    void add_document(CLI::App& app);
    void add_note(CLI::App& app);
    /// The first word is a table's file if no second one follows.
    void take_file_alone(CLI::App& app, Command command, std::string& first, std::string& second);
};

}  // namespace thidua::daemon
