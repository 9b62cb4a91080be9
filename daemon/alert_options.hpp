// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Commands about reminders, silences and urging.
#pragma once

#include "daemon/record_options.hpp"

namespace thidua::daemon {

class AlertOptions : protected RecordOptions {
  protected:
    void add_alerts();
    void add_silences();
    void add_urging();

  private:
    void add_indicator(CLI::App& app, const std::string& help);
};

}  // namespace thidua::daemon
