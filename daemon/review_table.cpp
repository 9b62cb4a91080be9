// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/review_table.hpp"

#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/table_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace thidua::daemon {
namespace {

struct Word {
    ReviewWord word;
    std::string text;
};

const std::vector<Word>& proposal_words() {
    static const std::vector<Word> words{
        {ReviewWord::ProposeFull, "Toàn trình"},
        {ReviewWord::ProposePartial, "Một phần"},
        {ReviewWord::ProposeKeep, "Giữ nguyên"}};
    return words;
}

std::vector<FileColumn> make_columns() {
    std::vector<std::string> words;
    std::ranges::transform(proposal_words(), std::back_inserter(words), &Word::text);
    return {
        required(
            column("procedure", {"Mã TTHC", "Mã thủ tục"}, "Mã thủ tục hành chính, ví dụ 1.012756.")
        ),
        required(one_of(
            column("proposal", {"Đề nghị", "Phương án"}, "Mức độ đề nghị công bố sau khi rà soát."),
            std::move(words)
        )),
        column(
            "unit",
            {"Mã đơn vị", "Đơn vị rà soát"},
            "Đơn vị rà soát; để trống nếu chỉ một đơn vị phụ trách thủ tục."
        ),
        column(
            "document", {"Số văn bản", "Số, ký hiệu"}, "Số, ký hiệu của báo cáo rà soát, nếu có."
        ),
        column("note", {"Lý do", "Ghi chú"}, "Vì sao đề nghị như vậy.")};
}

const Procedure* find(std::span<const Procedure> procedures, std::string_view code) {
    const auto place = std::ranges::find(procedures, code, &Procedure::code);
    return place == procedures.end() ? nullptr : &*place;
}

class Rows {
  public:
    Rows(const CatalogueTable& table, const ReviewBasis& basis) : table_(table), basis_(basis) {
        for (const Procedure& procedure : basis.procedures) {
            codes_.insert(procedure.code);
        }
    }

    ReviewRows read() {
        made_.mistakes = table_.mistakes;
        for (const CatalogueRow& row : table_.rows) {
            read_row(row);
        }
        std::ranges::stable_sort(made_.mistakes, {}, &RowMistake::row);
        return std::move(made_);
    }

  private:
    void read_row(const CatalogueRow& row) {
        RowReader reader(table_, row, made_.mistakes);
        const std::size_t mistakes_before = made_.mistakes.size();
        ProcedureReview review;
        const std::string given = reader.required("procedure");
        review.procedure = canonical_procedure_code(given);
        const std::string unit = reader.unit_code("unit");
        read_word(reader, review);
        review.document = reader.text("document");
        review.note = reader.text("note");
        review.by = basis_.by;
        review.at = basis_.at;
        if (!given.empty() && !codes_.contains(review.procedure)) {
            reader.refuse(
                "procedure",
                fmt::format(
                    "không có thủ tục nào mang mã {}{}",
                    in_quotes(given),
                    nearest_hint(review.procedure, codes_)
                )
            );
        }
        if (made_.mistakes.size() > mistakes_before) {
            return;
        }
        const auto reviewing =
            reviewing_unit(basis_.settings, basis_.procedures, review.procedure, unit);
        if (!reviewing) {
            const Procedure* procedure = find(basis_.procedures, review.procedure);
            reader.refuse(
                "unit",
                fmt::format(
                    "{} không phụ trách thủ tục này; ghi một trong: {}",
                    unit.empty() ? "ô để trống" : in_quotes(unit),
                    fmt::join(procedure->units, ", ")
                )
            );
            return;
        }
        review.unit = *reviewing;
        made_.reviews.push_back(std::move(review));
    }

    static void read_word(RowReader& reader, ProcedureReview& review) {
        const std::string given = reader.required("proposal");
        const auto& words = proposal_words();
        const auto place = std::ranges::find_if(words, [&](const Word& word) {
            return fold(word.text) == fold(given) || to_text(word.word) == given;
        });
        if (place != words.end()) {
            review.word = place->word;
        } else if (!given.empty()) {
            reader.refuse(
                "proposal",
                fmt::format(
                    "{} không phải là một đề nghị; ghi Toàn trình, Một phần hoặc Giữ nguyên",
                    in_quotes(given)
                )
            );
        }
    }

    const CatalogueTable& table_;
    const ReviewBasis& basis_;
    std::set<std::string, std::less<>> codes_;
    ReviewRows made_;
};

}  // namespace

const std::vector<FileColumn>& review_columns() {
    static const std::vector<FileColumn> columns = make_columns();
    return columns;
}

connectors::TemplateWords review_words() {
    return {
        "Rà soát thủ tục hành chính",
        "đề nghị về một thủ tục",
        {"Mỗi thủ tục một dòng; chỉ ghi những thủ tục đã rà soát."}};
}

Result<std::string> reviewing_unit(
    const config::Settings& settings,
    std::span<const Procedure> procedures,
    std::string_view procedure,
    std::string_view given
) {
    const Procedure* found = find(procedures, procedure);
    if (found == nullptr) {
        std::vector<std::string> codes;
        std::ranges::transform(procedures, std::back_inserter(codes), &Procedure::code);
        const std::string near = nearest(procedure, codes);
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "there is no procedure {}{}; thidua procedures list lists them",
                procedure,
                near.empty() ? "" : ", did you mean " + near + "?"
            )
        );
    }
    const bool is_one = found->units.size() == 1;
    if (given.empty() && is_one) {
        return found->units.front();
    }
    // Above a unit that answers for it somebody may review for it.
    const auto is_theirs = [&](const std::string& code) {
        return code == given || is_unit_code_below(code, given);
    };
    const bool is_unit =
        std::ranges::find(settings.units, given, &DatedUnit::code) != settings.units.end();
    if (!given.empty() && is_unit && std::ranges::any_of(found->units, is_theirs)) {
        return std::string(given);
    }
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "say which unit reviewed {} (--unit): {}", procedure, fmt::join(found->units, ", ")
        )
    );
}

ReviewRows proposal_rows(const CatalogueTable& table, const ReviewBasis& basis) {
    return Rows(table, basis).read();
}

}  // namespace thidua::daemon
