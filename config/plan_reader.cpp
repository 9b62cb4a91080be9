// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/plan_reader.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace thidua::config {

namespace {

constexpr std::int64_t contents_max = 99;
constexpr std::int64_t copies_max = 99;

/// What the parts of a plan may refer to.
struct Names {
    std::vector<std::string> bodies;
    std::vector<std::string> indicators;
    std::vector<Target> targets;
    std::vector<std::int64_t> contents;
    std::vector<std::string> awards;
};

/// Reads a list of things that have an `id`, each id once.
template <class Read>
auto read_list_of_ids(const Node& list, Read read) {
    std::vector<decltype(read(std::declval<Node&>()))> things;
    std::set<std::string> ids;
    for (Node& item : list.items()) {
        const Node id = item.required("id");
        things.push_back(read(item));
        things.back().id = id.id();
        if (!things.back().id.empty() && !ids.insert(things.back().id).second) {
            id.refuse("an id that nothing else in this list has");
        }
        item.finish();
    }
    return things;
}

std::string read_body(const Node& node, const Names& names) {
    return node ? node.reference("the id of one of \"bodies\"", names.bodies) : std::string();
}

std::string read_indicator_with_target(const Node& node, const Names& names) {
    std::string id = node.reference("the id of an indicator", names.indicators);
    const bool is_known = std::ranges::find(names.indicators, id) != names.indicators.end();
    const auto& targets = names.targets;
    if (is_known && std::ranges::find(targets, id, &Target::indicator) == targets.end()) {
        node.refuse("an indicator with a target: without one it can be neither met nor missed");
    }
    return id;
}

Document read_document(Node& node) {
    Document document;
    document.number = node.required("number").text();
    const Node day = node.optional("day");
    document.day = day ? std::optional(day.day()) : std::nullopt;
    document.issuer = node.required("issuer").text();
    document.title = node.required("title").text();
    return document;
}

Content read_content(Node node, const Names& names) {
    Content content;
    const Node kind = node.required("kind");
    const std::size_t problems_before = node.problems().size();
    content.kind = kind.one_of<Content::Kind>({
        {"measured", Content::Kind::Measured},
        {"counted", Content::Kind::Counted},
        {"judged", Content::Kind::Judged},
    });
    const bool is_kind_known = kind && node.problems().size() == problems_before;
    content.number = node.required("number").number<int>(1, contents_max);
    content.text = node.required("text").text();
    content.short_name = node.optional("short_name").text_or(content.text);
    content.clause = node.required("clause").text();
    if (!is_kind_known) {
        return content;  // its other keys depend on the kind
    }
    switch (content.kind) {
        case Content::Kind::Measured:
            for (const Node& item : node.required("indicators").items()) {
                content.indicators.push_back(read_indicator_with_target(item, names));
            }
            break;
        case Content::Kind::Counted:
            content.counts = node.required("counts").text();
            content.judged_by = read_body(node.required("judged_by"), names);
            break;
        case Content::Kind::Judged:
            content.judged_by = read_body(node.required("judged_by"), names);
            break;
    }
    node.finish();
    return content;
}

std::vector<Content> read_contents(const Node& list, Names& names) {
    std::vector<Content> contents;
    for (Node& item : list.items()) {
        contents.push_back(read_content(item, names));
        const std::int64_t number = contents.back().number;
        if (number > 0 && !names.contents.empty() && number <= names.contents.back()) {
            item.optional("number").refuse(
                "higher than the number above, " + std::to_string(names.contents.back())
            );
        }
        names.contents.push_back(number);
    }
    return contents;
}

Subject read_subject(const Node& node) {
    return node.one_of<Subject>(
        {{"collective", Subject::Collective}, {"individual", Subject::Individual}}
    );
}

SubjectRule read_subject_rule(Node node) {
    SubjectRule rule;
    rule.subject = read_subject(node.required("subject"));
    rule.text = node.required("text").text();
    rule.clause = node.required("clause").text();
    node.finish();
    return rule;
}

Criterion read_criterion(Node node, const Names& names);

std::vector<Criterion> read_terms(const Node& list, const Names& names) {
    std::vector<Criterion> terms;
    for (const Node& item : list.items()) {
        terms.push_back(read_criterion(item, names));
    }
    if (list.is_list() && terms.empty()) {
        list.report("empty: there must be at least one term");
    }
    return terms;
}

Criterion read_at_least(Node node, const Names& names) {
    const Node of = node.required("of");
    Criterion criterion;
    criterion.kind = Criterion::Kind::AtLeast;
    criterion.terms = read_terms(of, names);
    const auto terms = static_cast<std::int64_t>(criterion.terms.size());
    criterion.count = node.required("count").number<int>(1, std::max<std::int64_t>(terms, 1));
    node.finish();
    return criterion;
}

Criterion read_leaf(Node& node, const Names& names) {
    const Node content = node.optional("content");
    const Node judged_by = node.optional("judged_by");
    Criterion criterion;
    criterion.judged_by = read_body(judged_by, names);
    if (!content) {
        (void)node.required("text", "it says what is to be judged");
        return criterion;
    }
    const std::size_t problems_before = node.problems().size();
    criterion.content = content.number<int>(1, contents_max);
    if (node.problems().size() == problems_before &&
        std::ranges::find(names.contents, criterion.content) == names.contents.end()) {
        content.refuse("the number of one of \"contents\"");
    }
    criterion.reach = node.optional("reach").one_of_or<Criterion::Reach>(
        {{"met", Criterion::Reach::Met}, {"exceeded", Criterion::Reach::Exceeded}},
        Criterion::Reach::Met
    );
    if (criterion.reach == Criterion::Reach::Exceeded && !judged_by) {
        node.report("\"reach: exceeded\" needs \"judged_by\": the plan sets no figure for it");
    }
    return criterion;
}

Criterion read_criterion(Node node, const Names& names) {
    const Node text = node.optional("text");
    const Node clause = node.optional("clause");
    const Node all = node.optional("all");
    const Node any = node.optional("any");
    const Node at_least = node.optional("at_least");
    const bool is_leaf = node.optional("content") || node.optional("judged_by");
    if (std::ranges::count(std::array{!!all, !!any, !!at_least, is_leaf}, true) != 1) {
        if (node.is_map()) {
            node.report(
                "a criterion has exactly one of \"all\", \"any\", \"at_least\", or else "
                "\"content\" and/or \"judged_by\""
            );
        }
        return {};
    }
    Criterion criterion;
    if (is_leaf) {
        criterion = read_leaf(node, names);
    } else if (at_least) {
        criterion = read_at_least(at_least, names);
    } else {
        criterion.kind = all ? Criterion::Kind::All : Criterion::Kind::Any;
        criterion.terms = read_terms(all ? all : any, names);
    }
    criterion.text = text.text_or("");
    criterion.clause = clause.text_or("");
    node.finish();
    return criterion;
}

AwardRule read_award_rule(Node node, const Names& names) {
    AwardRule rule;
    rule.subject = read_subject(node.required("subject"));
    rule.clause = node.required("clause").text();
    if (const Node criterion = node.required("criterion")) {
        rule.criterion = read_criterion(criterion, names);
    }
    node.finish();
    return rule;
}

Award read_award(Node& node, const Names& names) {
    Award award;
    award.name = node.required("name").text();
    award.decided_by = read_body(node.required("decided_by"), names);
    award.clause = node.required("clause").text();
    award.copies = node.required("copies").number<int>(1, copies_max);
    for (const Node& item : node.required("rules").items()) {
        award.rules.push_back(read_award_rule(item, names));
    }
    return award;
}

NominationPart read_nomination_part(Node& node) {
    NominationPart part;
    part.name = node.required("name").text();
    part.form = node.optional("form").text_or("");
    part.clause = node.required("clause").text();
    return part;
}

Deadline read_deadline(Node& node, const Names& names) {
    Deadline deadline;
    deadline.text = node.required("text").text();
    deadline.clause = node.required("clause").text();
    deadline.sent_to = read_body(node.required("sent_to"), names);
    const Node from = node.required("from");
    const Node to = node.required("to");
    const std::size_t problems_before = node.problems().size();
    deadline.from = from.day();
    deadline.to = to.day();
    const bool is_sound = from && to && node.problems().size() == problems_before;
    if (is_sound && deadline.to < deadline.from) {
        to.refuse("a day not before \"from\", " + thidua::to_text(deadline.from));
    }
    for (const Node& award : node.optional("awards").items()) {
        deadline.awards.push_back(award.reference("the id of an award", names.awards));
    }
    return deadline;
}

/// By default the provisional freeze is half an hour after the last day, once its last pull is in,
/// and the final one at 17:00 on the third day after it.
Freeze read_freeze(Node node, Day end) {
    Freeze freeze{
        .provisional = first_instant(end + std::chrono::days{1}) + std::chrono::minutes{30},
        .final = first_instant(end + std::chrono::days{3}) + std::chrono::hours{17},
    };
    if (!node) {
        return freeze;
    }
    const Node provisional = node.required("provisional");
    const Node last = node.required("final");
    const std::size_t problems_before = node.problems().size();
    freeze.provisional = provisional.instant();
    freeze.final = last.instant();
    const bool is_sound = provisional && last && node.problems().size() == problems_before;
    if (is_sound && freeze.provisional <= last_instant(end)) {
        provisional.refuse("a time after the campaign's last day, " + thidua::to_text(end));
    } else if (is_sound && freeze.final <= freeze.provisional) {
        last.refuse("a time after \"provisional\", " + thidua::to_text(freeze.provisional));
    }
    node.finish();
    return freeze;
}

Ambiguity read_ambiguity(Node& node) {
    Ambiguity ambiguity;
    ambiguity.clause = node.required("clause").text();
    ambiguity.phrase = node.required("phrase").text();
    ambiguity.reading = node.required("reading").text();
    const Node decided_by = node.optional("decided_by");
    const Node decided_on = node.optional("decided_on");
    ambiguity.decided_by = decided_by.text_or("");
    ambiguity.decided_on = decided_on ? std::optional(decided_on.day()) : std::nullopt;
    if (static_cast<bool>(decided_by) != static_cast<bool>(decided_on)) {
        node.report("\"decided_by\" and \"decided_on\" go together: who decided, and when");
    }
    return ambiguity;
}

template <class Thing>
std::vector<std::string> ids_of(const std::vector<Thing>& things) {
    std::vector<std::string> ids;
    for (const Thing& thing : things) {
        ids.push_back(thing.id);
    }
    return ids;
}

}  // namespace

