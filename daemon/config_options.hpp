// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Commands about the configuration itself.
#pragma once

#include "daemon/alert_options.hpp"

namespace thidua::daemon {

class ConfigOptions : protected AlertOptions {
  protected:
    void add_init();
    void add_validate();
    void add_config();
};

}  // namespace thidua::daemon
