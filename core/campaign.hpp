// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The campaign (đợt thi đua) as data: window, indicators, targets, and the rest of the plan.
#pragma once

#include "core/ratio.hpp"
#include "core/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua {

/// The closed set of things an indicator can count. Each has declared options, never expressions.
enum class IndicatorKind { ServicesOnline, DossiersOnline, PaymentsOnline };

[[nodiscard]] std::string_view to_text(IndicatorKind kind);

/// Which procedures `services-online` divides by.
enum class ServicesDenominator {
    Published,  ///< offered online on the day asked for
    Active,     ///< those among them with at least one received dossier of any channel
};

/// What proves an online payment.
enum class PaymentEvidence {
    Platform,  ///< the Payment Platform's own success
    Flag,      ///< the provincial record's word, where a province has no access to the platform
};

/// An indicator (chỉ tiêu): what is counted over what, by whose record.
struct Indicator {
    std::string id;          ///< kebab-case, such as payments-online
    std::string name;        ///< as the plan calls it
    std::string short_name;  ///< for narrow columns and the subject line
    IndicatorKind kind = IndicatorKind::DossiersOnline;
    std::string system_of_record;  ///< source of receipt, channel, unit, status and fees
    std::string payment_record;    ///< source of payment states (payments-online)
    std::string legal_basis;

    ServicesDenominator services = ServicesDenominator::Published;  ///< services-online
    bool all_procedures = false;    ///< dossiers-online: also procedures not offered online
    bool dvcqg_gateway = true;      ///< payments-online: gateways holds dvcqg
    bool province_gateway = false;  ///< payments-online: gateways holds province
    PaymentEvidence evidence = PaymentEvidence::Platform;

    friend bool operator==(const Indicator&, const Indicator&) = default;
};

/// "trên 45%" is Above: exactly 45 of 100 does not pass. "từ 45%" is AtLeast.
enum class TargetOperator { Above, AtLeast };

/// ">" or ">="
[[nodiscard]] std::string_view to_text(TargetOperator op);

/// A target that somebody decided (chỉ tiêu được giao).
struct Target {
    std::string indicator;
    TargetOperator op = TargetOperator::Above;
    Share value;
    std::optional<Day> from;  ///< in force from this day on; absent: from the campaign's start
    std::optional<Day> to;    ///< in force to this day; absent: to its end
    std::string decision;     ///< the document it comes from
    /// Codes of the units it was set for, without those below them; empty: all of which no other
    /// target speaks.
    std::vector<std::string> units{};

    friend bool operator==(const Target&, const Target&) = default;
};

/// A document that the campaign rests on (căn cứ).
struct Document {
    std::string id;
    std::string number;      ///< such as 497/QĐ-UBND; the plan's own is blank but for its ending
    std::optional<Day> day;  ///< absent where the document leaves it blank
    std::string issuer;
    std::string title;

    friend bool operator==(const Document&, const Document&) = default;
};

/// Somebody who judges, decides or receives (Văn phòng Sở, Hội đồng ...).
struct Body {
    std::string id;
    std::string name;

    friend bool operator==(const Body&, const Body&) = default;
};

/// One of the things competed for (nội dung thi đua).
struct Content {
    enum class Kind {
        Measured,  ///< by indicators: every target among them is met
        Counted,   ///< by what was done, counted; a body says whether it suffices
        Judged,    ///< by a body alone, on evidence
    };
    int number = 0;  ///< as the plan numbers it
    Kind kind = Kind::Judged;
    std::string short_name;
    std::string text;  ///< the plan's words
    std::string clause;
    std::vector<std::string> indicators;  ///< Measured
    std::string counts;                   ///< Counted: what is counted, in words
    std::string judged_by;                ///< Counted, Judged: id of a body

    friend bool operator==(const Content&, const Content&) = default;
};

enum class Subject { Collective, Individual };

/// "collective", "individual"
[[nodiscard]] std::string_view to_text(Subject subject);

/// Who may be put forward (đối tượng).
struct SubjectRule {
    Subject subject = Subject::Collective;
    std::string text;
    std::string clause;

    friend bool operator==(const SubjectRule&, const SubjectRule&) = default;
};

/// A condition of an award: a tree whose leaves ask about a content or a body's judgement.
struct Criterion {
    enum class Kind { All, Any, AtLeast, Leaf };
    enum class Reach {
        Met,       ///< hoàn thành đạt
        Exceeded,  ///< đạt và vượt
    };
    Kind kind = Kind::Leaf;
    std::string text;  ///< the plan's words; may be empty where the content's words say it
    std::string clause;
    int count = 0;                 ///< AtLeast: how many of `terms`
    std::vector<Criterion> terms;  ///< All, Any, AtLeast
    int content = 0;               ///< Leaf: number of the content it asks about, or 0
    Reach reach = Reach::Met;      ///< Leaf with a content
    std::string judged_by;         ///< Leaf: id of the body that must have decided, or empty

