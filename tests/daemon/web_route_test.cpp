// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which paths there are, which requests are refused, and in which language is answered.
#include "daemon/web/route.hpp"
#include "daemon/web/words.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon::web {
namespace {

using Kind = Route::Kind;

TEST(RouteOf, KnowsFixedPathsAndNames) {
    EXPECT_EQ(route_of("/"), (Route{Kind::Standings, ""}));
    EXPECT_EQ(route_of("/-/healthy"), (Route{Kind::Healthy, ""}));
    EXPECT_EQ(route_of("/units/H37.10.05"), (Route{Kind::Unit, "H37.10.05"}));
    EXPECT_EQ(route_of("/units/%3Cb%3e"), (Route{Kind::Unit, "<b>"}));
    EXPECT_EQ(
        route_of("/editions/weekly/2024-W42/all/1"), (Route{Kind::Edition, "weekly/2024-W42/all/1"})
    );
    EXPECT_EQ(route_of("/explain/F7K2Q9XAM"), (Route{Kind::Explain, "F7K2Q9XAM"}));
}

TEST(RouteOf, HasNothingElse) {
    for (const char* path :
         {"",
          "//",
          "/..",
          "/../etc/passwd",
          "/index.html",
          "/units",
          "/units/",
          "/units/%",
          "/units/%4",
          "/units/%zz",
          "/units/%+1",
          "/-/",
          "/metrics/",
          "http://example.vn/"}) {
        EXPECT_EQ(route_of(path).kind, Kind::NotFound) << path;
    }
}

struct RefusalCase {
    std::string method;
    std::string path;
    std::string host;
    std::string origin;
    std::string fetch_site;
    Door door;
    int status;  // 0: it is not refused
};

TEST(Refusal, IsForMethodsAndForPagesFromElsewhere) {
    const RefusalCase cases[] = {
        {"GET", "/", "127.0.0.1:8787", "", "", Door::Open, 0},
        {"HEAD", "/", "localhost", "", "cross-site", Door::Open, 0},
        {"GET", "/", "[::1]:8787", "", "", Door::Open, 0},
        {"GET", "/", "", "", "", Door::Open, 0},
        {"GET", "/", "thidua.example.vn", "", "", Door::Open, 421},
        {"GET", "/", "thidua.example.vn", "", "", Door::Locked, 0},
        {"POST", "/", "localhost", "", "", Door::Open, 405},
        {"DELETE", "/", "localhost", "", "", Door::Open, 405},
        {"GET", "/-/reload", "localhost", "", "", Door::Open, 405},
        {"POST", "/-/reload", "localhost", "", "", Door::Open, 0},
        {"POST", "/-/reload", "localhost", "http://evil.example", "", Door::Open, 403},
        {"POST", "/-/reload", "localhost", "null", "", Door::Locked, 403},
        {"POST", "/-/reload", "localhost", "", "cross-site", Door::Locked, 403},
        {"POST", "/-/reload", "localhost", "", "same-site", Door::Locked, 403},
    };
    for (const RefusalCase& one : cases) {
        Request request;
        request.method = one.method;
        request.path = one.path;
        request.host = one.host;
        request.origin = one.origin;
        request.fetch_site = one.fetch_site;
        const auto refused = refusal(request, route_of(one.path), one.door);
        EXPECT_EQ(refused ? refused->status : 0, one.status)
            << one.method << " " << one.path << " of " << one.host;
    }
}

TEST(LanguageOf, IsVietnameseUnlessEnglishComesFirst) {
    for (const char* header :
         {"", "*", "vi", "vi,en;q=0.8", "en;q=0.5, vi", "fr", "en;q=0", "vi,en"}) {
        EXPECT_EQ(language_of(header), Language::Vietnamese) << header;
    }
    for (const char* header : {"en", "en-GB,en;q=0.9", "en,vi;q=0.9", "fr, en;q=0.3, vi;q=0.2"}) {
        EXPECT_EQ(language_of(header), Language::English) << header;
    }
}

}  // namespace
}  // namespace thidua::daemon::web
