// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// References and codes asked one by one, many at a time. An answer that cannot be believed costs
// its own question only; it is asked again another time.
#include "connectors/decode.hpp"
#include "connectors/desk.hpp"
#include "core/codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace thidua::connectors {
namespace {

struct Secrets {
    std::string sign;
    std::string verify;
};

Result<Secrets> read_secrets(const Request& request) {
    auto sign = secret_of(request.sign);
    auto verify = secret_of(request.verify);
    if (!sign || !verify) {
        return std::unexpected(std::move(sign ? verify.error() : sign.error()));
    }
    return Secrets{*std::move(sign), *std::move(verify)};
}

/// Whether the answer is signed as agreed. One that only says that the reference is unknown may
/// come without a signature, but not with a wrong one.
Result<void> check_signature(
    const std::optional<Signature>& signature,
    Element answer,
    Envelope::Standing standing,
    std::string_view secret
) {
    if (!signature) {
        return {};
    }
    std::string_view given;
    const bool is_signed = !answer.at_key(signature->into).get(given) && !given.empty();
    if (!is_signed && standing == Envelope::Standing::Unknown) {
        return {};
    }
    if (!is_signed || given != signature_of(*signature, answer, secret)) {
        return fail(ErrorKind::Data, "/" + signature->into + ": not the signature of this answer");
    }
    return {};
}

/// The payment that the answer tells of. Errors: Data if it cannot be believed.
Result<PaymentRecord> read_payment(
    const PaymentReader& reader,
    Element answer,
    Envelope::Standing standing,
    const std::string& reference
) {
    if (standing == Envelope::Standing::Unknown) {
        return PaymentRecord{reference, PaymentState::Unknown, {}, {}};
    }
    auto payment = reader.read(answer);
    if (payment && payment->reference != reference) {
        return fail(ErrorKind::Data, "the answer is about another reference");
    }
    return payment;
}

/// One question for each key. Errors: Config.
Result<std::vector<Question>> questions_about(
    const Desk& desk, std::span<const std::string> keys, std::string_view secret
) {
    const SourceDescription& description = desk.description;
    Values values = slice_values(desk);
    std::vector<Question> questions;
    questions.reserve(keys.size());
    for (const std::string& key : keys) {
        values["key"] = key;
        auto request = build_request(description.base_url, description.request, values, secret);
        if (!request) {
            return std::unexpected(std::move(request.error()));
        }
        questions.push_back({fmt::format("look-up {}", questions.size() + 1), *std::move(request)});
    }
    return questions;
}

/// What became of each question, in the order in which they were asked.
template <class Record>
using Replies = std::vector<Result<Record>>;

/// Asks about every key and lets `read` make its reply.
template <class Record>
Result<Replies<Record>> ask_each(
    Desk& desk,
    std::span<const std::string> keys,
    std::string_view secret,
    const std::function<Result<Record>(std::size_t, const Answer&)>& read
) {
    const auto questions = questions_about(desk, keys, secret);
    if (!questions) {
        return std::unexpected(questions.error());
    }
    Replies<Record> replies(keys.size());
    const SourceDescription& description = desk.description;
    Manner manner = manner_of(description.request, description.slicing.concurrency);
    manner.on_loss = [&](std::size_t index, const Error& error) {
        replies[index] = std::unexpected(error);
    };
    auto asked = desk.fetcher.ask(
        *questions,
        manner,
        [&](std::size_t index, const Answer& answer) -> Result<void> {
            auto reply = read(index, answer);
            if (!reply && reply.error().kind != ErrorKind::Data) {
                return std::unexpected(std::move(reply.error()));
            }
            replies[index] = std::move(reply);
            return {};
        }
    );
    if (!asked) {
        return std::unexpected(std::move(asked.error()));
    }
    return replies;
}

/// A slice of the replies that can be believed; `take` puts each where it belongs.
template <class Record, class Take>
Result<Slice> make_slice(Desk& desk, Replies<Record> replies, const Take& take) {
    Slice slice;
    slice.key = "lookup";
    slice.declared_total = static_cast<std::int64_t>(replies.size());
    for (std::size_t index = 0; index < replies.size(); ++index) {
        if (replies[index]) {
            take(slice, index, *std::move(replies[index]));
        } else {
            slice.rejected.push_back(
                {fmt::format("look-up {}", index + 1), std::move(replies[index].error().message)}
            );
        }
    }
    if (auto few = check_rejected(slice.rejected, replies.size()); !few) {
        return std::unexpected(std::move(few.error()));
    }
    close_slice(desk, slice);
    return slice;
}

/// The records of an answer about one code. None: the source does not know it.
Result<Page> read_answer(const PageReader& reader, const Answer& answer, const Keeper& keeper) {
    if (answer.standing == Envelope::Standing::Unknown) {
        return Page{};
    }
    auto page = reader.read(answer, {}, "answer", keeper);
    if (page && !page->rejected.empty()) {
        const Rejected& first = page->rejected.front();
        return fail(ErrorKind::Data, first.where + ": " + first.reason);
    }
    return page;
}

/// What an answer says of the procedure `code`. Errors: Data if it is about another one.
Result<std::vector<ProcedureRecord>> read_procedure(
    const PageReader& reader, const Answer& answer, const Keeper& keeper, const std::string& code
) {
    auto page = read_answer(reader, answer, keeper);
    if (!page) {
        return std::unexpected(std::move(page.error()));
    }
    auto procedures = each_once(std::move(page->procedures));
    const bool is_other = std::ranges::any_of(procedures, [&](const ProcedureRecord& procedure) {
        return procedure.code != canonical_procedure_code(code);
    });
    if (is_other) {
        return fail(ErrorKind::Data, "the answer is about another procedure");
    }
    return procedures;
}

/// Asks for pages of records by codes: `read` gives those of an answer, `take` puts each where it
/// belongs. A code without records is one that the source does not know.
template <class Record, class Read, class Take>
Result<Slice> look_up_pages(
    Desk& desk, std::span<const std::string> codes, const Read& read, const Take& take
) {
    const auto secret = secret_of(desk.description.request.sign);
    if (!secret) {
        return std::unexpected(secret.error());
    }
    auto replies = ask_each<std::vector<Record>>(desk, codes, *secret, read);
    if (!replies) {
        return std::unexpected(std::move(replies.error()));
    }
    return make_slice(
        desk,
        *std::move(replies),
        [&](Slice& slice, std::size_t index, std::vector<Record> records) {
            slice.asked.push_back({codes[index], !records.empty()});
            for (Record& record : records) {
                take(slice, index, std::move(record));
            }
        }
    );
}

}  // namespace

