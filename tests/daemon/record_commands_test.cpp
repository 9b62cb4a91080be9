// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What people record by command and by table, on a real store.
#include "core/file.hpp"
#include "daemon/commands.hpp"
#include "daemon/evidence_table.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/daemon/small_agency.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::daemon {
namespace {

using Lines = std::vector<std::string>;

Criterion judged(int content, std::string text) {
    Criterion leaf;
    leaf.content = content;
    leaf.text = std::move(text);
    leaf.judged_by = "hoi-dong";
    return leaf;
}

class RecordCommands : public test::SmallAgency {
  protected:
    RecordCommands() {
        Plan& plan = settings_.campaign.plan;
        plan.bodies = {{"hoi-dong", "Hội đồng"}};
        Content content;
        content.number = 3;
        content.text = "Tuyên truyền";
        content.judged_by = "hoi-dong";
        plan.contents = {content};
        Award award{"giay-khen", "Giấy khen", "hoi-dong", "IV.2.a", 2, {}};
        for (const Subject subject : {Subject::Collective, Subject::Individual}) {
            Criterion all;
            all.kind = Criterion::Kind::All;
            all.terms = {judged(3, ""), judged(0, "Có giải pháp")};
            award.rules.push_back({subject, "IV.2.a", all});
        }
        plan.awards = {award};
        plan.nomination_parts = {{"to-trinh", "Tờ trình", "", "IV.3.a"}};
        plan.deadlines = {
            {"nop", "", test::day("2024-07-09"), test::day("2024-07-10"), "hoi-dong", "IV.4", {}}};
        settings_.officers = {{"CB-017", "Nguyễn Văn Mẫu", "H37.10.05", "", {}}};
        Procedure procedure;
        procedure.code = "1.012756";
        procedure.units = {"H37.10.05"};
        procedure.levels = {{test::day("2024-01-01"), Level::Partial}};
        settings_.procedures = {procedure};
        options_.by = "An";
        options_.quiet = true;
        open();
    }

    std::string write(const std::string& name, const std::string& text) {
        const auto path = folder_.path() / name;
        EXPECT_TRUE(write_file(path, text));
        return path.string();
    }

    ExitCode decide(std::string candidate, std::string question, std::string outcome) {
        options_.unit = std::move(candidate);
        options_.entry.question = std::move(question);
        options_.entry.word = std::move(outcome);
        return run(rules_decide);
    }

    std::vector<Decision> decisions() {
        return *store_->call([](store::Store& store) {
            return store.decisions(test::at("2025-01-01T00:00:00+07:00"));
        });
    }

    std::vector<Evidence> filed() {
        return *store_->call([](store::Store& store) {
            return store.evidence(test::at("2025-01-01T00:00:00+07:00"));
        });
    }

