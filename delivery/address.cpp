// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What may stand between angle brackets. Narrower than RFC 5321 on purpose: libcurl sends a CR or
// LF inside an address on to the relay, as a command of the attacker's choice.
#include "core/hash.hpp"
#include "delivery/message.hpp"

#include <algorithm>

namespace thidua::delivery {
namespace {

// RFC 5321, 4.5.3.1; 254 is what is left of a path of 256 bytes inside its angle brackets.
constexpr std::size_t address_bytes_max = 254;
constexpr std::size_t local_part_bytes_max = 64;
constexpr std::size_t label_bytes_max = 63;

bool is_letter_or_digit(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

bool is_atom_byte(char byte) {
    constexpr std::string_view specials = "!#$%&'*+-/=?^_`{|}~";
    return is_letter_or_digit(byte) || specials.find(byte) != std::string_view::npos;
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' &&
           label.back() != '-' && std::ranges::all_of(label, [](char byte) {
               return is_letter_or_digit(byte) || byte == '-';
           });
}

// A leading hyphen is legal, but a program that a relay calls with it might take it for an option.
bool is_local_atom(std::string_view atom) {
    return !atom.empty() && std::ranges::all_of(atom, is_atom_byte);
}

template <class Predicate>
bool all_between_dots(std::string_view text, Predicate holds) {
    while (true) {
        const std::size_t dot = text.find('.');
        if (!holds(text.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

bool is_safe_address(std::string_view address) {
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || address.size() > address_bytes_max) {
        return false;
    }
    const std::string_view local_part = address.substr(0, at);
    return local_part.size() <= local_part_bytes_max && !local_part.starts_with('-') &&
           all_between_dots(local_part, is_local_atom) &&
           all_between_dots(address.substr(at + 1), is_label);
}

std::string message_id(
    std::string_view edition, std::string_view recipient, std::string_view domain
) {
    constexpr std::size_t id_letters = 26;  // 130 bits
    std::string named(edition);
    named += '\0';  // neither part can hold it, so no two pairs run together
    named += recipient;
    return short_id(named, id_letters) + "@" + std::string(domain);
}

}  // namespace thidua::delivery
