// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A small source that reads well, and one mistake a row.
#include "config/source_reader.hpp"

#include "config/yaml.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace thidua::config {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view good = R"(kind: dossiers
base_url: https://api.example.vn
tls: {ca_file: /etc/ca.pem}
auth:
  type: oauth2-client-credentials
  token_url: /token
  client_id: thidua
  client_secret_file: secrets/tthc
request:
  method: POST
  path: /search
  query: {page: "{page}", from: "{from}"}
  headers: {X-Site: "7"}
  body: '{"a":1}'
  success: [200, 201]
  secret_file: /run/secret
  sign: {fields: [a, b], into: mac}
  verify: {fields: [c], join: "", into: mac}
pagination: {type: page, first: 1, size: 50, total_path: /total, pages_max: 9}
slicing: {type: window, days: 7, concurrency: 4}
cursor: {field: accepted_at, format: compact, lookback: 3d}
parameters: {agency: "0012"}
records: {path: /rows}
map:
  code: [/nationCode, /code]
  id: /id
  accepted_at: {from: /at, format: local-iso, required: true}
  channel: {from: /m, values: {"0": online}, otherwise: direct, unlisted: postal}
payments: {path: /pay, map: {state: {from: /s, values: {x: succeeded}}}}
joins:
  - {request: {path: /fees}, key: id, row_key: /d, records: {path: /r}, map: {amount: /a}, batch: 9}
errors:
  - {when: {pointer: /code, differs_from: OK}, class: contract}
  - {when: {pointer: /code, equals: "01"}, class: unknown}
timeout: 90s
body_bytes_max: 1000
retry: {max_attempts: 3, backoff: 1s, max_backoff: 2s, deadline: 3m}
expect: {min_rows: 5, max_drop: 10%, freshness: 2d}
)";

struct Read {
    SourceDescription source;
    std::vector<std::string> problems;
};

Read read(std::string_view text) {
    Problems problems;
    const auto value = parse_yaml(text, problems.add_file("/etc/source.yaml"), problems);
    Read result;
    if (value) {
        result.source = read_source(Node(*value, "sources.tthc", problems), "tthc");
    }
    for (const Problem& problem : problems.sorted()) {
        result.problems.push_back(to_text(problem));
    }
    return result;
}

TEST(ReadSource, TakesEveryKey) {
    const auto [source, problems] = read(good);
    EXPECT_EQ(problems, std::vector<std::string>{});
    EXPECT_EQ(source.name, "tthc");
    EXPECT_EQ(source.kind, RecordKind::Dossiers);
    EXPECT_EQ(source.tls.ca_file, "/etc/ca.pem");
    EXPECT_EQ(source.auth.type, Auth::Type::Oauth2ClientCredentials);
    EXPECT_EQ(source.auth.client_secret_file, "/etc/secrets/tthc") << "relative to the file";
    using Texts = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(source.request.query, (Texts{{"page", "{page}"}, {"from", "{from}"}}));
    EXPECT_EQ(source.request.headers, (Texts{{"X-Site", "7"}}));
    EXPECT_EQ(source.request.success, (std::vector{200, 201}));
    ASSERT_TRUE(source.request.sign && source.request.verify);
    EXPECT_EQ(source.request.sign->join, "|");
    EXPECT_EQ(source.request.verify->join, "");
    EXPECT_EQ(source.request.verify->secret_file, "/run/secret");
    EXPECT_EQ(source.pagination.total, "/total");
    EXPECT_EQ(source.slicing.days, 7);
    EXPECT_EQ(source.slicing.widen_days, 1) << "the default";
    EXPECT_EQ(source.cursor.format, TimeFormat::Compact);
    EXPECT_EQ(source.parameters.at("agency"), "0012");
    EXPECT_EQ(source.map.at("code"), (FieldMap{.from = {"/nationCode", "/code"}}));
    EXPECT_EQ(
        source.map.at("accepted_at"),
        (FieldMap{.from = {"/at"}, .format = TimeFormat::LocalIso, .required = true})
    );
    EXPECT_EQ(source.map.at("channel").unlisted, "postal");
    EXPECT_EQ(source.payments.map.at("state").values.at("x"), "succeeded");
    EXPECT_EQ(source.joins.at(0).records, "/r");
    EXPECT_EQ(source.errors.at(0).differs_from, std::vector<std::string>{"OK"});
    EXPECT_EQ(source.errors.at(1).kind, std::nullopt);
    EXPECT_EQ(source.timeout, 90s);
    EXPECT_EQ(source.retry.deadline, 3min);
    EXPECT_EQ(source.expect.max_drop, (Share{1, 10}));
    EXPECT_EQ(source.expect.freshness, 48h);
}

