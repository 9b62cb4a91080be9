// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/random_pulls.hpp"

#include <fmt/format.h>

#include <chrono>

namespace thidua::store {
namespace {

constexpr int codes = 24;
constexpr int references = 12;

class Source {
  public:
    explicit Source(std::uint32_t seed) : random_(seed) {}

    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    bool one_in(int many) { return below(many) == 0; }

    std::string code() {
        const int number = below(codes);
        // Some codes have a shape of their own.
        return number % 8 == 7 ? fmt::format("TD/{}", number)
                               : fmt::format("H37.10-2406{:02}-{:04}", 10 + number % 9, number);
    }

    Instant time() {
        return *parse_instant("2024-06-10T00:00:00+07:00") + std::chrono::hours{below(24 * 12)} +
               std::chrono::milliseconds{below(1000)};
    }

    DossierRecord dossier() {
        DossierRecord record;
        record.code = code();
        if (one_in(5)) {
            record.aliases.push_back(code());
        }
        record.procedure_code = fmt::format("1.00000{}", below(3));
        record.unit_code = fmt::format("H37.10.0{}", below(3));
        record.channel = static_cast<Channel>(below(3));
        record.status = 1 + below(10);
        if (!one_in(6)) {
            record.accepted_at = time();
        }
        record.fee_count = below(3);
        record.fee_total = below(2) * 50'000;
        record.paid_flag = below(3);
        for (int count = below(3); count > 0; --count) {
            record.payments.push_back(
                {one_in(9) ? "" : fmt::format("ref {}", below(references)),
                 static_cast<Gateway>(below(5)),
                 static_cast<PaymentState>(below(5)),
                 one_in(4) ? std::nullopt : std::optional(time())}
            );
        }
        return record;
    }

    PaymentRecord payment() {
        PaymentRecord record;
        record.reference = fmt::format("ref {}", below(references));
        record.state = static_cast<PaymentState>(below(5));
        if (!one_in(5)) {
            record.settled_at = time();
        }
        record.amount = 50'000;
        return record;
    }

  private:
    std::mt19937 random_;
};

/// What is kept beside the records: some are refused, the same again and again; fields come and
/// change their types.
void add_intake(Source& source, Slice& slice) {
    for (int refused = source.below(3); refused > 0; --refused) {
        slice.rejected.push_back(
            {fmt::format("page {}: /items/{}", source.below(9), source.below(200)),
             source.one_in(2) ? "/code: missing" : "/NgayTiepNhan: no time",
             fmt::format("{{\"id\":{}}}", source.below(6))}
        );
    }
    for (int fields = source.below(4); fields > 0; --fields) {
        slice.shape.push_back(
            {fmt::format("/field{}", source.below(5)), source.one_in(4) ? "number" : "text"}
        );
    }
    if (!source.one_in(4)) {
        slice.kept = std::string("\x78\x00", 2) + fmt::format("kept {}", source.below(1000));
    }
}

}  // namespace

std::vector<RandomPull> random_pulls(std::uint32_t seed, int pulls) {
    Source source(seed);
    Source beside(~seed);
    std::vector<RandomPull> made;
    Instant at = *parse_instant("2024-06-20T06:00:00+07:00");
    for (int count = 0; count < pulls; ++count) {
        at += std::chrono::minutes{source.below(600)};  // sometimes the very same instant
        RandomPull pull{"tthc", at, {}};
        const int kind = source.below(4);
        if (kind == 0) {
            pull.source = "platform";
            pull.slice.key = "lookup";
            for (int records = 1 + source.below(4); records > 0; --records) {
                pull.slice.payments.push_back(source.payment());
            }
        } else {
            pull.source = kind == 1 ? "dvcqg" : "tthc";
            pull.slice.key = fmt::format("{}", source.below(3));
            for (int records = 1 + source.below(8); records > 0; --records) {
                pull.slice.dossiers.push_back(source.dossier());
            }
        }
        add_intake(beside, pull.slice);
        made.push_back(std::move(pull));
    }
    return made;
}

}  // namespace thidua::store
