// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What pull --dry-run prints.
#include "core/text.hpp"
#include "daemon/json_values.hpp"
#include "daemon/procedures.hpp"
#include "daemon/rehearsal.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cstddef>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// Our words for the enumerators, in their order (core/source.hpp).
template <class Words, class Value>
std::string word(const Words& words, Value value) {
    const auto place = static_cast<std::size_t>(value);
    return place < words.size() ? std::string(words[place]) : std::to_string(place);
}

std::string text_or_dash(const std::optional<Instant>& instant) {
    return instant ? to_text(*instant) : "-";
}

/// An answer as JSON, or as it is.
json::value answer_json(const std::string& answer) {
    boost::system::error_code code;
    json::value value = json::parse(answer, code);
    return code ? json::value(answer) : value;
}

std::string indented(std::string_view text) {
    std::string made = "    ";
    for (const char letter : text) {
        made += letter;
        made += letter == '\n' ? "    " : "";
    }
    return made + "\n";
}

std::string to_line(const DossierRecord& record) {
    return fmt::format(
        "  {:<24} {:<12} {:<12} {:<7} status {:<2} accepted {} finished {} fee {} payments {}\n",
        one_line(record.code),
        one_line(record.unit_code),
        one_line(record.procedure_code),
        word(channel_words, record.channel),
        record.status,
        text_or_dash(record.accepted_at),
        text_or_dash(record.finished_at),
        record.fee_total,
        record.payments.size()
    );
}

std::string to_line(const PaymentRecord& record) {
    return fmt::format(
        "  {:<24} {:<10} settled {} amount {}\n",
        one_line(record.reference),
        word(payment_state_words, record.state),
        text_or_dash(record.settled_at),
        record.amount ? std::to_string(*record.amount) : "-"
    );
}

std::string to_line(const StatisticRecord& record) {
    return fmt::format(
        "  {:<12} {} {} = {}\n",
        one_line(record.unit_code),
        record.period,
        one_line(record.metric),
        record.value
    );
}

std::string to_line(const ProcedureRecord& record) {
    return fmt::format(
        "  {:<12} {:<11} fee {:<3} units {} {}\n",
        one_line(record.code),
        level_word(record.level),
        record.fee_bearing ? yes_no_words[*record.fee_bearing ? 1 : 0] : "-",
        record.unit_codes.size(),
        one_line(record.name)
    );
}

json::object to_json(const DossierRecord& record) {
    json::array payments;
    for (const NamedPayment& payment : record.payments) {
        payments.push_back(
            {{"reference", payment.reference},
             {"gateway", word(gateway_words, payment.gateway)},
             {"state", word(payment_state_words, payment.state)},
             {"paid_at", time_or_null(payment.paid_at)}}
        );
    }
    json::object object;
    object["code"] = record.code;
    object["aliases"] = json::array(record.aliases.begin(), record.aliases.end());
    object["procedure_code"] = record.procedure_code;
    object["unit_code"] = record.unit_code;
    object["channel"] = word(channel_words, record.channel);
    object["status"] = record.status;
    object["applied_at"] = time_or_null(record.applied_at);
    object["accepted_at"] = time_or_null(record.accepted_at);
    object["due_at"] = time_or_null(record.due_at);
    object["finished_at"] = time_or_null(record.finished_at);
    object["fee_count"] = record.fee_count;
    object["fee_total"] = record.fee_total;
    object["paid_flag"] = record.paid_flag;
    object["payments"] = std::move(payments);
    return object;
}

json::object to_json(const PaymentRecord& record) {
    return {
        {"reference", record.reference},
        {"state", word(payment_state_words, record.state)},
        {"settled_at", time_or_null(record.settled_at)},
        {"amount", record.amount ? json::value(*record.amount) : nullptr}};
}

json::object to_json(const StatisticRecord& record) {
    return {
        {"unit_code", record.unit_code},
        {"period", record.period},
        {"metric", record.metric},
        {"value", record.value}};
}

json::object to_json(const ProcedureRecord& record) {
    return {
        {"code", record.code},
        {"name", record.name},
        {"level", record.level ? json::value(level_word(record.level)) : nullptr},
        {"fee_bearing", record.fee_bearing ? json::value(*record.fee_bearing) : nullptr},
        {"unit_codes", json::array(record.unit_codes.begin(), record.unit_codes.end())}};
}

json::array records_json(const Rehearsal& one) {
    json::array records;
    for (const DossierRecord& record : one.dossiers) {
        records.push_back(to_json(record));
    }
    for (const PaymentRecord& record : one.payments) {
        records.push_back(to_json(record));
    }
    for (const StatisticRecord& record : one.statistics) {
        records.push_back(to_json(record));
    }
    for (const ProcedureRecord& record : one.procedures) {
        records.push_back(to_json(record));
    }
    return records;
}

