// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Maps and lists, and how a problem with a value is worded.
#include "config/keys/maps.hpp"
#include "config/yaml.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace thidua::config {

namespace {

constexpr std::size_t shown_bytes_max = 60;

std::string join_path(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// "kind: measured" or "kind: judged", which a key goes with.
std::string companions(const keys::Presence& presence) {
    const std::string key(presence.with_key);
    std::string text;
    for (const std::string& word : keys::words_in(presence.with_words)) {
        text += (text.empty() ? "\"" : " or \"") + key + ": " + word + "\"";
    }
    return text.empty() ? "\"" + key + "\"" : text;
}

/// Where a key that is not known here would be: most such mistakes are of indentation.
std::string elsewhere(std::string_view name) {
    constexpr std::size_t places_max = 2;
    std::vector<std::string> places;
    for (const keys::KeyMap* map : keys::all_maps()) {
        if (std::ranges::find(map->keys, name, &keys::Key::name) != map->keys.end()) {
            places.emplace_back(map->where);
        }
    }
    return places.empty() || places.size() > places_max ? "" : "; it belongs to " + listed(places);
}

/// The part of `type` that is of one of `kinds`; null if none is.
const keys::Type* part_of(const keys::Type* type, std::initializer_list<keys::Type::Kind> kinds) {
    if (type->kind != keys::Type::Kind::Either) {
        return std::ranges::find(kinds, type->kind) == kinds.end() ? nullptr : type;
    }
    const keys::Type* part = part_of(type->item, kinds);
    return part ? part : part_of(type->other, kinds);
}

}  // namespace

std::string shown(std::string_view text) {
    std::string line = one_line(text);
    if (line.size() > shown_bytes_max) {
        std::size_t end = shown_bytes_max;
        while ((static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        line = line.substr(0, end) + "...";
    }
    return "\"" + line + "\"";
}

std::string did_you_mean(std::string_view given, const std::vector<std::string>& candidates) {
    std::string near = nearest(given, candidates);
    if (near.empty() && !given.empty()) {  // a short form of a long word: state_dir
        const auto longer = std::ranges::find_if(candidates, [&](const std::string& candidate) {
            return candidate.starts_with(given);
        });
        near = longer == candidates.end() ? "" : *longer;
    }
    return near.empty() ? "" : "; did you mean \"" + near + "\"?";
}

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) {
        list += (list.empty() ? "\"" : ", \"") + word + "\"";
    }
    return list;
}

Node::Node(const Value& value, std::string key, Problems& problems)
    : Node(&value, std::move(key), &problems, nullptr) {}

Node::Node(const Value& value, const keys::Type& type, std::string key, Problems& problems)
    : Node(&value, std::move(key), &problems, &type) {}

Node::Node(const Value* value, std::string key, Problems* problems, const keys::Type* type)
    : value_(value), key_(std::move(key)), problems_(problems), type_(type) {}

Node Node::with(const Value& value) const {
    return {&value, key_, problems_, type_};
}

Node Node::content(const Value& value) const {
    return {&value, "", problems_, read_as({keys::Type::Kind::File})};
}

Place Node::place() const {
    return value_ ? value_->place : Place{};
}

bool Node::is_map() const {
    return value_ && value_->kind == Value::Kind::Map;
}

bool Node::is_list() const {
    return value_ && value_->kind == Value::Kind::List;
}

bool Node::is_scalar() const {
    return value_ && value_->kind == Value::Kind::Scalar;
}

Node Node::child(std::string_view key) {
    asked_.emplace_back(key);
    Node node(nullptr, join_path(key_, key), problems_, nullptr);
    if (const keys::Type* type = read_as({keys::Type::Kind::Map, keys::Type::Kind::File})) {
        const keys::Key* known = keys::find_key(*type->map, key);
        if (!known) {
            keys::disown(node.key_, "a reader asks for it, but the table of keys has none such");
        }
        node.type_ = &known->type;
        node.known_ = known;
    }
    if (is(Value::Kind::Map, "a map of keys and values")) {
        const auto entry = std::ranges::find(value_->entries, key, &Entry::key);
        node.value_ = entry == value_->entries.end() ? nullptr : &entry->value;
    }
    return node;
}

Node Node::below(const Value& value, std::string key) const {
    const keys::Type* type = read_as({keys::Type::Kind::List, keys::Type::Kind::Free});
    return {&value, std::move(key), problems_, type ? type->item : nullptr};
}

Node Node::optional(std::string_view key) {
    return child(key);
}

Node Node::required(std::string_view key) {
    return required(key, "");
}

Node Node::required(std::string_view key, std::string_view remedy) {
    Node node = child(key);
    required_.emplace_back(key);
    const bool may_be_required = !node.known_ ||
                                 node.known_->presence.kind == keys::Presence::Kind::Required ||
                                 node.known_->presence.kind == keys::Presence::Kind::Depends;
    if (!may_be_required) {
        keys::disown(node.key_, "its reader requires it, the table does not");
    }
    if (!node && is_map()) {
        std::string text(remedy.empty() ? "it must be given" : remedy);
        if (remedy.empty() && node.known_ && !node.known_->example.empty()) {
            text +=
                ", such as " + shown(std::string(key) + ": " + std::string(node.known_->example));
        }
        problems_->add(place(), node.key_, "missing: " + text);
    }
    return node;
}

void Node::check_required() const {
    const keys::Type* type = read_as({keys::Type::Kind::Map, keys::Type::Kind::File});
    for (const keys::Key* key :
         type ? keys::all_keys(*type->map) : std::vector<const keys::Key*>()) {
        if (key->presence.kind == keys::Presence::Kind::Required &&
            std::ranges::find(required_, key->name) == required_.end()) {
            keys::disown(join_path(key_, key->name), "the table requires it, its reader does not");
        }
    }
}

void Node::finish() const {
    check_required();
    if (!is_map()) {
        return;
    }
    const keys::Type* type = read_as({keys::Type::Kind::Map, keys::Type::Kind::File});
    for (const Entry& entry : value_->entries) {
        if (std::ranges::find(asked_, entry.key) != asked_.end()) {
            continue;
        }
        std::string message = "unknown key";
        const std::string near = did_you_mean(entry.key, asked_);
        const keys::Key* known = type ? keys::find_key(*type->map, entry.key) : nullptr;
        if (entry.key == "<<") {
            message = "a YAML merge: write the keys out instead";
        } else if (known && !known->presence.with_key.empty()) {
            message = "goes only with " + companions(known->presence);
        } else if (known) {
            message = "does not go with the other keys here: allowed are " + listed(asked_);
        } else if (std::ranges::find(asked_, entry.key + "_file") != asked_.end()) {
            message +=
                ": a secret is never written here: put it into a file that only the "
                "service can read, and name that file in \"" +
                entry.key + "_file\"";
        } else if (!near.empty()) {
            message += near;
        } else {
            message += ": allowed here: " + listed(asked_) + (type ? elsewhere(entry.key) : "");
        }
        problems_->add(entry.place, one_line(join_path(key_, entry.key)), std::move(message));
    }
}

std::vector<std::pair<std::string, Node>> Node::entries() const {
    std::vector<std::pair<std::string, Node>> entries;
    (void)read_as({keys::Type::Kind::Free});
    if (is(Value::Kind::Map, "a map of names and values")) {
        for (const Entry& entry : value_->entries) {
            entries.emplace_back(
                entry.key, below(entry.value, one_line(join_path(key_, entry.key)))
            );
        }
    }
    return entries;
}

std::vector<std::pair<std::string, Node>> Node::entries_by_id() const {
    std::vector<std::pair<std::string, Node>> named;
    for (auto& [key, node] : entries()) {
        if (is_id(key)) {
            named.emplace_back(key, std::move(node));
        } else {
            node.report(shown(key) + ": must be " + std::string(id_allowed));
        }
    }
    return named;
}

std::vector<Node> Node::items() const {
    std::vector<Node> items;
    (void)read_as({keys::Type::Kind::List});
    if (is(Value::Kind::List, "a list")) {
        for (const Value& value : value_->items) {
            items.push_back(below(value, key_ + "[" + std::to_string(items.size()) + "]"));
        }
    }
    return items;
}

std::vector<std::string> Node::texts() const {
    std::vector<std::string> texts;
    for (const Node& item : items()) {
        texts.push_back(item.text());
    }
    return texts;
}

void Node::refuse(std::string_view allowed) const {
    if (!value_ || value_->kind == Value::Kind::Broken) {
        return;
    }
    std::string given;
    switch (value_->kind) {
        case Value::Kind::Null:
            given = "nothing";
            break;
        case Value::Kind::Scalar:
            given = shown(value_->text);
            break;
        case Value::Kind::List:
            given = "a list";
            break;
        case Value::Kind::Map:
            given = "a map";
            break;
        case Value::Kind::Broken:
            break;
    }
    problems_->add(value_->place, key_, given + ": must be " + std::string(allowed));
}

void Node::report(std::string message) const {
    if (value_) {
        problems_->add(value_->place, key_, std::move(message));
    }
}

void Node::warn(std::string message) const {
    if (value_) {
        problems_->warn(value_->place, key_, std::move(message));
    }
}

const keys::Type* Node::read_as(std::initializer_list<keys::Type::Kind> kinds) const {
    const keys::Type* part = type_ ? part_of(type_, kinds) : nullptr;
    if (type_ && !part) {
        keys::disown(key_, "its reader takes it for another type than the table says");
    }
    return part;
}

void Node::check_range(std::int64_t min, std::int64_t max) const {
    const keys::Type* type = read_as({keys::Type::Kind::Integer});
    // A range may be narrower for a reason that the file itself gives, never wider.
    if (type && (min < type->min || max > type->max)) {
        keys::disown(key_, "its reader takes another range than the table says");
    }
}

void Node::check_words(const std::vector<std::string_view>& words) const {
    const keys::Type* type = read_as({keys::Type::Kind::Choice});
    if (type && !std::ranges::equal(keys::words_in(type->words), words)) {
        keys::disown(key_, "its reader takes other words than the table says");
    }
}

std::optional<Value> Node::table_default() const {
    if (!known_ || known_->presence.kind != keys::Presence::Kind::Default) {
        return std::nullopt;
    }
    static const std::string file = "config/keys/";
    Value value;
    value.kind = Value::Kind::Scalar;
    value.place = Place{.file = &file};
    value.text = known_->presence.value;
    if (value.text.size() >= 2 && value.text.starts_with('"')) {
        value.text = value.text.substr(1, value.text.size() - 2);
        value.quoted = true;
    }
    return value;
}

bool Node::is(Value::Kind kind, std::string_view allowed) const {
    if (!value_ || value_->kind == kind) {
        return value_ != nullptr;
    }
    const bool lacks_space = kind == Value::Kind::Map && value_->kind == Value::Kind::Scalar &&
                             !value_->quoted && value_->text.find(':') != std::string::npos;
    refuse(std::string(allowed) + (lacks_space ? " (a space must follow the colon)" : ""));
    return false;
}

}  // namespace thidua::config
