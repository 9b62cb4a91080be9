// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_text.hpp"

#include <fmt/format.h>

namespace thidua::config {

std::string double_quoted(std::string_view text) {
    std::string yaml = "\"";
    for (const char letter : text) {
        if (static_cast<unsigned char>(letter) < 0x20) {
            yaml += fmt::format("\\x{:02X}", static_cast<unsigned char>(letter));
            continue;
        }
        yaml += letter == '"' || letter == '\\' ? "\\" : "";
        yaml += letter;
    }
    return yaml + '"';
}

}  // namespace thidua::config
