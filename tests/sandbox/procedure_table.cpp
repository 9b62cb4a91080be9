// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "procedure_table.hpp"

#include <array>

namespace thidua::sandbox {
namespace {

constexpr Day day_2024(std::chrono::month month, unsigned day) {
    return Day{std::chrono::year{2024} / month / std::chrono::day{day}};
}

// One or two lines a procedure, or the table could not be read.
// clang-format off
constexpr std::array table_rows = std::to_array<ProcedureRow>({
    // Shared by the land registration office and its eight branches.
    {"1.012756", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Đăng ký biến động quyền sử dụng đất do chuyển nhượng, thừa kế, tặng cho"},
    {"2.001234", land_office, Level::Full, Fee::Yes, Use::Popular,
     "Đăng ký thế chấp bằng quyền sử dụng đất, tài sản gắn liền với đất"},
    {"1.012765", land_office, Level::Full, Fee::Yes, Use::Popular,
     "Xóa đăng ký thế chấp bằng quyền sử dụng đất, tài sản gắn liền với đất"},
    {"1.012777", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Tách thửa hoặc hợp thửa đất"},
    {"1.012794", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Cấp đổi Giấy chứng nhận quyền sử dụng đất"},
    {"2.001236", land_office, Level::Full, Fee::No, Use::Popular,
     "Đính chính Giấy chứng nhận đã cấp lần đầu có sai sót"},
    {"1.012809", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Đăng ký và cấp Giấy chứng nhận quyền sử dụng đất lần đầu"},
    {"1.012817", land_office, Level::Full, Fee::Yes, Use::Popular,
     "Cung cấp thông tin, dữ liệu đất đai"},
    {"1.012819", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Chuyển mục đích sử dụng đất không phải xin phép cơ quan có thẩm quyền"},
    {"2.001247", land_office, Level::Full, Fee::Yes, Use::Popular,
     "Đăng ký thay đổi nội dung biện pháp bảo đảm"},
    {"1.012823", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Cấp lại Giấy chứng nhận do bị mất"},
    {"1.012835", land_office, Level::Full, Fee::Yes, Use::Popular,
     "Gia hạn sử dụng đất nông nghiệp của hộ gia đình, cá nhân"},
    {"1.012851", land_office, Level::Full, Fee::No, Use::Popular,
     "Xác nhận tiếp tục sử dụng đất nông nghiệp khi hết hạn"},
    {"2.001263", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Đăng ký biến động do thay đổi thông tin về người được cấp Giấy chứng nhận"},
    {"1.012864", land_office, Level::Partial, Fee::Yes, Use::Popular,
     "Đăng ký tài sản gắn liền với thửa đất đã được cấp Giấy chứng nhận"},
    {"1.012882", land_office, Level::Full, Fee::Yes, Use::Popular,
     "Đăng ký cho thuê, cho thuê lại quyền sử dụng đất trong khu công nghiệp"},
    {"1.012886", land_office, Level::Partial, Fee::Yes, Use::Rare,
     "Đăng ký xác lập quyền sử dụng hạn chế thửa đất liền kề"},
    {"2.001300", land_office, Level::Partial, Fee::Yes, Use::Rare,
     "Đăng ký biến động đối với trường hợp góp vốn bằng quyền sử dụng đất"},
    {"1.012894", land_office, Level::Full, Fee::Yes, Use::Rare,
     "Xóa đăng ký cho thuê, góp vốn bằng quyền sử dụng đất"},
    {"1.012895", land_office, Level::Information, Fee::Yes, Use::Rare,
     "Chuyển đổi quyền sử dụng đất nông nghiệp của hộ gia đình, cá nhân"},
    {"1.012902", land_office, Level::Partial, Fee::No, Use::Rare,
     "Thu hồi Giấy chứng nhận đã cấp không đúng quy định"},
    {"2.001327", land_office, Level::Full, Fee::Yes, Use::Rare,
     "Đăng ký văn bản thông báo về việc xử lý tài sản bảo đảm"},
    {"1.012911", land_office, Level::Full, Fee::Yes, Use::Rare,
     "Chuyển tiếp đăng ký thế chấp quyền tài sản phát sinh từ hợp đồng mua bán nhà ở"},
    {"1.012917", land_office, Level::Partial, Fee::Yes, Use::Rare,
     "Đăng ký biến động do sạt lở tự nhiên một phần thửa đất"},
    {"1.012930", land_office, Level::Partial, Fee::Yes, Use::Rare,
     "Đăng ký quyền sử dụng đất trong trường hợp trúng đấu giá"},
    {"2.001338", land_office, Level::Partial, Fee::Yes, Use::Rare,
     "Đăng ký biến động khi phân chia, hợp nhất quyền sử dụng đất của tổ chức"},
    {"1.012933", land_office, Level::Full, Fee::No, Use::Rare,
     "Đăng ký lần đầu đối với đất được giao để quản lý"},
    {"1.012938", land_office, Level::Full, Fee::Yes, Use::Rare,
     "Đăng ký thế chấp dự án đầu tư xây dựng nhà ở"},
    {"1.012953", land_office, Level::Full, Fee::Yes, Use::Never,
     "Đăng ký biến động đối với tài sản hình thành trong tương lai"},
    {"2.001347", land_office, Level::Partial, Fee::Yes, Use::Never,
     "Đăng ký chuyển nhượng vốn đầu tư là giá trị quyền sử dụng đất"},
    {"1.012958", land_office, Level::Information, Fee::Yes, Use::Rare,
     "Mua hồ sơ mời đấu giá quyền sử dụng đất"},
    {"1.012959", land_office, Level::Information, Fee::No, Use::Rare,
     "Tra cứu nguồn gốc thửa đất tại kho lưu trữ"},
    {"1.012960", land_office, Level::Full, Fee::Yes, Use::Popular, "Trích lục hồ sơ địa chính"},
    // Phòng Quản lý đất đai.
    {"2.001361", 2, Level::Full, Fee::Yes, Use::Popular,
     "Giao đất, cho thuê đất không thông qua đấu giá cho tổ chức"},
    {"1.012967", 2, Level::Partial, Fee::Yes, Use::Popular,
     "Thẩm định nhu cầu sử dụng đất của dự án đầu tư"},
    {"1.012973", 2, Level::Partial, Fee::Yes, Use::Popular,
     "Chuyển mục đích sử dụng đất phải được phép đối với tổ chức"},
    {"1.012979", 2, Level::Partial, Fee::Yes, Use::Popular,
     "Gia hạn sử dụng đất ngoài khu công nghệ cao, khu kinh tế"},
    {"2.001380", 2, Level::Full, Fee::Yes, Use::Popular,
     "Cấp Giấy phép hoạt động đo đạc và bản đồ"},
    {"1.012990", 2, Level::Partial, Fee::No, Use::Rare,
     "Điều chỉnh quyết định thu hồi đất, giao đất, cho thuê đất"},
    {"1.012997", 2, Level::Partial, Fee::No, Use::Rare,
     "Thẩm định phương án sử dụng đất của công ty nông, lâm nghiệp"},
    {"1.013015", 2, Level::Full, Fee::Yes, Use::Rare,
     "Cấp chứng chỉ hành nghề đo đạc và bản đồ hạng II"},
    {"2.001394", 2, Level::Partial, Fee::No, Use::Rare,
     "Giải quyết tranh chấp đất đai thuộc thẩm quyền cấp tỉnh"},
    {"1.013021", 2, Level::Full, Fee::Yes, Use::Never, "Cấp chứng chỉ định giá đất"},
    // Phòng Khoáng sản - Nước và Biến đổi khí hậu.
    {"1.013028", 3, Level::Full, Fee::Yes, Use::Popular, "Cấp Giấy phép thăm dò khoáng sản"},
    {"1.013041", 3, Level::Partial, Fee::Yes, Use::Popular,
     "Cấp Giấy phép khai thác khoáng sản làm vật liệu xây dựng thông thường"},
    {"2.001414", 3, Level::Full, Fee::Yes, Use::Popular,
     "Cấp Giấy phép khai thác nước dưới đất quy mô vừa và nhỏ"},
    {"1.013042", 3, Level::Information, Fee::Yes, Use::Popular, "Đăng ký khai thác nước mặt"},
    {"1.013054", 3, Level::Full, Fee::No, Use::Popular,
     "Tính tiền cấp quyền khai thác tài nguyên nước"},
    {"1.013068", 3, Level::Partial, Fee::Yes, Use::Rare, "Gia hạn Giấy phép khai thác khoáng sản"},
    {"2.001425", 3, Level::Partial, Fee::Yes, Use::Rare, "Trả lại Giấy phép thăm dò khoáng sản"},
    {"1.013073", 3, Level::Full, Fee::Yes, Use::Rare,
     "Cấp Giấy phép hành nghề khoan nước dưới đất"},
    {"1.013082", 3, Level::Partial, Fee::Yes, Use::Rare, "Phê duyệt trữ lượng khoáng sản"},
    {"1.013085", 3, Level::Full, Fee::No, Use::Rare,
     "Thông báo tạm dừng hoạt động quan trắc khí tượng thủy văn"},
    {"2.001447", 3, Level::Partial, Fee::Yes, Use::Never, "Đóng cửa mỏ khoáng sản"},
    {"1.013095", 3, Level::Information, Fee::No, Use::Rare,
     "Cung cấp số liệu khí tượng thủy văn chuyên dùng"},
    // Chi cục Bảo vệ môi trường.
    {"1.013114", 4, Level::Full, Fee::Yes, Use::Popular, "Cấp Giấy phép môi trường"},
    {"1.013115", 4, Level::Partial, Fee::Yes, Use::Popular,
     "Thẩm định báo cáo đánh giá tác động môi trường"},
    {"2.001469", 4, Level::Full, Fee::Yes, Use::Popular, "Điều chỉnh Giấy phép môi trường"},
    {"1.013118", 4, Level::Partial, Fee::No, Use::Popular,
     "Tham vấn cộng đồng trong đánh giá tác động môi trường"},
    {"1.013128", 4, Level::Partial, Fee::Yes, Use::Popular,
     "Thẩm định phương án cải tạo, phục hồi môi trường trong khai thác khoáng sản"},
    {"1.013140", 4, Level::Full, Fee::No, Use::Popular,
     "Đăng ký miễn trừ đối với chất ô nhiễm khó phân hủy"},
    {"2.001489", 4, Level::Full, Fee::Yes, Use::Rare, "Cấp đổi Giấy phép môi trường"},
    {"1.013156", 4, Level::Full, Fee::Yes, Use::Rare, "Cấp lại Giấy phép môi trường"},
    {"1.013167", 4, Level::Partial, Fee::No, Use::Rare,
     "Xác nhận hoàn thành phương án cải tạo, phục hồi môi trường"},
    {"1.013173", 4, Level::Partial, Fee::Yes, Use::Rare,
     "Cấp Giấy phép trao đổi, mua bán loài ngoại lai"},
    {"2.001520", 4, Level::Partial, Fee::Yes, Use::Never,
     "Cấp Giấy chứng nhận cơ sở bảo tồn đa dạng sinh học"},
    {"1.013189", 4, Level::Full, Fee::Yes, Use::Never,
     "Cấp Giấy phép tiếp cận nguồn gen vì mục đích thương mại"},
    // Văn phòng Sở: nothing here owes a fee, ever.
    {"1.013195", 1, Level::Full, Fee::No, Use::Popular,
     "Cung cấp thông tin, tài liệu lưu trữ của Sở"},
    {"1.013197", 1, Level::Full, Fee::No, Use::Popular,
     "Tiếp nhận và giải quyết kiến nghị về quy định hành chính"},
    {"2.001537", 1, Level::Partial, Fee::No, Use::Popular, "Cấp bản sao văn bản từ sổ gốc"},
    {"1.013198", 1, Level::Full, Fee::No, Use::Rare, "Cung cấp dữ liệu quan trắc môi trường"},
    // The data centre gets no dossier at all.
    {"1.013210", 6, Level::Information, Fee::No, Use::Never,
     "Khai thác dữ liệu đo đạc và bản đồ, dữ liệu viễn thám"},
});
// clang-format on

// Both directions, and into and out of "offered online", so that a figure has to ask for the day.
constexpr std::array level_rows = std::to_array<LevelChange>({
    {"1.012756", Level::Full, day_2024(std::chrono::August, 15)},
    {"1.012777", Level::Full, day_2024(std::chrono::August, 15)},
    {"1.012895", Level::Partial, day_2024(std::chrono::September, 16)},
    {"1.012960", Level::Information, day_2024(std::chrono::October, 1)},
    {"1.012967", Level::Full, day_2024(std::chrono::July, 1)},
    {"1.013042", Level::Full, day_2024(std::chrono::October, 15)},
    {"1.013115", Level::Full, day_2024(std::chrono::November, 1)},
    {"1.013210", Level::Partial, day_2024(std::chrono::November, 1)},
});

constexpr std::array fee_rows = std::to_array<FeeChange>({
    {"2.001236", Fee::Yes, day_2024(std::chrono::September, 1)},
    {"2.001469", Fee::No, day_2024(std::chrono::October, 1)},
    {"1.013054", Fee::Yes, day_2024(std::chrono::July, 15)},
});

}  // namespace

std::span<const ProcedureRow> procedure_rows() {
    return table_rows;
}

std::span<const LevelChange> level_changes() {
    return level_rows;
}

std::span<const FeeChange> fee_changes() {
    return fee_rows;
}

}  // namespace thidua::sandbox
