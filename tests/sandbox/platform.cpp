// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "platform.hpp"

#include "facts.hpp"
#include "people.hpp"
#include "text.hpp"

#include <boost/json.hpp>
#include <openssl/evp.h>

#include <array>
#include <initializer_list>

namespace thidua::sandbox {
namespace {

std::string joined(std::initializer_list<std::string_view> fields) {
    std::string out;
    for (const std::string_view field : fields) {
        out += field;
        out += '|';
    }
    out.pop_back();  // the secret comes last, and nothing after it
    return out;
}

std::string_view text_of(const boost::json::object& object, std::string_view key) {
    const boost::json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) {
        return {};
    }
    return {value->get_string().data(), value->get_string().size()};
}

}  // namespace

Digest::Digest()
    : algorithm_{EVP_MD_fetch(nullptr, "SHA256", nullptr)}, context_{EVP_MD_CTX_new()} {}

void Digest::FreeAlgorithm::operator()(evp_md_st* algorithm) const {
    EVP_MD_free(algorithm);
}

void Digest::FreeContext::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

std::string Digest::sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr);
    EVP_DigestUpdate(context_.get(), text.data(), text.size());
    EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
    std::string out;
    for (unsigned index = 0; index < size; ++index) {
        append_hex(out, bytes.at(index), 2);
    }
    return out;
}

/// The fields of a QUERY, in the order in which they are signed.
struct Platform::Question {
    std::string_view kind;
    std::string_view version;
    std::string_view partner;
    std::string_view reference;
    std::string_view time;
    std::string_view signature;
};

/// What goes back; what stays empty is left out of the message and signed as an empty field.
struct Platform::Answer {
    std::string_view code;
    std::string_view message;
    std::string amount{};
    std::string transaction{};
    std::string time{};
    std::string info{};
    std::string_view state{};
};

Platform::Platform(const World& world, Partner partner)
    : world_{world}, partner_{std::move(partner)} {
    references_.reserve(world.references.size());
    for (const Reference& reference : world.references) {
        references_.emplace(reference.code, &reference);
    }
}

Reply Platform::query(std::string_view body, Instant now) {
    boost::json::error_code error;
    const boost::json::value parsed = boost::json::parse({body.data(), body.size()}, error);
    if (error || !parsed.is_object()) {
        return json_reply(400, R"({"MaLoi":"99","MoTaLoi":"Bản tin không hợp lệ"})");
    }
    const boost::json::object& object = parsed.get_object();
    const Question asked{
        .kind = text_of(object, "LoaiBanTin"),
        .version = text_of(object, "PhienBan"),
        .partner = text_of(object, "MaDoiTac"),
        .reference = text_of(object, "MaThamChieu"),
        .time = text_of(object, "ThoiGianGD"),
        .signature = text_of(object, "MaXacThuc")};
    return json_reply(200, render(asked, answer_to(asked, now)));
}

Platform::Answer Platform::answer_to(const Question& asked, Instant now) {
    if (asked.partner != partner_.code) {
        return {.code = "98", .message = "Đối tác không tồn tại"};
    }
    const std::string wanted = digest_.sha256(joined(
        {asked.kind, asked.version, asked.partner, asked.reference, asked.time, partner_.secret}
    ));
    if (asked.signature != wanted) {
        return {.code = "97", .message = "Sai mã xác thực"};
    }
    if (asked.kind != "QUERY") {
        return {.code = "99", .message = "Loại bản tin không hỗ trợ"};
    }
    const auto found = references_.find(asked.reference);
    const auto state =
        found == references_.end() ? std::nullopt : platform_state_at(*found->second, now);
    if (!state) {
        return {.code = "01", .message = "Không tìm thấy giao dịch"};
    }
    constexpr std::array<std::string_view, 5> states = {"0", "1", "2", "3", "4"};
    const Reference& reference = *found->second;
    const std::int64_t place = &reference - world_.references.data();
    return {
        .code = "00",
        .message = "Thành công",
        .amount = std::to_string(reference.amount),
        .transaction = "PP2024" + std::to_string(1'000'000 + place),
        .time = to_compact(state->at),
        .info = "Thanh toan phi " + std::string{canary} + " " +
                person_of(world_.seed, reference.dossier, 0).phone,
        .state = states.at(state->state)};
}

std::string Platform::render(const Question& asked, const Answer& answer) {
    const bool is_known = !answer.state.empty();
    const std::string_view currency = is_known ? "VND" : "";
    const std::string_view bank = is_known ? "BANKX" : "";
    // CONFIRM's order: the time stands before the information, other than in INIT.
    const std::string signature = digest_.sha256(joined(
        {"QUERY",
         answer.code,
         asked.partner,
         asked.reference,
         answer.amount,
         currency,
         answer.transaction,
         bank,
         answer.time,
         answer.info,
         partner_.secret}
    ));
    std::string out = R"({"LoaiBanTin":"QUERY")";
    const auto put = [&out](std::string_view key, std::string_view value) {
        out += key;
        append_json(out, value);
    };
    put(R"(,"MaLoi":)", answer.code);
    put(R"(,"MoTaLoi":)", answer.message);
    put(R"(,"MaDoiTac":)", asked.partner);
    put(R"(,"MaThamChieu":)", asked.reference);
    if (is_known) {
        out += R"(,"SoTien":)" + answer.amount;
        put(R"(,"MaTienTe":)", currency);
        put(R"(,"MaGiaoDich":)", answer.transaction);
        put(R"(,"MaNganHang":)", bank);
        put(R"(,"ThoiGianGD":)", answer.time);
        put(R"(,"ThongTinGiaoDich":)", answer.info);
        put(R"(,"TrangThaiGD":)", answer.state);
    }
    put(R"(,"MaXacThuc":)", signature);
    return out + "}";
}

}  // namespace thidua::sandbox
