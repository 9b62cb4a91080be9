// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One dossier as an iGate shows it in one of its versions.
#pragma once

#include "core/time.hpp"
#include "tests/bench/catalogue.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace thidua::bench {

/// Dossiers in the order of acceptance, 2,500 a day. A dossier's number and version say all of it.
class RecordWriter {
  public:
    RecordWriter(std::uint64_t seed, Day first_day);

    /// The next dossier; its number is how many there were before.
    void add_dossier();
    [[nodiscard]] std::int64_t dossiers() const {
        return static_cast<std::int64_t>(sequence_.size());
    }
    [[nodiscard]] Day accepted_day(std::int64_t dossier) const;

    /// Appends the record of `dossier` in `version`, from 1 on.
    void append(std::string& out, std::int64_t dossier, int version) const;

  private:
    struct Facts;
    [[nodiscard]] Facts facts_of(std::int64_t dossier, int version) const;
    [[nodiscard]] std::size_t issuer_of(std::int64_t dossier) const;
    static void append_kinds(std::string& out, const Facts& facts);
    void append_payment(std::string& out, std::int64_t dossier, const Facts& facts) const;
    static void append_fees(std::string& out, const Facts& facts);
    static void append_person(std::string& out, std::uint64_t person);
    [[nodiscard]] std::uint64_t dice(std::uint64_t kind, std::int64_t dossier) const;

    std::uint64_t seed_;
    Day first_day_;
    Zipf units_{unit_count};
    Zipf procedures_{procedure_count};
    std::vector<std::string> unit_codes_;
    std::vector<std::string> old_unit_codes_;
    std::vector<std::uint16_t> sequence_;         // of each dossier, within its day and issuer
    std::vector<std::uint16_t> today_by_issuer_;  // the last number given today
};

}  // namespace thidua::bench
