// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/fields.hpp"

#include "core/find_time.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::string_view missing = "required, but not there";
constexpr std::string_view unlisted = "a text that the mapping does not list";
constexpr std::string_view no_text = "not a text";
constexpr std::string_view no_number = "not a whole number";
constexpr std::string_view no_time = "not a time of the agreed form";
constexpr std::string_view no_json = "not JSON in a text";

std::unexpected<Error> misread(const Pointer& pointer, std::string_view reason) {
    std::string message = pointer.text();
    return fail(ErrorKind::Data, message.append(": ").append(reason));
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
    for (const FieldCase& each : map.cases) {
        auto test = Test::make(each.when);
        if (!test) {
            return std::unexpected(std::move(test.error()));
        }
        field.cases_.emplace_back(*std::move(test), each.value);
    }
    for (const std::string& text : map.sum) {
        auto pointer = Pointer::parse(text);
        if (!pointer) {
            return std::unexpected(std::move(pointer.error()));
        }
        field.sum_.push_back(*std::move(pointer));
    }
    if (!map.inside.empty()) {
        auto pointer = Pointer::parse(map.inside);
        if (!pointer) {
            return failed("inside", std::move(pointer.error()));
        }
        field.inside_ = *std::move(pointer);
    }
    if (map.required && field.from_.empty() && field.sum_.empty()) {
        return fail(ErrorKind::Config, "a required field without a pointer");
    }
    field.format_ = map.format;
    for (const auto& [theirs, ours] : map.values) {
        if (std::string text = to_nfc(theirs); field.listed(text) == nullptr) {
            field.values_.emplace_back(std::move(text), ours);
        }
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
    for (Pointer& pointer : sum_) {
        tree.add(pointer);
    }
    for (auto& [test, value] : cases_) {
        test.add_to(tree);
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
    for (const auto& [test, value] : cases_) {
        if (test.holds(record)) {
            return value;
        }
    }
    const auto found = find(record);
    if (!found) {
        return nothing_there();
    }
    std::string_view text = found->text;
    if (text.empty()) {
        const auto written = scalar_view(found->element, room);
        if (!written) {
            return misread(*found->pointer, no_text);
        }
        text = *written;
    }
    if (inside_) {
        auto within = text_inside(*found->pointer, text, room);
        if (!within || !*within) {
            return within ? nothing_there() : within;
        }
        text = **within;
    }
    // What is in `room` already are a number's digits, and ASCII stays where it is.
    if (values_.empty()) {
        return to_nfc(text, room);
    }
    // The listed texts are normal, so one that equals them byte for byte is normal, too.
    if (const std::string* ours = listed(text)) {
        return *ours;
    }
    if (const std::string* ours = listed(to_nfc(text, room))) {
        return *ours;
    }
    if (unlisted_) {
        return *unlisted_;
    }
    return misread(*found->pointer, unlisted);
}

const std::string* Field::listed(std::string_view text) const {
    const auto found =
        std::ranges::find(values_, text, &std::pair<std::string, std::string>::first);
    return found == values_.end() ? nullptr : &found->second;
}

std::string_view Field::meaning_of(std::string_view text) const {
    std::string room;
    const std::string* ours = listed(to_nfc(text, room));
    return ours == nullptr ? text : std::string_view(*ours);
}

Result<std::optional<std::string>> Field::word(const Record& record) const {
    std::string room;
    auto word = this->word(record, room);
    if (!word) {
        return std::unexpected(std::move(word.error()));
    }
    return *word ? std::optional<std::string>(**word) : std::nullopt;
}

Result<std::optional<std::string_view>> Field::nothing_there() const {
    if (auto present = check_present(otherwise_.has_value()); !present) {
        return std::unexpected(std::move(present.error()));
    }
    return otherwise_;
}

Result<std::optional<std::string_view>> Field::text_inside(
    const Pointer& at, std::string_view text, std::string& room
) const {
    auto parser = make_parser(text.size());
    Element whole;
    if (parser.parse(text.data(), text.size()).get(whole)) {
        return misread(at, no_json);
    }
    const auto found = inside_->find(whole);
    auto written = found ? scalar_text(*found) : std::nullopt;
    if (!written || trim(*written).empty()) {
        return std::optional<std::string_view>{};
    }
    room = *std::move(written);
    return std::optional(trim(room));
}

Result<std::optional<std::int64_t>> Field::sum(const Record& record) const {
    std::optional<std::int64_t> total;
    for (const Pointer& pointer : sum_) {
        const auto element = record.at(pointer);
        std::string_view text;
        if (!element || (!element->get_string().get(text) && trim(text).empty())) {
            continue;
        }
        const auto number = whole_number(*element);
        std::int64_t sum = 0;
        if (!number || __builtin_add_overflow(total.value_or(0), *number, &sum)) {
            return misread(pointer, no_number);
        }
        total = sum;
    }
    if (auto present = check_present(total.has_value()); !present) {
        return std::unexpected(std::move(present.error()));
    }
    return total;
}

Misfit misfit_of(std::string_view reason) {
    if (reason.ends_with(missing)) {
        return Misfit::Missing;
    }
    if (reason.ends_with(unlisted)) {
        return Misfit::Unlisted;
    }
    const bool is_type = reason.ends_with(no_text) || reason.ends_with(no_number) ||
                         reason.ends_with(no_time) || reason.ends_with(no_json);
    return is_type ? Misfit::Type : Misfit::Value;
}

Result<void> Field::is_missing() const {
    return fail(ErrorKind::Data, place().append(": ").append(missing));
}

std::string Field::place(const Record& record) const {
    const auto found = find(record);
    return found ? found->pointer->text() : place();
}

std::string Field::place() const {
    const std::vector<Pointer>& pointers = from_.empty() ? sum_ : from_;
    return pointers.empty() ? "" : pointers.front().text();
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

Result<void> fill_fields(
    const std::map<std::string, FieldMap>& map, std::initializer_list<Slot> slots
) {
    for (const auto& [field, name] : slots) {
        auto made = field_of(map, name);
        if (!made) {
            return std::unexpected(std::move(made.error()));
        }
        *field = *std::move(made);
    }
    return {};
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
    if (field.is_sum()) {
        return field.sum(record);
    }
    const auto found = field.find(record);
    std::optional<std::int64_t> number;
    if (found && !field.is_worded()) {
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
        return fail(ErrorKind::Data, field.place().append(": ").append(no_number));
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
    std::string room;
    std::string_view given;
    bool is_there = false;
    if (field.is_worded()) {
        auto word = field.word(record, room);
        if (!word) {
            return std::unexpected(std::move(word.error()));
        }
        given = word->value_or("");
        is_there = word->has_value();
    } else if (const auto found = field.find(record)) {
        given = found->text.empty() ? scalar_view(found->element, room).value_or("") : found->text;
        is_there = true;
    }
    const bool is_absent = !is_there || given == "0" || given.starts_with("0001");
    if (auto present = field.check_present(!is_absent); !present) {
        return std::unexpected(std::move(present.error()));
    }
    if (is_absent) {
        return std::optional<Instant>{};
    }
    const auto time = find_time(given, field.format());
    if (!time) {
        return fail(ErrorKind::Data, field.place(record).append(": ").append(no_time));
    }
    return time;
}

}  // namespace thidua::connectors
