// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/file_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::daemon {
namespace {

struct Translation {
    std::string_view english;  ///< the end of the sentence
    std::string_view vietnamese;
};

constexpr auto translations = std::to_array<Translation>({
    {"required, but not there", "thiếu giá trị bắt buộc"},
    {"a text that the mapping does not list", "giá trị không có trong danh mục cho phép"},
    {"not a day of the calendar, as dd/MM/yyyy", "không phải ngày hợp lệ theo dạng ngày/tháng/năm"},
    {"not a time of day behind the day, as HH:mm:ss",
     "giờ sau ngày không hợp lệ, cần dạng giờ:phút:giây"},
    {"not a time of the agreed form", "không phải ngày giờ hợp lệ"},
    {"not a date; give the column a date's format", "không phải ngày; hãy định dạng cột là ngày"},
    {"not a date", "không phải ngày"},
    {"a time of day behind a day that has none", "có kèm giờ; chỉ ghi ngày"},
    {"not a number in the locale of this table", "không phải số viết theo kiểu Việt Nam (1.234,5)"},
    {"not a whole number", "không phải số nguyên"},
    {"not a number", "không phải số"},
    {"no per cent sign", "thiếu dấu %"},
    {"not per cent: neither written with the sign nor shown with it",
     "không phải tỷ lệ phần trăm: thiếu dấu %"},
    {"an amount below 0", "số tiền âm"},
    {"a status outside of 1 to 10", "trạng thái phải từ 1 đến 10"},
    {"an error of the spreadsheet", "ô có lỗi của bảng tính (như #N/A)"},
    {"a formula without a stored value",
     "công thức chưa được tính; hãy mở tệp bằng Excel, lưu lại"},
    {"a quote that is never closed", "dấu nháy kép mở mà không đóng"},
    {"a quote within is written twice",
     "sau dấu nháy kép đóng còn ký tự; dấu nháy bên trong phải viết hai lần"},
    {"a NUL byte; a file of text has none", "tệp có ký tự rỗng, không phải tệp văn bản"},
    {"the file is empty", "tệp rỗng"},
    {"no record in it", "tệp không có dòng số liệu nào"},
    {"a DOCTYPE, which is never read", "tệp có khai báo DOCTYPE, không được đọc vì lý do an toàn"},
    {"encrypted; save the file without a password",
     "tệp có mật khẩu; hãy lưu lại không đặt mật khẩu"},
    {"save it as .xlsx without a password",
     "tệp .xls cũ hoặc có mật khẩu; hãy lưu lại thành .xlsx, không đặt mật khẩu"},
    {"neither .xlsx, .csv, .tsv, .txt, .json nor .ndjson",
     "đuôi tệp phải là .xlsx, .csv, .tsv, .txt, .json hoặc .ndjson"},
    {"neither .xlsx, .csv, .tsv nor .txt", "đuôi tệp phải là .xlsx, .csv, .tsv hoặc .txt"},
    {"as only a bomb does", "tệp nén bất thường, không được mở vì lý do an toàn"},
    {"not JSON", "không phải JSON hợp lệ"},
    {"not an array of records", "không thấy danh sách bản ghi"},
    {"not a file of its own", "không phải tệp thường (là liên kết, thư mục hoặc tệp có hai tên)"},
});

/// Words of places, which stand before the reason.
constexpr auto places = std::to_array<Translation>({
    {"row ", "dòng "},
    {"line ", "dòng "},
    {", column ", ", cột "},
    {"sheet ", "trang tính "},
});

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string result(text);
    for (std::size_t at = result.find(from); at != std::string::npos;
         at = result.find(from, at + to.size())) {
        result.replace(at, from.size(), to);
    }
    return result;
}

/// A header's own complaint, which names labels in its middle.
std::string header_reason(std::string_view message) {
    constexpr std::string_view missing = ": no column '";
    constexpr std::string_view behind = "' for ";
    const std::size_t begin = message.find(missing);
    const std::size_t end = message.find(behind);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
        return {};
    }
    const std::size_t name = begin + missing.size();
    const std::size_t name_end = std::min(end, message.find("' or '", name));
    return fmt::format(
        "không tìm thấy cột “{}” ở dòng tiêu đề; hãy đặt tên cột như trong tệp mẫu",
        message.substr(name, name_end - name)
    );
}