Plan read_plan(Node& node, const Campaign& campaign) {
    Names names;
    names.indicators = ids_of(campaign.indicators);
    names.targets = campaign.targets;
    Plan plan;
    plan.documents = read_list_of_ids(node.optional("documents"), read_document);
    plan.bodies = read_list_of_ids(node.optional("bodies"), [](Node& item) {
        return Body{.id = {}, .name = item.required("name").text()};
    });
    names.bodies = ids_of(plan.bodies);
    plan.contents = read_contents(node.optional("contents"), names);
    for (const Node& item : node.optional("subjects").items()) {
        plan.subjects.push_back(read_subject_rule(item));
    }
    plan.awards = read_list_of_ids(node.optional("awards"), [&](Node& item) {
        return read_award(item, names);
    });
    names.awards = ids_of(plan.awards);
    plan.nomination_parts =
        read_list_of_ids(node.optional("nomination_parts"), read_nomination_part);
    plan.deadlines = read_list_of_ids(node.optional("deadlines"), [&](Node& item) {
        return read_deadline(item, names);
    });
    plan.freeze = read_freeze(node.optional("freeze"), campaign.end);
    plan.ambiguities = read_list_of_ids(node.optional("ambiguities"), read_ambiguity);
    return plan;
}

}  // namespace thidua::config
