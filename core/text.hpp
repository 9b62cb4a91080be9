// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Vietnamese text as it arrives and as it is compared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace thidua {

/// Unicode NFC, with no-break and full-width spaces made plain, and trimmed. Invalid UTF-8 becomes
/// U+FFFD, so that the result is always valid.
[[nodiscard]] std::string to_nfc(std::string_view text);

/// The same without a copy where `text` needs no more than trimming, as ASCII does: then it is a
/// part of `text`, else it stands in `room`.
[[nodiscard]] std::string_view to_nfc(std::string_view text, std::string& room);

/// For comparison only: NFC, lower case, without marks, đ as d, runs of spaces as one.
[[nodiscard]] std::string fold(std::string_view text);

/// In capital letters, NFC.
[[nodiscard]] std::string to_upper(std::string_view text);

/// ASCII white space.
[[nodiscard]] constexpr bool is_space(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');  // \t \n \v \f \r
}

/// Without leading and trailing ASCII white space.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// Control characters and line ends as \xNN, so that a value can go into one line of a log.
[[nodiscard]] std::string one_line(std::string_view text);

/// `text` as it is quoted: NFC, in one line, without controls and without what would turn the
/// direction of writing. Of more than `letters_max` letters it is cut behind a word, or within one
/// that is longer than all, and "…" follows.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t letters_max);

/// The candidate nearest to `given` by edit distance, for "did you mean"; empty if none is near.
template <class Range>
[[nodiscard]] std::string nearest(std::string_view given, const Range& candidates);

/// Levenshtein distance in bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

template <class Range>
std::string nearest(std::string_view given, const Range& candidates) {
    std::string best;
    std::size_t best_distance = given.size() / 3 + 2;
    for (const auto& candidate : candidates) {
        const std::size_t distance = edit_distance(given, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = std::string(candidate);
        }
    }
    return best;
}

}  // namespace thidua
