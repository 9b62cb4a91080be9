// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace thidua::test {

/// Fails unless `text` is what tests/golden/`path` holds, naming the first line that differs.
///
/// With UPDATE_GOLDEN=1 in the environment the file is rewritten, and the test still fails where
/// it changed: a person reads the difference before the next run passes.
void expect_golden(std::string_view path, std::string_view text);

}  // namespace thidua::test