    friend bool operator==(const Criterion&, const Criterion&) = default;
};

/// What a collective or an individual must have reached for an award.
struct AwardRule {
    Subject subject = Subject::Collective;
    std::string clause;
    Criterion criterion;

    friend bool operator==(const AwardRule&, const AwardRule&) = default;
};

/// A form of commendation (hình thức khen thưởng).
struct Award {
    std::string id;
    std::string name;
    std::string decided_by;  ///< id of a body
    std::string clause;
    int copies = 1;  ///< sets of nomination papers (bộ hồ sơ)
    std::vector<AwardRule> rules;

    friend bool operator==(const Award&, const Award&) = default;
};

/// A paper that every nomination holds (thành phần hồ sơ).
struct NominationPart {
    std::string id;
    std::string name;
    std::string form;  ///< the prescribed form, or empty
    std::string clause;

    friend bool operator==(const NominationPart&, const NominationPart&) = default;
};

/// A window in which something is handed in; both days belong to it.
struct Deadline {
    std::string id;
    std::string text;
    Day from;
    Day to;
    std::string sent_to;  ///< id of a body
    std::string clause;
    std::vector<std::string> awards{};  ///< ids of those whose nominations it is for; empty: all

    friend bool operator==(const Deadline&, const Deadline&) = default;
};

/// When the figures are frozen (chốt số).
struct Freeze {
    Instant provisional;
    Instant final;

    friend bool operator==(const Freeze&, const Freeze&) = default;
};

/// A phrase that cannot be computed as it stands, with the reading in force.
struct Ambiguity {
    std::string id;
    std::string clause;
    std::string phrase;      ///< the plan's words
    std::string reading;     ///< how they are taken
    std::string decided_by;  ///< who decided on the reading; empty: our default, not yet confirmed
    std::optional<Day> decided_on;

    friend bool operator==(const Ambiguity&, const Ambiguity&) = default;
};

/// What the plan says beyond figures. Checked when read: every id and number names something.
struct Plan {
    std::vector<Document> documents;
    std::vector<Body> bodies;
    std::vector<Content> contents;  ///< ascending by number
    std::vector<SubjectRule> subjects;
    std::vector<Award> awards;
    std::vector<NominationPart> nomination_parts;
    std::vector<Deadline> deadlines;
    Freeze freeze;
    std::vector<Ambiguity> ambiguities;

    friend bool operator==(const Plan&, const Plan&) = default;
};

/// A unit that the campaign lists for ranking.
struct RankedUnit {
    std::string code;
    DaysInForce days;  ///< in force on each of them, as far as the campaign lasts

    friend bool operator==(const RankedUnit&, const RankedUnit&) = default;
};

/// How sources are compared with the systems of record (đối soát).
struct ReconciliationRules {
    /// Sources of dossiers and payment records. Nothing: the payment records of the indicators, and
    /// every source that is asked about each dossier of a system of record.
    std::optional<std::vector<std::string>> witnesses;
    /// Share of the dossiers compared that may differ for no known reason.
    Share tolerance{1, 100};
    /// How long two sources are given to come to the same.
    std::chrono::milliseconds settle_after{std::chrono::days{3}};
    /// Ids of indicators of which no other source tells: they are closed on the word of their
    /// systems of record alone. Of no effect on one that a source is compared by.
    std::vector<std::string> without_witness;

    friend bool operator==(const ReconciliationRules&, const ReconciliationRules&) = default;
};

struct Campaign {
    std::string id;  ///< kebab-case, such as langson-2024
    std::string name;
    Day start;
    Day end;
    std::vector<Indicator> indicators;
    std::vector<Target> targets;
    std::vector<RankedUnit> ranked_units;  ///< empty: the root's direct children of the day
    ReconciliationRules reconciliation;
    Plan plan;

    friend bool operator==(const Campaign&, const Campaign&) = default;
};

/// The name of a body; its id if the plan has none such.
[[nodiscard]] std::string_view name_of_body(const Plan& plan, std::string_view id);

/// The target of the unit with code `unit` for `indicator` on `day`: one that names the unit before
/// the general one. Nothing if neither is set. For the whole, ask with the root's code.
[[nodiscard]] const Target* target_on(
    const Campaign& campaign, std::string_view indicator, std::string_view unit, Day day
);

}  // namespace thidua
