// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/texts_reader.hpp"

#include "config/organisation_reader.hpp"

#include <map>
#include <string>

namespace thidua::config {

namespace {

Signer read_signer(Node node) {
    Signer signer;
    signer.authority = node.optional("authority").text_or("");
    signer.title = node.required("title").text();
    signer.name = node.optional("name").text_or("");
    node.finish();
    return signer;
}

/// A list that is left out is reported, an empty one too: a paper for nobody is a mistake.
std::vector<std::string> read_names(const Node& node) {
    std::vector<std::string> names = node.texts();
    if (node.is_list() && node.items().empty()) {
        node.refuse("at least one name");
    }
    return names;
}

std::vector<UnitShortName> read_short_names(const Node& list, std::span<const DatedUnit> units) {
    std::vector<UnitShortName> names;
    std::map<std::string, std::string> first_with;
    for (Node item : list.items()) {
        UnitShortName name;
        const Node unit = item.required("unit");
        name.unit = read_unit_code(unit, units);
        name.short_name = item.required("short_name").text();
        item.finish();
        const auto [first, is_new] = first_with.emplace(name.unit, item.key());
        if (!is_new && !name.unit.empty()) {
            unit.report(shown(name.unit) + ": the same unit as in " + first->second);
        }
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace

Texts read_texts(Node node, std::span<const DatedUnit> units) {
    Texts texts;
    texts.parent_organisation = node.required("parent_organisation").text();
    texts.organisation = node.required("organisation").text();
    texts.short_name = node.required("short_name").text();
    texts.drafted_by = node.optional("drafted_by").text_or("");
    texts.place = node.required("place").text();
    texts.signer = read_signer(node.required("signer"));

    Node urging = node.required("urging");
    texts.urging.recipients = read_names(urging.required("recipients"));
    urging.finish();
    Node review = node.required("procedure_review");
    texts.procedure_review.addressees = read_names(review.required("addressees"));
    texts.procedure_review.recipients = read_names(review.required("recipients"));
    review.finish();
    Node nominations = node.required("nominations");
    texts.nominations.addressees = read_names(nominations.required("addressees"));
    texts.nominations.grounds = nominations.optional("grounds").texts();
    texts.nominations.recipients = read_names(nominations.required("recipients"));
    nominations.finish();

    texts.unit_short_names = read_short_names(node.optional("unit_short_names"), units);
    node.finish();
    return texts;
}

}  // namespace thidua::config
