// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The Payment Platform's QUERY (domain.md 3): signed questions about one reference each.

#pragma once

#include "http_types.hpp"
#include "world.hpp"

#include <memory>
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

  private:
    struct Question;
    struct Answer;
    Answer answer_to(const Question& asked, Instant now);
    std::string render(const Question& asked, const Answer& answer);

    const World& world_;
    Partner partner_;
    Digest digest_;
    std::unordered_map<std::string_view, const Reference*> references_;
};

}  // namespace thidua::sandbox
