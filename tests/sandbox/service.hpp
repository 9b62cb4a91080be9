// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// All systems behind one door: routes a request, keeps the virtual time, lets faults happen. Knows
// nothing of sockets.

#pragma once

#include "faults.hpp"
#include "http_types.hpp"
#include "integration.hpp"
#include "opencps.hpp"
#include "platform.hpp"
#include "rest_jsp.hpp"
#include "search.hpp"
#include "snapshot.hpp"
#include "tokens.hpp"
#include "wso2.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace thidua::sandbox {

struct ServiceSettings {
    Instant now;
    Client client;
    Partner partner;
    Client adapter;  // of the integration API
    Client lgsp;
    Client opencps;
    std::string opencps_group;
    double fault_rate = 0;
    std::uint64_t fault_seed = 1;
};

class Service {
  public:
    /// `world` outlives the service.
    Service(const World& world, const ServiceSettings& settings);

    /// Every request has an answer. Paths below /sandbox/ steer the sandbox and never go wrong.
    Reply answer(const Request& request);

  private:
    Reply steer(const Request& request);
    Reply set_clock(std::string_view body);
    struct Route;
    static const Route routes[];  // what there is, and who answers
    Reply route(const Request& request, Tamper tamper);
    /// What the door of a path says to whoever may not pass.
    std::optional<Reply> refusal(const Request& request) const;
    Reply clock_reply() const;
    /// The world at the virtual time, made when first asked for after the time moved.
    Snapshot& snapshot();

    const World& world_;
    Instant now_;
    Tokens tokens_;
    Platform platform_;
    Search search_;
    Integration integration_;
    RestJsp rest_jsp_;
    OpenCps opencps_;
    Wso2 wso2_;
    Faults faults_;
    std::unique_ptr<Snapshot> snapshot_;
};

}  // namespace thidua::sandbox
