// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx/form.hpp"

#include "reports/docx/package.hpp"
#include "reports/docx/text.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

namespace thidua::reports::docx {
namespace {

constexpr int depth_max = 200;
constexpr std::string_view blank = "……";
constexpr std::string_view nothing = "–";

bool is_named(const pugi::xml_node& node, const char* name) {
    return std::strcmp(node.name(), name) == 0;
}

/// Finds what must be filled in, without going down a tree by recursion.
class Walker : public pugi::xml_tree_walker {
  public:
    std::vector<pugi::xml_node> paragraphs;
    std::vector<pugi::xml_node> rows;
    bool is_sound = true;

    bool for_each(pugi::xml_node& node) override {
        is_sound = is_sound && depth() <= depth_max && node.type() != pugi::node_doctype;
        if (is_named(node, "w:p")) {
            paragraphs.push_back(node);
        } else if (is_named(node, "w:tr")) {
            rows.push_back(node);
        }
        return is_sound;
    }
};

/// The texts of a paragraph, without those of paragraphs within it (text boxes).
class TextNodes : public pugi::xml_tree_walker {
  public:
    explicit TextNodes(pugi::xml_node paragraph) : paragraph_(paragraph) {}
    std::vector<pugi::xml_node> nodes;

    bool for_each(pugi::xml_node& node) override {
        if (is_named(node, "w:t")) {
            pugi::xml_node above = node.parent();
            while (!is_named(above, "w:p")) {
                above = above.parent();
            }
            if (above == paragraph_) {
                nodes.push_back(node);
            }
        }
        return true;
    }

  private:
    pugi::xml_node paragraph_;
};

struct Placeholder {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string name;  ///< with its # or /
};

/// The next one from `from` on.
std::optional<Placeholder> next_placeholder(std::string_view text, std::size_t from) {
    const std::size_t begin = text.find("{{", from);
    const std::size_t end = begin == std::string::npos ? begin : text.find("}}", begin);
    if (end == std::string::npos) {
        return std::nullopt;
    }
    std::string name(text.substr(begin + 2, end - begin - 2));
    std::erase(name, ' ');
    return Placeholder{begin, end + 2, std::move(name)};
}

/// A form under way.
class Filler {
  public:
    Filler(const FormValues& values, FilledForm& filled) : values_(values), filled_(filled) {}

    /// Errors: Data, as fill_form().
    Result<std::string> fill(const std::string& xml) {
        done_.clear();
        pugi::xml_document document;
        const auto parsed =
            document.load_buffer(xml.data(), xml.size(), pugi::parse_full | pugi::parse_ws_pcdata);
        Walker before;
        document.traverse(before);
        if (!parsed || !before.is_sound) {
            return fail(
                ErrorKind::Data,
                parsed ? "has a DOCTYPE, or is nested deeper than any form" : parsed.description()
            );
        }
        for (const pugi::xml_node& row : before.rows) {
            repeat(row);
        }
        Walker after;
        document.traverse(after);
        for (const pugi::xml_node& paragraph : after.paragraphs) {
            if (!done_.contains(paragraph)) {
                fill_paragraph(paragraph, nullptr);
            }
        }
        std::ostringstream bytes;
        document.save(bytes, "", pugi::format_raw | pugi::format_no_declaration);
        return bytes.str();
    }

  private:
    static std::string text_of(const std::vector<pugi::xml_node>& nodes) {
        std::string text;
        for (const pugi::xml_node& node : nodes) {
            text += node.text().get();
        }
        return text;
    }

    /// Name of the list that a row is repeated for; empty: none. An outer row, in which another
    /// table stands, is not the one.
    static std::string list_of(pugi::xml_node row) {
        Walker inner;
        row.traverse(inner);
        for (const pugi::xml_node& paragraph : inner.paragraphs) {
            TextNodes texts(paragraph);
            pugi::xml_node(paragraph).traverse(texts);
            const std::string text = text_of(texts.nodes);
            for (auto found = next_placeholder(text, 0); found;
                 found = next_placeholder(text, found->end)) {
                if (inner.rows.empty() && found->name.starts_with('#')) {
                    return found->name.substr(1);
                }
            }
        }
        return "";
    }

    void repeat(pugi::xml_node row) {
        const std::string list = list_of(row);
        if (list.empty()) {
            return;
        }
        const auto items = values_.lists.find(list);
        if (items == values_.lists.end()) {
            return;  // fill_paragraph() names it
        }
        pugi::xml_node last = row;
        for (const FormTexts& item : items->second) {
            last = row.parent().insert_copy_after(row, last);
            fill_row(last, item);
        }
        if (items->second.empty()) {
            fill_row(row.parent().insert_copy_after(row, row), std::nullopt);
        }
        row.parent().remove_child(row);
    }

