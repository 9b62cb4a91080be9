// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/edition_figures.hpp"

#include "daemon/measure.hpp"

namespace thidua::daemon {
namespace {

/// Why two sources were not compared; empty: they were.
std::string not_compared(PairReport::State state) {
    switch (state) {
        case PairReport::State::Compared:
            return "";
        case PairReport::State::Never:
            return "một nguồn chưa từng có số liệu";
        case PairReport::State::Stale:
            return "một nguồn chậm cập nhật";
        case PairReport::State::TooEarly:
            return "chưa đủ thời gian để hai nguồn đồng bộ";
        case PairReport::State::Purged:
            return "dữ liệu từng hồ sơ đã được xóa sau thời hạn khiếu nại";
    }
    check(false, "not_compared: a known State");
    return "";
}

EditionFigures figures_of(const FigureBasis& basis) {
    EditionFigures figures;
    figures.standings = rules::measure(basis.input());
    figures.procedures = rules::count_procedures(basis.input(), figures.standings);
    for (const PairReport& pair : basis.pairs()) {
        figures.reconciled.push_back({pair.result, not_compared(pair.state)});
    }
    return figures;
}

}  // namespace

Result<EditionFigures> edition_figures(const Service& service, Day as_of, Instant known_at) {
    const auto basis = FigureBasis::load(
        service.store, service.settings, as_of, known_at, FigureBasis::Pieces::AsNeeded
    );
    if (!basis) {
        return std::unexpected(basis.error());
    }
    return figures_of(*basis);
}

Result<CouncilFigures> council_figures(const Service& service, Day as_of, Instant known_at) {
    const auto basis = FigureBasis::load(
        service.store, service.settings, as_of, known_at, FigureBasis::Pieces::Weeks
    );
    if (!basis) {
        return std::unexpected(basis.error());
    }
    CouncilFigures council{figures_of(*basis), {}};
    council.weeks = rules::test_weeks(basis->input(), council.figures.standings);
    return council;
}

}  // namespace thidua::daemon
