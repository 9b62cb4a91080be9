// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The Payment Platform (domain.md 3): signed messages about one reference each, spoken directly or
// through the LGSP's adapter.

#pragma once

#include "http_types.hpp"
#include "world.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

// OpenSSL's own names for the two types that digest.
struct evp_md_st;
struct evp_md_ctx_st;

namespace thidua::sandbox {

/// SHA-256 as lower-case hexadecimal. One object per thread; keeps OpenSSL's context between calls.
class Digest {
  public:
    Digest();
    std::string sha256(std::string_view text);

  private:
    struct FreeAlgorithm {
        void operator()(evp_md_st* algorithm) const;
    };
    struct FreeContext {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_st, FreeAlgorithm> algorithm_;
    std::unique_ptr<evp_md_ctx_st, FreeContext> context_;
};

struct Partner {
    std::string code;
    std::string secret;
};

class Platform {
  public:
    /// `world` outlives the platform.
    Platform(const World& world, Partner partner);

    /// Answers POST /payment/query with the state of `now`. Always HTTP 200 unless the body is no
    /// JSON object: what went wrong stands in MaLoi (97 signature, 98 partner, 01 reference).
    Reply query(std::string_view body, Instant now);
    /// The same through the LGSP: `{"error_code":"0","message":"<the answer as a JSON string>"}`.
    /// There every third amount is a string, and every fourth time is by a 12-hour clock.
    Reply query_by_lgsp(std::string_view body, Instant now);
    /// Answers GET_BILL: JSON with UrlBienLai or URLBienLai, or a raw PDF, by the reference.
    Reply bill(std::string_view body, Instant now);
    Reply bill_by_lgsp(std::string_view body, Instant now);
    /// Answers INIT, by its own order of signed fields. Nothing begins: the world stays as it is.
    Reply init(std::string_view body);
    /// The CONFIRM that the platform would push to the province, signed in its own order; 404 for a
    /// reference that it does not know.
    Reply confirmation(std::string_view reference, Instant now);

  private:
    struct Question;
    struct Answer;
    enum class Way : std::uint8_t { Direct, Lgsp };
    struct Found {
        const Reference& reference;
        PlatformState state;
        std::int64_t place = 0;  // among all references
    };
    std::optional<Found> find(std::string_view reference, Instant now) const;
    /// What is wrong with whom the message says to be from, or with its signature.
    std::optional<Answer> refusal(const Question& asked);
    Answer known(const Found& found, Way way) const;
    Answer answer_to(const Question& asked, Instant now, Way way);
    std::string render(const Question& asked, const Answer& answer);
    Reply bill_answer(std::string_view body, Instant now, Way way);

    const World& world_;
    Partner partner_;
    Digest digest_;
    std::unordered_map<std::string_view, const Reference*> references_;
};

}  // namespace thidua::sandbox
