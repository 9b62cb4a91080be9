// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/envelope.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace thidua::connectors {
namespace {

/// An answer's own code as a message may show it: short, letters and digits only.
std::string shown_code(std::string_view code) {
    constexpr std::size_t length_max = 32;
    const bool is_plain =
        code.size() <= length_max && std::ranges::all_of(code, [](char letter) {
            return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                   (letter >= 'a' && letter <= 'z') || letter == '_' || letter == '-';
        });
    return is_plain ? fmt::format("'{}'", code) : "a text";
}

}  // namespace

Result<Envelope> Envelope::make(const std::vector<ErrorRule>& rules) {
    Envelope envelope;
    for (const ErrorRule& rule : rules) {
        auto pointer = Pointer::parse(rule.pointer);
        if (!pointer) {
            return failed("errors", std::move(pointer.error()));
        }
        const int tests =
            static_cast<int>(!rule.equals.empty()) + static_cast<int>(!rule.differs_from.empty()) +
            static_cast<int>(!rule.contains.empty()) + static_cast<int>(!rule.lacks.empty());
        if (tests > 1 || (tests == 0 && !rule.status)) {
            return fail(
                ErrorKind::Config,
                "errors: one of equals, differs_from, contains and lacks, or a status is needed"
            );
        }
        envelope.rules_.push_back({*std::move(pointer), rule, fold(rule.contains), fold(rule.lacks)}
        );
    }
    return envelope;
}

Result<bool> Envelope::Rule::holds(std::optional<Element> answer, std::string& shown) const {
    const bool is_status_alone =
        rule.equals.empty() && rule.differs_from.empty() && contains.empty() && lacks.empty();
    if (is_status_alone) {
        return true;
    }
    const auto element = answer ? pointer.find(*answer) : std::nullopt;
    const auto text = element ? scalar_text(*element) : std::nullopt;
    const bool is_difference = !rule.differs_from.empty() || !lacks.empty();
    if (!text) {
        // Not there: it is not what it should be, unless only something else was looked for.
        if (is_difference && !rule.status) {
            return fail(ErrorKind::Contract, pointer.text() + ": not there");
        }
        return is_difference;
    }
    const std::string_view code = trim(*text);
    shown = shown_code(code);
    if (!rule.equals.empty()) {
        return std::ranges::find(rule.equals, code) != rule.equals.end();
    }
    if (!rule.differs_from.empty()) {
        return std::ranges::find(rule.differs_from, code) == rule.differs_from.end();
    }
    const std::string folded = fold(code);
    return contains.empty() ? folded.find(lacks) == std::string::npos
                            : folded.find(contains) != std::string::npos;
}

Result<std::optional<Envelope::Standing>> Envelope::judge(
    int status, bool is_accepted, std::optional<Element> answer, bool& may_be_session
) const {
    for (const Rule& each : rules_) {
        const bool is_meant = each.rule.status ? *each.rule.status == status : is_accepted;
        if (!is_meant) {
            continue;
        }
        std::string shown;
        const auto holds = each.holds(answer, shown);
        if (!holds) {
            return std::unexpected(holds.error());
        }
        if (!*holds) {
            continue;
        }
        if (!each.rule.kind) {
            return std::optional(Standing::Unknown);
        }
        std::string message =
            shown.empty()
                ? fmt::format("status {}: the source says that it failed", status)
                : fmt::format(
                      "{} is {}: the source says that it failed", each.pointer.text(), shown
                  );
        may_be_session = each.rule.may_be_session;
        return fail(*each.rule.kind, std::move(message));
    }
    return std::optional<Standing>{};
}

std::vector<Pointer> Envelope::pointers() const {
    std::vector<Pointer> pointers;
    for (const Rule& each : rules_) {
        pointers.push_back(each.pointer);
    }
    return pointers;
}

}  // namespace thidua::connectors