/// Two columns for one thing, of which the message names labels and letters.
std::string double_reason(std::string_view message) {
    constexpr std::string_view twice = ": two columns for ";
    const std::size_t begin = message.find(twice);
    const std::size_t labels =
        begin == std::string_view::npos ? begin : message.find(": ", begin + twice.size());
    if (labels == std::string_view::npos) {
        return {};
    }
    return fmt::format(
        "dòng tiêu đề có hai cột cùng nội dung ({}); hãy bỏ một cột",
        replaced(replaced(message.substr(labels + 2), " in ", " ở cột "), " and ", " và ")
    );
}

std::string translated_place(std::string_view place) {
    std::string text(place);
    for (const auto& [english, vietnamese] : places) {
        const std::size_t at = text.find(english);
        if (at != std::string::npos) {
            text.replace(at, english.size(), vietnamese);
        }
    }
    return text;
}

/// A row of another width than the header, of which the message names both.
std::string width_reason(std::string_view message) {
    constexpr std::string_view behind = " columns; the header has ";
    const std::size_t end = message.find(behind);
    if (end == std::string_view::npos) {
        return {};
    }
    const std::size_t colon = message.rfind(": ", end);
    const std::size_t count = colon == std::string_view::npos ? 0 : colon + 2;
    return fmt::format(
        "{}có {} cột, dòng tiêu đề có {}; hãy kiểm tra dấu phân cách và dấu xuống dòng",
        translated_place(message.substr(0, count)),
        message.substr(count, end - count),
        message.substr(end + behind.size())
    );
}

}  // namespace

std::string vietnamese_reason(std::string_view message) {
    for (const auto& reason_of : {header_reason, double_reason, width_reason}) {
        if (std::string reason = reason_of(message); !reason.empty()) {
            return reason;
        }
    }
    if (message.find("none of the first") != std::string_view::npos) {
        return "không tìm thấy dòng tiêu đề; hãy dùng tệp mẫu";
    }
    if (message.find("declare the file's encoding") != std::string_view::npos ||
        message.find("bytes that are not") != std::string_view::npos) {
        return translated_place(message.substr(0, message.find(':'))) +
               ": bảng mã không phải UTF-8; hãy lưu tệp dạng CSV UTF-8 hoặc .xlsx";
    }
    if (message.find("records cannot be read") != std::string_view::npos) {
        return fmt::format(
            "quá nhiều dòng sai; dòng đầu tiên: {}",
            vietnamese_reason(message.substr(std::min(
                message.find("the first: ") + std::string_view("the first: ").size(), message.size()
            )))
        );
    }
    for (const auto& [english, vietnamese] : translations) {
        if (message.ends_with(english)) {
            std::string_view place = message.substr(0, message.size() - english.size());
            return translated_place(place).append(vietnamese);
        }
    }
    return std::string("lỗi khác: ").append(message);
}

std::string rejection_note(
    const std::string& name, const std::string& when, std::string_view message
) {
    return fmt::format(
        "Tệp: {}\n"
        "Thời điểm đọc: {}\n"
        "Kết quả: KHÔNG NHẬN. Không có số liệu nào của tệp được ghi.\n"
        "Lý do: {}\n"
        "Cách sửa: sửa tệp theo lý do trên rồi đặt lại vào thư mục nhận tệp. Tệp mẫu: chạy lệnh "
        "thidua import --template.\n",
        name,
        when,
        vietnamese_reason(message)
    );
}

std::string partial_note(
    const std::string& name,
    const std::string& when,
    std::int64_t records,
    std::span<const Rejected> rejected
) {
    constexpr std::size_t shown_max = 200;
    std::string note = fmt::format(
        "Tệp: {}\n"
        "Thời điểm đọc: {}\n"
        "Kết quả: đã nhận {} dòng, chưa nhận {} dòng sau đây:\n",
        name,
        when,
        records,
        rejected.size()
    );
    for (const Rejected& one : rejected.first(std::min(rejected.size(), shown_max))) {
        note += fmt::format("- {}\n", vietnamese_reason(one.where + ": " + one.reason));
    }
    if (rejected.size() > shown_max) {
        note += fmt::format("- và {} dòng khác\n", rejected.size() - shown_max);
    }
    return note +
           "Cách sửa: sửa các dòng này rồi đặt lại cả tệp; dòng đã nhận không bị ghi hai lần.\n";
}

}  // namespace thidua::daemon
