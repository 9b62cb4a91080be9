// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/source_reader.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace thidua::config {
namespace {

constexpr std::int64_t limit_max = 1'000'000;

/// One text, or a list of them.
std::vector<std::string> text_or_texts(const Node& node) {
    if (node.is_list()) {
        return node.texts();
    }
    return node ? std::vector{node.text()} : std::vector<std::string>{};
}

/// A JSON pointer: "" or /a/b.
std::string pointer_or(const Node& node, std::string fallback) {
    if (!node) {
        return fallback;
    }
    std::string pointer = node.raw();
    if (!pointer.empty() && !pointer.starts_with('/')) {
        node.refuse("a JSON pointer such as /data/code");
    }
    return pointer;
}

std::vector<std::string> pointers(const Node& node) {
    std::vector<std::string> result = text_or_texts(node);
    for (const std::string& pointer : result) {
        if (!pointer.starts_with('/') && !pointer.empty()) {
            node.report(shown(pointer) + ": must be a JSON pointer such as /data/code");
        }
    }
    return result;
}

TimeFormat read_format(const Node& node, TimeFormat fallback) {
    return node.one_of_or<TimeFormat>(
        {{"iso", TimeFormat::Iso},
         {"local-iso", TimeFormat::LocalIso},
         {"compact", TimeFormat::Compact}},
        fallback
    );
}

/// Free keys with a text each, in the order in which they are written.
std::vector<std::pair<std::string, std::string>> read_texts(const Node& node) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& [key, value] : node.entries()) {
        texts.emplace_back(key, value.raw());
    }
    return texts;
}

Auth read_auth(Node node) {
    Auth auth;
    auth.type = node.optional("type").one_of_or<Auth::Type>(
        {{"none", Auth::Type::None},
         {"oauth2-client-credentials", Auth::Type::Oauth2ClientCredentials}},
        auth.type
    );
    auth.token_url = node.optional("token_url").text_or("");
    auth.client_id = node.optional("client_id").text_or("");
    auth.client_secret_file = node.optional("client_secret_file").path();
    node.finish();
    return auth;
}

std::optional<Signature> read_signature(Node node, const std::filesystem::path& secret_file) {
    if (!node) {
        return std::nullopt;
    }
    Signature signature;
    signature.fields = node.required("fields").texts();
    signature.join = node.optional("join").raw_or(signature.join);
    signature.into = node.required("into").text();
    signature.secret_file = secret_file;
    node.finish();
    return signature;
}

Request read_request(Node node) {
    Request request;
    request.method = node.optional("method").one_of_or<std::string>(
        {{"GET", "GET"}, {"POST", "POST"}}, request.method
    );
    request.path = node.optional("path").raw_or("");
    request.query = read_texts(node.optional("query"));
    request.headers = read_texts(node.optional("headers"));
    request.body = node.optional("body").raw_or("");
    if (const Node success = node.optional("success")) {
        request.success.clear();
        for (const Node& status : success.items()) {
            request.success.push_back(status.number<int>(200, 299));
        }
    }
    const std::filesystem::path secret_file = node.optional("secret_file").path();
    request.sign = read_signature(node.optional("sign"), secret_file);
    request.verify = read_signature(node.optional("verify"), secret_file);
    node.finish();
    return request;
}

