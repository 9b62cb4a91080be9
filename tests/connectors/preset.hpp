// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The shipped presets, laid under what a test gives, and an environment that never waits.
#pragma once

#include "connectors/connector.hpp"
#include "core/source.hpp"
#include "core/time.hpp"
#include "tests/support/temporary_folder.hpp"

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::test {

/// 2024-06-17T10:15:00+07:00 and the like; the test ends if it is none.
[[nodiscard]] Instant at(std::string_view text);
[[nodiscard]] Day day(std::string_view text);

/// Reads connectors/presets/NAME.yaml with `over` laid over it, as the loader does. A problem
/// fails the test.
[[nodiscard]] SourceDescription preset(std::string_view name, const std::string& over);

/// A source that is described by `text` alone. A problem fails the test.
[[nodiscard]] SourceDescription described(const std::string& text);

/// A clock that stands still, except that waiting moves it; remembers what was waited for.
struct World {
    Instant now = at("2024-06-17T10:15:00+07:00");
    std::vector<std::chrono::milliseconds> waits;
    std::stop_source stop;

    [[nodiscard]] connectors::Environment environment();
};

/// Sources of the three presets that ask a peer, with secrets in a folder of the test's own.
class Sources {
  public:
    Sources();
    [[nodiscard]] SourceDescription igate(const std::string& url) const;
    [[nodiscard]] SourceDescription reporting(const std::string& url) const;
    [[nodiscard]] SourceDescription platform(const std::string& url) const;
    [[nodiscard]] std::filesystem::path secret_file() const { return folder_.path() / "secret"; }
    void write_secret(std::string_view secret) const;

  private:
    TemporaryFolder folder_;
};

inline constexpr std::string_view test_secret = "canary-secret-7d1f";

/// Words that stand for personal data in what peers answer.
inline constexpr std::string_view canary = "CANARY-NGUYEN-VAN-A-012345678901";

}  // namespace thidua::test
