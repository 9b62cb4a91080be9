// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/record_options.hpp"

namespace thidua::daemon {

void RecordOptions::add_candidate(CLI::App& app) {
    app.add_option("CANDIDATE", options_.unit, "code of a unit, or id of an officer")->required();
}

void RecordOptions::add_document(CLI::App& app) {
    app.add_option("--document", options_.document, "number of the paper that says so: 12/BB-HĐTĐ");
}

void RecordOptions::add_note(CLI::App& app) {
    app.add_option("--note", options_.note, "why; recorded");
}

void RecordOptions::take_file_alone(
    CLI::App& app, Command command, std::string& first, std::string& second
) {
    app.callback([this, command, &first, &second] {
        options_.command = command;
        if (!second.empty()) {
            if (options_.by.empty()) {
                throw CLI::RequiredError("--by");
            }
            return;
        }
        options_.files = {std::filesystem::absolute(first).string()};
        first.clear();
    });
}

void RecordOptions::add_evidence() {
    CLI::App* evidence = app_.add_subcommand("evidence", "what units file for contents and awards");
    evidence->fallthrough();
    evidence->require_subcommand(1);
    CLI::App& intake =
        add(*evidence, "add", Command::EvidenceAdd, "file one, or a table of them: add FILE.xlsx");
    intake
        .add_option("CANDIDATE", options_.unit, "code of a unit or id of an officer; or the table")
        ->required();
    intake.add_option(
        "CONTENT", options_.entry.question, "a content's number, or a question of rules explain"
    );
    intake.add_option("--title", options_.entry.title, "what it is");
    intake.add_option("--text", options_.entry.text, "what was done");
    add_parsed(intake, "--day", options_.entry.day, parse_day, "the day on which it was done");
    add_document(intake);
    intake.add_option("--file", options_.file, "a file that shows it; its SHA-256 is kept");
    intake.add_option("--by", options_.by, "who files it; of a table by default its file's owner");
    take_file_alone(intake, Command::EvidenceAdd, options_.unit, options_.entry.question);
    CLI::App& list = add(*evidence, "list", Command::EvidenceList, "what was filed, and its state");
    list.add_option("--unit", options_.unit, "only of this unit or officer");
    add_known_at(list);
    CLI::App& decide =
        add(*evidence, "decide", Command::EvidenceDecide, "accept or reject one; recorded");
    decide.add_option("ID", options_.id, "its number in the list")->required();
    decide.add_option("STATE", options_.entry.word, "accepted or rejected")
        ->required()
        ->check(CLI::IsMember({"accepted", "rejected"}));
    add_by(decide);
    decide.add_option("--why", options_.note, "recorded")->required();
    CLI::App& form =
        add(*evidence, "template", Command::EvidenceTemplate, "write an empty workbook for it");
    form.add_option("--unit", options_.unit, "for this unit and its officers");
    form.add_option("--out", options_.out, "the workbook, default mau-minh-chung.xlsx");
    for (CLI::App* app : {&intake, &list, &decide}) {
        add_now(*app);
    }
}

void RecordOptions::add_reviews() {
    CLI::App* procedures = app_.get_subcommand("procedures");
    CLI::App& review =
        add(*procedures,
            "review",
            Command::ProceduresReview,
            "those not offered in full, by fee and volume, with what was proposed and decided");
    review.add_option("--unit", options_.unit, "only of this unit and those below it");
    add_parsed(review, "--as-of", options_.as_of, parse_day, "on this day; default today");
    add_known_at(review);
    review.add_flag_callback(
        "--template",
        [this] { options_.template_kind = "ra-soat"; },
        "write an empty workbook for proposals instead"
    );
    review.add_option("--out", options_.out, "the workbook, default mau-ra-soat.xlsx");
    CLI::App& propose =
        add(*procedures,
            "propose",
            Command::ProceduresPropose,
            "put on file what a unit proposes, or a table of it: propose FILE.xlsx");
    CLI::App& decide =
        add(*procedures, "decide", Command::ProceduresDecide, "put on file what was decided on it");
    propose.add_option("CODE", options_.code, "of the procedure; or the table")->required();
    propose.add_option("PROPOSAL", options_.entry.word, "full, partial or keep")
        ->check(CLI::IsMember({"full", "partial", "keep"}));
    propose.add_option(
        "--by", options_.by, "who records it; of a table by default its file's owner"
    );
    take_file_alone(propose, Command::ProceduresPropose, options_.code, options_.entry.word);
    decide.add_option("CODE", options_.code, "of the procedure")->required();
    decide.add_option("DECISION", options_.entry.word, "approved or refused")
        ->required()
        ->check(CLI::IsMember({"approved", "refused"}));
    add_by(decide);
    for (CLI::App* app : {&propose, &decide}) {
        app->add_option("--unit", options_.unit, "that reviewed it; default the only one it has");
        add_document(*app);
        add_note(*app);
    }
    for (CLI::App* app : {&review, &propose, &decide}) {
        add_now(*app);
    }
}

void RecordOptions::add_nominations() {
    CLI::App* nominations = app_.add_subcommand("nominations", "papers of nominations for awards");
    nominations->fallthrough();
    nominations->require_subcommand(1);
    CLI::App& list =
        add(*nominations,
            "list",
            Command::NominationsList,
            "what came in of each, by when it has to, and of what to remind whom");
    CLI::App& check =
        add(*nominations,
            "check",
            Command::NominationsCheck,
            "one: what is missing; exit code 1 if anything is");
    CLI::App& receive =
        add(*nominations, "receive", Command::NominationsReceive, "put copies of a part on file");
    for (CLI::App* app : {&check, &receive}) {
        add_candidate(*app);
        app->add_option("AWARD", options_.award, "its id")->required();
    }
    for (CLI::App* app : {&list, &check}) {
        add_parsed(*app, "--as-of", options_.as_of, parse_day, "on this day; default today");
    }
    receive.add_option("PART", options_.entry.part, "its id")->required();
    receive.add_option(
        "--copies",
        options_.entry.copies,
        "default all that the award asks for; -1: one handed back"
    );
    receive.add_option(
        "--deadline", options_.entry.deadline, "id of the window; default the award's first"
    );
    add_parsed(receive, "--on", options_.entry.day, parse_day, "the day it came; default today");
    add_by(receive);
    add_note(receive);
    add_nominations_draft(*nominations);
    for (CLI::App* app : {&list, &check, &receive}) {
        add_now(*app);
    }
}

void RecordOptions::add_nominations_draft(CLI::App& nominations) {
    CLI::App& draft =
        add(nominations,
            "draft",
            Command::NominationsDraft,
            "write the papers as Word files, figures filled in, the rest for people to write");
    draft.add_option("--candidate", options_.unit, "code of a unit, or id of an officer");
    draft.add_option("--award", options_.award, "its id");
    draft.add_option("--to", options_.out, "folder to write them to")->required();
    add_parsed(draft, "--as-of", options_.as_of, parse_day, "on this day; default today");
    add_known_at(draft);
    add_of_drafts(draft);
    add_now(draft);
}

void RecordOptions::add_rules() {
    CLI::App* rules = app_.add_subcommand("rules", "what awards ask for, and who has reached it");
    rules->fallthrough();
    rules->require_subcommand(1);
    CLI::App& eval = add(*rules, "eval", Command::RulesEval, "every candidate and every award");
    CLI::App& explain =
        add(*rules,
            "explain",
            Command::RulesExplain,
            "one of them: each condition, with its figure or with the body that judges it");
    add_candidate(explain);
    explain.add_option("AWARD", options_.award, "its id")->required();
    CLI::App& sensitivity =
        add(*rules,
            "sensitivity",
            Command::RulesSensitivity,
            "units whose verdict depends on how the plan's words are read");
    for (CLI::App* app : {&eval, &explain, &sensitivity}) {
        add_parsed(*app, "--as-of", options_.as_of, parse_day, "on this day; default today");
        add_known_at(*app);
        add_now(*app);
    }
    CLI::App& decide =
        add(*rules, "decide", Command::RulesDecide, "put on file what a body has decided");
    add_candidate(decide);
    decide
        .add_option("QUESTION", options_.entry.question, "as rules explain names it: content/2/met")
        ->required();
    decide.add_option("OUTCOME", options_.entry.word, "met, not-met or not-applicable")
        ->required()
        ->check(CLI::IsMember({"met", "not-met", "not-applicable"}));
    add_by(decide);
    add_document(decide);
    add_note(decide);
    add_now(decide);
}

}  // namespace thidua::daemon
