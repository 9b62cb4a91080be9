// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mistakes in the files that the root file names.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

class CampaignMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(CampaignMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake campaign_mistakes[] = {
    {"BareNumber",
     "campaign.yaml",
     "value: 45%",
     "value: 45",
     {"campaign.yaml:17:50: campaign.targets[0].value: \"45\": must be a percentage such as 45% or "
      "a ratio such as 9/20, never a bare number"}},
    {"ShareAboveOne",
     "campaign.yaml",
     "value: 45%",
     "value: 145%",
     {"campaign.yaml:17:50: campaign.targets[0].value: \"145%\": must be a percentage such as 45% "
      "or a ratio such as 9/20, from 0 to 1"}},
    {"BadOperator",
     "campaign.yaml",
     "op: \">\"",
     "op: \"=>\"",
     {"campaign.yaml:17:38: campaign.targets[0].op: \"=>\": must be one of \">\", \">=\"; did you "
      "mean \">\"?"}},
    {"UnknownIndicatorInTarget",
     "campaign.yaml",
     "{indicator: payments-online, op",
     "{indicator: payment-online, op",
     {"campaign.yaml:17:17: campaign.targets[0].indicator: \"payment-online\": must be the id of "
      "an indicator: \"dossiers-online\", \"payments-online\"; did you mean \"payments-online\"?",
      "campaign.yaml:26:18: campaign.contents[0].indicators[0]: \"payments-online\": must be an "
      "indicator with a target: without one it can be neither met nor missed"}},
    {"UnknownIndicatorKind",
     "campaign.yaml",
     "kind: payments-online",
     "kind: payment-online",
     {"campaign.yaml:11:11: campaign.indicators.payments-online.kind: \"payment-online\": must be "
      "one of \"services-online\", \"dossiers-online\", \"payments-online\"; did you mean "
      "\"payments-online\"?"}},
    {"OptionOfAnotherKind",
     "campaign.yaml",
     "gateways: [dvcqg]",
     "denominator: active",
     {"campaign.yaml:15:5: campaign.indicators.payments-online.denominator: goes only "
      "with \"kind: services-online\""}},
    {"UnknownGateway",
     "campaign.yaml",
     "gateways: [dvcqg]",
     "gateways: [vnpay]",
     {"campaign.yaml:15:16: campaign.indicators.payments-online.gateways[0]: \"vnpay\": must be "
      "one of \"dvcqg\", \"province\""}},
    {"NoGateway",
     "campaign.yaml",
     "gateways: [dvcqg]",
     "gateways: []",
     {"campaign.yaml:15:5: campaign.indicators.payments-online.gateways: empty: name at least one "
      "of \"dvcqg\", \"province\""}},
    {"UnknownSource",
     "campaign.yaml",
     "system_of_record: tthc\n    payment_record",
     "system_of_record: thtc\n    payment_record",
     {"campaign.yaml:13:23: campaign.indicators.payments-online.system_of_record: \"thtc\": must "
      "be the name of a source in the root file: \"tthc\", \"payments\"; did you mean \"tthc\"?"}},
    {"SourceOfAnotherKind",
     "campaign.yaml",
     "payment_record: payments",
     "payment_record: tthc",
     {"campaign.yaml:14:21: campaign.indicators.payments-online.payment_record: \"tthc\": must be "
      "a source of payments; this one gives dossiers"}},
    {"NoPaymentRecord",
     "campaign.yaml",
     "    payment_record: payments\n",
     "",
     {"campaign.yaml:10:3: campaign.indicators.payments-online.payment_record: missing: "
      "\"evidence: platform\" needs the name of a source of payments"}},
    {"TwoTargetsAtOnce",
     "campaign.yaml",
     "ranked_units:",
     "  - {indicator: payments-online, op: \">=\", value: 9/20, from: 2024-09-01}\nranked_units:",
     {"campaign.yaml:18:5: campaign.targets[1]: a second target for \"payments-online\" in the "
      "same days as targets[0]: limit one with \"to\" and the other with \"from\""}},
    {"UnknownUnitInTarget",
     "campaign.yaml",
     "ranked_units:",
     "  - {indicator: payments-online, op: \">\", value: 50%, decision: 1/QĐ, units: [H37.10.1]}\n"
     "ranked_units:",
     {"campaign.yaml:18:79: campaign.targets[1].units[0]: \"H37.10.1\": must be the code of a unit "
      "in the organisation file; did you mean \"H37.10.01\"?"}},
    {"TwoTargetsOfOneUnitAtOnce",
     "campaign.yaml",
     "ranked_units:",
     "  - {indicator: payments-online, op: \">\", value: 50%, decision: 1/QĐ, units: [H37.10.05],"
     " to: 2024-09-30}\n"
     "  - {indicator: payments-online, op: \">\", value: 55%, decision: 2/QĐ, units: [H37.10.01,"
     " H37.10.05], from: 2024-09-30}\n"
     "ranked_units:",
     {"campaign.yaml:19:5: campaign.targets[2]: a second target for \"payments-online\" of unit "
      "H37.10.05 in the same days as targets[1]: limit one with \"to\" and the other with "
      "\"from\""}},
    {"UnitTwiceInTarget",
     "campaign.yaml",
     "ranked_units:",
     "  - {indicator: payments-online, op: \">\", value: 50%, decision: 1/QĐ, units: [H37.10.01, "
     "000.01.10.H37]}\n"
     "ranked_units:",
     {"campaign.yaml:18:90: campaign.targets[1].units[1]: \"000.01.10.H37\": must be a unit that "
      "is "
      "not yet in this list"}},
    {"TargetOfNoUnits",
     "campaign.yaml",
     "ranked_units:",
     "  - {indicator: payments-online, op: \">\", value: 50%, decision: 1/QĐ, units: []}\n"
     "ranked_units:",
     {"campaign.yaml:18:71: campaign.targets[1].units: empty: leave it out for a target of all "
      "units"}},
    {"TargetOfAUnitWithoutADecision",
     "campaign.yaml",
     "ranked_units:",
     "  - {indicator: payments-online, op: \">\", value: 50%, units: [H37.10.01]}\nranked_units:",
     {"campaign.yaml:18:5: campaign.targets[1].decision: missing: a target of some units needs the "
      "number of the decision that sets it"}},
    {"TargetEndsBeforeItBegins",
     "campaign.yaml",
     "value: 45%",
     "value: 45%, from: 2024-09-01, to: 2024-08-01",
     {"campaign.yaml:17:77: campaign.targets[0].to: \"2024-08-01\": must be a day not before "
      "\"from\", 2024-09-01"}},
    {"UnknownRankedUnit",
     "campaign.yaml",
     "ranked_units: [H37.10.01]",
     "ranked_units: [H37.10.1]",
     {"campaign.yaml:18:16: campaign.ranked_units[0]: \"H37.10.1\": must be the code of a unit in "
      "the organisation file; did you mean \"H37.10.01\"?"}},
    {"RankedTwice",
     "campaign.yaml",
     "ranked_units: [H37.10.01]",
     "ranked_units: [H37.10.01, 000.01.10.H37]",
     {"campaign.yaml:18:27: campaign.ranked_units[1]: \"000.01.10.H37\": must be a unit that is "
      "not yet in this list"}},
    {"ContentWithoutTarget",
     "campaign.yaml",
     "indicators: [payments-online]",
     "indicators: [dossiers-online]",
     {"campaign.yaml:26:18: campaign.contents[0].indicators[0]: \"dossiers-online\": must be an "
      "indicator with a target: without one it can be neither met nor missed"}},
    {"ContentOutOfOrder",
     "campaign.yaml",
     "number: 2",
     "number: 1",
     {"campaign.yaml:27:14: campaign.contents[1].number: \"1\": must be higher than the number "
      "above, 1",
      "campaign.yaml:38:61: campaign.awards[0].rules[0].criterion.at_least.of[1].content: \"2\": "
      "must be the number of one of \"contents\""}},
    {"UnknownBody",
     "campaign.yaml",
     "judged_by: hoi-dong",
     "judged_by: hoi-dog",
     {"campaign.yaml:27:76: campaign.contents[1].judged_by: \"hoi-dog\": must be the id of one of "
      "\"bodies\": \"hoi-dong\"; did you mean \"hoi-dong\"?"}},
    {"UnknownContent",
     "campaign.yaml",
     "{content: 2}",
     "{content: 6}",
     {"campaign.yaml:38:61: campaign.awards[0].rules[0].criterion.at_least.of[1].content: \"6\": "
      "must be the number of one of \"contents\""}},
    {"MoreThanThereAre",
     "campaign.yaml",
     "count: 1",
     "count: 3",
     {"campaign.yaml:38:29: campaign.awards[0].rules[0].criterion.at_least.count: \"3\": must be a "
      "whole number from 1 to 2"}},
    {"TwoKindsOfCriterion",
     "campaign.yaml",
     "{content: 2}",
     "{content: 2, all: [{content: 1}]}",
     {"campaign.yaml:38:51: campaign.awards[0].rules[0].criterion.at_least.of[1]: a criterion has "
      "exactly one of \"all\", \"any\", \"at_least\", or else \"content\" and/or \"judged_by\""}},
    {"ExceededByFigureAlone",
     "campaign.yaml",
     "{content: 2}",
     "{content: 2, reach: exceeded}",
     {"campaign.yaml:38:51: campaign.awards[0].rules[0].criterion.at_least.of[1]: \"reach: "
      "exceeded\" needs \"judged_by\": the plan sets no figure for it"}},
    {"DeadlineEndsBeforeItBegins",
     "campaign.yaml",
     "to: 2025-01-02",
     "to: 2024-01-02",
     {"campaign.yaml:40:68: campaign.deadlines[0].to: \"2024-01-02\": must be a day not before "
      "\"from\", 2025-01-01"}},
    {"FreezeBeforeTheEnd",
     "campaign.yaml",
     "provisional: 2025-01-01T00:30:00+07:00",
     "provisional: 2024-12-31T00:30:00+07:00",
     {"campaign.yaml:41:23: campaign.freeze.provisional: \"2024-12-31T00:30:00+07:00\": must be a "
      "time after the campaign's last day, 2024-12-31"}},
    {"FreezeWithoutZone",
     "campaign.yaml",
     "provisional: 2025-01-01T00:30:00+07:00",
     "provisional: 2025-01-01 00:30",
     {"campaign.yaml:41:23: campaign.freeze.provisional: \"2025-01-01 00:30\": must be a time with "
      "its zone, such as 2025-01-01T00:30:00+07:00"}},
    {"Reconciliation",
     "campaign.yaml",
     "ranked_units: [H37.10.01]",
     "reconciliation: {witnesses: [tthc, tthcc, payments, payments], tolerance: 2, settle_after: "
     "10m}",
     {"campaign.yaml:18:30: campaign.reconciliation.witnesses[0]: \"tthc\": must be another source "
      "than the system of record: nothing is compared with itself",
      "campaign.yaml:18:36: campaign.reconciliation.witnesses[1]: \"tthcc\": must be the name of a "
      "source in the root file: \"tthc\", \"payments\"; did you mean \"tthc\"?",
      "campaign.yaml:18:53: campaign.reconciliation.witnesses[3]: the same source twice",
      "campaign.yaml:18:75: campaign.reconciliation.tolerance: \"2\": must be a percentage such as "
      "45% or a ratio such as 9/20, never a bare number",
      "campaign.yaml:18:92: campaign.reconciliation.settle_after: \"10m\": must be a duration from "
      "1h to 60d"}},
    {"ReconciliationWithoutWitness",
     "campaign.yaml",
     "ranked_units: [H37.10.01]",
     "reconciliation: {without_witness: [payments-onlin]}",
     {"campaign.yaml:18:36: campaign.reconciliation.without_witness[0]: \"payments-onlin\": must "
      "be the "
      "id of an indicator: \"dossiers-online\", \"payments-online\"; did you mean "
      "\"payments-online\"?"}},
    {"ReconciliationKey",
     "campaign.yaml",
     "ranked_units: [H37.10.01]",
     "reconciliation: {tolerances: 1%}",
     {"campaign.yaml:18:18: campaign.reconciliation.tolerances: unknown key; did you mean "
      "\"tolerance\"?"}},
};

INSTANTIATE_TEST_SUITE_P(Config, CampaignMistakes, testing::ValuesIn(campaign_mistakes), test::case_name<Mistake>);

class OrganisationMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(OrganisationMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake organisation_mistakes[] = {
    {"UnknownParent",
     "organisation.yaml",
     "parent: H37.10.05,",
     "parent: H37.10.5,",
     {"organisation.yaml:6:51: units[3].parent: \"H37.10.5\": must be the code of a unit in this "
      "file; did you mean \"H37.10.05\"?"}},
    {"Circle",
     "organisation.yaml",
     "đất đai, parent: H37.10}",
     "đất đai, parent: H37.10.05.01}",
     {"organisation.yaml:5:64: units[2].parent: \"H37.10.05.01\": must be a unit above it, but the "
      "parents form a circle"}},
    {"OwnParent",
     "organisation.yaml",
     "đất đai, parent: H37.10}",
     "đất đai, parent: H37.10.05}",
     {"organisation.yaml:5:64: units[2].parent: \"H37.10.05\": must be a unit above it, but the "
      "parents form a circle"}},
    {"SecondRoot",
     "organisation.yaml",
     "đất đai, parent: H37.10}",
     "đất đai}",
     {"organisation.yaml:5:12: units[2].code: \"H37.10.05\": a second unit without a parent beside "
      "\"H37.10\": name the unit above it in \"parent\""}},
    {"CodeTwice",
     "organisation.yaml",
     "{code: H37.10.01",
     "{code: 000.05.10.H37",
     {"organisation.yaml:5:12: units[2].code: \"H37.10.05\": must be a code that no other unit "
      "has"}},
    {"AliasTwice",
     "organisation.yaml",
     "aliases: [001.05.10.H37]",
     "aliases: [000.01.10.H37]",
     {"organisation.yaml:6:72: units[3].aliases[0]: \"000.01.10.H37\": must be a code that no "
      "other unit has; it already names \"Văn phòng Sở\""}},
    {"MissingCode",
     "organisation.yaml",
     "code: H37.10.01, ",
     "",
     {"organisation.yaml:4:5: units[1].code: missing: it must be given, such as "
      "\"code: H37.10.05\""}},
    {"ProcedureOfUnknownUnit",
     "procedures.yaml",
     "units: [H37.10.05, ",
     "units: [H37.10.06, ",
     {"procedures.yaml:5:13: procedures[0].units[0]: \"H37.10.06\": must be the code of a unit in "
      "the organisation file; did you mean \"H37.10.01\"?"}},
    {"LevelsOutOfOrder",
     "procedures.yaml",
     "from: 2024-08-15",
     "from: 2023-08-15",
     {"procedures.yaml:6:50: procedures[0].levels[1]: from 2023-08-15: must be later than the row "
      "above, which is from 2023-10-27"}},
    {"UnknownLevel",
     "procedures.yaml",
     "level: full",
     "level: toan-trinh",
     {"procedures.yaml:6:58: procedures[0].levels[1].level: \"toan-trinh\": must be one of "
      "\"information\", \"partial\", \"full\""}},
    {"NoLevels",
     "procedures.yaml",
     "levels: [{level: partial, from: 2023-10-27}, {level: full, from: 2024-08-15}]",
     "levels: []",
     {"procedures.yaml:6:5: procedures[0].levels: empty: say at least {level: information, from: "
      "DAY}"}},
    {"FeeInQuotes",
     "procedures.yaml",
     "fee_bearing: true",
     "fee_bearing: \"true\"",
     {"procedures.yaml:7:26: procedures[0].fees[0].fee_bearing: \"true\": must be true or false, "
      "without quotes"}},
    {"PresetOverPreset",
     "presets/some-dossiers.yaml",
     "kind: dossiers",
     "kind: dossiers\npreset: other",
     {"presets/some-dossiers.yaml:2:1: sources.tthc.preset: a preset cannot be laid over another"}},
};

INSTANTIATE_TEST_SUITE_P(Config, OrganisationMistakes, testing::ValuesIn(organisation_mistakes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
