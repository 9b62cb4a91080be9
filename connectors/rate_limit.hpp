// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How often hosts are asked. Being shut out by a ministry's gateway is an outage of our own making.
#pragma once

#include "core/source.hpp"
#include "core/time.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace thidua::connectors {

/// Counts what each host was asked. Shared by all sources; used by many threads.
///
/// An even rate with a burst: `requests` may go at once, then one every `per` / `requests`. Two
/// sources of one host use up the same allowance, each at its own rate.
class RateLimiter {
  public:
    /// How many of `wanted` requests may go to `host` at `now`; they are counted. At least one of
    /// them, or `wait` tells when.
    [[nodiscard]] std::size_t take(
        std::string_view host, const RateLimit& limit, std::size_t wanted, Instant now
    );

    /// How long until take() gives one. A daily budget that is used up begins anew at 00:00.
    [[nodiscard]] std::chrono::milliseconds wait(
        std::string_view host, const RateLimit& limit, Instant now
    );

  private:
    struct Host {
        std::chrono::nanoseconds due{0};  // when the requests so far are paid for, since 1970
        Day day{};
        std::int64_t asked = 0;  // on that day
    };

    [[nodiscard]] Host& host_at(std::string_view name, Instant now);

    std::mutex mutex_;
    std::map<std::string, Host, std::less<>> hosts_;
};

}  // namespace thidua::connectors
