// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Everything that people configure, checked: what the loader gives and daemon/ hands on.
#pragma once

#include "core/calendar.hpp"
#include "core/campaign.hpp"
#include "core/digest_texts.hpp"
#include "core/officer.hpp"
#include "core/organisation.hpp"
#include "core/schedule.hpp"
#include "core/source.hpp"
#include "core/texts.hpp"
#include "core/unit_history.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace thidua::config {

/// A source with its place in the day.
struct SourceSettings {
    SourceDescription description;
    Schedule schedule;
};

/// The mail relay (Alertmanager's names for the keys). Secrets are paths, read when needed.
struct Smtp {
    std::string host;
    int port = 25;
    std::string hello;
    std::string from;       ///< address
    std::string from_name;  ///< display name
    std::string auth_username;
    std::filesystem::path auth_password_file;
    bool require_tls = true;      ///< STARTTLS (or TLS from the first byte) or nothing is sent
    bool tls_from_start = false;  ///< smtps
    std::filesystem::path ca_file;
    std::chrono::milliseconds timeout{600'000};  ///< RFC 5321: at least 10 min after the last dot
    /// With the pauses between them (5 minutes, doubling, at most 4 hours) these take five days, as
    /// RFC 5321, 4.5.4.1, advises: a relay may be away over a long holiday.
    int max_attempts = 35;
    /// Encoded; a larger message goes without its attachments. What the relay itself says (SIZE)
    /// counts too.
    std::uint64_t max_message_size = 20ULL * 1024 * 1024;
    int connections = 4;  ///< at once, so that one slow transaction holds up nobody else
    std::vector<std::string> allowed_domains;  ///< of recipients; none: all are
};

struct Recipient {
    std::string id;       ///< kebab-case, what logs may show
    std::string name;     ///< as it stands in Nơi nhận
    std::string address;  ///< checked: one mailbox, no control character
    DaysInForce days{};  ///< on which this person is it; several may have one id, one after another
};

/// What must hold before a digest is published, and what becomes of it if it does not.
struct PublicationGate {
    enum class OnUnfit {
        Degrade,   ///< it is published, and says what is wrong
        Withhold,  ///< nobody gets it; the slot ends as withheld
    };
    std::vector<std::string> sources;  ///< within their freshness; none: all that is counted by
    /// Until this time of the day on which it is due it waits for what is missing.
    std::optional<std::chrono::minutes> wait_until;
    OnUnfit on_unfit = OnUnfit::Degrade;
};

struct WeeklyDigest {
    Schedule schedule;
    std::optional<PublicationGate> gate;  ///< none: published as it is, with what is wrong
    std::vector<Recipient> recipients;
    std::filesystem::path file_to;  ///< folder that holds YYYY/Www/
    DigestTexts texts;              ///< of the editions of units too
    /// Is told the verdict of each digest; the URL within is a secret; empty: no webhook.
    std::filesystem::path webhook_url_file;
};

/// The reports on the awards, at the campaign's freeze and, as rehearsals, every week before it.
struct FinalReports {
    std::vector<Recipient> recipients;            ///< of provisional, final and amended reports
    std::vector<Recipient> rehearsal_recipients;  ///< of rehearsals; may be none
    std::filesystem::path file_to;                ///< folder that holds YYYY/Www/ and YYYY/chot-so/
};

/// Somebody who gets the edition of one unit: as a rule its head.
struct UnitReader {
    std::string unit;  ///< code
    Recipient recipient;
};

/// Each unit's own figures, with every digest.
struct UnitEditions {
    std::vector<UnitReader> readers;  ///< a unit with several has one edition
    std::filesystem::path file_to;    ///< folder that holds YYYY/Www/
    bool has_dossier_codes = false;   ///< a workbook with the codes of dossiers to have fixed
};

/// Copies of the store that the daemon makes by itself; of a file, since a server has its own way.
struct Backups {
    Schedule schedule;
    std::filesystem::path folder;
    int keep = 14;  ///< the newest so many stay
};

/// Reminders (nhắc, đôn đốc): when a unit is told, and when leaders are told of it.
struct Alerts {
    Schedule schedule;               ///< once a day
    int fire_after_days = 7;         ///< below the target so long
    int recover_after_days = 7;      ///< not below any more so long
    int second_after = 5;            ///< working days from the first reminder to the second
    int leaders_after = 10;          ///< working days from the first reminder; above `second_after`
    std::vector<Recipient> leaders;  ///< none: it ends with the second reminder
    std::filesystem::path file_to;   ///< folder that holds YYYY/nhac/
};

/// Days within which nobody is proposed to be urged again for the same indicator.
inline constexpr int default_urging_interval = 14;

/// A folder on another machine that gets each edition's documents too.
struct Filing {
    std::string url;  ///< sftp://host/path/, or https://host/path/ for WebDAV; no user within
    std::string username;
    std::filesystem::path password_file;
    std::filesystem::path key_file;          ///< instead of a password; SFTP only
    std::filesystem::path known_hosts_file;  ///< SFTP only
    std::filesystem::path ca_file;           ///< WebDAV only; empty: the system's certificates
};

/// Whoever keeps the program running, and the ways by which that one is told of trouble. The
/// digests' own relay has no part in them: it could not tell of its own failure.
struct OperatorContact {
    std::filesystem::path webhook_url_file;  ///< the URL within is a secret; empty: no webhook
    std::filesystem::path ping_url_file;     ///< of a watch, which notices silence; empty: none
    std::filesystem::path ca_file;      ///< of webhooks and pings; empty: the system's certificates
    std::optional<Smtp> smtp;           ///< a second relay
    std::vector<Recipient> recipients;  ///< whom it reaches; empty without it
    std::filesystem::path file;         ///< every notice becomes a line of it
    /// So long after it is due a weekly digest that has not ended is an alarm (thidua-absence).
    std::chrono::milliseconds absence_after{std::chrono::hours{3}};
};

/// The status pages and machine endpoints of `thidua run` (daemon/web/).
struct Web {
    bool is_on = true;
    std::string address = "127.0.0.1";  ///< IPv4 or IPv6, as a number
    int port = 8787;
    /// Lines `user:$argon2id$...`; asked of every visitor. Empty: nobody is asked, on loopback
    /// only.
    std::filesystem::path password_file;

