// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is kept of an answer, and that it can be read again by another mapping.
#include "connectors/connector.hpp"
#include "connectors/keep_list.hpp"
#include "connectors/keeper.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};

std::string kept_of(const std::vector<std::string>& pointers, const std::string& json) {
    KeepList list;
    for (const std::string& pointer : pointers) {
        EXPECT_TRUE(list.add(pointer));
    }
    simdjson::dom::parser parser;
    std::string text;
    list.write(parser.parse(json).value(), text);
    return text;
}

TEST(KeepList, KeepsWhatIsListedAndNothingElse) {
    EXPECT_EQ(
        kept_of(
            {"/a", "/b/c", "/n", "/list", "/none"},
            R"({"a":"x\"y","z":"CANARY","b":{"c":1,"d":"CANARY"},"n":null,"list":[1,"2",true]})"
        ),
        R"({"a":"x\"y","b":{"c":1},"n":null,"list":[1,"2",true]})"
    );
}

TEST(KeepList, AnObjectAtAListedPlaceIsNotKept) {
    EXPECT_EQ(kept_of({"/a"}, R"({"a":{"name":"CANARY"}})"), "{}");
    EXPECT_EQ(kept_of({"/a"}, R"({"a":[{"name":"CANARY"}]})"), "{}");
}

TEST(KeepList, GoesThroughArrays) {
    EXPECT_EQ(
        kept_of({"/rows/id"}, R"({"rows":[{"id":1,"x":"CANARY"},{"y":2},{"id":"3"}]})"),
        R"({"rows":[{"id":1},{},{"id":"3"}]})"
    );
    EXPECT_EQ(kept_of({"/id"}, R"([{"id":1}])"), R"([{"id":1}])");
}

TEST(KeepList, OfATextThatIsJsonOnlyTheMappedPartIsKept) {
    KeepList list;
    ASSERT_TRUE(list.add_inside("/payload", "/MaThamChieu"));
    simdjson::dom::parser parser;
    std::string text;
    list.write(
        parser.parse(std::string(R"({"payload":"{\"MaThamChieu\":\"r1\",\"HoTen\":\"CANARY\"}"})"))
            .value(),
        text
    );
    EXPECT_EQ(text, R"({"payload":"{\"MaThamChieu\":\"r1\"}"})");
}

class Kept : public testing::Test {
  protected:
    Result<Slice> gather(const SourceDescription& description) {
        auto connector = Connector::create(description, world_.environment());
        return connector ? connector->gather(june_17)
                         : Result<Slice>(std::unexpected(connector.error()));
    }

    test::World world_;
    test::Sources sources_;
};

TEST_F(Kept, HoldsNoPersonalDatum) {
    const test::IgatePeer peer({test::igate_record(1), test::igate_record(2)});
    const auto slice = gather(sources_.igate(peer.url()));
    ASSERT_TRUE(slice) << slice.error().message;
    std::string lines;
    ASSERT_TRUE(for_each_kept_line(slice->kept, [&](std::string_view line) -> Result<void> {
        lines.append(line).append("\n");
        return {};
    }));
    EXPECT_NE(lines.find("H37.10-240617-0002"), std::string::npos);
    EXPECT_EQ(lines.find(test::canary), std::string::npos);
    EXPECT_EQ(lines.find("CANARY"), std::string::npos);
}

TEST_F(Kept, ReadAgainIsTheSame) {
    const test::IgatePeer peer({test::igate_record(1), test::igate_record(2)});
    const SourceDescription description = sources_.igate(peer.url());
    const auto slice = gather(description);
    ASSERT_TRUE(slice);
    const std::size_t requests = peer.requests("/").size();
    auto connector = Connector::create(description, world_.environment());
    const auto again = connector->reread(slice->kept, june_17);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->dossiers, slice->dossiers) << "fees and payments included";
    EXPECT_EQ(again->key, slice->key);
    EXPECT_EQ(peer.requests("/").size(), requests) << "nobody is asked";
}

