// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/reason_text.hpp"

#include "core/result.hpp"

namespace thidua::rules {

std::string_view vietnamese(Reason reason) {
    switch (reason) {
        case Reason::LateSync:
            return "trễ đồng bộ";
        case Reason::Definition:
            return "khác định nghĩa";
        case Reason::Duplicate:
            return "trùng hồ sơ";
        case Reason::UnitMapping:
            return "ánh xạ đơn vị";
        case Reason::CashAsOnline:
            return "tiền mặt, chuyển khoản ghi là trực tuyến";
        case Reason::Refund:
            return "hoàn phí, hủy thanh toán";
        case Reason::Unconfirmed:
            return "chưa nhận xác nhận thanh toán";
        case Reason::Unknown:
            return "chưa rõ";
    }
    check(false, "vietnamese: a known Reason");
    return "";
}

std::string_view remedy(Reason reason) {
    switch (reason) {
        case Reason::LateSync:
            return "không phải làm gì: hai bên đã khớp sau khi đồng bộ";
        case Reason::Definition:
            return "không phải sửa hồ sơ: hai bên tính theo quy ước khác nhau";
        case Reason::Duplicate:
            return "giữ một mã hồ sơ, hủy mã còn lại trên hệ thống của tỉnh";
        case Reason::UnitMapping:
            return "đối chiếu và sửa mã đơn vị gửi lên, hoặc khai bổ sung mã vào danh mục đơn vị";
        case Reason::CashAsOnline:
            return "sửa hình thức thanh toán của hồ sơ rồi đồng bộ lại";
        case Reason::Refund:
            return "cập nhật trạng thái hoàn phí hoặc hủy thanh toán rồi đồng bộ lại";
        case Reason::Unconfirmed:
            return "truy vấn lại giao dịch trên Nền tảng thanh toán và cập nhật hồ sơ";
        case Reason::Unknown:
            return "kiểm tra hồ sơ ở cả hai hệ thống, sửa bên sai rồi đồng bộ lại";
    }
    check(false, "remedy: a known Reason");
    return "";
}

bool needs_fixing(Reason reason) {
    return reason != Reason::LateSync && reason != Reason::Definition;
}

}  // namespace thidua::rules
