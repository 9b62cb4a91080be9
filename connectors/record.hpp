// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A record in whose keys many pointers are looked up. One walk over the keys finds them all, where
// a search for each pointer would read the same keys a dozen times.
#pragma once

#include "connectors/json.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::connectors {

/// Pointers arranged by their keys. Fixed once records are read with it.
class PlaceTree {
  public:
    static constexpr std::size_t places_max = 64;

    /// Gives `pointer` a place, the same one to equal pointers. The pointer to the record itself,
    /// and any beyond `places_max`, stay without: they are looked up one by one.
    void add(Pointer& pointer);

  private:
    friend class Record;

    // Keys of one length stand together. Lengths from this one on count as one.
    static constexpr std::size_t lengths_max = 24;

    struct Node {
        std::string key;
        std::optional<std::size_t> place;  // of the pointer that ends here
        std::vector<Node> children;        // shorter keys first
        /// Children with keys of length n begin at [n] and end at [n + 1].
        std::array<std::uint8_t, lengths_max + 2> first_of_length{};

        [[nodiscard]] Node& child(const std::string& wanted);
    };

    Node root_;
    std::vector<std::vector<std::string>> keys_;  // by place
};

/// A record, with what stands at the places of a tree. Whatever the tree does not hold is looked up
/// when it is asked for, so a plain element is a record, too.
class Record {
  public:
    /// An element, or what a parser gives; no place is known beforehand.
    template <std::convertible_to<Element> Whole>
    Record(Whole&& whole) : whole_(std::forward<Whole>(whole)) {}  // NOLINT(*-explicit-*)

    /// For records that `look_at` is going to show. The tree must live longer.
    explicit Record(const PlaceTree& tree) : tree_(&tree), found_(tree.keys_.size()) {}

    /// Walks over the keys of `whole`, which replaces the record before.
    void look_at(Element whole);

    /// What stands there; nothing if it is missing or null. A pointer with a place must have it
    /// from this record's tree, if it has one.
    [[nodiscard]] std::optional<Element> at(const Pointer& pointer) const {
        if (tree_ == nullptr || !pointer.place()) {
            return pointer.find(whole_);
        }
        const std::size_t place = *pointer.place();
        return (is_there_ >> place & 1U) != 0 ? std::optional(found_[place]) : std::nullopt;
    }

  private:
    void walk(const PlaceTree::Node& node, Element element, std::size_t depth);
    void search_below(const PlaceTree::Node& node, Element element, std::size_t depth);
    void keep(const PlaceTree::Node& node, Element element);

    Element whole_;
    const PlaceTree* tree_ = nullptr;
    std::uint64_t is_there_ = 0;  // a bit for each place
    std::vector<Element> found_;  // by place
};

}  // namespace thidua::connectors
