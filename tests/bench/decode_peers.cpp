// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/decode_peers.hpp"

#include "core/codes.hpp"
#include "core/result.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace thidua::bench {
namespace {

using connectors::DecodedDossier;
using connectors::Window;

template <class Value>
std::string_view text_of(Value value) {
    std::string_view text;
    check(value.get_string().get(text) == simdjson::SUCCESS, "a text of the benchmark's own");
    return text;
}

template <class Value>
std::int64_t number_of(Value value) {
    std::int64_t number = 0;
    check(value.get_int64().get(number) == simdjson::SUCCESS, "a number of the benchmark's own");
    return number;
}

template <class Value>
std::optional<Instant> time_of(Value value) {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return parse_time(text, TimeFormat::Iso).value();
}

PaymentState state_of(std::string_view text) {
    if (text == "Đã thanh toán") {
        return PaymentState::Succeeded;
    }
    if (text == "Chờ thanh toán" || text == "Chưa thanh toán") {
        return PaymentState::Pending;
    }
    const bool is_refunded = text == "Đã hoàn phí" || text == "Hủy thanh toán";
    return is_refunded ? PaymentState::Refunded : PaymentState::Unknown;
}

Gateway gateway_of(std::string_view text) {
    return text == "PayPlatDVCQG"   ? Gateway::Dvcqg
           : text == "tien-mat"     ? Gateway::Cash
           : text == "chuyen-khoan" ? Gateway::Transfer
                                    : Gateway::Province;
}

Channel channel_of(std::int64_t number) {
    return number == 0 ? Channel::Online : number == 2 ? Channel::Postal : Channel::Direct;
}

/// The two walks differ only in the types of a value, an object and an array.
template <class Object, class Take>
void for_each_key(Object object, Take take) {
    for (auto field : object) {
        if constexpr (requires { field.unescaped_key(); }) {
            std::string_view key = field.unescaped_key().value();
            simdjson::ondemand::value value;
            check(field.value().get(value) == simdjson::SUCCESS, "a value");
            take(key, value);
        } else {
            take(field.key, field.value);
        }
    }
}

template <class Value>
void read_payment(Value value, DossierRecord& dossier) {
    auto object = value.get_object();
    if (object.error() != simdjson::SUCCESS) {
        return;  // null
    }
    NamedPayment& payment = dossier.payments.emplace_back();
    for_each_key(object.value(), [&](std::string_view key, auto part) {
        if (key == "state") {
            payment.state = state_of(text_of(part));
        } else if (key == "method") {
            payment.gateway = gateway_of(text_of(part));
        } else if (key == "references") {
            for (auto reference : part.get_array()) {
                payment.reference = to_nfc(text_of(std::move(reference)));
            }
        } else if (key == "paidDate") {
            payment.paid_at = time_of(part);
        }
    });
}

/// What stands under `wanted` in an object.
template <class Value, class Take>
void take_from(Value value, std::string_view wanted, Take take) {
    for_each_key(value.get_object().value(), [&](std::string_view key, auto part) {
        if (key == wanted) {
            take(part);
        }
    });
}

/// False if the key is none of the times'.
template <class Value>
bool read_time(std::string_view key, Value value, DossierRecord& dossier) {
    if (key == "appliedDate") {
        dossier.applied_at = time_of(value);
    } else if (key == "acceptedDate") {
        dossier.accepted_at = time_of(value);
    } else if (key == "appointmentDate") {
        dossier.due_at = time_of(value);
    } else if (key == "completedDate") {
        dossier.finished_at = time_of(value);
    } else if (key == "updatedDate") {
        dossier.updated_at = time_of(value);
    } else {
        return false;
    }
    return true;
}

template <class Value>
void read_part(std::string_view key, Value value, DecodedDossier& dossier) {
    DossierRecord& record = dossier.record;
    if (key == "procedure") {
        take_from(value, "code", [&](auto code) {
            record.procedure_code = canonical_procedure_code(text_of(code));
        });
    } else if (key == "agency") {
        take_from(value, "code", [&](auto code) {
            record.unit_code = canonical_unit_code(text_of(code));
        });
    } else if (key == "applyMethod") {
        take_from(value, "id", [&](auto id) { record.channel = channel_of(number_of(id)); });
    } else if (key == "dossierStatus") {
        take_from(value, "id", [&](auto id) { record.status = static_cast<int>(number_of(id)); });
    } else if (key == "paymentRequestData") {
        read_payment(value, record);
    } else if (key == "id") {
        dossier.id = text_of(value);
    }
}

template <class Array>
std::vector<DecodedDossier> read_records(Array records, const Window& window) {
    std::vector<DecodedDossier> dossiers;
    dossiers.reserve(1'000);
    for (auto each : records) {
        DecodedDossier& dossier = dossiers.emplace_back();
        std::string_view code;
        std::string_view national;
        for_each_key(each.get_object().value(), [&](std::string_view key, auto value) {
            if (key == "code") {
                code = text_of(value);
            } else if (key == "nationCode") {
                national = text_of(value);
            } else if (!read_time(key, value, dossier.record)) {
                read_part(key, value, dossier);
            }
        });
        dossier.record.code = canonical_dossier_code(national);
        if (code != national && code != dossier.record.code) {
            std::string alias = canonical_dossier_code(code);
            if (alias != dossier.record.code) {
                dossier.record.aliases.push_back(std::move(alias));
            }
        }
        const auto& accepted = dossier.record.accepted_at;
        if (!accepted || day_of(*accepted) < window.first || day_of(*accepted) > window.last) {
            dossiers.pop_back();
        }
    }
    return dossiers;
}

}  // namespace

std::vector<DecodedDossier> read_by_dom(simdjson::dom::element page, const Window& window) {
    return read_records(simdjson::dom::array(page["content"].get_array().value()), window);
}

std::vector<DecodedDossier> read_on_demand(
    simdjson::ondemand::parser& parser, const std::string& page, const Window& window
) {
    simdjson::ondemand::document document = parser.iterate(page).value();
    simdjson::ondemand::array records = document["content"].get_array().value();
    return read_records(records, window);
}

}  // namespace thidua::bench
