// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/join.hpp"

#include "connectors/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <utility>

namespace thidua::connectors {
namespace {

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

/// What an answer is about.
struct About {
    const std::string& step;
    const std::string& only;  ///< the dossier, where rows do not name it
};

/// The rows of an answer, of which there is only one where the answer is an object itself.
Result<void> add_rows(
    const JoinReader& reader,
    Element answer,
    const About& about,
    const std::function<void(Element)>& keep,
    JoinedById& joined
) {
    const auto found = reader.records.find(answer);
    simdjson::dom::array rows;
    if (!found || found->get_array().get(rows)) {
        const bool is_row = found && found->is_object() && !about.only.empty();
        if (!is_row) {
            return fail(ErrorKind::Contract, reader.records.text() + ": not an array of rows");
        }
        keep(*found);
        return add_row(
            reader, *found, about.step + ": " + reader.records.text(), about.only, joined
        );
    }
    std::size_t position = 0;
    for (const Element row : rows) {
        const std::string place =
            fmt::format("{}: {}/{}", about.step, reader.records.text(), position++);
        if (auto added = add_row(reader, row, place, about.only, joined); !added) {
            return added;
        }
        keep(row);
    }
    return {};
}

/// What a join is asked in, and what has come for each question.
struct Batches {
    std::vector<Question> questions;
    std::vector<JoinedById> joined;  // by question, so that one asked again starts anew
    std::vector<std::string>
        only;  // the dossier, where a question is about one that rows do not name
};

Result<Batches> make_batches(
    const Desk& desk, const JoinReader& reader, std::span<const DecodedDossier> all
) {
    const auto secret = secret_of(reader.join.request.sign);
    if (!secret) {
        return std::unexpected(secret.error());
    }
    Batches batches;
    const auto batch = static_cast<std::size_t>(std::max(reader.join.batch, 1));
    for (std::size_t first = 0; first < all.size(); first += batch) {
        const auto part = all.subspan(first, std::min(batch, all.size() - first));
        auto question = ask_for(desk, reader.join, part, batches.questions.size(), *secret);
        if (!question) {
            return std::unexpected(std::move(question.error()));
        }
        batches.questions.push_back(*std::move(question));
        JoinedById& asked = batches.joined.emplace_back();
        for (const DecodedDossier& dossier : part) {
            asked.try_emplace(dossier.id);
        }
        batches.only.push_back(reader.join.row_key.empty() ? part.front().id : "");
    }
    return batches;
}

}  // namespace

Result<void> add_row(
    const JoinReader& reader,
    Element row,
    const std::string& place,
    const std::string& only,
    JoinedById& joined
) {
    const auto key = only.empty() ? reader.row_key.find(row) : std::nullopt;
    const auto id = key ? scalar_text(*key).value_or("") : only;
    const auto owner = joined.find(id);
    if (id.empty() || owner == joined.end()) {
        return fail(
            ErrorKind::Contract,
            fmt::format("{}{}: names no dossier that was asked for", place, reader.row_key.text())
        );
    }
    Joined& sum = owner->second;
    if (reader.payments.is_mapped()) {
        DossierRecord named;
        if (auto appended = reader.payments.append(row, place, named); !appended) {
            sum.trouble = Rejected{place, std::move(appended.error().message)};
            return {};
        }
        std::ranges::move(named.payments, std::back_inserter(sum.payments));
    }
    if (!reader.join.map.contains("amount")) {
        return {};
    }
    const auto amount = read_money(reader.amount, row);
    if (!amount || !*amount || __builtin_add_overflow(sum.fee_total, **amount, &sum.fee_total)) {
        const std::string reason =
            amount ? reader.amount.place() + ": no amount" : amount.error().message;
        sum.trouble = Rejected{place, reason};
        return {};
    }
    ++sum.fee_count;
    return {};
}

void apply(
    const JoinReader& reader,
    const JoinedById& joined,
    std::vector<DecodedDossier>& dossiers,
    std::vector<Rejected>& rejected
) {
    const bool has_amount = reader.join.map.contains("amount");
    std::erase_if(dossiers, [&](DecodedDossier& dossier) {
        const Joined& sum = joined.at(dossier.id);
        if (sum.trouble) {
            rejected.push_back(*sum.trouble);
            return true;
        }
        if (has_amount) {
            dossier.record.fee_count = sum.fee_count;
            dossier.record.fee_total = sum.fee_total;
        }
        std::ranges::copy(sum.payments, std::back_inserter(dossier.record.payments));
        return false;
    });
}

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
    auto payments = NamedPaymentReader::make(join.map);
    if (!payments) {
        return failed("joins", std::move(payments.error()));
    }
    return JoinReader{
        join, *std::move(row_key), *std::move(records), *std::move(amount), *std::move(payments)};
}

Result<void> join_rows(
    Desk& desk,
    std::size_t number,
    std::vector<DecodedDossier>& dossiers,
    std::vector<Rejected>& rejected
) {
    const JoinReader& reader = desk.joins.at(number);
    auto batches = make_batches(desk, reader, dossiers);
    if (!batches) {
        return std::unexpected(std::move(batches.error()));
    }
    auto done = desk.fetcher.ask(
        batches->questions,
        manner_of(reader.join.request, desk.description.slicing.concurrency),
        [&](std::size_t index, const Answer& answer) -> Result<void> {
            JoinedById fresh = batches->joined[index];
            std::string lines;
            auto added = add_rows(
                reader,
                answer.root,
                {batches->questions[index].step, batches->only[index]},
                [&](Element row) {
                    desk.keeper.append_row(number, batches->only[index], row, lines);
                },
                fresh
            );
            if (added) {
                batches->joined[index] = std::move(fresh);
                desk.keeper.add(lines);
            }
            return added;
        }
    );
    if (!done) {
        return done;
    }
    JoinedById merged;
    for (JoinedById& part : batches->joined) {
        merged.merge(part);
    }
    const std::size_t records = dossiers.size() + rejected.size();
    apply(reader, merged, dossiers, rejected);
    return check_rejected(rejected, records);
}

}  // namespace thidua::connectors