std::string records_text(const Rehearsal& one) {
    std::string text;
    for (const DossierRecord& record : one.dossiers) {
        text += to_line(record);
    }
    for (const PaymentRecord& record : one.payments) {
        text += to_line(record);
    }
    for (const StatisticRecord& record : one.statistics) {
        text += to_line(record);
    }
    for (const ProcedureRecord& record : one.procedures) {
        text += to_line(record);
    }
    return text;
}

std::int64_t shown_records(const Rehearsal& one) {
    const std::size_t count =
        one.dossiers.size() + one.payments.size() + one.statistics.size() + one.procedures.size();
    return static_cast<std::int64_t>(count);
}

/// Whether the answer keeps its contract.
std::string verdict_text(const Rehearsal& one) {
    if (one.error) {
        return fmt::format(
            "  refused as a whole ({}): {}\n", to_text(one.error->kind), one.error->message
        );
    }
    if (one.preview && one.preview->no) {
        return fmt::format("  refused as a whole (data): {}\n", *one.preview->no);
    }
    std::string text = fmt::format(
        "  kept; {} records read, {} refused by themselves\n",
        one.preview ? one.preview->records : shown_records(one),
        one.rejected.size()
    );
    for (const Rejected& rejected : one.rejected) {
        text += fmt::format("  {}: {}\n", one_line(rejected.where), one_line(rejected.reason));
        if (!rejected.record.empty()) {
            text += indented(one_line(rejected.record));
        }
    }
    return text;
}

}  // namespace

std::string describe(const Rehearsal& rehearsal) {
    std::string text = fmt::format(
        "{}: {}{}nothing is written\n",
        rehearsal.source,
        rehearsal.remark.empty() ? rehearsal.key : "nothing was asked: " + rehearsal.remark,
        rehearsal.remark.empty() && rehearsal.key.empty() ? "" : "; "
    );
    for (const connectors::Exchange& exchange : rehearsal.exchanges) {
        text += fmt::format(
            "{}: status {}, {} bytes\n{}{}",
            exchange.step,
            exchange.status,
            exchange.bytes,
            indented(exchange.request),
            indented(exchange.answer)
        );
    }
    if (!rehearsal.remark.empty()) {
        return text;
    }
    const std::string records = records_text(rehearsal);
    text += records.empty() ? "" : "the first records, as mapped:\n" + records;
    text += "contract:\n" + verdict_text(rehearsal);
    if (rehearsal.preview && !rehearsal.preview->no) {
        text += fmt::format(
            "what would change:\n  {} of {} records are news, {} refused anew, {} refused no "
            "longer\n",
            rehearsal.preview->changed,
            rehearsal.preview->records,
            rehearsal.preview->refused,
            rehearsal.preview->resolved
        );
    }
    return text;
}

json::object to_json(const Rehearsal& rehearsal) {
    json::array exchanges;
    for (const connectors::Exchange& exchange : rehearsal.exchanges) {
        exchanges.push_back(
            {{"step", exchange.step},
             {"request", exchange.request},
             {"status", exchange.status},
             {"bytes", exchange.bytes},
             {"answer", answer_json(exchange.answer)}}
        );
    }
    json::array rejected;
    for (const Rejected& one : rehearsal.rejected) {
        rejected.push_back(
            {{"place", one.where},
             {"reason", one.reason},
             {"record", one.record.empty() ? json::value(nullptr) : answer_json(one.record)}}
        );
    }
    std::optional<Error> error = rehearsal.error;
    const auto& preview = rehearsal.preview;
    if (!error && preview && preview->no) {
        error = Error{ErrorKind::Data, *preview->no};
    }
    json::object object;
    object["source"] = rehearsal.source;
    object["window"] = rehearsal.key.empty() ? json::value(nullptr) : json::value(rehearsal.key);
    object["remark"] =
        rehearsal.remark.empty() ? json::value(nullptr) : json::value(rehearsal.remark);
    object["exchanges"] = std::move(exchanges);
    object["records"] = records_json(rehearsal);
    object["contract_kept"] = !error;
    put_error(object, error);
    object["rejected"] = std::move(rejected);
    object["would_change"] = preview ? json::value(
                                           {{"records", preview->records},
                                            {"changed", preview->changed},
                                            {"refused", preview->refused},
                                            {"resolved", preview->resolved}}
                                       )
                                     : json::value(nullptr);
    return object;
}

}  // namespace thidua::daemon
