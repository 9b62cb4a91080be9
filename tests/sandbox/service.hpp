// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The three systems behind one door: routes a request, keeps the virtual time, lets faults happen.
// Knows nothing of sockets.

#pragma once

#include "faults.hpp"
#include "http_types.hpp"
#include "platform.hpp"
#include "search.hpp"
#include "snapshot.hpp"
#include "tokens.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace thidua::sandbox {

struct ServiceSettings {
    Instant now;
    Client client;
    Partner partner;
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
    Reply route(const Request& request, Tamper tamper);
    Reply route_igate(const Request& request, Tamper tamper);
    Reply clock_reply() const;
    /// The world at the virtual time, made when first asked for after the time moved.
    Snapshot& snapshot();

    const World& world_;
    Instant now_;
    Tokens tokens_;
    Platform platform_;
    Search search_;
    Faults faults_;
    std::unique_ptr<Snapshot> snapshot_;
};

}  // namespace thidua::sandbox
