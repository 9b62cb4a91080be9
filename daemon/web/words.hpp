// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The words of the pages, in Vietnamese and in English: one table of texts, and figures as readers
// of either write them. What people named themselves (units, procedures, reasons) stays as it is.
#pragma once

#include "core/result.hpp"
#include "core/tally.hpp"
#include "reports/document.hpp"
#include "rules/actions.hpp"
#include "store/ledger.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon::web {

enum class Language { Vietnamese, English };

/// What an Accept-Language header prefers; Vietnamese unless English comes before it.
[[nodiscard]] Language language_of(std::string_view accept_language);

/// Texts of the table in words_table.hpp.
enum class Say : std::size_t;

class Words {
  public:
    explicit Words(Language language) : language_(language) {}

    [[nodiscard]] bool is_english() const { return language_ == Language::English; }
    /// "vi", "en"
    [[nodiscard]] std::string_view code() const { return is_english() ? "en" : "vi"; }
    [[nodiscard]] std::string_view operator()(Say text) const;

    [[nodiscard]] std::string count(std::int64_t count) const;
    [[nodiscard]] std::string counts(const Ratio& counts) const;
    [[nodiscard]] std::string ratio(const Ratio& counts) const;
    [[nodiscard]] std::string day(Day day) const;
    [[nodiscard]] std::string instant(Instant instant) const;
    [[nodiscard]] std::string instant_or_none(const std::optional<Instant>& instant) const;
    /// "1,2 MB"
    [[nodiscard]] std::string bytes(std::size_t bytes) const;

    /// The ratio, "không phát sinh" or "thiếu số liệu".
    [[nodiscard]] std::string value(const reports::Percent& percent) const;
    /// "đạt", "chưa đạt"; empty where there is no verdict or the value says why.
    [[nodiscard]] std::string verdict(const reports::Percent& percent) const;
    [[nodiscard]] std::string target(const std::optional<Target>& target) const;
    [[nodiscard]] std::string_view fitness(rules::Fitness fitness) const;
    /// "hồ sơ", "dịch vụ công"
    [[nodiscard]] std::string_view counted(IndicatorKind kind) const;
    /// Empty without a gap.
    [[nodiscard]] std::string gap(const reports::Gap& gap) const;
    [[nodiscard]] std::string expected(const rules::ExpectedNeed& need) const;
    [[nodiscard]] std::string pace(const rules::Pace& pace, IndicatorKind kind) const;
    [[nodiscard]] std::string forecast(const rules::Forecast& forecast, const Target& target) const;
    [[nodiscard]] std::string cause(
        const rules::Cause& cause, std::int64_t missed, IndicatorKind kind
    ) const;

    [[nodiscard]] std::string_view state(SourceStatus::State state) const;
    [[nodiscard]] std::string_view slot_state(store::SlotState state) const;
    /// Of a pull or a delivery, as the store has it.
    [[nodiscard]] std::string_view stored_state(std::string_view state) const;
    /// What an error of that kind asks for, in a sentence; as the store has it.
    [[nodiscard]] std::string_view error_kind(std::string_view kind) const;
    /// Why an occurrence stands as it does: what can be said in the page's language, and what the
    /// ledger adds in English. In English all of it is the latter.
    struct Reason {
        std::string said;
        std::string added;
    };
    [[nodiscard]] Reason reason(std::string_view reason) const;
    /// "Lấy số liệu: tthc", "Bản tin tuần"
    [[nodiscard]] std::string job(std::string_view name) const;

  private:
    Language language_;
};

}  // namespace thidua::daemon::web
