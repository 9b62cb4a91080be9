// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Maps and lists, and how a problem with a value is worded.
#include "config/yaml.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace thidua::config {

namespace {

constexpr std::size_t shown_bytes_max = 60;

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
    : Node(&value, std::move(key), &problems) {}

Node::Node(const Value* value, std::string key, Problems* problems)
    : value_(value), key_(std::move(key)), problems_(problems) {}

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
    std::string path = key_.empty() ? std::string(key) : key_ + "." + std::string(key);
    if (!is(Value::Kind::Map, "a map of keys and values")) {
        return {nullptr, std::move(path), problems_};
    }
    const auto entry = std::ranges::find(value_->entries, key, &Entry::key);
    return {entry == value_->entries.end() ? nullptr : &entry->value, std::move(path), problems_};
}

Node Node::optional(std::string_view key) {
    return child(key);
}

Node Node::required(std::string_view key) {
    return required(key, "it must be given");
}

Node Node::required(std::string_view key, std::string_view remedy) {
    Node node = child(key);
    if (!node && is_map()) {
        problems_->add(place(), node.key_, "missing: " + std::string(remedy));
    }
    return node;
}

void Node::finish() const {
    if (!is_map()) {
        return;
    }
    for (const Entry& entry : value_->entries) {
        if (std::ranges::find(asked_, entry.key) != asked_.end()) {
            continue;
        }
        std::string message = "unknown key";
        const std::string near = did_you_mean(entry.key, asked_);
        if (std::ranges::find(asked_, entry.key + "_file") != asked_.end()) {
            message +=
                ": a secret is never written here: put it into a file that only the "
                "service can read, and name that file in \"" +
                entry.key + "_file\"";
        } else if (!near.empty()) {
            message += near;
        } else {
            message += ": allowed here: " + listed(asked_);
        }
        const std::string path = key_.empty() ? entry.key : key_ + "." + entry.key;
        problems_->add(entry.place, one_line(path), std::move(message));
    }
}

std::vector<std::pair<std::string, Node>> Node::entries() const {
    std::vector<std::pair<std::string, Node>> entries;
    if (is(Value::Kind::Map, "a map of names and values")) {
        for (const Entry& entry : value_->entries) {
            const std::string path = key_.empty() ? entry.key : key_ + "." + entry.key;
            entries.emplace_back(entry.key, Node(&entry.value, one_line(path), problems_));
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
    if (is(Value::Kind::List, "a list")) {
        for (const Value& value : value_->items) {
            items.push_back({&value, key_ + "[" + std::to_string(items.size()) + "]", problems_});
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
