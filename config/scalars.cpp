// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From written scalars to checked types, one accessor for each.
#include "config/yaml.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace thidua::config {

namespace {

constexpr std::size_t id_bytes_max = 64;
constexpr std::string_view credential_prefix = "credential:";
/// Where systemd puts those of the service; for commands that are typed beside it.
constexpr const char* service_credentials = "/run/credentials/thidua.service";

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// A number as JSON writes it: nothing that another reader could take for octal or for text.
std::optional<std::int64_t> parse_integer(std::string_view text) {
    const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || !std::ranges::all_of(digits, is_digit) ||
        (digits.size() > 1 && digits.front() == '0')) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// "256MiB": a whole number and a unit.
std::optional<std::uint64_t> parse_bytes(std::string_view text) {
    constexpr std::size_t unit_letters = 3;
    constexpr std::int64_t count_max = 1'000'000'000;
    constexpr std::pair<std::string_view, unsigned> units[] = {
        {"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
    const std::size_t digits = text.size() - std::min(text.size(), unit_letters);
    const auto count = parse_integer(text.substr(0, digits));
    if (!count || *count < 0 || *count > count_max) {
        return std::nullopt;
    }
    for (const auto& [name, shift] : units) {
        if (text.substr(digits) == name) {
            return static_cast<std::uint64_t>(*count) << shift;
        }
    }
    return std::nullopt;
}

std::string range_text(std::int64_t min, std::int64_t max) {
    if (max == std::numeric_limits<std::int64_t>::max()) {
        return "from " + std::to_string(min);
    }
    return "from " + std::to_string(min) + " to " + std::to_string(max);
}

}  // namespace

bool is_id(std::string_view text) {
    const auto is_lower = [](char character) { return character >= 'a' && character <= 'z'; };
    return !text.empty() && text.size() <= id_bytes_max && is_lower(text.front()) &&
           text.back() != '-' && text.find("--") == std::string_view::npos &&
           std::ranges::all_of(text, [&](char character) {
               return is_lower(character) || is_digit(character) || character == '-';
           });
}

std::string Node::text() const {
    (void)read_as({keys::Type::Kind::Text, keys::Type::Kind::Choice});
    const std::string* text = scalar("a text");
    std::string clean = text ? to_nfc(*text) : std::string();
    if (text && clean.empty()) {
        refuse("a text that is not empty");
    } else if (text && one_line(clean) != clean) {
        refuse("a text in one line without control characters");
    }
    return clean;
}

std::string Node::text_or(std::string fallback) const {
    return *this ? text()
                 : absent(std::move(fallback), [](const Node& node) { return node.text(); });
}

std::string Node::raw() const {
    (void)read_as({keys::Type::Kind::Text, keys::Type::Kind::Choice});
    const std::string* text = scalar("a text");
    return text ? *text : std::string();
}

std::string Node::raw_or(std::string fallback) const {
    return *this ? raw() : absent(std::move(fallback), [](const Node& node) { return node.raw(); });
}

std::string Node::id() const {
    (void)read_as({keys::Type::Kind::Text});
    const std::string* text = scalar(id_allowed);
    if (text && !is_id(*text)) {
        refuse(id_allowed);
        return {};
    }
    return text ? *text : std::string();
}

std::int64_t Node::integer(std::int64_t min, std::int64_t max) const {
    check_range(min, max);
    const std::string allowed =
        min == max ? std::to_string(min) : "a whole number " + range_text(min, max);
    const std::string* text = scalar(allowed);
    if (!text) {
        return 0;
    }
    const auto number = parse_integer(*text);
    if (value_->quoted) {
        refuse(allowed + ", without quotes");
    } else if (!number && !text->empty() && std::ranges::all_of(*text, is_digit)) {
        refuse(allowed + ", without leading zeros");
    } else if (!number || *number < min || *number > max) {
        refuse(allowed);
    } else {
        return *number;
    }
    return 0;
}

bool Node::boolean() const {
    (void)read_as({keys::Type::Kind::Boolean});
    constexpr std::string_view allowed = "true or false, without quotes";
    const std::string* text = scalar(allowed);
    if (text && (value_->quoted || (*text != "true" && *text != "false"))) {
        refuse(allowed);
    }
    return text && *text == "true";
}

bool Node::boolean_or(bool fallback) const {
    return *this ? boolean() : absent(fallback, [](const Node& node) { return node.boolean(); });
}

Share Node::share() const {
    (void)read_as({keys::Type::Kind::Share});
    constexpr std::string_view allowed = "a percentage such as 45% or a ratio such as 9/20";
    const std::string* text = scalar(allowed);
    if (!text) {
        return {};
    }
    const auto share = parse_share(*text);
    if (!share) {
        const bool is_bare = parse_integer(*text).has_value();
        refuse(std::string(allowed) + (is_bare ? ", never a bare number" : ", from 0 to 1"));
    }
    return share.value_or(Share{});
}

Share Node::share_or(Share fallback) const {
    return *this ? share() : absent(fallback, [](const Node& node) { return node.share(); });
}

Day Node::day() const {
    (void)read_as({keys::Type::Kind::Day});
    constexpr std::string_view allowed = "a day of the calendar, such as 2024-06-07";
    const std::string* text = scalar(allowed);
    if (!text) {
        return {};
    }
    const auto day = parse_day(*text);
    if (!day) {
        refuse(allowed);
    }
    return day.value_or(Day{});
}

Instant Node::instant() const {
    (void)read_as({keys::Type::Kind::Instant});
    constexpr std::string_view allowed = "a time with its zone, such as 2025-01-01T00:30:00+07:00";
    const std::string* text = scalar(allowed);
    if (!text) {
        return {};
    }
    const auto instant = parse_instant(*text);
    if (!instant) {
        refuse(allowed);
    }
    return instant.value_or(Instant{});
}

std::chrono::milliseconds Node::duration() const {
    (void)read_as({keys::Type::Kind::Duration});
    constexpr std::string_view allowed = "a duration such as 500ms, 30s, 5m, 1h or 7d";
    const std::string* text = scalar(allowed);
    if (!text) {
        return {};
    }
    const auto duration = parse_duration(*text);
    if (!duration) {
        refuse(allowed);
    }
    return duration.value_or(std::chrono::milliseconds{});
}

std::chrono::milliseconds Node::duration_or(std::chrono::milliseconds fallback) const {
    return *this ? duration() : absent(fallback, [](const Node& node) { return node.duration(); });
}

std::uint64_t Node::bytes() const {
    (void)read_as({keys::Type::Kind::Bytes});
    constexpr std::string_view allowed = "a size such as 512KiB, 256MiB or 2GiB";
    const std::string* text = scalar(allowed);
    if (!text) {
        return 0;
    }
    const auto bytes = parse_bytes(*text);
    if (!bytes) {
        refuse(allowed);
    }
    return bytes.value_or(0);
}

std::uint64_t Node::bytes_or(std::uint64_t fallback) const {
    return *this ? bytes() : absent(fallback, [](const Node& node) { return node.bytes(); });
}

std::chrono::minutes Node::time_of_day() const {
    (void)read_as({keys::Type::Kind::TimeOfDay});
    constexpr std::string_view allowed = "a time of day from 00:00 to 23:59, such as \"07:30\"";
    const std::string* text = scalar(allowed);
    if (!text) {
        return {};
    }
    const auto digit = [&](std::size_t index) { return (*text)[index] - '0'; };
    const bool has_shape = text->size() == 5 && (*text)[2] == ':' && is_digit((*text)[0]) &&
                           is_digit((*text)[1]) && is_digit((*text)[3]) && is_digit((*text)[4]);
    const int hours = has_shape ? digit(0) * 10 + digit(1) : 24;
    const int minutes = has_shape ? digit(3) * 10 + digit(4) : 60;
    if (hours > 23 || minutes > 59) {
        refuse(allowed);
        return {};
    }
    return std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

std::filesystem::path Node::path() const {
    (void)read_as({keys::Type::Kind::Path, keys::Type::Kind::SecretFile, keys::Type::Kind::File});
    if (is_scalar() && key_.ends_with("_file") && value_->text.starts_with(credential_prefix)) {
        return credential();
    }
    return value_ ? path_below(std::filesystem::path(*value_->place.file).parent_path())
                  : std::filesystem::path();
}

std::filesystem::path Node::credential() const {
    const std::string_view name = std::string_view(value_->text).substr(credential_prefix.size());
    const bool is_file_name =
        !name.empty() && name != "." && name != ".." && std::ranges::all_of(name, [](char letter) {
            return is_digit(letter) || (letter >= 'a' && letter <= 'z') ||
                   (letter >= 'A' && letter <= 'Z') || letter == '-' || letter == '_' ||
                   letter == '.';
        });
    if (!is_file_name) {
        refuse("credential: and the name that LoadCredential= gives it, as in credential:smtp");
        return {};
    }
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    return std::filesystem::path(folder != nullptr ? folder : service_credentials) / name;
}

std::filesystem::path Node::path_in(const std::filesystem::path& folder) const {
    (void)read_as({keys::Type::Kind::WrittenPath});
    return path_below(folder);
}

std::filesystem::path Node::path_below(const std::filesystem::path& folder) const {
    const std::string* text = scalar("a path");
    if (text && (text->empty() || one_line(*text) != *text)) {
        refuse("a path");
        return {};
    }
    return text ? (folder / *text).lexically_normal() : std::filesystem::path();
}

std::string Node::reference(std::string_view what, const std::vector<std::string>& names) const {
    std::string name = text();
    if (!name.empty() && std::ranges::find(names, name) == names.end()) {
        refuse(
            std::string(what) + (names.empty() ? ", and there is none" : ": " + listed(names)) +
            did_you_mean(name, names)
        );
    }
    return name;
}

const std::string* Node::scalar(std::string_view allowed) const {
    return is(Value::Kind::Scalar, allowed) ? &value_->text : nullptr;
}

std::optional<std::size_t> Node::word(const std::vector<std::string_view>& words) const {
    check_words(words);
    const std::vector<std::string> names(words.begin(), words.end());
    const std::string allowed = "one of " + listed(names);
    const std::string* text = scalar(allowed);
    if (!text) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(words, *text);
    if (found == words.end()) {
        refuse(allowed + did_you_mean(*text, names));
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - words.begin());
}

}  // namespace thidua::config
