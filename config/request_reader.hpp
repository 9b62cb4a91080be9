// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The parts of a source's YAML that say how it is asked: proof, certificates, requests, pages.
#pragma once

#include "config/yaml.hpp"
#include "core/source.hpp"

#include <string>
#include <vector>

namespace thidua::config {

// Each reports to the node's problems and calls its finish().

[[nodiscard]] Tls read_tls(Node node);
[[nodiscard]] RateLimit read_rate_limit(Node node);
[[nodiscard]] Auth read_auth(Node node);
[[nodiscard]] Request read_request(Node node);
[[nodiscard]] Pagination read_pagination(Node node);
[[nodiscard]] Retry read_retry(Node node);

/// A JSON pointer, "" or /a/b; the fallback if it is left out.
[[nodiscard]] std::string pointer_or(const Node& node, std::string fallback);

/// One JSON pointer, or a list of them.
[[nodiscard]] std::vector<std::string> pointers(const Node& node);

/// One text, or a list of them, byte for byte.
[[nodiscard]] std::vector<std::string> one_or_more(const Node& node);

[[nodiscard]] TimeFormat read_format(const Node& node, TimeFormat fallback);

/// Each item of a list read by `read`.
template <class Each>
[[nodiscard]] auto read_list(const Node& node, const Each& read) {
    std::vector<decltype(read(node))> list;
    for (const Node& item : node.items()) {
        list.push_back(read(item));
    }
    return list;
}

}  // namespace thidua::config
