// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/alert.hpp"

#include "core/result.hpp"

#include <initializer_list>

namespace thidua {
namespace {

template <class Word>
std::optional<Word> find_word(std::string_view text, std::initializer_list<Word> words) {
    for (const Word word : words) {
        if (to_text(word) == text) {
            return word;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(AlertState state) {
    switch (state) {
        case AlertState::Inactive:
            return "inactive";
        case AlertState::Pending:
            return "pending";
        case AlertState::Firing:
            return "firing";
        case AlertState::Undetermined:
            return "undetermined";
    }
    check(false, "to_text: a known AlertState");
    return "";
}

std::optional<AlertState> parse_alert_state(std::string_view text) {
    using enum AlertState;
    return find_word(text, {Inactive, Pending, Firing, Undetermined});
}

std::string_view to_text(AlertCause cause) {
    switch (cause) {
        case AlertCause::Below:
            return "below";
        case AlertCause::Met:
            return "met";
        case AlertCause::NoActivity:
            return "no-activity";
        case AlertCause::NoTarget:
            return "no-target";
        case AlertCause::Unknown:
            return "unknown";
        case AlertCause::Source:
            return "source";
    }
    check(false, "to_text: a known AlertCause");
    return "";
}

std::optional<AlertCause> parse_alert_cause(std::string_view text) {
    using enum AlertCause;
    return find_word(text, {Below, Met, NoActivity, NoTarget, Unknown, Source});
}

std::string_view to_text(AlertStep step) {
    switch (step) {
        case AlertStep::First:
            return "first";
        case AlertStep::Second:
            return "second";
        case AlertStep::Leaders:
            return "leaders";
    }
    check(false, "to_text: a known AlertStep");
    return "";
}

std::optional<AlertStep> parse_alert_step(std::string_view text) {
    using enum AlertStep;
    return find_word(text, {First, Second, Leaders});
}

bool covers(const Silence& silence, const AlertKey& key, Day day) {
    const bool is_meant = (silence.unit.empty() || silence.unit == key.unit) &&
                          (silence.indicator.empty() || silence.indicator == key.indicator);
    return is_meant && !silence.end && silence.from <= day && day <= silence.until;
}

bool is_in_force(const Silence& silence, Day day) {
    return !silence.end && day <= silence.until;
}

}  // namespace thidua
