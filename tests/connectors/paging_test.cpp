// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Every kind of paging against a peer that pages so, and what a peer that lies about it costs.
#include "connectors/connector.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>

namespace thidua::connectors {
namespace {

using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};
constexpr int records = 5;

std::string record(int number) {
    return fmt::format(
        R"({{"code":"H37.10-240617-{0:04}","at":"2024-06-17T09:00:00.000+0700","row":"{0}","total":"{1}"}})",
        number,
        records
    );
}

/// Records `first` (from 0) to `end`, the end excluded.
std::string rows(int first, int end) {
    std::string text = "[";
    for (int number = std::max(first, 0); number < std::min(end, records); ++number) {
        text += (text.size() == 1 ? "" : ",") + record(number + 1);
    }
    return text + "]";
}

int number_of(const PeerRequest& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? 0 : std::stoi(found->second);
}

struct PagingCase {
    std::string name;
    std::string yaml;
    std::function<PeerReply(const PeerRequest&)> answer;
    std::string error{};  ///< what the message holds; empty: all five records come

    friend void PrintTo(const PagingCase& row, std::ostream* out) { *out << row.name; }
};

class Paging : public testing::TestWithParam<PagingCase> {
  protected:
    test::World world_;
};

TEST_P(Paging, BringsEveryRecordOrNone) {
    const HttpPeer peer(GetParam().answer);
    const SourceDescription description = test::described(fmt::format(
        "kind: dossiers\n"
        "base_url: {}\n"
        "cursor: {{field: accepted_at}}\n"
        "{}{}",
        peer.url(),
        GetParam().yaml.find("map:") == std::string::npos ? "map: {code: /code, accepted_at: /at}\n"
                                                          : "",
        GetParam().yaml
    ));
    auto connector = Connector::create(description, world_.environment());
    ASSERT_TRUE(connector) << connector.error().message;
    const auto slice = connector->gather(june_17);
    if (!GetParam().error.empty()) {
        ASSERT_FALSE(slice);
        EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
        EXPECT_NE(slice.error().message.find(GetParam().error), std::string::npos)
            << slice.error().message;
        return;
    }
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->dossiers.size(), 5U);
    EXPECT_EQ(slice->dossiers.back().code, "H37.10-240617-0005");
    EXPECT_EQ(slice->declared_total, records);
}

PeerReply wrapped(int first, int end, std::string_view more) {
    return test::json(fmt::format(R"({{"rows":{}{}}})", rows(first, end), more));
}

/// A page by its token t1, t2; `follow` says what stands at its end.
PeerReply by_token(const PeerRequest& request, std::string_view at_the_end) {
    const auto found = request.query.find("cursor");
    const int page = found == request.query.end() ? 0 : std::stoi(found->second.substr(1));
    const std::string next =
        page < 2 ? fmt::format(R"(,"next":"t{}")", page + 1) : std::string(at_the_end);
    return wrapped(page * 2, page * 2 + 2, next);
}

PeerReply by_link(const PeerRequest& request, const std::string& base) {
    const int page = number_of(request, "p");
    PeerReply reply = wrapped(page * 2, page * 2 + 2, "");
    if (page < 2) {
        reply.headers = {fmt::format(
            R"(Link: <{}/list?p=0>; rel="first", <{}/list?p={}>; rel="next")", base, base, page + 1
        )};
    }
    return reply;
}

const PagingCase paging_cases[] = {
    {"Offset",
     "request: {path: /list, query: {skip: '{offset}', take: '{size}'}}\n"
     "pagination: {type: offset, size: 2, total_path: /total}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) {
         const int skip = number_of(request, "skip");
         return wrapped(skip, skip + number_of(request, "take"), R"(,"total":5)");
     }},
    {"StartEndExclusive",
     "request: {path: /list, query: {start: '{start}', end: '{end}'}}\n"
     "pagination: {type: start-end, size: 2, total_path: /total}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) {
         return wrapped(number_of(request, "start"), number_of(request, "end"), R"(,"total":"5")");
     }},
    {"PageWithAFlagForTheLast",
     "request: {path: /list, query: {page: '{page}'}}\n"
     "pagination: {type: page, size: 2, last_path: /last}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) {
         const int page = number_of(request, "page");
         return wrapped(page * 2, page * 2 + 2, page < 2 ? R"(,"last":false)" : R"(,"last":true)");
     }},
    {"Cursor",
     "request: {path: /list, query: {cursor: '{cursor}'}}\n"
     "pagination: {type: cursor, size: 2, next_path: /next}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) { return by_token(request, R"(,"next":null)"); }},
    {"C18ACursorThatIsMissingAtTheEnd",
     "request: {path: /list, query: {cursor: '{cursor}'}}\n"
     "pagination: {type: cursor, size: 2, next_path: /next}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) { return by_token(request, ""); },
     "page 3: /next: not there"},
    {"C18ACursorThatLeadsInACircle",
     "request: {path: /list, query: {cursor: '{cursor}'}}\n"
     "pagination: {type: cursor, size: 2, next_path: /next}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) { return by_token(request, R"(,"next":"t1")"); },
     "page 3: leads back to a page that was asked for already"},
    {"NextLinkInTheHeader",
     "request: {path: /list}\npagination: {type: link, size: 2}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) { return by_link(request, ""); }},
    {"NextLinkToAnotherHost",
     "request: {path: /list}\npagination: {type: link, size: 2}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) { return by_link(request, "https://evil.example"); },
     "page 2: the next page is said to be on another host"},
    {"NextLinkInTheBody",
     "request: {path: /list}\n"
     "pagination: {type: link, size: 2, next_path: /links/next}\nrecords: {path: /rows}\n",
     [](const PeerRequest& request) {
         const int page = number_of(request, "p");
         const std::string next =
             page < 2 ? fmt::format(R"("/list?p={}")", page + 1) : std::string("null");
         return wrapped(page * 2, page * 2 + 2, fmt::format(R"(,"links":{{"next":{}}})", next));
     }},
    {"RowsThatAreNumbered",
     "request: {path: /list, query: {page: '{page}', size: '{size}'}}\n"
     "pagination: {type: row, first: 1, size: 2, row_path: /row, total_path: /total}\n",
     [](const PeerRequest& request) {
         const int size = number_of(request, "size");
         const int page = number_of(request, "page") - 1;
         return test::json(rows(page * size, page * size + size));
     }},
    {"None",
     "request: {path: /list}\nrecords: {path: /rows}\npagination: {type: none, total_path: /n}\n",
     [](const PeerRequest&) { return wrapped(0, 5, R"(,"n":5)"); }},
    {"TheRecordPathMoved",
     "request: {path: /list}\nrecords: {path: /data/rows}\n",
     [](const PeerRequest&) { return wrapped(0, 5, ""); },
     "/data/rows: not an array of records"},
    {"ARequiredFieldRenamed",
     "request: {path: /list}\nrecords: {path: /rows}\n"
     "map: {code: {from: /maHoSo, required: true}, accepted_at: /at}\n",
     [](const PeerRequest&) { return wrapped(0, 5, ""); },
     "/maHoSo: required, but not there"},
};

INSTANTIATE_TEST_SUITE_P(Kinds, Paging, testing::ValuesIn(paging_cases), test::case_name<PagingCase>);

}  // namespace
}  // namespace thidua::connectors
