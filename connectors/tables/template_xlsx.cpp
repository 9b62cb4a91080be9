// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/template_xlsx.hpp"

#include "core/memory_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xlsxwriter.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <set>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr lxw_row_t header_row = 1;  // the title is above it; rows count from 0
constexpr lxw_row_t last_row = 20'000;
/// 2024-01-01 in UTC, in every workbook: the bytes must not depend on the day they are made.
constexpr std::time_t created = 1'704'067'200;
constexpr const char* words_sheet = "Danh mục";

struct Kind {
    const char* format;
    const char* how;  ///< how to write a value, for people
};

Kind kind_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::Text:
            return {"@", "Chữ, ghi đúng như trên hồ sơ"};
        case ValueKind::Count:
            return {"#,##0", "Số nguyên, không âm"};
        case ValueKind::Dong:
            return {"#,##0", "Số tiền bằng đồng, số nguyên, không âm"};
        case ValueKind::Percent:
            return {"0.0%", "Tỷ lệ phần trăm, có dấu %, ví dụ 45,3%"};
        case ValueKind::Time:
            return {"dd/mm/yyyy hh:mm:ss", "Ngày dd/mm/yyyy, có thể kèm giờ hh:mm:ss"};
        case ValueKind::Date:
            return {"dd/mm/yyyy", "Ngày dd/mm/yyyy, không kèm giờ"};
    }
    return {"@", ""};
}

lxw_col_t column_at(std::size_t at) {
    return static_cast<lxw_col_t>(at);
}

