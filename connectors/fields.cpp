// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/fields.hpp"

#include "core/text.hpp"

#include <utility>

namespace thidua::connectors {
namespace {

std::unexpected<Error> misread(const Pointer& pointer, const char* reason) {
    return fail(ErrorKind::Data, pointer.text() + ": " + reason);
}

bool is_empty(Element element) {
    if (std::string_view text; !element.get_string().get(text)) {
        return trim(text).empty();
    }
    if (simdjson::dom::array array; !element.get_array().get(array)) {
        return array.begin() == array.end();
    }
    return false;
}

/// Appends a text, or every text of an array.
Result<void> append_texts(
    const Pointer& pointer, Element element, std::vector<std::string>& texts
) {
    if (simdjson::dom::array array; !element.get_array().get(array)) {
        for (const Element member : array) {
            if (auto appended = append_texts(pointer, member, texts); !appended) {
                return appended;
            }
        }
        return {};
    }
    if (element.is_null()) {
        return {};
    }
    const auto text = scalar_text(element);
    if (!text) {
        return misread(pointer, "not a text");
    }
    if (std::string plain = to_nfc(*text); !plain.empty()) {
        texts.push_back(std::move(plain));
    }
    return {};
}

}  // namespace

Result<Field> Field::make(const FieldMap& map) {
    Field field;
    for (const std::string& text : map.from) {
        auto pointer = Pointer::parse(text);
        if (!pointer) {
            return std::unexpected(std::move(pointer.error()));
        }
        field.from_.push_back(*std::move(pointer));
    }
    if (map.required && field.from_.empty()) {
        return fail(ErrorKind::Config, "a required field without a pointer");
    }
    field.format_ = map.format;
    for (const auto& [theirs, ours] : map.values) {
        field.values_.emplace(to_nfc(theirs), ours);
    }
    field.otherwise_ = map.otherwise;
    field.unlisted_ = map.unlisted;
    field.required_ = map.required;
    return field;
}

std::optional<Field::Found> Field::find(Element record) const {
    for (const Pointer& pointer : from_) {
        const auto element = pointer.find(record);
        if (element && !is_empty(*element)) {
            return Found{*element, &pointer};
        }
    }
    return std::nullopt;
}

Result<std::optional<std::string>> Field::word(Element record) const {
    const auto found = find(record);
    if (!found) {
        if (auto present = check_present(otherwise_.has_value()); !present) {
            return std::unexpected(std::move(present.error()));
        }
        return otherwise_;
    }
    const auto text = scalar_text(found->element);
    if (!text) {
        return misread(*found->pointer, "not a text");
    }
    std::string plain = to_nfc(*text);
    if (values_.empty()) {
        return std::optional(std::move(plain));
    }
    if (const auto value = values_.find(plain); value != values_.end()) {
        return std::optional(value->second);
    }
    if (unlisted_) {
        return unlisted_;
    }
    return misread(*found->pointer, "a text that the mapping does not list");
}

Result<void> Field::check_present(bool is_present) const {
    if (required_ && !is_present) {
        return fail(ErrorKind::Data, place() + ": required, but not there");
    }
    return {};
}

std::string Field::place() const {
    return from_.empty() ? "" : from_.front().text();
}

Result<Field> field_of(const std::map<std::string, FieldMap>& map, const std::string& name) {
    const auto found = map.find(name);
    if (found == map.end()) {
        return Field{};
    }
    auto field = Field::make(found->second);
    if (!field) {
        return failed("map." + name, std::move(field.error()));
    }
    return field;
}

Result<std::string> read_text(const Field& field, Element record) {
    auto word = field.word(record);
    if (!word) {
        return std::unexpected(std::move(word.error()));
    }
    return std::move(*word).value_or("");
}

Result<std::vector<std::string>> read_texts(const Field& field, Element record) {
    std::vector<std::string> texts;
    for (const Pointer& pointer : field.pointers()) {
        const auto element = pointer.find(record);
        const auto appended = element ? append_texts(pointer, *element, texts) : Result<void>{};
        if (!appended) {
            return std::unexpected(appended.error());
        }
    }
    if (auto present = field.check_present(!texts.empty()); !present) {
        return std::unexpected(std::move(present.error()));
    }
    return texts;
}

Result<std::optional<std::int64_t>> read_integer(const Field& field, Element record) {
    const auto found = field.find(record);
    std::optional<std::int64_t> number;
    if (found && !field.has_values()) {
        number = whole_number(found->element);
    } else {
        const auto word = field.word(record);
        if (!word) {
            return std::unexpected(word.error());
        }
        if (!*word) {
            return std::optional<std::int64_t>{};
        }
        number = whole_number(std::string_view(**word));
    }
    if (!number) {
        return fail(ErrorKind::Data, field.place() + ": not a whole number");
    }
    return number;
}

Result<std::optional<std::int64_t>> read_money(const Field& field, Element record) {
    auto amount = read_integer(field, record);
    if (amount && *amount && **amount < 0) {
        return fail(ErrorKind::Data, field.place() + ": an amount below 0");
    }
    return amount;
}

Result<std::optional<Instant>> read_time(const Field& field, Element record) {
    const auto found = field.find(record);
    const auto text = found ? scalar_text(found->element) : std::nullopt;
    const std::string_view given = text ? trim(*text) : std::string_view{};
    const bool is_absent = !found || (text && (given == "0" || given.starts_with("0001")));
    if (auto present = field.check_present(!is_absent); !present) {
        return std::unexpected(std::move(present.error()));
    }
    if (is_absent) {
        return std::optional<Instant>{};
    }
    const auto time = parse_time(given, field.format());
    if (!time) {
        return misread(*found->pointer, "not a time of the agreed form");
    }
    return std::optional(*time);
}

}  // namespace thidua::connectors
