// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "platform.hpp"

#include "facts.hpp"
#include "json_text.hpp"
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

constexpr std::string_view not_a_message = R"({"MaLoi":"99","MoTaLoi":"Bản tin không hợp lệ"})";

/// The hour as clients write it who format with a 12-hour pattern: 14:30 is 02:30.
std::string by_half_day(std::string compact) {
    constexpr std::size_t hour_at = 8;
    const int hour = (compact[hour_at] - '0') * 10 + (compact[hour_at + 1] - '0');
    std::string half;
    append_padded(half, hour % 12 == 0 ? 12 : hour % 12, 2);
    return compact.replace(hour_at, 2, half);
}

/// What the adapter makes of an answer: an object that holds it as a text.
Reply encoded_twice(const Reply& reply) {
    if (reply.content_type != "application/json") {
        return reply;
    }
    std::string body = R"({"error_code":")";
    body += reply.status == 200 ? "0" : "1";
    body += R"(","message":)";
    append_json(body, reply.body);
    return json_reply(200, body + "}");
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

/// The fields of a QUERY or GET_BILL, in the order in which they are signed.
struct Platform::Question {
    std::string kind;
    std::string version;
    std::string partner;
    std::string reference;
    std::string time;
    std::string signature;

    explicit Question(const boost::json::object& object)
        : kind{text_of(object, "LoaiBanTin")},
          version{text_of(object, "PhienBan")},
          partner{text_of(object, "MaDoiTac")},
          reference{text_of(object, "MaThamChieu")},
          time{text_of(object, "ThoiGianGD")},
          signature{text_of(object, "MaXacThuc")} {}
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
    bool amount_is_text = false;
};

Platform::Platform(const World& world, Partner partner)
    : world_{world}, partner_{std::move(partner)} {
    references_.reserve(world.references.size());
    for (const Reference& reference : world.references) {
        references_.emplace(reference.code, &reference);
    }
}

Reply Platform::query(std::string_view body, Instant now) {
    const auto object = parse_object(body);
    if (!object) {
        return json_reply(400, std::string{not_a_message});
    }
    const Question asked{*object};
    return json_reply(200, render(asked, answer_to(asked, now, Way::Direct)));
}

Reply Platform::query_by_lgsp(std::string_view body, Instant now) {
    const auto object = parse_object(body);
    if (!object) {
        return encoded_twice(json_reply(400, std::string{not_a_message}));
    }
    const Question asked{*object};
    return encoded_twice(json_reply(200, render(asked, answer_to(asked, now, Way::Lgsp))));
}

Reply Platform::bill(std::string_view body, Instant now) {
    return bill_answer(body, now, Way::Direct);
}

Reply Platform::bill_by_lgsp(std::string_view body, Instant now) {
    return encoded_twice(bill_answer(body, now, Way::Lgsp));
}

std::optional<Platform::Found> Platform::find(std::string_view reference, Instant now) const {
    const auto found = references_.find(reference);
    const auto state =
        found == references_.end() ? std::nullopt : platform_state_at(*found->second, now);
    if (!state) {
        return std::nullopt;
    }
    return Found{
        .reference = *found->second,
        .state = *state,
        .place = found->second - world_.references.data()};
}

std::optional<Platform::Answer> Platform::refusal(const Question& asked) {
    if (asked.partner != partner_.code) {
        return Answer{.code = "98", .message = "Đối tác không tồn tại"};
    }
    const std::string wanted = digest_.sha256(joined(
        {asked.kind, asked.version, asked.partner, asked.reference, asked.time, partner_.secret}
    ));
    if (asked.signature != wanted) {
        return Answer{.code = "97", .message = "Sai mã xác thực"};
    }
    return std::nullopt;
}

Platform::Answer Platform::known(const Found& found, Way way) const {
    constexpr std::array<std::string_view, 5> states = {"0", "1", "2", "3", "4"};
    const bool awkward = way == Way::Lgsp;
    const std::string time = to_compact(found.state.at);
    return {
        .code = "00",
        .message = "Thành công",
        .amount = std::to_string(found.reference.amount),
        .transaction = "PP2024" + std::to_string(1'000'000 + found.place),
        .time = awkward && found.place % 4 == 1 ? by_half_day(time) : time,
        .info = "Thanh toan phi " + std::string{canary} + " " +
                person_of(world_.seed, found.reference.dossier, 0).phone,
        .state = states.at(found.state.state),
        .amount_is_text = awkward && found.place % 3 == 0};
}