/// The workbook under way. The library keeps the first errors of a cell to itself and answers at
/// the end; a sheet that cannot be made is a null pointer at once.
class Writer {
  public:
    explicit Writer(lxw_workbook* book)
        : book_(book),
          data_(workbook_add_worksheet(book, "Số liệu")),
          guide_(workbook_add_worksheet(book, "Hướng dẫn")),
          words_(workbook_add_worksheet(book, words_sheet)),
          bold_(workbook_add_format(book)),
          wrapped_(workbook_add_format(book)) {
        format_set_bold(bold_);
        format_set_text_wrap(bold_);
        format_set_border(bold_, LXW_BORDER_THIN);
        format_set_bg_color(bold_, 0xDDEBF7);
        format_set_align(bold_, LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(wrapped_);
        format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    }

    [[nodiscard]] bool has_sheets() const {
        return data_ != nullptr && guide_ != nullptr && words_ != nullptr;
    }

    void write_title(const std::string& title) {
        lxw_format* format = workbook_add_format(book_);
        format_set_bold(format);
        format_set_font_size(format, 14);
        worksheet_write_string(data_, 0, 0, title.c_str(), format);
        worksheet_freeze_panes(data_, header_row + 1, 0);
        worksheet_hide(words_);
        worksheet_activate(data_);
        std::string kept = title;
        lxw_doc_properties properties{};
        properties.title = kept.data();
        properties.created = created;
        workbook_set_properties(book_, &properties);
    }

    void write_column(std::size_t at, const TemplateColumn& column) {
        lxw_format* format = workbook_add_format(book_);
        format_set_num_format(format, kind_of(column.kind).format);
        worksheet_set_column(data_, column_at(at), column_at(at), column.width, format);
        worksheet_write_string(data_, header_row, column_at(at), column.label.c_str(), bold_);
        for (std::size_t word = 0; word < column.words.size(); ++word) {
            const auto row = static_cast<lxw_row_t>(word);
            worksheet_write_string(words_, row, column_at(at), column.words[word].c_str(), nullptr);
        }
        add_check(at, column);
    }

    void write_guide(const TemplateWords& words, std::span<const TemplateColumn> columns) {
        constexpr std::array<const char*, 5> labels{
            "Cột", "Bắt buộc", "Ý nghĩa", "Cách ghi", "Giá trị được phép"};
        constexpr std::array<double, 5> widths{28, 10, 60, 45, 45};
        for (std::size_t at = 0; at < labels.size(); ++at) {
            worksheet_set_column(guide_, column_at(at), column_at(at), widths[at], nullptr);
            worksheet_write_string(guide_, 0, column_at(at), labels[at], bold_);
        }
        worksheet_freeze_panes(guide_, 1, 0);
        lxw_row_t row = 1;
        for (const TemplateColumn& column : columns) {
            const auto write = [&](lxw_col_t where, const std::string& text) {
                worksheet_write_string(guide_, row, where, text.c_str(), wrapped_);
            };
            write(0, column.label);
            write(1, column.is_required ? "Có" : "Không");
            write(2, column.note);
            write(3, column.words.empty() ? kind_of(column.kind).how : "Chọn trong danh sách");
            write(4, fmt::format("{}", fmt::join(column.words, "; ")));
            ++row;
        }
        write_rules(words, row + 1);
    }

  private:
    void write_rules(const TemplateWords& words, lxw_row_t row) {
        std::vector<std::string> rules{
            fmt::format(
                "Mỗi {} một dòng, bắt đầu từ dòng ngay dưới tiêu đề cột; không đổi tên các cột.",
                words.row
            ),
            "Không gộp ô trong phần số liệu; dòng tổng cộng, nếu có, sẽ được bỏ qua.",
            "Lưu tệp dạng .xlsx, không đặt mật khẩu."};
        rules.insert(rules.end(), words.remarks.begin(), words.remarks.end());
        for (const std::string& rule : rules) {
            worksheet_write_string(guide_, row, 0, rule.c_str(), nullptr);
            ++row;
        }
    }

    /// Excel refuses what the column cannot take, in Vietnamese.
    void add_check(std::size_t at, const TemplateColumn& column) {
        std::string message = column.words.empty()
                                  ? std::string(kind_of(column.kind).how)
                                  : std::string("Hãy chọn một giá trị trong danh sách");
        std::string title = "Giá trị không hợp lệ";
        const std::string letter = column_name(at);
        std::string range =
            fmt::format("'{}'!${}$1:${}${}", words_sheet, letter, letter, column.words.size());
        std::string first_word = "x";
        std::array<char*, 2> words{first_word.data(), nullptr};
        lxw_data_validation check{};
        check.error_title = title.data();
        check.error_message = message.data();
        if (!column.words.empty()) {
            check.validate = LXW_VALIDATION_TYPE_LIST;
            check.value_list = words.data();
        } else if (column.kind == ValueKind::Count || column.kind == ValueKind::Dong) {
            check.validate = LXW_VALIDATION_TYPE_INTEGER;
            check.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        } else if (column.kind == ValueKind::Percent) {
            check.validate = LXW_VALIDATION_TYPE_DECIMAL;
            check.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        } else if (column.kind == ValueKind::Time || column.kind == ValueKind::Date) {
            check.validate = LXW_VALIDATION_TYPE_DATE_NUMBER;
            check.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
            check.value_number = 36'526;  // 01/01/2000
        } else {
            return;
        }
        worksheet_data_validation_range(
            data_, header_row + 1, column_at(at), last_row, column_at(at), &check
        );
        if (!column.words.empty()) {
            refer_to(range);
        }
    }

    /// Puts `range` in the place of the words of the list that was added last. A list within the
    /// check holds 255 letters and no word with a comma; and a check by formula is copied twice by
    /// version 1.1.4 of the library, and freed once.
    void refer_to(const std::string& range) {
        lxw_data_val_obj* last = STAILQ_FIRST(data_->data_validations);
        while (last != nullptr && STAILQ_NEXT(last, list_pointers) != nullptr) {
            last = STAILQ_NEXT(last, list_pointers);
        }
        if (last == nullptr) {
            return;
        }
        if (char* copy = strdup(range.c_str()); copy != nullptr) {
            std::free(std::exchange(last->value_formula, copy));  // both are the library's to free
        }
    }

    lxw_workbook* book_;
    lxw_worksheet* data_;
    lxw_worksheet* guide_;
    lxw_worksheet* words_;
    lxw_format* bold_;
    lxw_format* wrapped_;
};

std::unexpected<Error> no_workbook(std::string_view why) {
    return fail(ErrorKind::Io, fmt::format("cannot make a workbook: {}", why));
}

}  // namespace

Result<std::string> template_xlsx(
    const TemplateWords& words, std::span<const TemplateColumn> columns
) {
    std::set<std::string> labels;
    for (const TemplateColumn& column : columns) {
        if (!labels.insert(label_key(column.label)).second) {
            return fail(ErrorKind::Usage, fmt::format("two columns called '{}'", column.label));
        }
    }
    if (columns.empty()) {
        return fail(ErrorKind::Usage, "a template without columns");
    }
    const MemoryFile file;
    lxw_workbook* book = workbook_new(file.path().c_str());
    if (book == nullptr) {
        return no_workbook("no memory");
    }
    Writer writer(book);
    if (writer.has_sheets()) {
        writer.write_title(words.title);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            writer.write_column(at, columns[at]);
        }
        writer.write_guide(words, columns);
    }
    const bool has_sheets = writer.has_sheets();
    // Frees the workbook too, whatever it answers.
    if (const lxw_error code = workbook_close(book); code != LXW_NO_ERROR || !has_sheets) {
        return no_workbook(has_sheets ? lxw_strerror(code) : "no sheets");
    }
    auto bytes = file.content();
    return bytes ? std::move(bytes) : no_workbook(bytes.error().message);
}

}  // namespace thidua::connectors
