// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Commands that are about sources: asking, taking files, reading again, deciding.
#pragma once

#include "daemon/command_line.hpp"

namespace thidua::daemon {

class SourceOptions : protected CommandLineParts {
  protected:
    void add_pull();
    void add_import();
    void add_test();
    void add_again();
    void add_quarantine();
    void add_procedures();
    void add_units();
    void add_pulls();
};

}  // namespace thidua::daemon