    ExitCode receive(std::int64_t copies) {
        options_.unit = "H37.10.05";
        options_.award = "giay-khen";
        options_.entry.part = "to-trinh";
        options_.entry.copies = copies;
        return run(nominations_receive);
    }
};

TEST_F(RecordCommands, ADecisionIsRecordedForTheBodyThatIsAsked) {
    options_.document = " 12/BB ";
    EXPECT_EQ(decide("000.05.10.H37", "content/3/met", "met"), ExitCode::Done) << err_;
    ASSERT_EQ(decisions().size(), 1U);
    EXPECT_EQ(decisions()[0].candidate, "H37.10.05");
    EXPECT_EQ(decisions()[0].body, "hoi-dong");
    EXPECT_EQ(decisions()[0].document, "12/BB");
}

TEST_F(RecordCommands, ADecisionThatNobodyAsksForIsRefusedWithWhatIsAsked) {
    EXPECT_EQ(decide("H37.10.99", "content/3/met", "met"), ExitCode::Usage);
    EXPECT_NE(err_.find("did you mean"), std::string::npos) << err_;
    EXPECT_EQ(decide("CB-017", "giay-khen/collective/2", "met"), ExitCode::Usage);
    EXPECT_NE(err_.find("giay-khen/individual/2 (hoi-dong): Có giải pháp"), std::string::npos)
        << err_;
    EXPECT_EQ(decide("CB-017", "content/3/met", "well"), ExitCode::Usage);
    options_.by.clear();
    EXPECT_EQ(decide("CB-017", "content/3/met", "met"), ExitCode::Usage);
    EXPECT_TRUE(decisions().empty());
}

TEST_F(RecordCommands, ATopicIsFoundByNumberWordAndKey) {
    const auto found = [&](const char* given) {
        const auto topic = find_topic(settings_.campaign, Subject::Collective, given);
        return topic ? topic->id : "none";
    };
    EXPECT_EQ(found("3"), "content/3");
    EXPECT_EQ(found(" nội dung 3 "), "content/3");
    EXPECT_EQ(found("content/3"), "content/3");
    EXPECT_EQ(found("giay-khen/collective/2"), "giay-khen/collective/2");
    EXPECT_EQ(found("giay-khen/individual/2"), "none");
    EXPECT_EQ(found("4"), "none");
    EXPECT_EQ(found(""), "none");
}

TEST_F(RecordCommands, OneWrongRowAndNothingOfATableIsTaken) {
    write("a.pdf", "bytes");
    options_.files = {write(
        "minh-chung.csv",
        "Mã đơn vị hoặc cán bộ;Nội dung;Tên minh chứng;Việc đã làm;Ngày thực hiện;Tên tệp\n"
        "H37.10.05;3;Hội nghị;Đã làm;12/06/2024;a.pdf\n"
        "H37.10.06;3;Hội nghị;Đã làm;;\n"
        "CB-017;9;;Đã làm;hôm qua;../a.pdf\n"
    )};
    EXPECT_EQ(run(evidence_add), ExitCode::Data);
    EXPECT_TRUE(filed().empty());
    for (const char* told :
         {"Dòng 3, cột “Mã đơn vị hoặc cán bộ”: không có đơn vị hoặc cán bộ nào mang mã "
          "“H37.10.06”; "
          "gần nhất là “H37.10.05”",
          "Dòng 4, cột “Nội dung”: “9” không phải là nội dung; ghi một trong: Nội dung 3, "
          "giay-khen/individual/2",
          "Dòng 4, cột “Tên minh chứng”: thiếu giá trị",
          "Dòng 4, cột “Ngày thực hiện”: “hôm qua” không phải là ngày",
          "Dòng 4, cột “Tên tệp”: chỉ ghi tên tệp",
          "5 mistakes; nothing was put on file"}) {
        EXPECT_NE(err_.find(told), std::string::npos) << told << "\n" << err_;
    }
}

TEST_F(RecordCommands, ATableIsTakenOnceAndItsOwnerIsItsAuthor) {
    write("a.pdf", "bytes");
    options_.files = {write(
        "minh-chung.csv",
        "Mã đơn vị hoặc cán bộ;Nội dung;Tên minh chứng;Việc đã làm;Ngày thực hiện;Tên tệp\n"
        "000.05.10.H37;3;Hội nghị;Đã làm;12/06/2024;a.pdf\n"
    )};
    options_.by.clear();
    EXPECT_EQ(run(evidence_add), ExitCode::Done) << err_;
    EXPECT_EQ(run(evidence_add), ExitCode::Done) << err_;
    ASSERT_EQ(filed().size(), 1U);
    const Evidence evidence = filed()[0];
    EXPECT_EQ(evidence.candidate, "H37.10.05");
    EXPECT_EQ(evidence.topic, "content/3");
    EXPECT_EQ(evidence.file_name, "a.pdf");
    EXPECT_EQ(evidence.file_sha256.size(), 64U);
    EXPECT_EQ(evidence.filed_by, *file_owner(options_.files[0]));
    EXPECT_EQ(*evidence.day, test::day("2024-06-12"));
}

TEST_F(RecordCommands, AFileThatIsNoTableIsRefused) {
    options_.files = {write("minh-chung.pdf", "x")};
    EXPECT_EQ(run(evidence_add), ExitCode::Data);
    options_.files = {(folder_.path() / "none.csv").string()};
    EXPECT_EQ(run(evidence_add), ExitCode::Io);
}

TEST_F(RecordCommands, AProcedureIsDecidedOnAfterItWasProposed) {
    options_.code = "1.012756.000.00.00.H37";
    options_.entry.word = "approved";
    EXPECT_EQ(run(procedures_decide), ExitCode::Usage);
    EXPECT_NE(err_.find("H37.10.05 has proposed nothing for 1.012756"), std::string::npos) << err_;
    options_.entry.word = "full";
    EXPECT_EQ(run(procedures_propose), ExitCode::Done) << err_;
    options_.entry.word = "approved";
    EXPECT_EQ(run(procedures_decide), ExitCode::Done) << err_;
    options_.unit = "H37.10.77";
    EXPECT_EQ(run(procedures_propose), ExitCode::Usage) << "not its unit";
    options_.unit = "H37.10";
    options_.entry.word = "keep";
    EXPECT_EQ(run(procedures_propose), ExitCode::Done) << "the unit above: " << err_;
}

TEST_F(RecordCommands, PapersAreNeitherMoreThanAskedForNorFewerThanNone) {
    EXPECT_EQ(receive(1), ExitCode::Done) << err_;
    EXPECT_EQ(receive(2), ExitCode::Usage);
    EXPECT_NE(err_.find("3 of 2 copies of to-trinh; is it on file already?"), std::string::npos)
        << err_;
    EXPECT_EQ(receive(-2), ExitCode::Usage);
    EXPECT_EQ(receive(0), ExitCode::Usage);
    options_.entry.day = test::day("2024-07-11");
    EXPECT_EQ(receive(1), ExitCode::Usage) << "tomorrow";
    options_.entry.day = test::day("2024-07-09");
    EXPECT_EQ(receive(1), ExitCode::Done) << err_;
    EXPECT_EQ(receive(-1), ExitCode::Done) << err_;
    const auto receipts = *store_->call([](store::Store& store) {
        return store.receipts(test::at("2025-01-01T00:00:00+07:00"));
    });
    ASSERT_EQ(receipts.size(), 3U);
    EXPECT_EQ(receipts[1].deadline, "nop");
    EXPECT_EQ(receipts[1].day, test::day("2024-07-09"));
}

TEST_F(RecordCommands, PapersOfWhatIsUnknownAreRefusedWithWhatThereIs) {
    options_.entry.part = "to-khai";
    options_.unit = "CB-017";
    options_.award = "giay-khen";
    EXPECT_EQ(run(nominations_receive), ExitCode::Usage);
    EXPECT_NE(
        err_.find("to-khai is no part of a nomination; there are to-trinh"), std::string::npos
    ) << err_;
    options_.award = "huan-chuong";
    EXPECT_EQ(run(nominations_receive), ExitCode::Usage);
    options_.award = "giay-khen";
    options_.entry.part = "to-trinh";
    options_.entry.deadline = "trinh";
    EXPECT_EQ(run(nominations_receive), ExitCode::Usage);
    EXPECT_NE(err_.find("there are nop"), std::string::npos) << err_;
}

}  // namespace
}  // namespace thidua::daemon