TEST(ReadSource, KeepsTheDefaultsOfWhatIsLeftOut) {
    const auto [source, problems] = read("kind: payments\nbase_url: https://api.example.vn\n");
    EXPECT_EQ(problems, std::vector<std::string>{});
    EXPECT_EQ(source.auth.type, Auth::Type::None);
    EXPECT_EQ(source.retry.max_attempts, Retry().max_attempts);
    EXPECT_EQ(source.timeout, SourceDescription().timeout);
    EXPECT_EQ(source.body_bytes_max, SourceDescription().body_bytes_max);
    EXPECT_EQ(source.request.success, std::vector{200});
    EXPECT_FALSE(source.request.sign);
}

TEST(ReadSource, TakesTheQueriesOfAStatistic) {
    const auto [source, problems] = read(
        "kind: statistics\n"
        "base_url: https://api.example.vn\n"
        "queries:\n"
        "  - path: /tree\n"
        "    rows: [/data/parent, /data/children]\n"
        "    metrics: [a, b]\n"
        "    echoes: {/data/parent/id: \"{root}\"}\n"
        "    children: {path: /data/children, key: /id}\n"
    );
    EXPECT_EQ(problems, std::vector<std::string>{});
    const CounterQuery& query = source.queries.at(0);
    EXPECT_EQ(
        query.rows, (std::vector<std::vector<std::string>>{{"/data/parent"}, {"/data/children"}})
    );
    EXPECT_EQ(query.echoes.at("/data/parent/id"), "{root}");
    EXPECT_EQ(query.children, "/data/children");
    EXPECT_EQ(query.child_key, "/id");
}

struct MistakeCase {
    std::string name;
    std::string from;
    std::string to;
    std::string problem;  ///< what the first one begins with

    friend void PrintTo(const MistakeCase& row, std::ostream* out) { *out << row.name; }
};

class SourceMistake : public testing::TestWithParam<MistakeCase> {};

TEST_P(SourceMistake, IsNamedWithItsPlace) {
    std::string text(good);
    const std::size_t place = text.find(GetParam().from);
    ASSERT_NE(place, std::string::npos);
    text.replace(place, GetParam().from.size(), GetParam().to);
    const auto problems = read(text).problems;
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].substr(0, GetParam().problem.size()), GetParam().problem);
}

const MistakeCase mistake_cases[] = {
    {"UnknownKey", "timeout:", "timeuot:", "/etc/source.yaml:35:1: sources.tthc.timeuot: "},
    {"UnknownKeyBelow",
     "pages_max",
     "page_max",
     "/etc/source.yaml:19:66: sources.tthc.pagination.page_max: "},
    {"UnknownKind", "kind: dossiers", "kind: dossier", "/etc/source.yaml:1:7: sources.tthc.kind: "},
    {"NoUrl", "base_url", "# base_url", "/etc/source.yaml:1:1: sources.tthc.base_url: "},
    {"UnknownField",
     "  id: /id",
     "  idd: /id",
     "/etc/source.yaml:26:8: sources.tthc.map.idd: unknown field; did you mean \"id\"?"},
    {"NoPointer",
     "  id: /id",
     "  id: id",
     "/etc/source.yaml:26:7: sources.tthc.map.id: \"id\": must be a JSON pointer"},
    {"UnknownWord",
     "otherwise: direct",
     "otherwise: driect",
     "/etc/source.yaml:28:57: sources.tthc.map.channel.otherwise: \"driect\": must be one of "},
    {"UnknownFormat", "local-iso", "iso8601", "/etc/source.yaml:27:36: sources.tthc.map.accepted_"},
    {"Status", "[200, 201]", "[200, 404]", "/etc/source.yaml:15:18: sources.tthc.request.success"},
    {"ErrorClass",
     "class: contract",
     "class: fatal",
     "/etc/source.yaml:33:55: sources.tthc.errors[0].class: "},
    {"ErrorWithBoth",
     "differs_from: OK",
     "differs_from: OK, equals: OK",
     "/etc/source.yaml:33:6: sources.tthc.errors[0].when: needs one"},
    {"BarePercentage", "10%", "10", "/etc/source.yaml:38:33: sources.tthc.expect.max_drop: "},
    {"Duration", "90s", "90", "/etc/source.yaml:35:10: sources.tthc.timeout: "},
};

INSTANTIATE_TEST_SUITE_P(Config, SourceMistake, testing::ValuesIn(mistake_cases), test::case_name<MistakeCase>);

}  // namespace
}  // namespace thidua::config
