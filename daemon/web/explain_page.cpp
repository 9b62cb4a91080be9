// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// /explain/FIGURE : where a figure comes from, without a single dossier: their codes leave the
// store only in the workbook of a unit's edition.
#include "daemon/web/html.hpp"
#include "daemon/web/pages.hpp"
#include "daemon/web/words_table.hpp"
#include "reports/digest_facts.hpp"

#include <fmt/format.h>

namespace thidua::daemon::web {
namespace {

std::string row(std::string_view term, std::string_view html) {
    return fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped(term), html);
}

std::string facts(const Words& words, const ExplainView& view) {
    const rules::Figure& figure = view.figure;
    const auto count = [&](std::int64_t number) {
        return escaped(
            fmt::format("{} {}", words.count(number), words.counted(view.indicator->kind))
        );
    };
    const std::string no_data = escaped(words(Say::NoData));
    std::string html =
        row(words(Say::Unit),
            view.is_total ? escaped(words(Say::WholeWithUnmapped))
                          : link("/units/" + in_path(view.unit), named(words, view.unit_name)));
    html += row(words(Say::Definition), named(words, view.definition));
    html += row(words(Say::Numerator), figure.counts ? count(figure.counts->numerator) : no_data);
    html +=
        row(words(Say::Denominator), figure.counts ? count(figure.counts->denominator) : no_data);
    html += row(words(Say::Target), escaped(words.target(figure.target)));
    // In Vietnamese the definition says it already.
    if (words.is_english() && figure.target && !figure.target->decision.empty()) {
        html += row(words(Say::Decision), named(words, figure.target->decision));
    }
    html += row(words(Say::AsOf), escaped(words.day(view.as_of)));
    html += row(words(Say::KnownAt), escaped(words.instant(view.known_at)));
    if (figure.counts) {
        const bool is_equal = *figure.counts == view.recounted;
        html +=
            row(words(Say::Recounted),
                fmt::format(
                    "{} <span class=\"{}\">{}</span>",
                    escaped(words.counts(view.recounted)),
                    is_equal ? "good" : "bad",
                    escaped(words(is_equal ? Say::RecountedEqual : Say::RecountedOther))
                ));
    }
    html +=
        row(words(Say::Configuration),
            fmt::format("<code>{}</code>", escaped(view.config_hash.substr(0, 12))));
    return "<dl>" + html + "</dl>\n";
}

std::string parts_table(const Words& words, const ExplainView& view) {
    if (view.parts.empty()) {
        return "";
    }
    Table html{
        .caption = std::string(words(Say::ByProcedure)),
        .columns =
            {std::string(words(Say::Procedure)),
             std::string(words(Say::Numerator)),
             std::string(words(Say::Denominator))},
        .rows = {},
        .kind = "numbers"};
    for (const ExplainView::Part& part : view.parts) {
        html.rows.push_back(
            {named(words, part.code + " " + part.name),
             words.count(part.counts.numerator),
             words.count(part.counts.denominator)}
        );
    }
    return section("parts", words(Say::ByProcedure), table(html));
}

std::string slices_table(const Words& words, const ExplainView& view) {
    if (view.slices.empty()) {
        return "";
    }
    Table html{
        .caption = std::string(words(Say::Slices)),
        .columns =
            {std::string(words(Say::Slice)),
             std::string(words(Say::Source)),
             std::string(words(Say::KnownAt)),
             std::string(words(Say::Records)),
             "SHA-256"},
        .rows = {},
        .kind = "numbers"};
    for (const store::SliceSummary& slice : view.slices) {
        html.rows.push_back(
            {std::to_string(slice.id),
             escaped(slice.source),
             escaped(words.instant(slice.published_at)),
             words.count(slice.records),
             fmt::format("<code>{}</code>", escaped(slice.sha256.substr(0, 12)))}
        );
    }
    return section("slices", words(Say::Slices), table(html));
}

std::string published_list(const Words& words, const ExplainView& view) {
    std::string items;
    for (const ExplainView::Printed& one : view.published) {
        const bool is_same = one.counts == view.figure.counts;
        items += fmt::format(
            "<li>{}: {} <span class=\"{}\">{}</span></li>\n",
            link("/editions/" + in_path(one.edition), escaped(one.edition)),
            escaped(one.counts ? words.counts(*one.counts) : std::string(words(Say::NoData))),
            is_same ? "good" : "bad",
            escaped(words(is_same ? Say::Same : Say::Differs))
        );
    }
    return items.empty() ? ""
                         : section("published", words(Say::Published), "<ul>" + items + "</ul>\n");
}

}  // namespace

std::string explain_page(const Words& words, const ExplainView& view) {
    const reports::Percent percent = reports::percent_of(view.figure);
    std::string html = fmt::format(
        "<div class=\"card\"><h2 lang=\"vi\">{}</h2>{}</div>\n",
        escaped(view.indicator->name),
        figure(words, percent)
    );
    html += section("facts", words(Say::Definition), facts(words, view));
    html += parts_table(words, view);
    html += published_list(words, view);
    html += slices_table(words, view);
    html += fmt::format(
        "<p>{} <code>thidua explain {} --all</code></p>\n",
        escaped(words(Say::DossiersElsewhere)),
        escaped(view.figure.id)
    );
    return page(
        words,
        {.title = fmt::format("{}: {}", words(Say::Explain), view.figure.id),
         .above = view.agency,
         .active = "",
         .foot = ""},
        html
    );
}

}  // namespace thidua::daemon::web
