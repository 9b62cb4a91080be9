// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// References asked one by one, many at a time. An answer that cannot be believed costs its own
// reference only; it is asked again another time.
#include "connectors/decode.hpp"
#include "connectors/desk.hpp"

#include <fmt/format.h>

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

/// What became of each reference, in the order in which they were asked.
using Replies = std::vector<Result<PaymentRecord>>;

Result<Slice> make_slice(const Desk& desk, Replies replies) {
    Slice slice;
    slice.key = "lookup";
    slice.declared_total = static_cast<std::int64_t>(replies.size());
    for (std::size_t index = 0; index < replies.size(); ++index) {
        if (replies[index]) {
            slice.payments.push_back(*std::move(replies[index]));
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

}  // namespace

Result<Slice> gather_look_ups(
    Desk& desk, const PaymentReader& reader, std::span<const std::string> references
) {
    const SourceDescription& description = desk.description;
    const auto secrets = read_secrets(description.request);
    if (!secrets) {
        return std::unexpected(secrets.error());
    }
    Values values = slice_values(desk);
    std::vector<Question> questions;
    questions.reserve(references.size());
    for (const std::string& reference : references) {
        values["key"] = reference;
        auto request =
            build_request(description.base_url, description.request, values, secrets->sign);
        if (!request) {
            return std::unexpected(std::move(request.error()));
        }
        questions.push_back({fmt::format("look-up {}", questions.size() + 1), *std::move(request)});
    }
    Replies replies(references.size());
    Manner manner = manner_of(description.request, description.slicing.concurrency);
    manner.on_loss = [&](std::size_t index, const Error& error) {
        replies[index] = std::unexpected(error);
    };
    auto asked =
        desk.fetcher.ask(questions, manner, [&](std::size_t index, Element answer) -> Result<void> {
            const auto standing = desk.envelope.judge(answer);
            if (!standing) {
                return std::unexpected(standing.error());
            }
            const auto genuine =
                check_signature(description.request.verify, answer, *standing, secrets->verify);
            replies[index] = genuine ? read_payment(reader, answer, *standing, references[index])
                                     : Result<PaymentRecord>(std::unexpected(genuine.error()));
            return {};
        });
    if (!asked) {
        return std::unexpected(std::move(asked.error()));
    }
    return make_slice(desk, std::move(replies));
}

}  // namespace thidua::connectors
