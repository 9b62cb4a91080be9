// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a report says, before anybody decides how it looks. Figures stay counts, days stay days: a
// writer (mail, page, PDF) formats them, so all of them say the same.
#pragma once

#include "core/campaign.hpp"
#include "core/ratio.hpp"
#include "core/tally.hpp"
#include "core/time.hpp"
#include "rules/standings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thidua::reports {

/// A figure as it is shown: both counts, and everything that keeps it honest.
struct Percent {
    std::string figure{};            ///< rules::Figure::id, for `thidua explain`
    std::optional<Ratio> counts{};   ///< nothing: "thiếu số liệu", never 0
    std::optional<Target> target{};  ///< nothing: the plan sets none
    std::optional<rules::Verdict> verdict{};
    rules::Fitness fitness = rules::Fitness::Missing;

    friend bool operator==(const Percent&, const Percent&) = default;
};

/// A figure against the same figure of the edition before, in percentage points.
struct Change {
    std::optional<Ratio> now;
    std::optional<Ratio> before;

    friend bool operator==(const Change&, const Change&) = default;
};

/// How far below its target a figure is, in things somebody can do.
struct Gap {
    IndicatorKind kind = IndicatorKind::DossiersOnline;  ///< what is counted
    std::optional<std::int64_t> convert;                 ///< existing cases to turn
    std::optional<std::int64_t> new_all_online;          ///< or new ones, all of them online

    friend bool operator==(const Gap&, const Gap&) = default;
};

// Cells of a table.

struct Empty {
    friend bool operator==(const Empty&, const Empty&) = default;
};

struct Text {
    std::string text;

    friend bool operator==(const Text&, const Text&) = default;
};

struct Count {
    std::int64_t value = 0;

    friend bool operator==(const Count&, const Count&) = default;
};

/// How a source stands.
struct Freshness {
    SourceStatus::State state = SourceStatus::State::Never;
    bool is_late = true;  ///< past its freshness limit

    friend bool operator==(const Freshness&, const Freshness&) = default;
};

/// A moment; nothing where there was none.
struct Moment {
    std::optional<Instant> at;

    friend bool operator==(const Moment&, const Moment&) = default;
};

using Cell = std::variant<Empty, Text, Count, Percent, Change, Freshness, Moment>;

// Blocks of a document.

/// What must be read before any figure: how fit the figures are.
struct Notice {
    enum class Level { Calm, Warning, Alarm };
    Level level = Level::Calm;
    std::string label;  ///< "TẠM TÍNH"
    std::string text;

    friend bool operator==(const Notice&, const Notice&) = default;
};

/// The verdict on the whole, in one sentence.
struct Headline {
    enum class Tone { Good, Bad, Open };
    Tone tone = Tone::Open;
    std::string text;

    friend bool operator==(const Headline&, const Headline&) = default;
};

struct Heading {
    std::string text;

    friend bool operator==(const Heading&, const Heading&) = default;
};

struct Paragraph {
    std::string text;

    friend bool operator==(const Paragraph&, const Paragraph&) = default;
};

/// Small print.
struct Note {
    std::string text;

    friend bool operator==(const Note&, const Note&) = default;
};

struct Bullets {
    struct Item {
        std::string label;  ///< what kind of thing it is; may be empty
        std::string text;

        friend bool operator==(const Item&, const Item&) = default;
    };
    std::vector<Item> items;

    friend bool operator==(const Bullets&, const Bullets&) = default;
};

/// The one thing the reader is asked to do.
struct Request {
    std::string text;

    friend bool operator==(const Request&, const Request&) = default;
};

struct KeyFigure {
    std::string name;
    Percent value;
    Gap gap;                       ///< empty unless the figure is below its target
    std::optional<Change> change;  ///< nothing in the first edition

    friend bool operator==(const KeyFigure&, const KeyFigure&) = default;
};

struct KeyFigures {
    std::vector<KeyFigure> figures;

    friend bool operator==(const KeyFigures&, const KeyFigures&) = default;
};

/// One target that a unit misses.
struct Shortfall {
    std::string indicator;  ///< short name
    Percent value;
    Gap gap;

    friend bool operator==(const Shortfall&, const Shortfall&) = default;
};

/// Units below a target, worst first.
struct BelowTarget {
    struct Unit {
        std::string name;
        std::vector<Shortfall> shortfalls;

        friend bool operator==(const Unit&, const Unit&) = default;
    };
    std::vector<Unit> units;
    std::int64_t hidden = 0;  ///< further units that are not listed

    friend bool operator==(const BelowTarget&, const BelowTarget&) = default;
};

struct Table {
    enum class RowKind {
        Plain,
        Group,  ///< only a label, over the rows that follow
        Total,
    };
    struct Row {
        RowKind kind = RowKind::Plain;
        std::optional<int> rank;
        std::string label;
        std::vector<Cell> cells;  ///< one per column; none in a Group

        friend bool operator==(const Row&, const Row&) = default;
    };
    std::string label_title;           ///< what the labels are, "Đơn vị"
    std::vector<std::string> columns;  ///< titles, without the label's
    std::vector<Row> rows;

    friend bool operator==(const Table&, const Table&) = default;
};

/// One figure of several units, side by side, each against its target.
struct BarChart {
    struct Bar {
        std::string label;
        Percent value;

        friend bool operator==(const Bar&, const Bar&) = default;
    };
    std::vector<Bar> bars;

    friend bool operator==(const BarChart&, const BarChart&) = default;
};

/// One figure week by week, as it was published, against its target.
struct TrendChart {
    struct Point {
        std::string label;  ///< "Tuần 42"
        Percent value;      ///< without counts: nothing was published, the line has a gap there

        friend bool operator==(const Point&, const Point&) = default;
    };
    std::string name;           ///< of the indicator, short
    std::vector<Point> points;  ///< of consecutive weeks, oldest first

    friend bool operator==(const TrendChart&, const TrendChart&) = default;
};

struct DefinitionList {
    struct Item {
        std::string term;
        std::string text;

        friend bool operator==(const Item&, const Item&) = default;
    };
    std::vector<Item> items;

    friend bool operator==(const DefinitionList&, const DefinitionList&) = default;
};

/// Nơi nhận.
struct Recipients {
    std::vector<std::string> names;

    friend bool operator==(const Recipients&, const Recipients&) = default;
};

using Block = std::variant<
    Notice,
    Headline,
    Heading,
    Paragraph,
    Note,
    Bullets,
    Request,
    KeyFigures,
    BelowTarget,
    Table,
    BarChart,
    TrendChart,
    DefinitionList,
    Recipients>;

struct Document {
    std::string subject;
    std::string preview;       ///< what a phone shows beside the subject
    std::string organisation;  ///< whose report it is
    std::string title;
    std::string period;
    Instant known_at{};         ///< what it says was known then; a file of it is dated so
    std::vector<Block> blocks;  ///< in the order of reading

    friend bool operator==(const Document&, const Document&) = default;
};

}  // namespace thidua::reports