TEST_F(Kept, ReadAgainByACorrectedMapping) {
    const test::IgatePeer peer({test::igate_record(1)});
    SourceDescription description = sources_.igate(peer.url());
    description.map["channel"].values = {{"1", "direct"}};
    const auto wrong = gather(description);
    ASSERT_TRUE(wrong) << wrong.error().message;
    ASSERT_EQ(wrong->rejected.size(), 1U);
    EXPECT_EQ(wrong->rejected[0].record.find("CANARY"), std::string::npos);
    EXPECT_NE(wrong->rejected[0].record.find("H37.10-240617-0001"), std::string::npos);
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    const auto right = connector->reread(wrong->kept, june_17);
    ASSERT_TRUE(right);
    EXPECT_TRUE(right->rejected.empty());
    ASSERT_EQ(right->dossiers.size(), 1U);
    EXPECT_EQ(right->dossiers[0].channel, Channel::Online);
}

TEST_F(Kept, WithoutAListNothingIs) {
    const test::IgatePeer peer({test::igate_record(1)});
    SourceDescription description = sources_.igate(peer.url());
    description.keep.reset();
    const auto slice = gather(description);
    ASSERT_TRUE(slice);
    EXPECT_TRUE(slice->kept.empty());
}

TEST_F(Kept, APersonalFieldIsRefused) {
    SourceDescription description = sources_.igate("https://api.example.vn");
    for (const std::string pointer : {"/applicant/data/fullname", "/ChuHoSo", "/TrichYeuHoSo"}) {
        description.keep = std::vector{pointer};
        const auto connector = Connector::create(description, world_.environment());
        ASSERT_FALSE(connector) << pointer;
        EXPECT_NE(connector.error().message.find("personal data"), std::string::npos);
    }
}

TEST_F(Kept, AnExchangeShowsNeitherSecretsNorPeople) {
    const test::IgatePeer peer({test::igate_record(1)});
    std::vector<Exchange> exchanges;
    Environment environment = world_.environment();
    environment.on_exchange = [&](const Exchange& exchange) { exchanges.push_back(exchange); };
    auto connector = Connector::create(sources_.igate(peer.url()), environment);
    ASSERT_TRUE(connector->gather(june_17));
    ASSERT_EQ(exchanges.size(), 3U) << "page, total again, fees; the token is nobody's business";
    EXPECT_EQ(exchanges[0].step, "page 1");
    EXPECT_EQ(exchanges[0].status, 200);
    EXPECT_NE(exchanges[0].request.find("Authorization: ***"), std::string::npos);
    EXPECT_NE(exchanges[0].answer.find("totalElements"), std::string::npos);
    for (const Exchange& exchange : exchanges) {
        const std::string all = exchange.request + exchange.answer;
        EXPECT_EQ(all.find("CANARY"), std::string::npos) << all;
        EXPECT_EQ(all.find("token-"), std::string::npos) << all;
        EXPECT_EQ(all.find(test::test_secret), std::string::npos) << all;
    }
}

TEST_F(Kept, AnExchangeShowsNoKeyHoweverItIsWritten) {
    const test::IgatePeer peer({test::igate_record(1)});
    SourceDescription description = sources_.igate(peer.url());
    description.auth = {};
    description.auth.type = Auth::Type::ApiKey;
    description.auth.key_file = sources_.secret_file();
    description.auth.query = "key";
    sources_.write_secret("a+b/canary=");
    std::string all;
    Environment environment = world_.environment();
    environment.on_exchange = [&](const Exchange& exchange) { all += exchange.request + "\n"; };
    auto connector = Connector::create(description, environment);
    ASSERT_TRUE(connector) << connector.error().message;
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(peer.requests(test::search_path).at(0).query.at("key"), "a+b/canary=");
    EXPECT_NE(all.find("key="), std::string::npos) << all;
    EXPECT_EQ(all.find("canary"), std::string::npos) << all;
}

}  // namespace
}  // namespace thidua::connectors
