// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A small iGate on loopback: tokens, search by page, fees. A test spoils it where it wants.
#pragma once

#include "tests/support/http_peer.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::test {

/// A whole record of dossier `number`, accepted on 2024-06-17, with personal data in it.
[[nodiscard]] std::string igate_record(int number);

/// `text` with the only occurrence of `from` replaced; the test fails if there is none.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

/// A search answer with these records.
[[nodiscard]] std::string igate_page(const std::vector<std::string>& records, std::size_t total);

class IgatePeer {
  public:
    /// Answers in place of the peer where it gives something.
    using Intercept = std::function<std::optional<PeerReply>(const PeerRequest&)>;

    explicit IgatePeer(std::vector<std::string> records, Intercept intercept = {});

    [[nodiscard]] std::string url() const { return peer_.url(); }
    /// The requests whose path begins with `path`.
    [[nodiscard]] std::vector<PeerRequest> requests(std::string_view path) const;

  private:
    [[nodiscard]] PeerReply answer(const PeerRequest& request);

    std::vector<std::string> records_;
    Intercept intercept_;
    int tokens_ = 0;
    HttpPeer peer_;
};

inline constexpr std::string_view token_path = "/auth/";
inline constexpr std::string_view search_path = "/pa/dossier/search";
inline constexpr std::string_view fee_path = "/pa/dossier-fee/";

}  // namespace thidua::test
