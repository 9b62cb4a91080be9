// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What an agency writes on its papers, and no plan says: names, signer, recipients.
#pragma once

#include <string>
#include <vector>

namespace thidua {

/// Who signs for the agency.
struct Signer {
    std::string authority;  ///< "KT. GIÁM ĐỐC"; empty: in the signer's own right
    std::string title;      ///< "PHÓ GIÁM ĐỐC"
    std::string name;       ///< may be empty

    friend bool operator==(const Signer&, const Signer&) = default;
};

/// What is printed on one kind of paper.
struct PaperTexts {
    std::vector<std::string> addressees;  ///< Kính gửi
    std::vector<std::string> grounds;     ///< căn cứ beside the plan's documents
    std::vector<std::string> recipients;  ///< Nơi nhận, without hyphen and semicolon

    friend bool operator==(const PaperTexts&, const PaperTexts&) = default;
};

struct UnitShortName {
    std::string unit;  ///< code
    std::string short_name;

    friend bool operator==(const UnitShortName&, const UnitShortName&) = default;
};

struct Texts {
    std::string parent_organisation;  ///< "UBND TỈNH LẠNG SƠN"
    std::string organisation;         ///< "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"
    std::string short_name;           ///< in numbers: "STNMT"
    std::string drafted_by;           ///< in numbers of letters: "VP"; may be empty
    std::string place;                ///< "Lạng Sơn"
    Signer signer;
    PaperTexts urging;  ///< addressed to the unit
    PaperTexts procedure_review;
    PaperTexts nominations;
    std::vector<UnitShortName> unit_short_names;

    friend bool operator==(const Texts&, const Texts&) = default;
};

}  // namespace thidua
