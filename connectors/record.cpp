// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/record.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace thidua::connectors {
namespace {

/// Whether the first and the last bytes of texts of `size` are equal, as many as a Piece holds.
template <class Piece>
bool are_ends_equal(const char* left, const char* right, std::size_t size) {
    const auto differ_at = [&](std::size_t at) {
        Piece ours = 0;
        Piece theirs = 0;
        std::memcpy(&ours, left + at, sizeof ours);
        std::memcpy(&theirs, right + at, sizeof theirs);
        return ours ^ theirs;
    };
    return (differ_at(0) | differ_at(size - sizeof(Piece))) == 0;
}

/// Whether the `size` bytes are equal, without a call for what keys mostly are: the two ends, which
/// may overlap, are all.
bool are_equal(const char* left, const char* right, std::size_t size) {
    if (size > 2 * sizeof(std::uint64_t)) {
        return std::memcmp(left, right, size) == 0;
    }
    if (size >= sizeof(std::uint64_t)) {
        return are_ends_equal<std::uint64_t>(left, right, size);
    }
    if (size >= sizeof(std::uint32_t)) {
        return are_ends_equal<std::uint32_t>(left, right, size);
    }
    return size < sizeof(std::uint16_t) ? size == 0 || *left == *right
                                        : are_ends_equal<std::uint16_t>(left, right, size);
}

/// The position of the child with that key, or that behind the last. A template only because Node
/// is nobody's but the tree's; always inline because every key of every record comes by, and a call
/// costs as much as the comparison.
template <class Node>
[[gnu::always_inline]] inline std::size_t position_of(
    const Node& node, std::span<const Node> children, std::string_view key
) {
    const std::size_t length = std::min(key.size(), node.first_of_length.size() - 2);
    const std::size_t end = node.first_of_length[length + 1];
    for (std::size_t at = node.first_of_length[length]; at < end; ++at) {
        const std::string& known = children[at].key;
        if (known.size() == key.size() && are_equal(known.data(), key.data(), key.size())) {
            return at;
        }
    }
    return children.size();
}

}  // namespace

PlaceTree::Node& PlaceTree::Node::child(const std::string& wanted) {
    const std::size_t known = position_of<Node>(*this, children, wanted);
    if (known < children.size()) {
        return children[known];
    }
    const auto behind = std::ranges::upper_bound(
        children, wanted.size(), {}, [](const Node& other) { return other.key.size(); }
    );
    Node fresh;
    fresh.key = wanted;
    const auto inserted = children.insert(behind, std::move(fresh));
    for (std::size_t length = std::min(wanted.size(), lengths_max); length <= lengths_max;
         ++length) {
        ++first_of_length[length + 1];
    }
    return *inserted;
}

void PlaceTree::add(Pointer& pointer) {
    const std::vector<std::string>& keys = pointer.keys();
    const auto known = std::ranges::find(keys_, keys);
    if (keys.empty() || (known == keys_.end() && keys_.size() == places_max)) {
        return;
    }
    const auto place = static_cast<std::size_t>(known - keys_.begin());
    pointer.give_place(place);
    if (known == keys_.end()) {
        Node* node = &root_;
        for (const std::string& key : keys) {
            node = &node->child(key);
        }
        node->place = place;
        keys_.push_back(keys);
    }
}

void Record::look_at(Element whole) {
    whole_ = whole;
    is_there_ = 0;
    if (tree_ != nullptr) {
        walk(tree_->root_, whole, 0);
    }
}

inline void Record::keep(const PlaceTree::Node& node, Element element) {
    found_[*node.place] = element;
    is_there_ |= std::uint64_t{1} << *node.place;
}

/// `depth` keys lead to `element`, the last of which is the node's.
void Record::walk(const PlaceTree::Node& node, Element element, std::size_t depth) {
    simdjson::dom::object object;
    if (element.get_object().get(object)) {
        if (element.is_array()) {
            search_below(node, element, depth);
        }
        return;
    }
    const std::span<const PlaceTree::Node> children = node.children;
    std::uint64_t is_seen = 0;  // of a key that comes twice the first counts
    std::size_t missing = children.size();
    for (const auto& [key, value] : object) {
        const std::size_t position = position_of(node, children, key);
        if (position == children.size() || (is_seen >> position & 1U) != 0) {
            continue;
        }
        is_seen |= std::uint64_t{1} << position;
        const PlaceTree::Node& child = children[position];
        if (child.place && !value.is_null()) {
            keep(child, value);
        }
        if (!child.children.empty()) {
            walk(child, value, depth + 1);
        }
        if (--missing == 0) {
            break;
        }
    }
}

/// An array: which member leads on may differ from pointer to pointer.
void Record::search_below(const PlaceTree::Node& node, Element element, std::size_t depth) {
    for (const PlaceTree::Node& child : node.children) {
        if (child.place) {
            const std::span<const std::string> keys = tree_->keys_[*child.place];
            if (const auto found = find_below(element, keys.subspan(depth))) {
                keep(child, *found);
            }
        }
        search_below(child, element, depth);
    }
}

}  // namespace thidua::connectors
