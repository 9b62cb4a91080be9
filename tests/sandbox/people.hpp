// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The personal data that the sandbox plants in its answers, so that a test can look for it in
// everything the program under test writes. All of it is invented.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

/// In some personal field of every record, and in every transaction of the Payment Platform.
inline constexpr std::string_view canary = "CANARY-b1f2-KHONG-DUOC-LUU";

struct Person {
    std::string full_name;
    std::string phone;
    std::string identity_number;
    std::string email;
    std::string address;
};

/// Everybody there is; the same for every seed.
std::span<const Person> people();
/// Who stands in dossier `number`; `role` 0 is the applicant, 1 who accepted it, 2 who works on it.
const Person& person_of(std::uint64_t seed, std::uint64_t number, std::uint64_t role);
/// The canary and every planted value, one a line.
std::string personal_data_text();

}  // namespace thidua::sandbox
