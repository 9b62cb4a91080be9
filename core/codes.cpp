// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/codes.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace thidua {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

std::string upper(std::string_view text) {
    std::string result(trim(text));
    std::ranges::transform(result, result.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return result;
}

bool is_digits(std::string_view text, std::size_t width) {
    return text.size() == width && std::ranges::all_of(text, is_digit);
}

/// H37: a letter and two digits.
bool is_province(std::string_view text) {
    return text.size() == 3 && text[0] >= 'A' && text[0] <= 'Z' && is_digit(text[1]) &&
           is_digit(text[2]);
}

}  // namespace

std::string canonical_unit_code(std::string_view code) {
    std::string given = upper(code);
    // The old form: ddd.dd.dd.Hdd, or ddd.ddd.dd.Hdd with a padded unit, read from right to left.
    if (given.size() != 13) {
        return given;
    }
    const std::string_view view = given;
    const bool is_old = is_digits(view.substr(0, 3), 3) && view[3] == '.' &&
                        is_digits(view.substr(4, 2), 2) && view[6] == '.' &&
                        is_digits(view.substr(7, 2), 2) && view[9] == '.' &&
                        is_province(view.substr(10));
    if (!is_old || view.substr(0, 3) != "000") {
        return given;
    }
    std::string result(view.substr(10));
    const std::string_view department = view.substr(7, 2);
    const std::string_view unit = view.substr(4, 2);
    if (department == "00") {
        return unit == "00" ? result : given;
    }
    result.append(".").append(department);
    if (unit != "00") {
        result.append(".").append(unit);
    }
    return result;
}

std::string canonical_procedure_code(std::string_view code) {
    const std::string_view given = trim(code);
    const bool begins_well = given.size() >= 8 && is_digit(given[0]) && given[1] == '.' &&
                             is_digits(given.substr(2, 6), 6) &&
                             (given.size() == 8 || given[8] == '.');
    return std::string(begins_well ? given.substr(0, 8) : given);
}

std::string canonical_dossier_code(std::string_view code) {
    std::string given = upper(code);
    const std::string_view view = given;
    const std::size_t last = view.rfind('-');
    if (last == std::string_view::npos || last < 8) {
        return given;
    }
    const std::size_t first = view.rfind('-', last - 1);
    if (first == std::string_view::npos ||
        !is_digits(view.substr(first + 1, last - first - 1), 6)) {
        return given;
    }
    return canonical_unit_code(view.substr(0, first)).append(view.substr(first));
}

}  // namespace thidua
