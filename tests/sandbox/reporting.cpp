// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "reporting.hpp"

#include "national.hpp"
#include "random.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace thidua::sandbox {
namespace {

constexpr std::int64_t year_first = 2020;
constexpr std::int64_t year_last = 2099;

std::int64_t number_of(const boost::json::object& object, std::string_view key) {
    const boost::json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string_view text_of(const boost::json::object& object, std::string_view key) {
    const boost::json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) {
        return {};
    }
    return {value->get_string().data(), value->get_string().size()};
}

/// `count` months of `year` from `first` on.
Period months(std::int64_t year, std::int64_t first, int count) {
    const std::chrono::year_month begin{
        std::chrono::year{static_cast<int>(year)},
        std::chrono::month{static_cast<unsigned>(first)}};
    const std::chrono::year_month last = begin + std::chrono::months{count - 1};
    return {.from = Day{begin / std::chrono::day{1}}, .to = Day{last / std::chrono::last}};
}

std::optional<Period> read_period(const boost::json::object& object) {
    const std::string_view type = text_of(object, "timeType");
    const std::int64_t year = number_of(object, "year");
    const std::int64_t quarter = number_of(object, "quarter");
    const std::int64_t month = number_of(object, "month");
    if (year < year_first || year > year_last) {
        return std::nullopt;
    }
    if (type == "year") {
        return months(year, 1, 12);
    }
    if (type == "quarter" && quarter >= 1 && quarter <= 4) {
        return months(year, quarter * 3 - 2, 3);
    }
    if (type == "month" && month >= 1 && month <= 12) {
        return months(year, month, 1);
    }
    return std::nullopt;
}

std::optional<UnitIndex> read_root(const boost::json::object& object) {
    for (UnitIndex unit = 0; unit < unit_count; ++unit) {
        if (department_id(units()[unit].code) == text_of(object, "rootDepartmentId")) {
            return unit;
        }
    }
    return std::nullopt;
}

/// Two decimals, halves up, as the portal shows its scores; 0 of 0 is 0 here.
class Score {
  public:
    void add(std::int64_t part, std::int64_t whole, double full, double full_at) {
        if (whole > 0) {
            const double ratio = static_cast<double>(part) / static_cast<double>(whole);
            value_ += std::min(full, full * ratio / full_at);
        }
    }
    [[nodiscard]] double value() const { return std::round(value_ * 100) / 100; }
    [[nodiscard]] double ratio(double max) const { return std::round(value_ / max * 10000) / 100; }

  private:
    double value_ = 0;
};

/// The shortest text of a value with two decimals, as JavaScript writes it: 6.39, 6.4, 6.
std::string shortest(double value) {
    const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
    std::string out = std::to_string(hundredths / 100);
    if (hundredths % 100 != 0) {
        out += '.';
        append_padded(out, hundredths % 100, 2);
        while (out.back() == '0') {
            out.pop_back();
        }
    }
    return out;
}

std::int64_t size_of(const ProcedureSet& set) {
    return static_cast<std::int64_t>(set.count());
}

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

void append_department(std::string& out, UnitIndex unit, Place place) {
    const Unit& named = units()[unit];
    out += R"({"departmentId":")" + department_id(named.code) + R"(","departmentName":)";
    append_json(out, named.name + " - Tỉnh Lạng Sơn");
    out += R"(,"departmentCode":")" + named.code + '"';
    if (place == Place::Child) {
        put(out, "level", R"("PROVINCE")");
    }
}

/// The procedures a unit answers for, on the last day of the period or today.
struct Portfolio {
    ProcedureSet all;
    ProcedureSet partial;
    ProcedureSet full;
    ProcedureSet fee_bearing;
};

Portfolio portfolio_of(UnitIndex unit, Day day) {
    Portfolio portfolio{
        .all = responsibility_of(unit), .partial = {}, .full = {}, .fee_bearing = {}};
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        const Procedure& procedure = procedures()[index];
        if (portfolio.all.test(index)) {
            portfolio.partial.set(index, level_on(procedure, day) == Level::Partial);
            portfolio.full.set(index, level_on(procedure, day) == Level::Full);
            portfolio.fee_bearing.set(index, is_fee_bearing(procedure, day));
        }
    }
    return portfolio;
}

struct Node {
    UnitIndex unit = root_unit;
    Place place = Place::Parent;
    const NationalCounts& counts;
    Portfolio portfolio;
};

