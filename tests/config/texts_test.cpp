// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is printed on papers: what good keys become, and the mistakes that people can make in them.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

constexpr std::string_view good = R"(presets: presets
texts:
  parent_organisation: UBND TỈNH LẠNG SƠN
  organisation: SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG
  short_name: STNMT
  place: Lạng Sơn
  signer: {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC}
  urging: {recipients: [Như trên]}
  procedure_review: {addressees: [Văn phòng UBND tỉnh], recipients: [Như trên]}
  nominations:
    addressees: [Hội đồng]
    grounds: ["Luật Thi đua, khen thưởng"]
    recipients: [Như trên, "Lưu: VT"]
  unit_short_names: [{unit: 000.05.10.H37, short_name: VPĐKĐĐ}]
)";

/// The good configuration with texts.
class Texts : public testing::Test {
  protected:
    Texts() { workspace_.replace("thidua.yaml", "presets: presets\n", good); }

    Workspace workspace_;
};

class TextsMistakes : public Texts, public testing::WithParamInterface<Mistake> {};

TEST_F(Texts, AreReadWithWhatMayBeLeftOutEmpty) {
    const auto settings = load(workspace_.root());
    ASSERT_TRUE(settings) << workspace_.problems().front();
    ASSERT_TRUE(settings->texts);
    thidua::Texts expected;
    expected.parent_organisation = "UBND TỈNH LẠNG SƠN";
    expected.organisation = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG";
    expected.short_name = "STNMT";
    expected.place = "Lạng Sơn";
    expected.signer = {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", ""};
    expected.urging.recipients = {"Như trên"};
    expected.procedure_review = {{"Văn phòng UBND tỉnh"}, {}, {"Như trên"}};
    expected.nominations = {{"Hội đồng"}, {"Luật Thi đua, khen thưởng"}, {"Như trên", "Lưu: VT"}};
    expected.unit_short_names = {{"H37.10.05", "VPĐKĐĐ"}};
    EXPECT_EQ(*settings->texts, expected);
}

TEST_F(Texts, MayBeLeftOut) {
    const Workspace without;
    const auto settings = load(without.root());
    ASSERT_TRUE(settings);
    EXPECT_FALSE(settings->texts);
}

TEST_P(TextsMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Mistake& mistake = GetParam();
    workspace_.replace(mistake.file, mistake.from, mistake.to);
    const auto problems = workspace_.problems();
    ASSERT_EQ(problems.size(), mistake.problems.size()) << problems.front();
    for (std::size_t at = 0; at < problems.size(); ++at) {
        EXPECT_NE(problems[at].find(mistake.problems[at]), std::string::npos) << problems[at];
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each,
    TextsMistakes,
    testing::Values(
        Mistake{
            "UnknownKey",
            "thidua.yaml",
            "  place: Lạng Sơn\n",
            "  place: Lạng Sơn\n  town: Lạng Sơn\n",
            {"texts.town: unknown key"}},
        Mistake{"NoPlace", "thidua.yaml", "  place: Lạng Sơn\n", "", {"texts.place: missing"}},
        Mistake{
            "NoSigner",
            "thidua.yaml",
            "{authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC}",
            "{authority: KT. GIÁM ĐỐC}",
            {"texts.signer.title: missing"}},
        Mistake{
            "NobodyToSendTo",
            "thidua.yaml",
            "urging: {recipients: [Như trên]}",
            "urging: {recipients: []}",
            {"texts.urging.recipients: "}},
        Mistake{
            "UnitThatIsNone",
            "thidua.yaml",
            "{unit: 000.05.10.H37, short_name: VPĐKĐĐ}",
            "{unit: H37.10.77, short_name: X}",
            {"texts.unit_short_names"}}
    ),
    test::case_name<Mistake>
);

}  // namespace

}  // namespace thidua::config