    friend bool operator==(const Web&, const Web&) = default;
};

struct Settings {
    std::filesystem::path file;  ///< the root file
    std::string hash;            ///< SHA-256 over every configuration file read, in order
    Campaign campaign;
    std::vector<DatedUnit> units;  ///< a tree on every day of the campaign
    std::vector<Procedure> procedures;
    std::vector<Officer> officers;  ///< none where no file is named
    Calendar calendar;              ///< where no file is named, weekends are all that it knows
    std::vector<SourceSettings> sources;
    std::filesystem::path store_path;  ///< with a URL only its folder counts: lock, witness
    std::string store_url;             ///< postgresql://..., without a password; empty: a file
    std::filesystem::path store_password_file;
    /// Bytes that stay free where the store's files are: with less, nothing is pulled, so that
    /// there is room for digests, mails and their records.
    std::uint64_t store_reserve = 256ULL * 1024 * 1024;
    std::optional<Backups> backups;
    std::filesystem::path state_directory;  ///< lock file, folder of the store
    std::optional<Smtp> smtp;
    OperatorContact operator_contact;
    std::optional<Filing> filing;
    std::optional<WeeklyDigest> digest;
    std::optional<UnitEditions> unit_editions;  ///< only with a digest
    std::optional<FinalReports> final_reports;
    std::optional<Alerts> alerts;  ///< who reads of a unit is in `unit_editions`
    int urging_interval_days = default_urging_interval;
    std::optional<Texts> texts;  ///< of papers that people sign
    Web web;
};

}  // namespace thidua::config
