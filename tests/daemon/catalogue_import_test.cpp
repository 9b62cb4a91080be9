// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A table becomes the catalogue's file: what changes, and what is left alone when something is
// wrong.
#include "daemon/catalogue_import.hpp"

#include "core/file.hpp"
#include "daemon/catalogue_columns.hpp"
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace thidua::daemon {
namespace {

using config::Catalogue;
using State = CatalogueOutcome::State;
using Changes = std::vector<CatalogueChange>;

TEST(CatalogueDifference, NamesWhatIsAddedChangedAndGone) {
    const auto day = [](const char* text) { return *parse_day(text); };
    config::Catalogues before;
    before.procedures = {
        {"1.000001", "Một", {"H1"}, {{day("2024-01-01"), Level::Partial}}, {}},
        {"1.000002", "Hai", {"H1"}, {{day("2024-01-01"), Level::Full}}, {}},
        {"1.000003", "Ba", {"H1"}, {{day("2024-01-01"), Level::Information}}, {}},
    };
    config::Catalogues after = before;
    after.procedures.erase(after.procedures.begin() + 2);
    after.procedures[0].levels.push_back({day("2024-08-15"), Level::Full});
    after.procedures[0].fees = {{day("2024-01-01"), true}};
    after.procedures.push_back({"1.000004", "Bốn", {"H1"}, {{day("2024-01-01"), Level::Full}}, {}});
    const auto difference = catalogue_difference(Catalogue::Procedures, before, after);
    EXPECT_EQ(difference.added, (Changes{{"1.000004", "Bốn"}}));
    EXPECT_EQ(
        difference.changed,
        (Changes{
            {"1.000001",
             "levels: partial from 2024-01-01 -> partial from 2024-01-01, full from 2024-08-15; "
             "fees: none -> yes from 2024-01-01"}})
    );
    EXPECT_EQ(difference.gone, (Changes{{"1.000003", "Ba"}}));
    EXPECT_EQ(difference.unchanged, 1);
    EXPECT_FALSE(is_empty(difference));
    EXPECT_EQ(
        to_text(difference, 2),
        "1 added, 1 changed, 1 gone, 1 as before\n"
        "  - 1.000003  Ba\n"
        "  ~ 1.000001  levels: partial from 2024-01-01 -> partial from 2024-01-01, full from "
        "2024-08-15; fees: none -> yes from 2024-01-01\n"
        "  ... and 1 more\n"
    );
}

TEST(CatalogueDifference, KnowsUnitsThatShareACodeAndAnOtherOrder) {
    config::Catalogues before;
    before.units = {{"H1", {}, "A", std::nullopt, {}, {}, std::nullopt}, {}, {}};
    before.units[1].code = before.units[2].code = "H1.1";
    before.units[2].name = "sau";
    config::Catalogues after = before;
    EXPECT_TRUE(is_empty(catalogue_difference(Catalogue::Units, before, after)));
    after.units[2].name = "sau nữa";
    after.units[2].aliases = {{"X", {parse_day("2024-01-01").value(), {}}}};
    EXPECT_EQ(
        catalogue_difference(Catalogue::Units, before, after).changed,
        (Changes{{"H1.1", "name: sau -> sau nữa; aliases: none -> X (2024-01-01 to ever)"}})
    );
    after = before;
    std::swap(after.units[0], after.units[1]);
    const auto moved = catalogue_difference(Catalogue::Units, before, after);
    EXPECT_TRUE(moved.is_reordered);
    EXPECT_EQ(to_text(moved, 20), "0 added, 0 changed, 0 gone, 3 as before, in another order\n");
}

/// The good configuration, and tables to import into it.
class CatalogueImport : public testing::Test {
  protected:
    CatalogueImport() {
        options_.command = Command::Import;
        options_.config = workspace_.root();
    }

    CatalogueOutcome import(const char* kind, std::string_view csv) {
        workspace_.write("bang.csv", csv);
        options_.kind = kind;
        options_.files = {(workspace_.folder() / "bang.csv").string()};
        return import_catalogue(options_);
    }

    [[nodiscard]] std::string text_of(const char* file) const {
        return read_file(workspace_.folder() / file, 1'000'000).value_or("");
    }

    config::Workspace workspace_;
    Options options_;
};

const std::string procedures_table =
    "Mã TTHC;Tên TTHC;Mã đơn vị;Mức độ;Có phí, lệ phí;Từ ngày\n"
    "1.012756;Đăng ký biến động;H37.10.05;một phần;Có;27/10/2023\n"
    "1.012757;Đăng ký lần đầu;H37.10.05.01;toàn trình;Không;01/01/2024\n";

TEST_F(CatalogueImport, WritesTheFileThatTheConfigurationNamesAndKeepsThePreviousOne) {
    const std::string before = text_of("procedures.yaml");
    const auto outcome = import("procedures", procedures_table);
    EXPECT_EQ(outcome.state, State::Written);
    EXPECT_EQ(outcome.code, ExitCode::Done);
    EXPECT_EQ(outcome.file, workspace_.folder() / "procedures.yaml");
    EXPECT_EQ(outcome.entries, 2U);
    EXPECT_EQ(text_of("procedures.yaml.bak"), before);
    const auto settings = config::load(workspace_.root());
    ASSERT_TRUE(settings) << workspace_.problems().front();
    EXPECT_EQ(settings->procedures.size(), 2U);
    EXPECT_EQ(settings->procedures[1].name, "Đăng ký lần đầu");

    const std::string written = text_of("procedures.yaml");
    const auto again = import("procedures", procedures_table);
    EXPECT_EQ(again.state, State::Unchanged);
    EXPECT_EQ(text_of("procedures.yaml"), written);
    EXPECT_EQ(text_of("procedures.yaml.bak"), before);
}

TEST_F(CatalogueImport, WritesNothingWhileARowIsWrong) {
    const std::string before = text_of("procedures.yaml");
    const auto outcome =
        import("procedures", procedures_table + "1.012758;Sai;H37.10.05;abc;;01/01/2024\n");
    EXPECT_EQ(outcome.state, State::Refused);
    EXPECT_EQ(outcome.code, ExitCode::Data);
    ASSERT_EQ(outcome.mistakes.size(), 1U);
    EXPECT_EQ(outcome.mistakes[0].row, 4);
    EXPECT_EQ(text_of("procedures.yaml"), before);
    EXPECT_EQ(text_of("procedures.yaml.bak"), "");
}

TEST_F(CatalogueImport, WritesNothingInARehearsal) {
    const std::string before = text_of("procedures.yaml");
    options_.dry_run = true;
    const auto outcome = import("procedures", procedures_table);
    EXPECT_EQ(outcome.state, State::Rehearsed);
    EXPECT_EQ(outcome.difference->added.size(), 1U);
    EXPECT_EQ(text_of("procedures.yaml"), before);
}

TEST_F(CatalogueImport, WritesNothingThatTheRestOfTheConfigurationDoesNotFit) {
    const std::string before = text_of("organisation.yaml");
    const std::string table =
        "Mã đơn vị;Tên đơn vị;Mã đơn vị cấp trên\nH37.10;Sở;\n"
        "H37.10.01;Văn phòng;H37.10\n";
    const auto outcome = import("units", table);
    EXPECT_EQ(outcome.state, State::Refused);
    EXPECT_EQ(outcome.code, ExitCode::Config);
    ASSERT_EQ(outcome.problems.size(), 2U);  // the procedure's two units are gone
    EXPECT_EQ(outcome.problems[0].key, "procedures[0].units[0]");
    EXPECT_EQ(outcome.difference->gone.size(), 2U);
    EXPECT_EQ(text_of("organisation.yaml"), before);

    options_.out = workspace_.folder() / "new.yaml";
    const auto elsewhere = import("units", table);
    EXPECT_EQ(elsewhere.state, State::Written);
    EXPECT_EQ(elsewhere.remarks.size(), 2U);
    EXPECT_EQ(text_of("organisation.yaml"), before);
    EXPECT_EQ(import("units", table).state, State::Unchanged);

    // The way on: the configuration names the new file, and the procedures follow.
    workspace_.replace("thidua.yaml", "organisation: organisation.yaml", "organisation: new.yaml");
    options_.out.clear();
    const auto follow = import(
        "procedures", "Mã TTHC;Tên TTHC;Mã đơn vị;Mức độ\n1.012756;Đăng ký biến động;H37.10.01;4\n"
    );
    EXPECT_EQ(follow.state, State::Written);
    EXPECT_TRUE(config::load(workspace_.root()));
}

TEST_F(CatalogueImport, WritesAFileThatIsNotThereYet) {
    const std::string table = "Mã cán bộ;Họ và tên;Mã đơn vị\nCB-001;Nguyễn Văn Mẫu;H37.10.01\n";
    const auto nowhere = import("officers", table);
    EXPECT_EQ(nowhere.code, ExitCode::Config);
    ASSERT_TRUE(nowhere.error);
    EXPECT_EQ(
        nowhere.error->message,
        workspace_.root().string() +
            ": names no file of officers: add \"officers: officers.yaml\", or give --out FILE"
    );
    workspace_.replace("thidua.yaml", "presets: presets", "officers: o.yaml\npresets: presets");
    const auto outcome = import("officers", table);
    EXPECT_EQ(outcome.state, State::Written);
    EXPECT_EQ(outcome.backup, "");
    EXPECT_EQ(config::load(workspace_.root())->officers.at(0).name, "Nguyễn Văn Mẫu");
}

TEST_F(CatalogueImport, OverwritesNothingOfAnotherKind) {
    const std::string root = text_of("thidua.yaml");
    options_.out = workspace_.root();
    const auto outcome = import("procedures", procedures_table);
    EXPECT_EQ(outcome.code, ExitCode::Usage);
    EXPECT_EQ(text_of("thidua.yaml"), root);
}

TEST_F(CatalogueImport, KeepsTheLinkByWhichAFileIsNamed) {
    std::filesystem::rename(
        workspace_.folder() / "procedures.yaml", workspace_.folder() / "real.yaml"
    );
    std::filesystem::create_symlink("real.yaml", workspace_.folder() / "procedures.yaml");
    EXPECT_EQ(import("procedures", procedures_table).state, State::Written);
    EXPECT_TRUE(std::filesystem::is_symlink(workspace_.folder() / "procedures.yaml"));
    EXPECT_NE(text_of("real.yaml").find("1.012757"), std::string::npos);
}

TEST_F(CatalogueImport, SaysWhatCannotBeRead) {
    options_.kind = "units";
    options_.files = {"/nobody/units.xlsx"};
    EXPECT_EQ(import_catalogue(options_).code, ExitCode::Io);
    EXPECT_EQ(import("units", "").code, ExitCode::Data);
    workspace_.write("organisation.yaml", "version: 1\nunits: [\n");
    const auto broken = import("units", "Mã đơn vị;Tên đơn vị\nH37.10;Sở\n");
    EXPECT_EQ(broken.code, ExitCode::Config);  // nobody knows what would be lost
    EXPECT_FALSE(broken.problems.empty());
}

TEST(CatalogueColumns, HaveLabelsOfTheirOwn) {
    for (const Catalogue which : {Catalogue::Units, Catalogue::Procedures, Catalogue::Officers}) {
        std::set<std::string> keys;
        for (const FileColumn& column : catalogue_columns(which)) {
            for (const std::string& label : column.labels) {
                EXPECT_TRUE(keys.insert(connectors::label_key(label)).second) << label;
            }
        }
        EXPECT_FALSE(catalogue_words(which).title.empty());
    }
}

}  // namespace
}  // namespace thidua::daemon
