// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the command line asked for, checked as far as it can be without the configuration.
#pragma once

#include "core/time.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/seal.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

enum class Command {
    Run,
    Validate,
    Pull,
    Import,
    Test,
    Standings,
    Gap,
    Reconcile,
    ReportRender,
    ReportSend,
    ReportList,
    ReportShow,
    ReportVerify,
    ReportReproduce,
    ReportDiff,
    ReportDraft,
    Simulate,
    ScheduleNext,
    ScheduleList,
    DeliveryList,
    DeliveryResend,
    DeliveryConfirm,
    Status,
    PullsList,
    Backfill,
    Replay,
    QuarantineList,
    QuarantineShow,
    QuarantineDrop,
    QuarantineReplay,
    ProceduresList,
    RulesEval,
    RulesExplain,
    RulesSensitivity,
    RulesDecide,
    EvidenceAdd,
    EvidenceList,
    EvidenceDecide,
    EvidenceTemplate,
    ProceduresReview,
    ProceduresPropose,
    ProceduresDecide,
    NominationsList,
    NominationsCheck,
    NominationsReceive,
    NominationsDraft,
    UnitsList,
    UnitsUnmapped,
    UnitsMap,
    AlertsList,
    AlertsExplain,
    AlertsBacktest,
    SilenceAdd,
    SilenceList,
    SilenceExpire,
    UrgeList,
    UrgeRecord,
    UrgeDrafted,  ///< not typed: what `report render urging` puts on file
    Explain,
    Verify,
    AuditVerify,
    AuditList,
    FreezeStatus,
    FreezeStart,
    FreezeAmend,
    Backup,
    Restore,
    DbMigrate,
    WebPassword,
};

/// What a person puts on file.
struct Entry {
    std::string question;  ///< rules decide: its key; evidence: a content's number, or a key
    std::string word;      ///< rules decide, evidence decide, procedures propose and decide
    std::string title;     ///< evidence add
    std::string text;      ///< evidence add: what was done
    std::optional<Day> day;
    std::string part;                    ///< nominations receive
    std::string deadline;                ///< nominations receive
    std::optional<std::int64_t> copies;  ///< nominations receive

    friend bool operator==(const Entry&, const Entry&) = default;
};

struct Options {
    Command command = Command::Run;
    std::filesystem::path config = "/etc/thidua/thidua.yaml";
    bool json = false;
    bool quiet = false;
    bool dry_run = false;              ///< pull, backfill, replay, import of a catalogue
    bool all = false;                  ///< explain, quarantine list
    bool accept_loss = false;          ///< restore
    std::optional<Instant> now;        ///< virtual clock
    std::vector<std::string> sources;  ///< pull, backfill (one), replay; urge drafted
    std::optional<Day> as_of;          ///< standings, gap, reconcile, rules
    std::optional<Instant> known_at;   ///< standings, gap, reconcile, rules
    std::string unit;                  ///< standings, gap, reconcile, units map, rules explain
    std::optional<IsoWeek> week;       ///< report
    std::string edition;               ///< report show, reproduce and diff, delivery: its id
    std::filesystem::path out;     ///< report render, drafts, import of a catalogue or --template
    std::string to;                ///< report send: an address; report show: a recipient
    std::string sandbox;           ///< simulate
    std::optional<Instant> until;  ///< simulate
    std::string figure;            ///< explain
    std::filesystem::path file;    ///< backup, restore; report verify: a folder
    std::string by;  ///< restore, quarantine drop, units map: who decides it; web password: whose
    std::int64_t limit = 20;          ///< audit list, pulls list; pull --dry-run: records shown
    std::string source;               ///< pulls list, quarantine list and replay
    std::optional<PrintedSeal> seal;  ///< audit verify
    std::filesystem::path record;     ///< pull: folder for what was asked and answered
    std::optional<Day> from;         ///< backfill, units map, import of procedures; alerts, silence
    std::optional<Day> last;         ///< backfill, alerts backtest, silence add
    std::optional<std::int64_t> id;  ///< quarantine show and drop, silence expire
    std::vector<std::string> files;  ///< import, test: absolute
    std::string kind;            ///< import: of records, a catalogue, or a source's name; a draft
    std::string template_kind;   ///< import --template
    bool update_golden = false;  ///< test
    std::string note;            ///< quarantine drop; freeze amend: the reason
    std::string code;            ///< units map
    std::string award;           ///< rules explain, nominations
    std::string approved_by;     ///< freeze amend
    std::string document;        ///< freeze amend, and what people record: number of a paper
    Entry entry;                 ///< of commands by which people record something
    bool dossiers = false;       ///< reconcile
    bool replace = false;        ///< drafts: files of other content
    std::string indicator;       ///< alerts explain, silence add, urge record: its id
    std::filesystem::path form;  ///< drafts: an agency's own Word form
    std::string job;             ///< schedule list
    std::string recipient;       ///< delivery: an id
    bool failed = false;         ///< delivery: those that did not arrive

    friend bool operator==(const Options&, const Options&) = default;
};

/// Reads the command line. Otherwise: the exit code, when help was shown or a mistake reported.
[[nodiscard]] std::expected<Options, ExitCode> parse_options(int argc, char** argv);

}  // namespace thidua::daemon
