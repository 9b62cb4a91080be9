// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/source_reader.hpp"

#include "config/file_drop_reader.hpp"
#include "config/mapping_reader.hpp"
#include "config/request_reader.hpp"

#include <utility>

namespace thidua::config {
namespace {

Slicing read_slicing(Node node) {
    Slicing slicing;
    slicing.type = node.optional("type").one_of_or<Slicing::Type>(
        {{"window", Slicing::Type::Window},
         {"month", Slicing::Type::Month},
         {"whole", Slicing::Type::Whole},
         {"lookup", Slicing::Type::Lookup},
         {"file", Slicing::Type::File}},
        slicing.type
    );
    slicing.days = node.optional("days").number_or<int>(1, 366, slicing.days);
    slicing.widen_days = node.optional("widen_days").number_or<int>(0, 31, slicing.widen_days);
    slicing.sweep_weekly = node.optional("sweep_weekly").boolean_or(slicing.sweep_weekly);
    slicing.concurrency = node.optional("concurrency").number_or<int>(1, 64, slicing.concurrency);
    slicing.batch = node.optional("batch").number_or<int>(1, 100'000, slicing.batch);
    node.finish();
    return slicing;
}

Cursor read_cursor(Node node) {
    Cursor cursor;
    cursor.field = node.optional("field").text_or("");
    cursor.format = read_format(node.optional("format"), cursor.format);
    const Node lookback = node.optional("lookback");
    const std::chrono::days days{cursor.lookback_days};
    cursor.lookback_days =
        static_cast<int>(std::chrono::ceil<std::chrono::days>(lookback.duration_or(days)).count());
    node.finish();
    return cursor;
}

ForEach read_for_each(Node node) {
    ForEach for_each;
    if (!node) {
        return for_each;
    }
    for_each.item = node.optional("item").one_of_or<ForEach::Item>(
        {{"payment", ForEach::Item::Payment},
         {"dossier", ForEach::Item::Dossier},
         {"procedure", ForEach::Item::Procedure}},
        for_each.item
    );
    const Node source = node.optional("source");
    if (for_each.item == ForEach::Item::Procedure) {
        if (source) {
            source.report("not for procedures: those that any source names are asked for");
        }
    } else {
        for_each.source = node.required("source").text();
    }
    node.finish();
    return for_each;
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

}  // namespace

SourceDescription read_source(Node node, std::string name) {
    SourceDescription source;
    source.name = std::move(name);
    source.preset = node.optional("preset").text_or("");
    source.title = node.optional("title").text_or("");
    source.kind = node.required("kind").one_of<RecordKind>(
        {{"dossiers", RecordKind::Dossiers},
         {"payments", RecordKind::Payments},
         {"statistics", RecordKind::Statistics},
         {"procedures", RecordKind::Procedures}}
    );
    source.slicing = read_slicing(node.optional("slicing"));
    const bool is_file = source.slicing.type == Slicing::Type::File;
    source.base_url = is_file ? "" : node.required("base_url").text();
    source.file = read_file_drop(node.optional("file"));
    source.tls = read_tls(node.optional("tls"));
    source.proxy = node.optional("proxy").text_or("");
    source.rate_limit = read_rate_limit(node.optional("rate_limit"));
    source.auth = read_auth(node.optional("auth"));
    source.request = read_request(node.optional("request"));
    source.pagination = read_pagination(node.optional("pagination"));
    source.cursor = read_cursor(node.optional("cursor"));
    source.for_each = read_for_each(node.optional("for_each"));
    for (const auto& [key, value] : node.optional("parameters").entries()) {
        source.parameters.emplace(key, value.raw());
    }
    source.unwrap = pointer_or(node.optional("unwrap"), "");
    source.records = read_records(node.optional("records"));
    source.map = read_map(node.optional("map"), vocabulary(source.kind).names);
    source.payments = read_nested(node.optional("payments"), named_payment_names);
    source.fees = read_nested(node.optional("fees"), fee_names);
    source.joins = read_list(node.optional("joins"), read_join);
    source.queries = read_list(node.optional("queries"), read_query);
    source.errors = read_list(node.optional("errors"), read_error_rule);
    source.contract = read_contract(node.optional("contract"));
    if (const Node keep = node.optional("keep")) {
        source.keep = pointers(keep);
    }
    source.timeout = node.optional("timeout").duration_or(source.timeout);
    source.body_bytes_max =
        node.optional("body_bytes_max").number_or(1, std::int64_t{1} << 30, source.body_bytes_max);
    source.retry = read_retry(node.optional("retry"));
    source.expect = read_expect(node.optional("expect"));
    node.finish();
    return source;
}

}  // namespace thidua::config