Pagination read_pagination(Node node) {
    Pagination pagination;
    pagination.type = node.optional("type").one_of_or<Pagination::Type>(
        {{"none", Pagination::Type::None}, {"page", Pagination::Type::Page}}, pagination.type
    );
    pagination.first = node.optional("first").number_or<int>(0, 1, pagination.first);
    pagination.size = node.optional("size").number_or<int>(1, 100'000, pagination.size);
    pagination.total = pointer_or(node.optional("total"), "");
    pagination.pages_max =
        node.optional("pages_max").number_or<int>(1, limit_max, pagination.pages_max);
    node.finish();
    return pagination;
}

Slicing read_slicing(Node node) {
    Slicing slicing;
    slicing.type = node.optional("type").one_of_or<Slicing::Type>(
        {{"window", Slicing::Type::Window},
         {"month", Slicing::Type::Month},
         {"lookup", Slicing::Type::Lookup}},
        slicing.type
    );
    slicing.days = node.optional("days").number_or<int>(1, 366, slicing.days);
    slicing.widen_days = node.optional("widen_days").number_or<int>(0, 31, slicing.widen_days);
    slicing.filter_field = node.optional("filter_field").text_or("");
    slicing.format = read_format(node.optional("format"), slicing.format);
    slicing.lookback_days =
        node.optional("lookback_days").number_or<int>(0, 3'660, slicing.lookback_days);
    slicing.sweep_weekly = node.optional("sweep_weekly").boolean_or(slicing.sweep_weekly);
    slicing.concurrency = node.optional("concurrency").number_or<int>(1, 64, slicing.concurrency);
    slicing.batch = node.optional("batch").number_or<int>(1, 100'000, slicing.batch);
    node.finish();
    return slicing;
}

/// One of our words for `field`, or any text where it has no closed set of them.
std::string read_word(const Node& node, std::span<const std::string_view> words) {
    std::string word = node.raw();
    if (!words.empty() && std::ranges::find(words, word) == words.end()) {
        const std::vector<std::string> names(words.begin(), words.end());
        node.refuse("one of " + listed(names) + did_you_mean(word, names));
    }
    return word;
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
    if (const Node unlisted = node.optional("unlisted")) {
        field.unlisted = read_word(unlisted, words);
    }
    field.required = node.optional("required").boolean_or(field.required);
    node.finish();
    return field;
}

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

NestedMap read_payments(Node node) {
    NestedMap payments;
    payments.path = pointer_or(node.optional("path"), "");
    payments.map = read_map(node.optional("map"), named_payment_names);
    node.finish();
    return payments;
}

Join read_join(Node node) {
    Join join;
    join.request = read_request(node.required("request"));
    join.key = node.required("key").text();
    join.row_key = pointer_or(node.required("row_key"), "");
    join.records = read_records(node.optional("records"));
    join.map = read_map(node.required("map"), join_names);
    join.batch = node.optional("batch").number_or<int>(1, 10'000, join.batch);
    node.finish();
    return join;
}

CounterQuery read_query(Node node) {
    CounterQuery query;
    query.path = node.required("path").raw();
    query.rows = pointers(node.required("rows"));
    query.metrics = node.required("metrics").texts();
    for (auto& [pointer, expected] : read_texts(node.optional("echoes"))) {
        query.echoes.emplace(pointer, std::move(expected));
    }
    Node children = node.optional("children");
    query.children = pointer_or(children ? children.required("path") : children, "");
    query.child_key = pointer_or(children ? children.required("key") : children, "");
    children.finish();
    node.finish();
    return query;
}

ErrorRule read_error_rule(Node node) {
    ErrorRule rule;
    rule.pointer = pointer_or(node.required("pointer"), "");
    const Node equals = node.optional("equals");
    const Node differs_from = node.optional("differs_from");
    if (equals) {
        rule.equals = equals.raw();
    }
    if (differs_from) {
        rule.differs_from = differs_from.raw();
    }
    if (node && static_cast<bool>(equals) == static_cast<bool>(differs_from)) {
        node.report("needs either equals or differs_from");
    }
    rule.kind = node.required("class").one_of<std::optional<ErrorKind>>(
        {{"transient", ErrorKind::Transient},
         {"auth", ErrorKind::Auth},
         {"contract", ErrorKind::Contract},
         {"unknown", std::nullopt}}
    );
    node.finish();
    return rule;
}

Retry read_retry(Node node) {
    Retry retry;
    retry.max_attempts = node.optional("max_attempts").number_or<int>(1, 100, retry.max_attempts);
    retry.backoff = node.optional("backoff").duration_or(retry.backoff);
    retry.max_backoff = node.optional("max_backoff").duration_or(retry.max_backoff);
    retry.deadline = node.optional("deadline").duration_or(retry.deadline);
    node.finish();
    return retry;
}

Expect read_expect(Node node) {
    Expect expect;
    constexpr std::int64_t rows_max = 1'000'000'000;
    expect.min_rows = node.optional("min_rows").number_or(0, rows_max, expect.min_rows);
    expect.max_drop = node.optional("max_drop").share_or(expect.max_drop);
    expect.freshness = std::chrono::ceil<std::chrono::hours>(
        node.optional("freshness").duration_or(expect.freshness)
    );
    node.finish();
    return expect;
}

template <class Each>
auto read_list(const Node& node, const Each& read) {
    std::vector<decltype(read(node))> list;
    for (const Node& item : node.items()) {
        list.push_back(read(item));
    }
    return list;
}

}  // namespace

SourceDescription read_source(Node node, std::string name) {
    SourceDescription source;
    source.name = std::move(name);
    source.preset = node.optional("preset").text_or("");
    source.title = node.optional("title").text_or("");
    source.kind = node.required("kind").one_of<RecordKind>(
        {{"dossiers", RecordKind::Dossiers},
         {"payments", RecordKind::Payments},
         {"statistics", RecordKind::Statistics}}
    );
    source.base_url = node.required("base_url").text();
    Node tls = node.optional("tls");
    source.ca_file = tls.optional("ca_file").path();
    tls.finish();
    source.auth = read_auth(node.optional("auth"));
    source.request = read_request(node.optional("request"));
    source.pagination = read_pagination(node.optional("pagination"));
    source.slicing = read_slicing(node.optional("slicing"));
    for (auto& [key, value] : read_texts(node.optional("parameters"))) {
        source.parameters.emplace(key, std::move(value));
    }
    source.records = read_records(node.optional("records"));
    source.map = read_map(node.optional("map"), vocabulary(source.kind).names);
    source.payments = read_payments(node.optional("payments"));
    source.joins = read_list(node.optional("joins"), read_join);
    source.queries = read_list(node.optional("queries"), read_query);
    source.errors = read_list(node.optional("errors"), read_error_rule);
    source.lookup_source = node.optional("lookup_source").text_or("");
    source.timeout = node.optional("timeout").duration_or(source.timeout);
    source.body_bytes_max =
        node.optional("body_bytes_max").number_or(1, std::int64_t{1} << 30, source.body_bytes_max);
    source.retry = read_retry(node.optional("retry"));
    source.expect = read_expect(node.optional("expect"));
    node.finish();
    return source;
}

}  // namespace thidua::config
