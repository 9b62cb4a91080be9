// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/desk.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
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
        if (rule.equals.has_value() == rule.differs_from.has_value()) {
            return fail(ErrorKind::Config, "errors: one of equals and differs_from is needed");
        }
        envelope.rules_.push_back({*std::move(pointer), rule});
    }
    return envelope;
}

Result<Envelope::Standing> Envelope::judge(Element answer) const {
    for (const auto& [pointer, rule] : rules_) {
        const auto element = pointer.find(answer);
        const auto text = element ? scalar_text(*element) : std::nullopt;
        if (!text) {
            return fail(ErrorKind::Contract, pointer.text() + ": not there");
        }
        const std::string_view code = trim(*text);
        const bool holds = rule.equals ? code == *rule.equals : code != *rule.differs_from;
        if (!holds) {
            continue;
        }
        if (!rule.kind) {
            return Standing::Unknown;
        }
        return fail(
            *rule.kind,
            fmt::format(
                "{} is {}: the source says that it failed", pointer.text(), shown_code(code)
            )
        );
    }
    return Standing::Fine;
}

Values slice_values(const Desk& desk) {
    const SourceDescription& description = desk.description;
    Values values(description.parameters.begin(), description.parameters.end());
    values["now"] = format_time(desk.fetcher.now(), description.slicing.format);
    return values;
}

Result<std::string> secret_of(const std::optional<Signature>& signature) {
    return signature ? read_secret(signature->secret_file) : Result<std::string>{};
}

Manner manner_of(const Request& request, int in_flight) {
    Manner manner;
    manner.path = request.path;
    manner.success = request.success;
    manner.in_flight = in_flight;
    return manner;
}

void close_slice(const Desk& desk, Slice& slice) {
    const Account& account = desk.fetcher.account();
    slice.requests = account.requests;
    slice.bytes = account.bytes;
    slice.sha256 = sha256_hex(account.prints);
    if (desk.description.slicing.type != Slicing::Type::Lookup) {
        const std::uint64_t print = print_of(slice.key, account.print ^ desk.reading_print);
        slice.print = std::max(print, std::uint64_t{1});  // 0 means unknown
    }
}

}  // namespace thidua::connectors