Result<Slice> look_up_payments(
    Desk& desk, const PaymentReader& reader, std::span<const std::string> references
) {
    const std::optional<Signature>& verify = desk.description.request.verify;
    const auto secrets = read_secrets(desk.description.request);
    if (!secrets) {
        return std::unexpected(secrets.error());
    }
    auto replies = ask_each<PaymentRecord>(
        desk,
        references,
        secrets->sign,
        [&](std::size_t index, const Answer& answer) -> Result<PaymentRecord> {
            const auto genuine =
                check_signature(verify, answer.root, answer.standing, secrets->verify);
            if (!genuine) {
                return std::unexpected(genuine.error());
            }
            return read_payment(reader, answer.root, answer.standing, references[index]);
        }
    );
    if (!replies) {
        return std::unexpected(std::move(replies.error()));
    }
    return make_slice(
        desk,
        *std::move(replies),
        [](Slice& slice, std::size_t, PaymentRecord payment) {
            slice.payments.push_back(std::move(payment));
        }
    );
}

Result<Slice> look_up_dossiers(
    Desk& desk, const PageReader& reader, std::span<const std::string> codes
) {
    return look_up_pages<DecodedDossier>(
        desk,
        codes,
        [&](std::size_t, const Answer& answer) -> Result<std::vector<DecodedDossier>> {
            auto page = read_answer(reader, answer, desk.keeper);
            return page ? Result<std::vector<DecodedDossier>>(std::move(page->dossiers))
                        : std::unexpected(std::move(page.error()));
        },
        [&](Slice& slice, std::size_t index, DecodedDossier dossier) {
            // Asked by one code and told of under another: it is one dossier.
            add_aliases({canonical_dossier_code(codes[index])}, dossier.record);
            slice.dossiers.push_back(std::move(dossier.record));
        }
    );
}

Result<Slice> look_up_procedures(
    Desk& desk, const PageReader& reader, std::span<const std::string> codes
) {
    return look_up_pages<ProcedureRecord>(
        desk,
        codes,
        [&](std::size_t index, const Answer& answer) {
            return read_procedure(reader, answer, desk.keeper, codes[index]);
        },
        [](Slice& slice, std::size_t, ProcedureRecord procedure) {
            slice.procedures.push_back(std::move(procedure));
        }
    );
}

}  // namespace thidua::connectors
