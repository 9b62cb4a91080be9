// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What several drafts of official papers say in the same way.
#pragma once

#include "core/campaign.hpp"
#include "core/texts.hpp"
#include "core/time.hpp"
#include "reports/docx/form.hpp"
#include "reports/official_document.hpp"
#include "rules/standings.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::reports::drafts {

using Align = official::Table::Align;

/// Who fills in what is left to be written in the papers of the agency itself.
inline constexpr std::string_view office = "Văn phòng Sở ghi";

/// "[Đơn vị viết: giải pháp đã thực hiện]": what a person has to write.
[[nodiscard]] official::Span prompt(std::string_view who, std::string_view what);

/// The same as a paragraph of its own.
[[nodiscard]] official::Block prompt_paragraph(std::string_view who, std::string_view what);

[[nodiscard]] official::Block plain_paragraph(std::string text);

/// "Quyết định số 497/QĐ-UBND ngày 15/3/2024 của UBND tỉnh về giao chỉ tiêu …". A blank in the
/// document is left blank: "Kế hoạch số ……/KH-STNMT ngày …/…/…… của …".
[[nodiscard]] std::string cite(const thidua::Document& document);

/// The plan itself: its first document, or the campaign's name.
[[nodiscard]] std::string cite_plan(const Campaign& campaign);

/// Of the agency itself; `symbol` as Letterhead::symbol.
[[nodiscard]] official::Letterhead agency_letterhead(
    const Texts& texts, std::string symbol, int year
);
[[nodiscard]] official::Signature agency_signature(const Texts& texts);

[[nodiscard]] int year_of(Day day);

/// The unit's figures, each with both counts, its target, its verdict and the id that explains it.
[[nodiscard]] official::Table figures_table(
    const Campaign& campaign, const rules::UnitStanding& unit
);

/// "tính đến hết ngày 20/10/2024, theo số liệu ghi nhận lúc 16:00 21/10/2024 (tạm tính)"; the worst
/// status of the unit's figures.
[[nodiscard]] std::string as_of_phrase(
    const rules::Standings& standings, const rules::UnitStanding& unit
);

/// How the ids in small print are read.
[[nodiscard]] official::Block reference_note();

/// For Paper::properties: day, instant, and every figure with its counts.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> properties_of(
    const rules::Standings& standings, const rules::UnitStanding& unit
);

/// The rows of a table as items of a form's list; `names`: of its columns.
[[nodiscard]] std::vector<docx::FormTexts> items_of(
    const official::Table& table, std::initializer_list<std::string_view> names
);

/// What a form may say of the agency and the campaign, whatever it is a form of.
[[nodiscard]] docx::FormValues agency_values(const Texts& texts, const Campaign& campaign);

/// Adds the unit, its figures and what they are as of.
void add_unit_values(
    docx::FormValues& values,
    const Campaign& campaign,
    const rules::Standings& standings,
    const rules::UnitStanding& unit
);

}  // namespace thidua::reports::drafts
