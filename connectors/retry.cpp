// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/retry.hpp"

#include "core/text.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace thidua::connectors {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// SplitMix64: any seed gives well-mixed bits.
std::uint64_t mixed(std::uint64_t seed) {
    seed += 0x9E3779B97F4A7C15U;
    seed = (seed ^ (seed >> 30U)) * 0xBF58476D1CE4E5B9U;
    seed = (seed ^ (seed >> 27U)) * 0x94D049BB133111EBU;
    return seed ^ (seed >> 31U);
}

/// FNV-1a, 64 bits.
std::uint64_t hashed(std::uint64_t hash, std::string_view text) {
    for (const char letter : text) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
    }
    return hash;
}

milliseconds backoff_limit(const Retry& retry, int made) {
    milliseconds limit = retry.backoff;
    for (int doubled = 1; doubled < made && limit < retry.max_backoff; ++doubled) {
        limit *= 2;
    }
    return std::clamp(limit, milliseconds{0}, retry.max_backoff);
}

}  // namespace

std::optional<milliseconds> next_delay(
    const Retry& retry, const Attempts& attempts, std::uint64_t seed
) {
    if (attempts.made >= retry.max_attempts) {
        return std::nullopt;
    }
    const auto limit = static_cast<std::uint64_t>(backoff_limit(retry, attempts.made).count());
    const std::uint64_t drawn = mixed(seed + static_cast<std::uint64_t>(attempts.made));
    const milliseconds jitter{static_cast<std::int64_t>(limit == 0 ? 0 : 1 + drawn % limit)};
    const milliseconds least = std::clamp(
        attempts.retry_after.value_or(milliseconds{0}), milliseconds{0}, retry_after_max
    );
    const milliseconds delay = least + jitter;
    if (attempts.elapsed + delay > retry.deadline) {
        return std::nullopt;
    }
    return delay;
}

std::optional<milliseconds> parse_retry_after(std::string_view text, Instant now) {
    if (const std::size_t end = text.find('\n'); end != std::string_view::npos) {
        return std::max(
            parse_retry_after(text.substr(0, end), now),
            parse_retry_after(text.substr(end + 1), now)
        );
    }
    text = trim(text);
    if (text.empty()) {
        return std::nullopt;
    }
    const bool is_number =
        std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
    if (is_number) {
        std::int64_t count = 0;
        const auto code = std::from_chars(text.data(), text.data() + text.size(), count).ec;
        const bool is_short = code == std::errc{} && count < retry_after_max / seconds{1};
        return is_short ? milliseconds{seconds{count}} : retry_after_max;
    }
    const std::time_t date = curl_getdate(std::string(text).c_str(), nullptr);
    if (date < 0) {
        return std::nullopt;
    }
    const Instant until{seconds{date}};
    return std::clamp(until - now, milliseconds{0}, retry_after_max);
}

std::uint64_t jitter_seed(std::string_view source, std::string_view request) {
    return hashed(hashed(0xCBF29CE484222325U, source), request);
}

}  // namespace thidua::connectors
