// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/address.hpp"

#include <algorithm>

namespace thidua::config {

namespace {

constexpr std::size_t local_part_bytes_max = 64;  // RFC 5321, 4.5.3.1.1
constexpr std::size_t host_bytes_max = 253;
constexpr std::size_t label_bytes_max = 63;

bool is_letter_or_digit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9');
}

/// True if `is_good` holds for each of the parts between dots; an empty part is never good.
template <class Predicate>
bool all_parts(std::string_view text, Predicate is_good) {
    while (true) {
        const auto dot = text.find('.');
        const auto part = text.substr(0, dot);
        if (part.empty() || !is_good(part)) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

bool is_local_part(std::string_view text) {
    constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322, atext
    return text.size() <= local_part_bytes_max && all_parts(text, [&](std::string_view part) {
               return std::ranges::all_of(part, [&](char character) {
                   return is_letter_or_digit(character) ||
                          signs.find(character) != std::string_view::npos;
               });
           });
}

}  // namespace

bool is_host(std::string_view text) {
    return text.size() <= host_bytes_max && all_parts(text, [](std::string_view label) {
               return label.size() <= label_bytes_max && label.front() != '-' &&
                      label.back() != '-' && std::ranges::all_of(label, [](char character) {
                          return is_letter_or_digit(character) || character == '-';
                      });
           });
}

bool is_mailbox(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
           is_host(text.substr(at + 1));
}

}  // namespace thidua::config