    void fill_row(pugi::xml_node row, const std::optional<FormTexts>& item) {
        Walker inner;
        row.traverse(inner);
        is_empty_list_ = !item;
        const FormTexts none;
        for (const pugi::xml_node& paragraph : inner.paragraphs) {
            fill_paragraph(paragraph, item ? &*item : &none);
            done_.insert(paragraph);
        }
        is_empty_list_ = false;
    }

    /// What stands for a name. `item`: of the row, if it is one of a list.
    std::string value_of(const std::string& name, const FormTexts* item) {
        const bool is_mark = name.starts_with('#') || name.starts_with('/');
        if (is_mark && values_.lists.contains(name.substr(1))) {
            return "";
        }
        if (is_empty_list_) {
            return std::string(nothing);
        }
        const auto known = values_.texts.find(name);
        std::optional<std::string> value;
        if (item != nullptr && item->contains(name)) {
            value = item->find(name)->second;
        } else if (known != values_.texts.end()) {
            value = known->second;
        }
        if (!value) {
            filled_.unknown.insert(name);
            return "{{" + name + "}}";
        }
        if (value->empty()) {
            filled_.without_value.insert(name);
            return std::string(blank);
        }
        return clean_text(*value);
    }

    void fill_paragraph(pugi::xml_node paragraph, const FormTexts* item) {
        TextNodes texts(paragraph);
        paragraph.traverse(texts);
        const std::string text = text_of(texts.nodes);
        std::vector<std::size_t> ends;  // of each node within `text`
        for (const pugi::xml_node& node : texts.nodes) {
            ends.push_back((ends.empty() ? 0 : ends.back()) + std::strlen(node.text().get()));
        }
        std::vector<std::string> filled(texts.nodes.size());
        const auto node_at = [&](std::size_t at) {
            return static_cast<std::size_t>(std::ranges::upper_bound(ends, at) - ends.begin());
        };
        const auto keep = [&](std::size_t from, std::size_t to) {
            for (std::size_t at = from; at < to; ++at) {
                filled[node_at(at)] += text[at];
            }
        };
        std::size_t kept = 0;
        for (auto found = next_placeholder(text, 0); found;
             found = next_placeholder(text, found->end)) {
            keep(kept, found->begin);
            filled[node_at(found->begin)] += value_of(found->name, item);
            kept = found->end;
        }
        if (kept == 0) {
            return;
        }
        keep(kept, text.size());
        for (std::size_t at = 0; at < filled.size(); ++at) {
            set_text(texts.nodes[at], filled[at]);
        }
    }

    static void set_text(pugi::xml_node node, const std::string& text) {
        node.text().set(text.c_str());
        if (!node.attribute("xml:space")) {
            node.append_attribute("xml:space");
        }
        node.attribute("xml:space").set_value("preserve");
    }

    const FormValues& values_;
    std::set<pugi::xml_node> done_;  ///< of repeated rows: what a value says is no placeholder
    FilledForm& filled_;
    bool is_empty_list_ = false;
};

bool is_filled(const std::string& name) {
    return name == "word/document.xml" || name == "word/footnotes.xml" ||
           name == "word/endnotes.xml" ||
           ((name.starts_with("word/header") || name.starts_with("word/footer")) &&
            name.ends_with(".xml"));
}

}  // namespace

Result<FilledForm> fill_form(std::string_view form, const FormValues& values) {
    auto parts = unpack(form);
    if (!parts) {
        return std::unexpected(parts.error());
    }
    if (std::ranges::find(*parts, "word/document.xml", &Part::name) == parts->end()) {
        return fail(ErrorKind::Data, "not a Word file: it has no word/document.xml");
    }
    if (std::ranges::find(*parts, "word/vbaProject.bin", &Part::name) != parts->end()) {
        return fail(ErrorKind::Data, "holds macros; save the form as .docx without them");
    }
    FilledForm filled;
    Filler filler(values, filled);
    for (Part& part : *parts) {
        if (!is_filled(part.name)) {
            continue;
        }
        auto xml = filler.fill(part.bytes);
        if (!xml) {
            return failed(part.name, xml.error());
        }
        part.bytes = *std::move(xml);
    }
    auto bytes = pack(*parts);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    filled.bytes = *std::move(bytes);
    return filled;
}

}  // namespace thidua::reports::docx
