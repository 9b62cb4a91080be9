// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace thidua {

/// What an agency words itself in the mails of every week.
struct DigestTexts {
    std::string title = "Bản tin thi đua";
    std::string subject_prefix = {};  ///< before the subject, for filters of mailboxes
    std::string closing = {};  ///< a paragraph before Nơi nhận: whom to ask, where to call

    friend bool operator==(const DigestTexts&, const DigestTexts&) = default;
};

}  // namespace thidua
