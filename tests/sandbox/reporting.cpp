// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "reporting.hpp"

#include "report_question.hpp"
#include "text.hpp"

#include <string>

namespace thidua::sandbox {
namespace {

enum class Place : std::uint8_t { Parent, Child };

void put(std::string& out, std::string_view key, std::string_view value) {
    out += ",\"";
    out += key;
    out += "\":";
    out += value;
}

void put(std::string& out, std::string_view key, std::int64_t value) {
    put(out, key, std::to_string(value));
}

struct Node {
    const Department& department;
    Place place = Place::Parent;
    const NationalCounts& counts;
    Portfolio portfolio;
};

void append_department(std::string& out, const Node& node) {
    const Department& department = node.department;
    out += R"({"departmentId":")" + department_id(department.code) + R"(","departmentName":)";
    append_json(out, department.name);
    out += R"(,"departmentCode":")" + department.code + '"';
    if (node.place == Place::Child) {
        const bool commune = department.kind == DepartmentKind::Commune;
        put(out, "level", commune ? R"("COMMUNE")" : R"("PROVINCE")");
    }
}

void append_payment_node(std::string& out, const Node& node) {
    const std::int64_t fee_bearing = size_of(node.portfolio.fee_bearing);
    const Score score = payment_score(node.counts, node.portfolio);
    append_department(out, node);
    put(out, "totalMaxScore", 10);
    put(out, "totalScore", shortest(score.value()));
    put(out, "ratio", shortest(score.ratio(10)));
    put(out, "totalDossierOnlinePaymentSuccess", node.counts.paid_online);
    put(out, "totalDossierFinancialObligation", node.counts.owing);
    put(out,
        "totalDossierOnlineFormalityPaymentSuccess",
        size_of(node.portfolio.fee_bearing & node.counts.paid_procedures));
    put(out, "totalFeeDossierFormalityDistinct", fee_bearing);
    put(out,
        "totalFeeDossierFormality",
        size_of(node.portfolio.fee_bearing & node.counts.fee_procedures_used));
    put(out, "totalFeeFormality", fee_bearing);
    if (node.place == Place::Child) {
        put(out, "scoreDelta", "null");
    }
    out += '}';
}

/// Children say only their scores here; for a unit's counts one has to ask with it as the root.
void append_online_node(std::string& out, const Node& node) {
    const NationalCounts& counts = node.counts;
    const ProcedureSet offered = node.portfolio.partial | node.portfolio.full;
    const Score score = online_score(counts, node.portfolio);
    append_department(out, node);
    put(out, "totalScore", shortest(score.value()));
    put(out, "totalMaxScore", 12);
    put(out, "ratio", shortest(score.ratio(12)));
    if (node.place == Place::Child) {
        put(out, "scoreDelta", "null");
    } else {
        put(out, "authorityCount", size_of(node.portfolio.all));
        put(out, "partialCount", size_of(node.portfolio.partial));
        put(out, "fullCount", size_of(node.portfolio.full));
        put(out, "onlineDossierCount", size_of(offered & counts.used_online));
        put(out, "onlineServiceTotal", size_of(offered));
        put(out, "channelOnlineSum", counts.online);
        put(out, "channelDirectSum", counts.direct);
        put(out, "channelPostalSum", counts.postal);
        put(out, "channelTotalSum", counts.synchronised());
        put(out, "onlineOnTimeSum", counts.online_on_time);
        put(out, "onlineOverdueSum", counts.online_overdue);
    }
    out += '}';
}

/// Parent and children call the same things by other names, and each leaves out another count.
void append_progress_node(std::string& out, const Node& node) {
    const NationalCounts& counts = node.counts;
    const std::int64_t completed = counts.on_time + counts.overdue;
    const Score score = progress_score(counts);
    append_department(out, node);
    if (node.place == Place::Parent) {
        put(out, "totalScore", shortest(score.value()));
        put(out, "totalMaxScore", 20);
        put(out, "totalCompleted", completed);
    } else {
        put(out, "score", shortest(score.value()));
        put(out, "maxScore", 20);
        put(out, "totalOverdue", counts.overdue);
    }
    put(out, "totalReceived", counts.synchronised());
    put(out, "totalOnTime", counts.on_time);
    const double average = completed == 0 ? 0
                                          : static_cast<double>(counts.processing_days) /
                                                static_cast<double>(completed);
    put(out, "avgProcessingDays", completed == 0 ? "null" : shortest(average));
    put(out, "ratio", shortest(score.ratio(20)));
    out += '}';
}

void append_node(std::string& out, ReportTree tree, const Node& node) {
    switch (tree) {
        case ReportTree::OnlinePayment:
            append_payment_node(out, node);
            return;
        case ReportTree::ProvideOnline:
            append_online_node(out, node);
            return;
        case ReportTree::Progress:
            append_progress_node(out, node);
            return;
    }
}

std::string render(
    ReportTree tree, const std::optional<Department>& root, const ReportCounts& counts
) {
    const auto append = [&](std::string& out, const Department& department, Place place) {
        append_node(
            out,
            tree,
            {.department = department,
             .place = place,
             .counts = counts.of(department),
             .portfolio = counts.portfolio(department)}
        );
    };
    std::string out = R"({"code":"OK","data":{"parent":)";
    if (root) {
        append(out, *root, Place::Parent);
    } else {
        out += "null";
    }
    out += R"(,"children":[)";
    for (const Department& child : departments_below(root)) {
        out += out.back() == '[' ? "" : ",";
        append(out, child, Place::Child);
    }
    return out + R"(]},"message":"OK"})";
}

}  // namespace

Reply report(ReportTree tree, std::string_view body, const Snapshot& snapshot, Tamper tamper) {
    auto question = read_question(body, {});
    if (!question) {
        return question.error();
    }
    if (tamper == Tamper::WrongRoot && question->root) {
        question->root = wrong_department(*question->root);
    }
    return json_reply(201, render(tree, question->root, ReportCounts{*question, snapshot}));
}

}  // namespace thidua::sandbox
