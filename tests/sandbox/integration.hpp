// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The national portal's integration API behind the province's adapter (domain.md 1.1 to 1.6).
// Everything that goes wrong here does so under HTTP 200.

#pragma once

#include "http_types.hpp"
#include "national_record.hpp"
#include "sessions.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace thidua::sandbox {

class Integration {
  public:
    /// `world` outlives it.
    Integration(const World& world, Client client)
        : index_{world}, sessions_{std::move(client), world.seed} {}

    [[nodiscard]] Sessions& sessions() { return sessions_; }

    /// Answers POST /dvcqg/auth: {session, error_code: 0}, or a code without a session.
    Reply log_in(std::string_view body, Instant now);
    /// Answers POST /dvcqg/integration: LayThuTuc, LayDVC, TraCuuHoSo.
    Reply integrate(std::string_view body, const Snapshot& snapshot, Tamper tamper);
    /// Answers POST /dvcqg/share: LayDanhSachTTHC, LayDanhMucCoQuan, LayDanhMucLinhVuc.
    Reply share(std::string_view body, const Snapshot& snapshot, Tamper tamper);
    /// Answers POST /api/SynsTTHCC/DongBoHoSoMC, a bare array of dossiers: that a dossier is there
    /// already is said by the message alone, under any of three codes. Nothing is kept.
    Reply push(std::string_view query, std::string_view body, const Snapshot& snapshot);

  private:
    /// What is wrong with a call before its service is looked at.
    std::optional<Reply> refusal(const boost::json::object& asked, Instant now, Tamper tamper);
    Reply answer(boost::json::value result);
    /// 0, "0" and "00" in turn.
    boost::json::value good_code();

    NationalIndex index_;
    Sessions sessions_;
    std::uint64_t answers_ = 0;
    std::uint64_t pushes_ = 0;
};

}  // namespace thidua::sandbox
