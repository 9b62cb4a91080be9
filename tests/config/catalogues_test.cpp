// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Catalogues: read by themselves, written, and read again.
#include "config/catalogues.hpp"

#include "config/catalogue_writer.hpp"
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

using Lines = std::vector<std::string>;

const CatalogueOrigin origin{"đơn vị.xlsx", "0123abcd"};

Day day(const char* text) {
    return *parse_day(text);
}

TEST(Catalogues, AreReadAlthoughOthersAreWrong) {
    const Workspace workspace;
    workspace.write("procedures.yaml", "nonsense: [\n");
    workspace.replace("thidua.yaml", "campaign.yaml", "nobody.yaml");
    const auto units = read_catalogue(workspace.root(), Catalogue::Units);
    ASSERT_TRUE(units);
    EXPECT_EQ(units->file, workspace.folder() / "organisation.yaml");
    EXPECT_TRUE(units->is_there);
    EXPECT_EQ(units->values.units.size(), 4U);
    EXPECT_FALSE(read_catalogue(workspace.root(), Catalogue::Procedures));
}

TEST(Catalogues, AreEmptyWhereTheirFileIsNotThereYet) {
    const Workspace workspace;
    workspace.replace("thidua.yaml", "procedures: procedures.yaml", "procedures: new.yaml");
    const auto procedures = read_catalogue(workspace.root(), Catalogue::Procedures);
    ASSERT_TRUE(procedures);
    EXPECT_FALSE(procedures->is_there);
    EXPECT_EQ(procedures->file, workspace.folder() / "new.yaml");
    EXPECT_TRUE(procedures->values.procedures.empty());
    EXPECT_EQ(procedures->values.units.size(), 4U);
    const auto officers = read_catalogue(workspace.root(), Catalogue::Officers);
    ASSERT_TRUE(officers);
    EXPECT_EQ(officers->file, "");
}

TEST(Catalogues, MayNameUnitsThatAreGone) {
    const Workspace workspace;
    workspace.replace("procedures.yaml", "[H37.10.05, H37.10.05.01]", "[H99.1]");
    const auto procedures = read_catalogue(workspace.root(), Catalogue::Procedures);
    ASSERT_TRUE(procedures);
    EXPECT_EQ(procedures->values.procedures.at(0).units, Lines{"H99.1"});
}

TEST(Catalogues, AreCalledByOneWord) {
    EXPECT_EQ(parse_catalogue("officers"), Catalogue::Officers);
    EXPECT_EQ(parse_catalogue("dossiers"), std::nullopt);
}

TEST(LoadWith, TakesANewTextForAFile) {
    const Workspace workspace;
    const auto file = workspace.folder() / "organisation.yaml";
    const auto text = [](const char* unit) {
        return std::string("version: 1\nunits:\n  - {code: H37.10, name: Sở}\n") + unit +
               "  - {code: H37.10.05, name: B, parent: H37.10}\n"
               "  - {code: H37.10.05.01, name: C, parent: H37.10.05}\n";
    };
    const auto loaded = load_with(
        workspace.root(), {{file, text("  - {code: H37.10.01, name: A, parent: H37.10}\n")}}
    );
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->units.at(1).name, "A");
    EXPECT_EQ(load(workspace.root())->units.at(1).name, "Văn phòng Sở");
    const auto wrong =
        load_with(workspace.root(), {{file, text("  - {code: H37.10.01, name: A, parent: X}\n")}});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().at(0).file, file.string() + std::string(new_text_note));
    EXPECT_EQ(wrong.error().at(0).line, 4);
}

