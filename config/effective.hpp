// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What counts: the root file with its drop-ins, presets, the campaign's file and the defaults of
// whatever is left out, and where each value comes from.
#pragma once

#include "config/keys/key.hpp"
#include "config/problem.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace thidua::config {

struct EffectiveValue {
    enum class Kind { Scalar, List, Map };
    Kind kind = Kind::Scalar;
    std::string key;      ///< dotted path
    std::string name;     ///< in its map; empty in a list
    std::string text;     ///< Scalar; a path is absolute
    bool quoted = false;  ///< Scalar: it must be in quotes to be read as what it is
    std::string file;     ///< where it is written; empty: it is a default
    int line = 0;
    int column = 0;
    keys::Type::Kind type = keys::Type::Kind::Text;
    std::vector<EffectiveValue> below;
};

/// "file:line:column", or "default".
[[nodiscard]] std::string origin_text(const EffectiveValue& value);

enum class Privacy {
    Whole,     ///< all but passwords and queries within URLs
    Redacted,  ///< without names, addresses, users and whatever a source is sent either
};

/// Reads files and checks nothing beyond their being YAML. Secrets are paths and stay unopened.
/// Errors: what cannot be read, as load() tells it.
[[nodiscard]] std::expected<EffectiveValue, std::vector<Problem>> read_effective(
    const std::filesystem::path& file, Privacy privacy
);

enum class Origins { Hidden, Shown };

/// As a root file, which loads as the one it was made from does, unless it is redacted; origins are
/// comments.
[[nodiscard]] std::string to_yaml(const EffectiveValue& root, Origins origins);

/// A URL without what it says of user, password and query.
[[nodiscard]] std::string without_secrets(const std::string& text);

}  // namespace thidua::config
