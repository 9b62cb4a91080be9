// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/mapping_reader.hpp"

#include "config/request_reader.hpp"

#include <algorithm>
#include <utility>

namespace thidua::config {
namespace {

/// One of our words for `field`, or any text where it has no closed set of them.
std::string read_word(const Node& node, std::span<const std::string_view> words) {
    std::string word = node.raw();
    if (!words.empty() && std::ranges::find(words, word) == words.end()) {
        const std::vector<std::string> names(words.begin(), words.end());
        node.refuse("one of " + listed(names) + did_you_mean(word, names));
    }
    return word;
}

Condition read_condition(Node node) {
    Condition condition;
    condition.pointer = pointer_or(node.required("pointer"), "");
    condition.equals = one_or_more(node.optional("equals"));
    condition.differs_from = one_or_more(node.optional("differs_from"));
    if (node && condition.equals.empty() == condition.differs_from.empty()) {
        node.report("needs either equals or differs_from");
    }
    node.finish();
    return condition;
}

FieldCase read_case(Node node, std::span<const std::string_view> words) {
    FieldCase field_case;
    field_case.when = read_condition(node.required("when"));
    field_case.value = read_word(node.required("value"), words);
    node.finish();
    return field_case;
}

/// A pointer, a list of pointers, or a map of `from` and how it is read.
FieldMap read_field(Node node, std::string_view name) {
    FieldMap field;
    if (!node.is_map()) {
        field.from = pointers(node);
        return field;
    }
    const auto words = words_of(name);
    field.from = pointers(node.optional("from"));
    field.format = read_format(node.optional("format"), field.format);
    for (const auto& [theirs, ours] : node.optional("values").entries()) {
        field.values.emplace(theirs, read_word(ours, words));
    }
    if (const Node otherwise = node.optional("otherwise")) {
        field.otherwise = read_word(otherwise, words);
    }
    if (const Node constant = node.optional("constant")) {
        field.otherwise = read_word(constant, words);
        if (!field.from.empty()) {
            constant.report("a constant needs no `from`; a default is written `otherwise`");
        }
    }
    if (const Node unlisted = node.optional("unlisted")) {
        field.unlisted = read_word(unlisted, words);
    }
    field.cases =
        read_list(node.optional("cases"), [&](const Node& each) { return read_case(each, words); });
    field.sum = pointers(node.optional("sum"));
    field.inside = pointer_or(node.optional("inside"), "");
    field.required = node.optional("required").boolean_or(field.required);
    node.finish();
    return field;
}

}  // namespace

std::map<std::string, FieldMap> read_map(
    const Node& node, std::span<const std::string_view> names
) {
    std::map<std::string, FieldMap> map;
    for (const auto& [name, field] : node.entries()) {
        if (std::ranges::find(names, name) == names.end()) {
            const std::vector<std::string> known(names.begin(), names.end());
            field.report("unknown field" + did_you_mean(name, known) + ": " + listed(known));
        }
        map.emplace(name, read_field(field, name));
    }
    return map;
}

std::string read_records(Node node) {
    std::string path = pointer_or(node.optional("path"), "");
    node.finish();
    return path;
}

NestedMap read_nested(Node node, std::span<const std::string_view> names) {
    NestedMap nested;
    nested.path = pointer_or(node.optional("path"), "");
    nested.map = read_map(node.optional("map"), names);
    node.finish();
    return nested;
}

Join read_join(Node node) {
    Join join;
    join.request = read_request(node.required("request"));
    join.key = node.required("key").text();
    join.row_key = pointer_or(node.optional("row_key"), "");
    join.records = read_records(node.optional("records"));
    join.map = read_map(node.required("map"), join_names);
    join.batch = node.optional("batch").number_or<int>(1, 10'000, join.batch);
    node.finish();
    return join;
}

CounterQuery read_query(Node node) {
    CounterQuery query;
    query.path = node.required("path").raw();
    for (const Node& rows : node.required("rows").items()) {
        query.rows.push_back(pointers(rows));
    }
    query.where = read_list(node.optional("where"), read_condition);
    query.metrics = node.required("metrics").texts();
    for (const auto& [pointer, expected] : node.optional("echoes").entries()) {
        query.echoes.emplace(pointer, expected.raw());
    }
    for (const auto& [name, value] : node.optional("values").entries()) {
        query.values.emplace(name, value.raw());
    }
    query.unit_code = node.optional("unit_code").text_or("");
    if (Node children = node.optional("children")) {
        query.children = pointer_or(children.required("path"), "");
        query.child_key = pointer_or(children.required("key"), "");
        children.finish();
    }
    node.finish();
    return query;
}

ErrorRule read_error_rule(Node node) {
    ErrorRule rule;
    Node when = node.required("when");
    if (const Node status = when.optional("status")) {
        rule.status = status.number<int>(200, 599);
    }
    rule.pointer = pointer_or(when.optional("pointer"), "");
    rule.equals = one_or_more(when.optional("equals"));
    rule.differs_from = one_or_more(when.optional("differs_from"));
    rule.contains = when.optional("contains").text_or("");
    rule.lacks = when.optional("lacks").text_or("");
    const int tests =
        static_cast<int>(!rule.equals.empty()) + static_cast<int>(!rule.differs_from.empty()) +
        static_cast<int>(!rule.contains.empty()) + static_cast<int>(!rule.lacks.empty());
    if (when && (tests > 1 || (tests == 0 && !rule.status))) {
        when.report("needs one of equals, differs_from, contains and lacks, or a status");
    }
    when.finish();
    rule.kind = node.required("class").one_of<std::optional<ErrorKind>>(
        {{"transient", ErrorKind::Transient},
         {"auth", ErrorKind::Auth},
         {"contract", ErrorKind::Contract},
         {"config", ErrorKind::Config},
         {"data", ErrorKind::Data},
         {"unknown", std::nullopt}}
    );
    rule.may_be_session = node.optional("renew").boolean_or(rule.kind == ErrorKind::Auth);
    node.finish();
    return rule;
}

Contract read_contract(Node node) {
    const auto read = [&](std::string_view key, Drift fallback) {
        return node.optional(key).one_of_or<Drift>(
            {{"ignore", Drift::Ignore},
             {"notice", Drift::Notice},
             {"quarantine", Drift::Quarantine},
             {"fail", Drift::Fail}},
            fallback
        );
    };
    Contract contract;
    contract.new_field = read("on_new_field", contract.new_field);
    contract.missing_required = read("on_missing_required", contract.missing_required);
    contract.type_change = read("on_type_change", contract.type_change);
    contract.unknown_enum = read("on_unknown_enum", contract.unknown_enum);
    node.finish();
    return contract;
}

}  // namespace thidua::config