void append_payment_node(std::string& out, const Node& node) {
    const std::int64_t fee_bearing = size_of(node.portfolio.fee_bearing);
    const std::int64_t paid = size_of(node.portfolio.fee_bearing & node.counts.paid_procedures);
    const std::int64_t used = size_of(node.portfolio.fee_bearing & node.counts.fee_procedures_used);
    Score score;
    score.add(node.counts.paid_online, node.counts.owing, 6, 1);
    score.add(paid, fee_bearing, 2, 0.8);
    score.add(used, fee_bearing, 2, 0.8);
    append_department(out, node.unit, node.place);
    put(out, "totalMaxScore", 10);
    put(out, "totalScore", shortest(score.value()));
    put(out, "ratio", shortest(score.ratio(10)));
    put(out, "totalDossierOnlinePaymentSuccess", node.counts.paid_online);
    put(out, "totalDossierFinancialObligation", node.counts.owing);
    put(out, "totalDossierOnlineFormalityPaymentSuccess", paid);
    put(out, "totalFeeDossierFormalityDistinct", fee_bearing);
    put(out, "totalFeeDossierFormality", used);
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
    const std::int64_t authority = size_of(node.portfolio.all);
    const std::int64_t used = size_of(offered & counts.used_online);
    const std::int64_t total = counts.online + counts.direct + counts.postal;
    Score score;
    score.add(size_of(offered), authority, 2, 0.8);
    score.add(used, size_of(offered), 4, 1);
    score.add(counts.online, total, 6, 0.5);
    append_department(out, node.unit, node.place);
    put(out, "totalScore", shortest(score.value()));
    put(out, "totalMaxScore", 12);
    put(out, "ratio", shortest(score.ratio(12)));
    if (node.place == Place::Child) {
        put(out, "scoreDelta", "null");
    } else {
        put(out, "authorityCount", authority);
        put(out, "partialCount", size_of(node.portfolio.partial));
        put(out, "fullCount", size_of(node.portfolio.full));
        put(out, "onlineDossierCount", used);
        put(out, "onlineServiceTotal", size_of(offered));
        put(out, "channelOnlineSum", counts.online);
        put(out, "channelDirectSum", counts.direct);
        put(out, "channelPostalSum", counts.postal);
        put(out, "channelTotalSum", total);
        put(out, "onlineOnTimeSum", counts.online_on_time);
        put(out, "onlineOverdueSum", counts.online_overdue);
    }
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
    }
}

std::string render(ReportTree tree, UnitIndex root, const NationalTree& counts, Day day) {
    std::string out = R"({"code":"OK","data":{"parent":)";
    append_node(
        out,
        tree,
        {.unit = root,
         .place = Place::Parent,
         .counts = counts.at(root),
         .portfolio = portfolio_of(root, day)}
    );
    out += R"(,"children":[)";
    for (UnitIndex unit = 1; unit < unit_count; ++unit) {
        if (units()[unit].parent != root) {
            continue;
        }
        out += out.back() == '[' ? "" : ",";
        append_node(
            out,
            tree,
            {.unit = unit,
             .place = Place::Child,
             .counts = counts.at(unit),
             .portfolio = portfolio_of(unit, day)}
        );
    }
    return out + R"(]},"message":"OK"})";
}

}  // namespace

std::string department_id(std::string_view unit_code) {
    std::uint64_t hash = 0;
    for (const char letter : unit_code) {
        hash = mix(hash * 257 + static_cast<unsigned char>(letter));
    }
    std::string out = "019d2be3-0000-7000-8000-";
    append_hex(out, hash, 12);
    return out;
}

std::string departments_text() {
    std::string out;
    for (const Unit& unit : units()) {
        out += unit.code + ' ' + department_id(unit.code) + '\n';
    }
    return out;
}

Reply report(ReportTree tree, std::string_view body, const Snapshot& snapshot) {
    boost::json::error_code error;
    const boost::json::value parsed = boost::json::parse({body.data(), body.size()}, error);
    const auto period =
        !error && parsed.is_object() ? read_period(parsed.get_object()) : std::nullopt;
    if (!period) {
        return json_reply(
            400, R"({"code":"BAD_REQUEST","data":null,"message":"timeType, year, month"})"
        );
    }
    const auto root = read_root(parsed.get_object());
    if (!root) {
        return json_reply(
            201, R"({"code":"NOT_FOUND","data":null,"message":"Không tìm thấy đơn vị"})"
        );
    }
    const Day day = std::min(period->to, day_of(snapshot.now()));
    return json_reply(201, render(tree, *root, count_nationally(snapshot, *period), day));
}

}  // namespace thidua::sandbox
