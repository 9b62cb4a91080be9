// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/keep_list.hpp"

#include "connectors/request.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <utility>

namespace thidua::connectors {
namespace {

void write_scalar(Element element, std::string& out) {
    std::string_view text;
    if (!element.get_string().get(text)) {
        out += '"';
        append_json_escaped(out, text);
        out += '"';
        return;
    }
    out += scalar_text(element).value_or("null");
}

/// Scalars of an array. False if it holds anything else.
bool write_scalars(simdjson::dom::array array, std::string& out) {
    std::string written = "[";
    for (const Element member : array) {
        if (member.is_object() || member.is_array()) {
            return false;
        }
        written += written.size() == 1 ? "" : ",";
        write_scalar(member, written);
    }
    out.append(written).append("]");
    return true;
}

/// Names under which the outside systems tell of people.
constexpr auto personal_names = std::to_array<std::string_view>(
    {"chuhoso",         "sodienthoai",     "email",           "fax",
     "sogiaytochuhoso", "madoituong",      "dinhdanhchs",     "thongtinkhac",
     "trichyeu",        "trichyeuhoso",    "nguoixuly",       "hotennguoinop",
     "socmndnguoinop",  "diachinguoinop",  "applicant",       "applicantname",
     "applicantidno",   "applicantiddate", "address",         "contacttelno",
     "contactemail",    "briefnote",       "accepter",        "eform",
     "summary",         "phone",           "phonenumber",     "fullname",
     "identitynumber",  "birthday",        "epaymentprofile", "confirmpayload"}
);

using Map = std::map<std::string, FieldMap>;

/// Every place that the fields of a map look at, below `base`.
Result<void> add_map(KeepList& list, const std::string& base, const Map& map) {
    Result<void> done;
    const auto add = [&](const std::string& pointer) {
        done = done ? list.add(base + pointer) : done;
    };
    for (const auto& [name, field] : map) {
        for (const std::string& pointer : field.from) {
            if (field.inside.empty()) {
                add(pointer);
            } else {
                done = done ? list.add_inside(base + pointer, field.inside) : done;
            }
        }
        std::ranges::for_each(field.sum, add);
        for (const FieldCase& each : field.cases) {
            add(each.when.pointer);
        }
    }
    return done;
}

Result<void> add_record(
    KeepList& list, const std::string& base, const SourceDescription& description
) {
    Result<void> done = add_map(list, base, description.map);
    if (done && !description.payments.map.empty()) {
        done = add_map(list, base + description.payments.path, description.payments.map);
    }
    if (done && !description.fees.map.empty()) {
        done = add_map(list, base + description.fees.path, description.fees.map);
    }
    for (const std::string& pointer : description.keep.value_or(std::vector<std::string>{})) {
        done = done ? list.add(base + pointer) : done;
    }
    return done;
}

/// What a query reads of the rows at `rows`.
Result<void> add_rows(
    KeepList& list, const std::string& rows, const CounterQuery& query, const Map& map
) {
    Result<void> done = add_map(list, rows, map);
    for (const std::string& metric : query.metrics) {
        done = done ? list.add(rows + "/" + metric) : done;
    }
    for (const Condition& condition : query.where) {
        done = done ? list.add(rows + condition.pointer) : done;
    }
    return done;
}

Result<void> add_query(KeepList& list, const CounterQuery& query, const Map& map) {
    Result<void> done;
    for (const auto& alternatives : query.rows) {
        for (const std::string& rows : alternatives) {
            done = done ? add_rows(list, rows, query, map) : done;
        }
    }
    for (const auto& [pointer, expected] : query.echoes) {
        done = done ? list.add(pointer) : done;
    }
    if (!query.children.empty()) {
        done = done ? list.add(query.children + query.child_key) : done;
    }
    return done;
}

Result<void> add_queries(KeepList& list, const SourceDescription& description) {
    Result<void> done;
    for (const CounterQuery& query : description.queries) {
        done = done ? add_query(list, query, description.map) : done;
    }
    return done;
}

}  // namespace

Result<KeepList::Node*> KeepList::place(Node& root, std::string_view text) {
    const auto pointer = Pointer::parse(text);
    if (!pointer) {
        return std::unexpected(pointer.error());
    }
    Node* node = &root;
    for (const std::string& key : pointer->keys()) {
        const auto known = std::ranges::find(node->children, key, &Node::key);
        if (known != node->children.end()) {
            node = &*known;
            continue;
        }
        Node& fresh = node->children.emplace_back();
        fresh.key = key;
        fresh.written = "\"" + json_escaped(key) + "\":";
        node = &fresh;
    }
    return node;
}

Result<void> KeepList::add(std::string_view text) {
    const auto node = place(root_, text);
    if (!node) {
        return failed("keep", node.error());
    }
    (*node)->is_leaf = true;
    return {};
}

Result<void> KeepList::add_inside(std::string_view text, std::string_view inside) {
    const auto node = place(root_, text);
    if (!node) {
        return failed("keep", node.error());
    }
    (*node)->inside.emplace_back(inside);
    return {};
}

void KeepList::write(Element element, std::string& out) const {
    if (!write(root_, element, out)) {
        out += element.is_array() ? "[]" : "{}";
    }
}

/// False, and nothing written, if nothing of it is kept.
bool KeepList::write(const Node& node, Element element, std::string& out) {
    simdjson::dom::object object;
    if (!element.get_object().get(object)) {
        return !node.children.empty() && write_object(node, object, out);
    }
    if (simdjson::dom::array array; !element.get_array().get(array)) {
        if (node.children.empty()) {
            return node.is_leaf && write_scalars(array, out);
        }
        out += '[';
        bool is_first = true;
        for (const Element member : array) {
            out.append(is_first ? "" : ",");
            is_first = false;
            if (!write(node, member, out)) {
                out += "null";  // what it is, is not kept; that it is there decides how all is read
            }
        }
        out += ']';
        return true;
    }
    std::string_view text;
    if (!node.inside.empty() && !element.get_string().get(text)) {
        return write_inside(node, text, out);
    }
    if (node.is_leaf) {
        write_scalar(element, out);
    }
    return node.is_leaf;
}

bool KeepList::write_object(const Node& node, simdjson::dom::object object, std::string& out) {
    const std::size_t begin = out.size();
    out += '{';
    for (const auto& [key, value] : object) {
        const auto child = std::ranges::find(node.children, key, &Node::key);
        if (child == node.children.end()) {
            continue;
        }
        const std::size_t before = out.size();
        out.append(before == begin + 1 ? "" : ",").append(child->written);
        if (!write(*child, value, out)) {
            out.resize(before);
        }
    }
    out += '}';
    return true;
}

/// The text's own JSON, reduced, as a text again.
bool KeepList::write_inside(const Node& node, std::string_view text, std::string& out) {
    auto parser = make_parser(text.size());
    Element whole;
    if (parser.parse(text.data(), text.size()).get(whole)) {
        return false;
    }
    KeepList inner;
    for (const std::string& pointer : node.inside) {
        if (!inner.add(pointer)) {
            return false;
        }
    }
    std::string written;
    inner.write(whole, written);
    out.append("\"").append(json_escaped(written)).append("\"");
    return true;
}

Result<KeepList> keep_list_of_record(const SourceDescription& description) {
    KeepList list;
    auto done = add_record(list, "", description);
    return done ? Result<KeepList>(std::move(list)) : std::unexpected(std::move(done.error()));
}

Result<KeepList> keep_list_of_row(const Join& join) {
    KeepList list;
    auto done = add_map(list, "", join.map);
    done = done ? list.add(join.row_key) : done;
    return done ? Result<KeepList>(std::move(list)) : std::unexpected(std::move(done.error()));
}

Result<KeepList> keep_list_of_answer(const SourceDescription& description) {
    KeepList list;
    auto done = add_record(list, description.records, description);
    done = done ? add_queries(list, description) : done;
    const Pagination& pagination = description.pagination;
    const bool is_in_record = pagination.type == Pagination::Type::Row;
    const std::string base = is_in_record ? description.records : "";
    for (const std::string& pointer : {base + pagination.total, pagination.last}) {
        done = done && !pointer.empty() ? list.add(pointer) : done;
    }
    if (is_in_record) {
        done = done ? list.add(description.records + pagination.row) : done;
    }
    for (const ErrorRule& rule : description.errors) {
        done = done && !rule.pointer.empty() ? list.add(rule.pointer) : done;
    }
    for (const Join& join : description.joins) {
        done = done ? add_map(list, join.records, join.map) : done;
        done = done ? list.add(join.records + join.row_key) : done;
    }
    return done ? Result<KeepList>(std::move(list)) : std::unexpected(std::move(done.error()));
}

Result<void> check_keep(const SourceDescription& description) {
    for (const std::string& text : description.keep.value_or(std::vector<std::string>{})) {
        const auto pointer = Pointer::parse(text);
        if (!pointer) {
            return failed("keep", pointer.error());
        }
        for (const std::string& key : pointer->keys()) {
            if (std::ranges::find(personal_names, fold(key)) != personal_names.end()) {
                return fail(
                    ErrorKind::Config, "keep: " + text + " is personal data, which is never kept"
                );
            }
        }
    }
    return {};
}

}  // namespace thidua::connectors
