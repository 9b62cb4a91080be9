// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What may be kept of an answer: the mapped fields and those of the keep-list, and nothing else.
// Whatever is not listed, above all everything of a person's, never leaves the parser.
#pragma once

#include "connectors/json.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// JSON pointers arranged by their keys.
class KeepList {
  public:
    /// Errors: Config if `text` is no JSON pointer.
    [[nodiscard]] Result<void> add(std::string_view text);

    /// The same, of a text that is JSON itself: only what stands at `inside` in it is kept.
    [[nodiscard]] Result<void> add_inside(std::string_view text, std::string_view inside);

    /// Appends `element` as JSON with what is listed alone. At a listed place a text, a number, a
    /// truth value or an array of these is kept; an object there is not, since nobody said which of
    /// its fields may be.
    void write(Element element, std::string& out) const;

    [[nodiscard]] bool is_empty() const { return root_.children.empty() && !root_.is_leaf; }

  private:
    struct Node {
        std::string key;
        std::string written;  // as JSON has it, with its colon
        bool is_leaf = false;
        std::vector<std::string> inside;  // pointers in the text's own JSON
        std::vector<Node> children;
    };

    [[nodiscard]] static Result<Node*> place(Node& root, std::string_view text);
    static bool write(const Node& node, Element element, std::string& out);
    static bool write_object(const Node& node, simdjson::dom::object object, std::string& out);
    static bool write_inside(const Node& node, std::string_view text, std::string& out);

    Node root_;
};

/// Of a record: its mapped fields and the description's keep-list. Errors: Config.
[[nodiscard]] Result<KeepList> keep_list_of_record(const SourceDescription& description);

/// Of a joined row. Errors: Config.
[[nodiscard]] Result<KeepList> keep_list_of_row(const Join& join);

/// Of a whole answer, for people: its records, and what judges and pages it. Errors: Config.
[[nodiscard]] Result<KeepList> keep_list_of_answer(const SourceDescription& description);

/// Errors: Config if the description would keep a field by whose name the outside systems tell of a
/// person.
[[nodiscard]] Result<void> check_keep(const SourceDescription& description);

}  // namespace thidua::connectors
