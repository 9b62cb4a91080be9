// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/figure_id.hpp"

#include "core/hash.hpp"

namespace thidua::rules {
namespace {

constexpr std::size_t half = (figure_id_length - 1) / 2;

std::string text_of(const FigureName& name) {
    std::string text(name.campaign);
    text += '|';
    text += name.indicator;
    text += '|';
    text += name.unit;
    text += '|';
    text += thidua::to_text(name.as_of);
    return text;
}

}  // namespace

std::string figure_id(const FigureName& name, std::int64_t known_slice) {
    return figure_id_stem(name) + short_id(text_of(name) + '|' + std::to_string(known_slice), half);
}

std::string figure_id_stem(const FigureName& name) {
    return "F" + short_id(text_of(name), half);
}

}  // namespace thidua::rules
