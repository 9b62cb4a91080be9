// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "integration.hpp"

#include "json_text.hpp"
#include "procedure_record.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <array>
#include <string>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

/// A failure has a message and no result.
Reply failure(const json::value& code, std::string_view message) {
    return json_reply(
        200, json::serialize(json::object{{"error_code", code}, {"message", message}})
    );
}

bool asks_for_update(std::string_view query) {
    for (const auto& [key, value] : parse_form(query)) {
        if (key == "isUpdating") {
            return value == "True" || value == "true";
        }
    }
    return false;
}

}  // namespace

json::value Integration::good_code() {
    switch (answers_++ % 3) {
        case 0:
            return 0;
        case 1:
            return "0";
        default:
            return "00";
    }
}

Reply Integration::answer(json::value result) {
    json::object said{{"error_code", good_code()}};
    said["result"] = std::move(result);
    return json_reply(200, json::serialize(said));
}

Reply Integration::log_in(std::string_view body, Instant now) {
    const auto session = sessions_.log_in(body, now);
    if (!session) {
        return failure("1", "Tên đăng nhập hoặc mật khẩu không đúng");
    }
    return json_reply(200, json::serialize(json::object{{"session", *session}, {"error_code", 0}}));
}

std::optional<Reply> Integration::refusal(const json::object& asked, Instant now, Tamper tamper) {
    if (tamper == Tamper::SoftError) {
        return failure("99", "Lỗi hệ thống");
    }
    if (tamper == Tamper::SoftFailure) {
        return failure("0", "Xử lý không thành công, vui lòng thử lại sau");
    }
    // Nobody says what an ended session looks like; this one is told by a code like any other.
    if (!sessions_.admits(text_of(asked, "session"), now)) {
        return failure(-1, "Phiên làm việc không hợp lệ");
    }
    if (text_of(asked, "madonvi").empty()) {
        return failure("2", "Thiếu mã đơn vị");
    }
    return std::nullopt;
}

Reply Integration::integrate(std::string_view body, const Snapshot& snapshot, Tamper tamper) {
    const auto asked = parse_object(body);
    if (!asked) {
        return failure("3", "Bản tin không hợp lệ");
    }
    if (auto refused = refusal(*asked, snapshot.now(), tamper)) {
        return *refused;
    }
    const std::string service = text_of(*asked, "service");
    const Day today = day_of(snapshot.now());
    if (service == "LayThuTuc") {
        const auto record = procedure_record(text_of(*asked, "maTTHC"), today);
        return record ? answer(json::array{*record})
                      : failure("0", "Không tìm thấy thủ tục hành chính");
    }
    if (service == "LayDVC") {
        return answer(json::object{{"data", service_list(today)}});
    }
    if (service == "TraCuuHoSo") {
        json::array found;
        if (const auto dossier = index_.find(text_of(*asked, "mahoso"), snapshot)) {
            found.emplace_back(national_record(snapshot, *dossier));
        }
        return answer(std::move(found));
    }
    return failure("4", "Dịch vụ không được hỗ trợ");
}

Reply Integration::share(std::string_view body, const Snapshot& snapshot, Tamper tamper) {
    const auto asked = parse_object(body);
    if (!asked) {
        return failure("3", "Bản tin không hợp lệ");
    }
    if (auto refused = refusal(*asked, snapshot.now(), tamper)) {
        return *refused;
    }
    const std::string service = text_of(*asked, "service");
    if (service == "LayDanhSachTTHC") {
        return answer(procedure_list());
    }
    if (service == "LayDanhMucCoQuan") {
        return answer(agency_list());
    }
    if (service == "LayDanhMucLinhVuc") {
        return answer(domain_list());
    }
    return failure("4", "Dịch vụ không được hỗ trợ");
}

Reply Integration::push(std::string_view query, std::string_view body, const Snapshot& snapshot) {
    constexpr std::array<std::string_view, 3> codes = {"0", "3", "-3"};
    json::error_code error;
    const json::value parsed = json::parse({body.data(), body.size()}, error);
    const bool usable = !error && parsed.is_array() && !parsed.get_array().empty() &&
                        parsed.get_array().front().is_object();
    if (!usable) {
        return failure("3", "Dữ liệu không hợp lệ");
    }
    const std::string code = text_of(parsed.get_array().front().get_object(), "MaHoSo");
    const bool known = index_.find(code, snapshot).has_value();
    if (known && !asks_for_update(query)) {
        return failure(
            json::value(codes.at(pushes_++ % codes.size())),
            "Hồ sơ " + code + " đã tồn tại trên hệ thống"
        );
    }
    if (!known && asks_for_update(query)) {
        return failure("0", "Hồ sơ " + code + " chưa có trên hệ thống");
    }
    return failure("0", known ? "Cập nhật hồ sơ thành công" : "Đồng bộ hồ sơ thành công");
}

}  // namespace thidua::sandbox
