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

bool is_empty_array(Element element) {
    simdjson::dom::array array;
    return !element.get_array().get(array) && array.begin() == array.end();
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

void Field::add_to(PlaceTree& tree) {
    for (Pointer& pointer : from_) {
        tree.add(pointer);
    }
}

std::optional<Field::Found> Field::find(const Record& record) const {
    for (const Pointer& pointer : from_) {
        const auto element = record.at(pointer);
        if (!element) {
            continue;
        }
        std::string_view text;
        if (!element->get_string().get(text)) {
            text = trim(text);
            if (!text.empty()) {
                return Found{*element, &pointer, text};
            }
        } else if (!is_empty_array(*element)) {
            return Found{*element, &pointer};
        }
    }
    return std::nullopt;
}

Result<std::optional<std::string_view>> Field::word(const Record& record, std::string& room) const {
    const auto found = find(record);
    if (!found) {
        if (auto present = check_present(otherwise_.has_value()); !present) {
            return std::unexpected(std::move(present.error()));
        }
        return otherwise_;
    }
    const auto text = found->scalar(room);
    if (!text) {
        return misread(*found->pointer, "not a text");
    }
    // The listed texts are normal, so one that equals them byte for byte is normal, too.
    if (const auto value = values_.find(*text); value != values_.end()) {
        return value->second;
    }
    // What is in `room` already are a number's digits, and ASCII stays where it is.
    const std::string_view plain = to_nfc(*text, room);
    if (values_.empty()) {
        return plain;
    }
    if (const auto value = values_.find(plain); value != values_.end()) {
        return value->second;
    }
    if (unlisted_) {
        return *unlisted_;
    }
    return misread(*found->pointer, "a text that the mapping does not list");
}

Result<std::optional<std::string>> Field::word(const Record& record) const {
    std::string room;
    auto word = this->word(record, room);
    if (!word) {
        return std::unexpected(std::move(word.error()));
    }
    return *word ? std::optional<std::string>(**word) : std::nullopt;
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

Result<std::string> read_text(const Field& field, const Record& record) {
    std::string room;
    const auto word = field.word(record, room);
    if (!word) {
        return std::unexpected(word.error());
    }
    return std::string(word->value_or(""));
}

Result<std::vector<std::string>> read_texts(const Field& field, const Record& record) {
    std::vector<std::string> texts;
    auto read = read_texts(field, record, [&](std::string_view text) { texts.emplace_back(text); });
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    return texts;
}

Result<std::optional<std::int64_t>> read_integer(const Field& field, const Record& record) {
    const auto found = field.find(record);
    std::optional<std::int64_t> number;
    if (found && !field.has_values()) {
        number = whole_number(found->element);
    } else {
        std::string room;
        const auto word = field.word(record, room);
        if (!word) {
            return std::unexpected(word.error());
        }
        if (!*word) {
            return std::optional<std::int64_t>{};
        }
        number = whole_number(**word);
    }
    if (!number) {
        return fail(ErrorKind::Data, field.place() + ": not a whole number");
    }
    return number;
}

Result<std::optional<std::int64_t>> read_money(const Field& field, const Record& record) {
    auto amount = read_integer(field, record);
    if (amount && *amount && **amount < 0) {
        return fail(ErrorKind::Data, field.place() + ": an amount below 0");
    }
    return amount;
}

Result<std::optional<Instant>> read_time(const Field& field, const Record& record) {
    const auto found = field.find(record);
    std::string written;
    const auto text = found ? found->scalar(written) : std::nullopt;
    const std::string_view given = text.value_or("");
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
