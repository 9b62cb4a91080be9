// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/rate_limit.hpp"

#include <algorithm>

namespace thidua::connectors {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

nanoseconds step_of(const RateLimit& limit) {
    return limit.requests > 0 ? nanoseconds{limit.per} / limit.requests : nanoseconds{0};
}

/// How far ahead of the even rate a burst may run.
nanoseconds burst_of(const RateLimit& limit) {
    return nanoseconds{limit.per} - step_of(limit);
}

}  // namespace

std::size_t RateLimiter::take(
    std::string_view host, const RateLimit& limit, std::size_t wanted, Instant now
) {
    const std::scoped_lock lock(mutex_);
    Host& known = host_at(host, now);
    const nanoseconds at = now.time_since_epoch();
    std::size_t given = 0;
    while (given < wanted) {
        if (limit.daily > 0 && known.asked >= limit.daily) {
            break;
        }
        if (limit.requests > 0) {
            const nanoseconds due = std::max(known.due, at);
            if (due - at > burst_of(limit)) {
                break;
            }
            known.due = due + step_of(limit);
        }
        ++known.asked;
        ++given;
    }
    return given;
}

milliseconds RateLimiter::wait(std::string_view host, const RateLimit& limit, Instant now) {
    const std::scoped_lock lock(mutex_);
    const Host& known = host_at(host, now);
    if (limit.daily > 0 && known.asked >= limit.daily) {
        return first_instant(known.day + std::chrono::days{1}) - now;
    }
    if (limit.requests <= 0) {
        return milliseconds{0};
    }
    const nanoseconds ahead = known.due - nanoseconds{now.time_since_epoch()} - burst_of(limit);
    return std::max(std::chrono::ceil<milliseconds>(ahead), milliseconds{0});
}

RateLimiter::Host& RateLimiter::host_at(std::string_view name, Instant now) {
    const auto place = hosts_.find(name);
    Host& known = place == hosts_.end() ? hosts_[std::string(name)] : place->second;
    const Day today = day_of(now);
    if (known.day != today) {
        known.day = today;
        known.asked = 0;
    }
    return known;
}

}  // namespace thidua::connectors
