// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/join.hpp"

#include "connectors/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace thidua::connectors {
namespace {

/// The fees of one dossier, as far as they have come.
struct Fees {
    std::int64_t count = 0;
    std::int64_t total = 0;
    std::optional<Rejected> trouble;
};
using FeesById = std::unordered_map<std::string, Fees>;

/// A batch of ids as a question.
Result<Question> ask_for(
    const Desk& desk,
    const Join& join,
    std::span<const DecodedDossier> dossiers,
    std::size_t number,
    std::string_view secret
) {
    std::string keys;
    for (const DecodedDossier& dossier : dossiers) {
        keys += keys.empty() ? "" : ",";
        keys += dossier.id;
    }
    Values values = slice_values(desk);
    values["keys"] = std::move(keys);
    auto request = build_request(desk.description.base_url, join.request, values, secret);
    if (!request) {
        return failed("joins", std::move(request.error()));
    }
    return Question{fmt::format("join {}", number + 1), *std::move(request)};
}

/// Adds a row to its dossier's fees.
Result<void> add_row(
    const JoinReader& reader, Element row, const std::string& place, FeesById& fees
) {
    const auto key = reader.row_key.find(row);
    const auto id = key ? scalar_text(*key) : std::nullopt;
    const auto owner = id ? fees.find(*id) : fees.end();
    if (owner == fees.end()) {
        return fail(
            ErrorKind::Contract,
            fmt::format("{}{}: names no dossier that was asked for", place, reader.row_key.text())
        );
    }
    Fees& sum = owner->second;
    const auto amount = read_money(reader.amount, row);
    if (!amount || !*amount || __builtin_add_overflow(sum.total, **amount, &sum.total)) {
        const std::string reason =
            amount ? reader.amount.place() + ": no amount" : amount.error().message;
        sum.trouble = Rejected{place, reason};
        return {};
    }
    ++sum.count;
    return {};
}

Result<void> add_rows(
    const JoinReader& reader, Element answer, const std::string& step, FeesById& fees
) {
    const auto found = reader.records.find(answer);
    simdjson::dom::array rows;
    if (!found || found->get_array().get(rows)) {
        return fail(ErrorKind::Contract, reader.records.text() + ": not an array of rows");
    }
    std::size_t position = 0;
    for (const Element row : rows) {
        const std::string place = fmt::format("{}: {}/{}", step, reader.records.text(), position++);
        if (auto added = add_row(reader, row, place, fees); !added) {
            return added;
        }
    }
    return {};
}

void apply(
    const FeesById& fees, std::vector<DecodedDossier>& dossiers, std::vector<Rejected>& rejected
) {
    for (DecodedDossier& dossier : dossiers) {
        const Fees& sum = fees.at(dossier.id);
        dossier.record.fee_count = sum.count;
        dossier.record.fee_total = sum.total;
    }
    std::erase_if(dossiers, [&](const DecodedDossier& dossier) {
        const Fees& sum = fees.at(dossier.id);
        if (sum.trouble) {
            rejected.push_back(*sum.trouble);
        }
        return sum.trouble.has_value();
    });
}

}  // namespace

Result<JoinReader> JoinReader::make(const Join& join) {
    auto row_key = Pointer::parse(join.row_key);
    auto records = Pointer::parse(join.records);
    auto amount = field_of(join.map, "amount");
    if (!row_key || !records) {
        return failed("joins", row_key ? std::move(records.error()) : std::move(row_key.error()));
    }
    if (!amount) {
        return failed("joins", std::move(amount.error()));
    }
    return JoinReader{join, *std::move(row_key), *std::move(records), *std::move(amount)};
}

Result<void> join_rows(
    Desk& desk,
    const JoinReader& reader,
    std::vector<DecodedDossier>& dossiers,
    std::vector<Rejected>& rejected
) {
    const auto secret = secret_of(reader.join.request.sign);
    if (!secret) {
        return std::unexpected(secret.error());
    }
    const std::span<const DecodedDossier> all = dossiers;
    const auto batch = static_cast<std::size_t>(std::max(reader.join.batch, 1));
    std::vector<Question> questions;
    std::vector<FeesById> fees;  // by question, so that one asked again starts anew
    for (std::size_t first = 0; first < all.size(); first += batch) {
        const auto part = all.subspan(first, std::min(batch, all.size() - first));
        auto question = ask_for(desk, reader.join, part, questions.size(), *secret);
        if (!question) {
            return std::unexpected(std::move(question.error()));
        }
        questions.push_back(*std::move(question));
        FeesById& asked = fees.emplace_back();
        for (const DecodedDossier& dossier : part) {
            asked.try_emplace(dossier.id);
        }
    }
    auto done = desk.fetcher.ask(
        questions,
        manner_of(reader.join.request, desk.description.slicing.concurrency),
        [&](std::size_t index, Element answer) -> Result<void> {
            if (const auto standing = desk.envelope.judge(answer); !standing) {
                return std::unexpected(standing.error());
            }
            FeesById fresh = fees[index];
            auto added = add_rows(reader, answer, questions[index].step, fresh);
            if (added) {
                fees[index] = std::move(fresh);
            }
            return added;
        }
    );
    if (!done) {
        return done;
    }
    FeesById merged;
    for (FeesById& part : fees) {
        merged.merge(part);
    }
    apply(merged, dossiers, rejected);
    return check_rejected(rejected, all.size() + rejected.size());
}

}  // namespace thidua::connectors