/// Every kind of thing that the files can say.
Catalogues everything() {
    Catalogues values;
    values.units = {
        {"H37.10", {}, "Sở \"Mẫu\" \\ Ví dụ: #1", std::nullopt, {}, {}, std::nullopt},
        {"H37.10.01", {{}, day("2024-09-30")}, "Phòng A", "H37.10", {}, {}, "H37.10.05"},
        {"H37.10.05",
         {},
         "Phòng B",
         "H37.10",
         {{day("2024-10-01"), "Phòng A và B", std::nullopt},
          {day("2024-11-01"), std::nullopt, "H37.10.06"}},
         {{"001.05.10.H37", {}}, {"X", {day("2024-07-01"), day("2024-08-01")}}},
         std::nullopt},
        {"H37.10.06", {day("2024-01-01"), {}}, "Chi cục", "H37.10", {}, {{"12", {}}}, std::nullopt},
    };
    values.procedures = {
        {"1.012750",
         "Cấp, đổi; gia hạn",
         {"H37.10.05", "H37.10.06"},
         {{day("2023-10-27"), Level::Information},
          {day("2024-01-01"), Level::Partial},
          {day("2024-08-15"), Level::Full}},
         {{day("2023-10-27"), true}, {day("2024-03-01"), false}}},
        {"2.001234", "- Không phí", {"H37.10.06"}, {{day("2024-01-01"), Level::Full}}, {}},
    };
    values.officers = {
        {"CB-001", "Nguyễn Văn Mẫu", "H37.10.06", "Chuyên viên", {day("2024-02-01"), {}}},
        {"no", "Trần Thị Ví Dụ", "H37.10.05", "", {{}, day("2024-12-31")}},
        {"0012", "Lê Văn Thử", "H37.10", "Phó Giám đốc", {}},
    };
    return values;
}

TEST(CatalogueYaml, IsReadAsItWasWritten) {
    const Workspace workspace;
    const Catalogues values = everything();
    workspace.replace("thidua.yaml", "presets: presets\n", "presets: presets\nofficers: o.yaml\n");
    workspace.replace("campaign.yaml", "[H37.10.01]", "[H37.10.06]");
    workspace.write("organisation.yaml", catalogue_yaml(Catalogue::Units, values, origin));
    workspace.write("procedures.yaml", catalogue_yaml(Catalogue::Procedures, values, origin));
    workspace.write("o.yaml", catalogue_yaml(Catalogue::Officers, values, origin));
    EXPECT_EQ(workspace.problems(), Lines{});
    const auto settings = load(workspace.root());
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->units, values.units);
    EXPECT_EQ(settings->procedures, values.procedures);
    EXPECT_EQ(settings->officers, values.officers);
}

TEST(CatalogueYaml, IsForPeopleToo) {
    Catalogues values = everything();
    EXPECT_EQ(
        catalogue_yaml(Catalogue::Units, values, origin),
        "# Written by `thidua import --as units` from đơn vị.xlsx,\n"
        "# SHA-256 0123abcd.\n"
        "# Correct the table and import it again, or edit this file: docs/catalogues.md.\n"
        "version: 1\n"
        "units:\n"
        "  - {code: H37.10, name: \"Sở \\\"Mẫu\\\" \\\\ Ví dụ: #1\"}\n"
        "  - {code: H37.10.01, name: \"Phòng A\", parent: H37.10, until: 2024-09-30, merged_into: "
        "H37.10.05}\n"
        "  - {code: H37.10.05, name: \"Phòng B\", parent: H37.10, aliases: [\"001.05.10.H37\", "
        "{code: \"X\", from: 2024-07-01, until: 2024-08-01}], changes: [{from: 2024-10-01, name: "
        "\"Phòng A và B\"}, {from: 2024-11-01, parent: H37.10.06}]}\n"
        "  - {code: H37.10.06, name: \"Chi cục\", parent: H37.10, from: 2024-01-01, aliases: "
        "[\"12\"]}\n"
    );
    values.procedures.erase(values.procedures.begin() + 1);
    const std::string procedures = catalogue_yaml(Catalogue::Procedures, values, origin);
    EXPECT_EQ(
        procedures.substr(procedures.find("procedures:\n")),
        "procedures:\n"
        "  - code: \"1.012750\"\n"
        "    name: \"Cấp, đổi; gia hạn\"\n"
        "    units: [H37.10.05, H37.10.06]\n"
        "    levels: [{level: information, from: 2023-10-27}, {level: partial, from: 2024-01-01}, "
        "{level: full, from: 2024-08-15}]\n"
        "    fees: [{fee_bearing: true, from: 2023-10-27}, {fee_bearing: false, from: "
        "2024-03-01}]\n"
    );
    values.officers.clear();
    EXPECT_TRUE(catalogue_yaml(Catalogue::Officers, values, origin).ends_with("officers: []\n"));
}

}  // namespace

}  // namespace thidua::config
