// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The parts of a source's YAML that say how an answer is read: fields, rows, counters, errors.
#pragma once

#include "config/yaml.hpp"
#include "core/source.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace thidua::config {

// Each reports to the node's problems and calls its finish().

/// The mapping of the fields that `names` lists; another one is reported.
[[nodiscard]] std::map<std::string, FieldMap> read_map(
    const Node& node, std::span<const std::string_view> names
);
[[nodiscard]] std::string read_records(Node node);
/// Objects inside a record, with the fields that `names` lists.
[[nodiscard]] NestedMap read_nested(Node node, std::span<const std::string_view> names);
[[nodiscard]] Join read_join(Node node);
[[nodiscard]] CounterQuery read_query(Node node);
[[nodiscard]] ErrorRule read_error_rule(Node node);
[[nodiscard]] Contract read_contract(Node node);

}  // namespace thidua::config