Platform::Answer Platform::answer_to(const Question& asked, Instant now, Way way) {
    if (auto refused = refusal(asked)) {
        return *refused;
    }
    if (asked.kind != "QUERY") {
        return {.code = "99", .message = "Loại bản tin không hỗ trợ"};
    }
    const auto found = find(asked.reference, now);
    if (!found) {
        return {.code = "01", .message = "Không tìm thấy giao dịch"};
    }
    return known(*found, way);
}

Reply Platform::bill_answer(std::string_view body, Instant now, Way way) {
    const auto object = parse_object(body);
    if (!object) {
        return json_reply(400, std::string{not_a_message});
    }
    const Question asked{*object};
    const auto say = [](std::string_view code, std::string_view message) {
        const boost::json::object said{{"MaLoi", code}, {"MoTaLoi", message}};
        return json_reply(200, boost::json::serialize(said));
    };
    if (const auto refused = refusal(asked)) {
        return say(refused->code, refused->message);
    }
    const auto found = asked.kind == "GET_BILL" ? find(asked.reference, now) : std::nullopt;
    if (!found) {
        return say("01", "Không tìm thấy giao dịch");
    }
    if (found->state.state != 1) {
        return say("99", "Giao dịch chưa thành công");
    }
    if (found->place % 3 == 2) {
        Reply reply;
        reply.content_type = way == Way::Lgsp ? "application/octet-stream" : "application/pdf";
        reply.body = "%PDF-1.4\n% bien lai " + std::string{canary} + "\n%%EOF\n";
        return reply;
    }
    const boost::json::object said{
        {"MaLoi", "00"},
        {"MoTaLoi", "Thành công"},
        {found->place % 3 == 0 ? "UrlBienLai" : "URLBienLai",
         "http://bien-lai.example/" + found->reference.code}};
    return json_reply(200, boost::json::serialize(said));
}

Reply Platform::init(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) {
        return json_reply(400, std::string{not_a_message});
    }
    constexpr std::array<std::string_view, 14> order = {
        "LoaiBanTin",
        "PhienBan",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "LoaiHinhThanhToan",
        "MaKenhThanhToan",
        "MaThietBi",
        "NgonNgu",
        "MaTienTe",
        "MaNganHang",
        "ThongTinGiaoDich",
        "ThoiGianGD",
        "Ip"};
    std::string text;
    for (const std::string_view field : order) {
        text += text_of(*object, field) + "|";
    }
    const bool is_signed = text_of(*object, "MaXacThuc") == digest_.sha256(text + partner_.secret);
    const std::string reference = text_of(*object, "MaThamChieu");
    boost::json::object said{
        {"MaLoi", is_signed ? "00" : "97"},
        {"MoTaLoi", is_signed ? "Thành công" : "Sai mã xác thực"},
        {"MaThamChieu", reference}};
    if (is_signed) {
        said["UrlThanhToan"] = "http://thanh-toan.example/" + reference;
    }
    return json_reply(200, boost::json::serialize(said));
}

Reply Platform::confirmation(std::string_view reference, Instant now) {
    const auto found = find(reference, now);
    if (!found) {
        return json_reply(404, R"({"status":404,"error":"Not Found"})");
    }
    const Answer answer = known(*found, Way::Direct);
    const std::string_view code = answer.state == "1" ? "00" : "99";
    const std::string signature = digest_.sha256(joined(
        {"CONFIRM",
         code,
         partner_.code,
         reference,
         answer.amount,
         "VND",
         answer.transaction,
         "BANKX",
         answer.time,
         answer.info,
         partner_.secret}
    ));
    const boost::json::object said{
        {"LoaiBanTin", "CONFIRM"},
        {"MaLoi", code},
        {"MaDoiTac", partner_.code},
        {"MaThamChieu", reference},
        {"SoTien", answer.amount},
        {"MaTienTe", "VND"},
        {"MaGiaoDich", answer.transaction},
        {"MaNganHang", "BANKX"},
        {"ThoiGianGD", answer.time},
        {"ThongTinGiaoDich", answer.info},
        {"MaXacThuc", signature}};
    return json_reply(200, boost::json::serialize(said));
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
        const std::string_view quote = answer.amount_is_text ? "\"" : "";
        out += R"(,"SoTien":)";
        out += quote;
        out += answer.amount;
        out += quote;
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
