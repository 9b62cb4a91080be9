// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Procedures and catalogues as the integration API writes them (domain.md 1.2 and 1.3): upper-case
// keys, every value a text.

#pragma once

#include "instants.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace thidua::sandbox {

/// The full record of the procedure with this code, in any of its three forms, on `day`.
std::optional<boost::json::object> procedure_record(std::string_view code, Day day);
/// What LayDVC lists: the services offered online on `day`.
boost::json::array service_list(Day day);
boost::json::array procedure_list();
/// Units, in the older and the newer form of codes side by side.
boost::json::array agency_list();
boost::json::array domain_list();

}  // namespace thidua::sandbox
