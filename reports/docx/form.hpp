// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An agency's own Word form, filled in.
#pragma once

#include "core/result.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports::docx {

using FormTexts = std::map<std::string, std::string, std::less<>>;

/// What `{{name}}` and, in a row of a table, `{{#list}}` stand for. A name with an empty text is
/// known, but has no value here.
struct FormValues {
    FormTexts texts;
    std::map<std::string, std::vector<FormTexts>, std::less<>> lists;
};

struct FilledForm {
    std::string bytes;
    std::set<std::string, std::less<>> unknown;        ///< names that stand for nothing, left as is
    std::set<std::string, std::less<>> without_value;  ///< printed as ……
};

/// Fills in the body, headers, footers and notes, also where Word has cut a name into pieces; the
/// text takes the look of the letters where `{{` stands. A row with `{{#list}}` is repeated for
/// each item of it; of an empty list one row remains, with – in it. Every other part is copied as
/// it is.
///
/// Errors: Data if it is no whole Word file, holds macros, or a part has a DOCTYPE or is nested
/// deeper than any form; Io if there is no memory to pack it.
[[nodiscard]] Result<FilledForm> fill_form(std::string_view form, const FormValues& values);

}  // namespace thidua::reports::docx
